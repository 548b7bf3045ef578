"""Document and forms to Candidates, pure and total: nothing here raises for a strange document.

`slots` gives every document one shape of rows; `labels` knows what a label is; `identify` finds the forms and where each ends;
`issued` reads our own blank forms by their controls or their print; `pairs` reads labels with their values, `tables`
rows and columns of entries; `scans` repairs and doubts what recognition read; `accounting` tells what no field took.
`extract` puts them together, and `letters` makes a row of a fax that is no form.
"""
