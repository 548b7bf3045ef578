"""The joint: what moves a file from receipt to archive, and takes what people decide.

`receiving` takes files in; `advance()` moves a submission on, one step at a time, and can be called again after any crash; `settling`
judges, numbers and writes in one transaction; `filing` has the files made. `decisions` and `corrections` take what people say,
`queues` answers what waits and shows records and entries whole, `rereading` and `reassessing` look again when a reader or
the history is newer. What needs the database happens here, in the parent; what is pure (reading, rendering) is a job in
`jobs` that a worker process does.
"""
