"""Acts, passwords and reads held against the audit lines that told of them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from formflow.messages import people as messages
from formflow.store.consistency import PAGE, Told, check_told, lines_of
from formflow.store.people import DONE, act_payload, acts_of, password_digests
from formflow.store.reads import READ, read_payload
from formflow.store.report import Problems
from formflow.store.seals import as_stored
from formflow.store.tables import audit, passwords, people_acts, reads


def _of(table: Any) -> Select[Any]:
    """Rows of some subjects, each subject's in their order."""
    return (
        select(*as_stored(table))
        .where(table.c.subject.in_(bindparam("subjects", expanding=True)))
        .order_by(table.c.subject, table.c.seq)
    )


_TOLD = (
    (
        people_acts,
        Told("people", messages.ACT(), DONE, _of(people_acts), "subject", act_payload),
    ),
    (reads, Told("read", messages.READ(), READ, _of(reads), "subject", read_payload)),
)


def check_people(conn: Connection, problems: Problems) -> None:
    """Every act on accounts and every read as its line saw it, and every password as the acts left it."""
    for table, told in _TOLD:
        after = ""
        while subjects := conn.execute(_subjects(table, told.kind), {"after": after}).scalars().all():
            after = subjects[-1]
            check_told(conn, told, subjects, lines_of(conn, subjects), problems)
    kept = {row.account: sha256(row.hash.encode()).hexdigest() for row in conn.execute(select(passwords))}
    if kept == (wanted := password_digests(acts_of(conn))):
        return
    for account in sorted({*kept, *wanted}):
        if kept.get(account) != wanted.get(account):
            problems.add("password-changed", account, messages.PASSWORD_CHANGED())


def _subjects(table: Any, kind: str) -> Select[Any]:
    """Subjects that have rows or lines, a page of them."""
    rows = select(table.c.subject).where(table.c.subject > bindparam("after"))
    lines = select(audit.c.subject).where(audit.c.kind == kind, audit.c.subject > bindparam("after"))
    return select(rows.union(lines).subquery().c.subject).order_by("subject").limit(PAGE)
