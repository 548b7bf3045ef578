"""Whole pages, whatever reader made them: which pages belong together, and what a page break cut in two.

A scan holds many packets: `packets` shares pages out by separator sheets, page marks and codes, `doubts` are what a
person is asked where they do not make whole packets. `join` puts tables together that run over pages, with the rows
and cells at each `page_break`; `split_rows` and `split_texts` say whether it went through a row or a text, and `grid`
finds rows and columns from the edges of boxes.
"""
