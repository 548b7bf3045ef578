"""A page of pixels to the neutral Document's parts: cells and lines of text, with confidence and doubts.

`image` loads a page within bounds and makes it flat, upright and clean; `rulings` finds the lines that a form is drawn with
and the grid of cells; `checkboxes` and `ink` find what is no text; `unruled` finds rows where there are no lines; `text` detects and
recognises characters by the models that `engine` holds; `layouts` knows registered blank forms; `part` and `page` put a page together.
Everything works at `raster.DPI` pixels to the inch and gives boxes in points. Nothing here knows what a form is.
"""
