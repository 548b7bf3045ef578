"""Document and Form to Candidates, pure and total.

`grid` gives every document one shape, `identify` finds the forms in it, `labels` knows what a label is,
`inline`, `pairs` and `rows` find the values in a text, a form and a log, `extract` puts them together.
"""
