"""The straight lines a form is drawn with: detected, restored where a fax lost them, erased, made into a grid of cells."""
