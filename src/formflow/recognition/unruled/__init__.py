"""Forms whose tables have no rulings: which pieces of text stand in one row, and below each other."""
