"""The stores beneath everything, most of them append-only, and the database under them.

`Store.open` (`store`) opens all at once. `originals` and `objects` keep what came in, `readings` what was read, `records` and
`reviews` what waits and what people said, `register` and `entries` what is numbered, `decisions`, `assessments`, `archives`,
`history` and `aliases` the rest. `audit`, `chain` and `seals` chain a line to every change; `verification`, `consistency` and
`damage` prove them; `guard` refuses a number that was given already; `backup` saves and restores.

Every method that touches the database takes `conn`: the transaction it runs in, or None for one of its own. So the
pipeline puts what belongs together into one `with store.database.begin() as conn:` and one commit.
"""
