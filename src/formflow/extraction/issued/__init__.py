"""Blank forms that formflow issued, read by the names of their controls or by their print."""
