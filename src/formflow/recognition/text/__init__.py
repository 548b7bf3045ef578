"""Text on a page of pixels: detected, recognised, and composed to the lines of a cell."""
