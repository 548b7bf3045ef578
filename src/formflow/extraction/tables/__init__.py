"""Tables whose rows or columns are entries: their header, their rows, lists that stand upright, the year stated once."""
