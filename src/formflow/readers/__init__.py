"""Bytes to the neutral Document, a file or a folder a format. Nothing here knows what a form is.

`read` sniffs what a file is and calls its reader; `docx`, `xlsx` and `pdf` are folders, `csv`, `html` and `xls` files, and
`via_office` reads what LibreOffice turns into those. `containers` takes files out of others, `packages` opens zip, OOXML and
compound files within bounds, `scanned` says which pages need recognition, `sandbox` limits the process that all this
runs in. A file that cannot be read raises a `ReadError`; nothing else is raised for a bad file.
"""
