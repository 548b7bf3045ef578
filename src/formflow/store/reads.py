"""Who read which entry when, and why it was allowed: append-only, each read with its audit line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from formflow.store import audit
from formflow.store.database import Database
from formflow.store.tables import reads

READ = "read"
"""Kind of the audit lines."""

_INSERT = insert(reads)
_LAST = select(func.max(reads.c.seq))


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One read.

    Attributes:
        subject: The number of an entry, the id of a record, or a book that was exported (`XKH-2026`).
        what: `show`, `export`, `archive`, `record`, `crop`.
        why: `role`, `area` or `consent`.
    """

    subject: str
    what: str
    account: str
    why: str
    at: datetime


class Reads:
    """The reads of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, read: Read, *, conn: Connection | None = None) -> None:
        """Write down a read with its audit line."""
        values: dict[str, Any] = {
            "subject": read.subject,
            "what": read.what,
            "account": read.account,
            "why": read.why,
            "at": read.at,
        }
        with self._database.begin(conn) as conn:
            seq = (conn.execute(_LAST).scalar() or 0) + 1
            conn.execute(_INSERT, {"seq": seq, **values})
            audit.append(conn, READ, read.subject, read_payload(values), at=read.at)

    def list(
        self,
        *,
        subject: str | None = None,
        account: str | None = None,
        limit: int = 200,
        conn: Connection | None = None,
    ) -> tuple[Read, ...]:
        """Reads of one subject or by one account, the newest first."""
        query = select(reads)
        if subject is not None:
            query = query.where(reads.c.subject == subject)
        if account is not None:
            query = query.where(reads.c.account == account)
        with self._database.read(conn) as conn:
            rows = conn.execute(query.order_by(reads.c.seq.desc()).limit(limit))
            return tuple(
                Read(subject=row.subject, what=row.what, account=row.account, why=row.why, at=row.at)
                for row in rows
            )


def read_payload(row: Any) -> dict[str, str]:
    """What the audit line of a read says."""
    return {"what": row["what"], "account": row["account"], "why": row["why"]}
