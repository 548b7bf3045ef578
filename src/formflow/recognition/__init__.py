"""Paper to the neutral Document's parts: load, straighten, rule, recognise.

A room of its own just below the readers: it knows pixels, not forms. `inputs` opens a page without decoding
what is too large, `straighten` and `clean` make it flat and upright, `ruling`, `grid` and `ticks` find what is
drawn, `engine` recognises lines of text, and `page` puts a page's `Part` together. Everything here works at
`raster.DPI` pixels to the inch and gives its boxes in points.
"""
