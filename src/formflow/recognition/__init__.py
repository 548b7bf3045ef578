"""From a scanned page to a `Part` of the neutral Document; this room knows pixels, not forms.

`page` calls the chapters in the order of the data: `image` makes the page flat, clean and upright; `rulings` finds its
lines and cells; `layers` parts text, pen, boxes and stamps (`ink`, `checkboxes`); `codes` and `layouts` recognise a
known form; `text`, `cell_rows` and `pieces` find and read lines of characters with `engine`; `unruled` orders what lies
outside tables; `part` puts it together. Everything works at `raster.DPI` pixels to the inch, and boxes are in points.
The thresholds of a chapter are in its `parameters`.
"""
