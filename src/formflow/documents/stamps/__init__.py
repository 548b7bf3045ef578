"""The copy of an original that shows its number; the original itself is never touched.

`stamp` chooses by format: `docx`, `xlsx`, `pdf` and `csv` put the number at the head, `docx_rows` and `xlsx_rows` beside
each row of a log, and `numbered` says which number belongs where. What cannot show a number gets no copy.
"""
