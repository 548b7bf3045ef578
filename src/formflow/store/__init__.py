"""The append-only stores and the database beneath them.

`store.Store` opens everything at once. Every repository method that touches the database takes `conn`: the
transaction it runs in, or None for one of its own. So the pipeline puts what belongs together into one
`with store.database.begin() as conn:` and one commit.
"""
