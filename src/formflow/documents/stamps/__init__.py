"""The copy of an original that shows its number, for every format; `stamp` chooses, and never touches the original."""
