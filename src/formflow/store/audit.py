"""The audit chain: who did what and when, each line sealed by the hash of all lines before it.

A line's hash is SHA-256 over the previous line's hash (64 hex digits) and the line itself as canonical JSON.
One chain a database. The chain is written in the transaction of what it tells, so that neither is ever there
without the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from formflow.model import Json
from formflow.store.chain import START, Head, head_of, holds_head
from formflow.store.columns import canonical, moment_text, storable
from formflow.store.database import HEAD_OF_CHAIN, Database
from formflow.store.tables import audit

_LAST = select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1).with_for_update()
_INSERT = insert(audit)
_BATCH = 400
_HASHES = (
    select(audit.c.subject, audit.c.hash)
    .where(audit.c.kind == bindparam("kind"), audit.c.subject.in_(bindparam("subjects", expanding=True)))
    .order_by(audit.c.seq)
)
_PAGE = select(audit).where(audit.c.seq > bindparam("after")).order_by(audit.c.seq).limit(2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One line of the chain.

    Attributes:
        seq: From 1, without gap.
        kind: `received`, `reopened`, `entered`, `voided`, `reviewed`, `decided`, `imported`, …
        subject: What it is about: an id or a number.
        payload: Canonical JSON.
    """

    seq: int
    at: datetime
    kind: str
    subject: str
    payload: str
    previous: str
    hash: str


def append(conn: Connection, kind: str, subject: str, payload: Mapping[str, Json], *, at: datetime) -> str:
    """Add a line in the transaction `conn`; its hash."""
    return append_all(conn, kind, [(subject, payload)], at=at)


def append_all(
    conn: Connection, kind: str, lines: Sequence[tuple[str, Mapping[str, Json]]], *, at: datetime
) -> str:
    """Add lines of one kind and moment in order; the last one's hash."""
    last = conn.execute(_LAST).one_or_none()
    seq, previous = (0, START) if last is None else (int(last.seq), str(last.hash))
    rows: list[dict[str, Any]] = []
    for subject, payload in lines:
        seq += 1
        text = canonical(payload)
        digest = seal(previous, seq, at, kind, storable(subject), text)
        rows.append(
            {
                "seq": seq,
                "at": at,
                "kind": kind,
                "subject": storable(subject),
                "payload": text,
                "previous": previous,
                "hash": digest,
            }
        )
        previous = digest
    if rows:
        conn.execute(_INSERT, rows)
        conn.info[HEAD_OF_CHAIN] = (seq, previous)
    return previous


def seal(previous: str, seq: int, at: datetime, kind: str, subject: str, payload: str) -> str:
    """The hash of a line."""
    line = canonical([seq, moment_text(at), kind, subject, payload])
    return hashlib.sha256(previous.encode() + line.encode()).hexdigest()


class Audit:
    """The chain of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(
        self,
        kind: str,
        subject: str,
        payload: Mapping[str, Json],
        *,
        at: datetime,
        conn: Connection | None = None,
    ) -> str:
        """Add a line; its hash."""
        with self._database.begin(conn) as conn:
            return append(conn, kind, subject, payload, at=at)

    def lines(self, *, after: int = 0, conn: Connection | None = None) -> Iterator[AuditLine]:
        """Every line after a seq, in order, read in pages."""
        with self._database.read(conn) as conn:
            yield from lines(conn, after=after)

    def head(self, *, conn: Connection | None = None) -> Head:
        """The last line: noted outside, it shows later that nothing was cut off or rewritten."""
        with self._database.read(conn) as conn:
            return head_of(conn)

    def holds(self, head: str, *, conn: Connection | None = None) -> bool:
        """Whether a head that was noted earlier still lies in the chain.

        Args:
            head: The hash of a line, or its first 12 digits or more.
        """
        with self._database.read(conn) as conn:
            return holds_head(conn, head)

    def hashes(self, kind: str, subjects: Sequence[str], *, conn: Connection | None = None) -> dict[str, str]:
        """The hash of the last line of a kind for every subject that has one: what a paper about it bears."""
        found: dict[str, str] = {}
        with self._database.read(conn) as conn:
            for start in range(0, len(subjects), _BATCH):
                some = list(subjects[start : start + _BATCH])
                for row in conn.execute(_HASHES, {"kind": kind, "subjects": some}):
                    found[row.subject] = row.hash
        return found


def lines(conn: Connection, *, after: int = 0) -> Iterator[AuditLine]:
    """Every line after a seq, in order, read in pages."""
    while rows := conn.execute(_PAGE, {"after": after}).all():
        for row in rows:
            yield AuditLine(**row._mapping)
        after = int(rows[-1].seq)
