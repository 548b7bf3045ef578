"""Known layouts: empty forms registered as files, and filled pages on them.

`register` makes a layout of an empty form, by `printed` if it is a PDF with text; `files` stores it. `match` finds the
layout that a page is on, `compare` the cells of the page that hold nothing but print.
"""
