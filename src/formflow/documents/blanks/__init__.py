"""Blanks of a form to fill in on a screen or by hand: Word, Excel and PDF from one layout, pre-filled where asked.

`fill` turns a record into what is typed, `docx`, `xlsx` and `pdf` set the layout, `make` chooses among them.
"""
