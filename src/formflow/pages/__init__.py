"""Whole pages, whatever reader made them: which pages belong together, and what a page break cut in two.

A scan holds many packets: `packets` shares pages out by separator sheets, page marks and codes, `doubts` are what a
person is asked where they do not make whole packets. `join` puts tables together that run over pages, and
`split_rows` and `split_texts` say whether a page break went through a row or a text.
"""
