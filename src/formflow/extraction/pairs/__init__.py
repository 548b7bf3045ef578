"""Labels with their values: in the cells of a row, in one text, on lines outside tables."""
