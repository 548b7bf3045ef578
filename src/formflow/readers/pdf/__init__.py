"""PDFs with text to the neutral Document's parts; `document` is where reading begins, `page` reads one page.

From the file to the page: `repair` and `streams` open it within bounds, `content` runs what a page draws, `visibility`
and `overprint` drop what nobody sees, `lines` and `rulings` make text and boxes of it, `ruled_tables`, `unruled` and
`field_rows` make tables of those; `pages.join` puts together what runs over pages, as it does for scans.
"""
