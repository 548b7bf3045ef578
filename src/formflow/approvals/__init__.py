"""Whose turn it is in the approval of an entry, and which entry a document that came back signed belongs to.

`steps` folds what was decided so far into where an approval stands, and refuses a decision that is not the person's to
make; `signed_documents` finds entry codes, signatures and dates on scanned pages. Neither makes documents.
"""
