"""Fonts in PDFs that need none on the machine: shipped outlines, an invisible font, composite fonts."""
