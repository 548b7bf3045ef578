"""What was read, held against the paper: every text is claimed by a label, a value or the form's print, or told.

`runs` cuts the text of a slot into labels, captions and the rest; `leftover` walks the blocks of a form and finds what
stands filled in and no field took; `fits` says which fields that may belong to; `excess` looks for more than a value in
a value; `account` makes doubts and notes of both.
"""
