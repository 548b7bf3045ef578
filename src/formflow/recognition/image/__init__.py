"""From the bytes of a file to a flat, clean, upright page.

`load` decodes within bounds, `clean` removes streaks, `photo` and `straighten` make the page flat and level,
`orientation` turns it upright; `clean` then evens the light and takes out specks, stamps and seals.
"""
