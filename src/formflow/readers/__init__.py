"""Bytes to the neutral Document, one file a format. Wrong files raise a `ReadError`; nothing here knows what a form is."""
