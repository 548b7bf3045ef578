"""A scan of many papers: which pages are one paper, in which order, and which sheets only part them.

Everything is told by the pages themselves, whatever reader made them: a code on the page, the marker and the page
number in its footer, the word on a sheet that an office lays between two forms. Readers put the pages in order by
it, extraction keeps the papers apart by it; both ask the same functions, so they never disagree.
"""
