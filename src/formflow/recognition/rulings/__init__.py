"""The straight lines that a form is drawn with.

In the order of the data: `detect` finds them, `restore` completes those that a coarse fax left as dots, `grid` makes
tables with cells of them, `missing` parts cells whose ruling was lost, `erase` takes them off the page.
"""
