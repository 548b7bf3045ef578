"""Fonts in PDFs on machines that have none: `outlines` draws a stamp's characters from shipped shapes, `invisible` is the
font of the text below a scan, `composite` makes a font whose codes are the characters themselves.
"""
