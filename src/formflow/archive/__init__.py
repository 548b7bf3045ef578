"""Numbered archive copies: one BagIt bag per entry, and the proof that they are whole.

`copies` makes a bag (atomically, once), `number` gives it its 档号, `verify` proves that every entry has its
bag, every bag its entry, and that nothing in either has changed.
"""
