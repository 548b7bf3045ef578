"""What audit lines say of rows, so that a verification can compare the two.

Rows that only grow (decisions, reviews, archive marks) have a line each, which repeats them. Rows that move on
(submissions, records) have a line each time they move, which holds the digest of how they stand after it; the last one
must be how they stand now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, Table, bindparam, select, type_coerce

from formflow.model import Json
from formflow.store import audit
from formflow.store.columns import Moment
from formflow.store.tables import history, history_unread, records, submissions

_quoted = json.encoder.encode_basestring

ARCHIVED, SETTLED, MOVED, SEALED = "archived", "settled", "moved", "sealed"
"""Kinds of audit lines: a bag was made; the records of a submission, the submission itself stand so; an older
database's rows were sealed as they stood."""

_SUBMISSION = (
    "id",
    "digest",
    "size",
    "name",
    "folder",
    "way",
    "received_at",
    "claimed_on",
    "hint",
    "state",
    "duplicate_of",
    "parent",
    "error_code",
    "error_detail",
    "changed_at",
)
_RECORD = (
    "id",
    "ordinal",
    "form",
    "position",
    "row",
    "candidate",
    "state",
    "findings",
    "outcome",
    "number",
    "changed_at",
)


def as_stored(table: Table, names: Iterable[str] | None = None) -> list[ColumnElement[Any]]:
    """Columns of a table for a comparison: moments as the text they are stored as, which is what is sealed."""
    return [
        type_coerce(column, String).label(column.name) if isinstance(column.type, Moment) else column
        for column in (table.columns if names is None else (table.c[name] for name in names))
    ]


RECORDS = select(records.c.submission, *as_stored(records, _RECORD)).order_by(
    records.c.submission, records.c.ordinal
)
"""Rows of records as `records_seal` takes them."""
_RECORDS_OF = RECORDS.where(records.c.submission == bindparam("submission"))
SUBMISSIONS = select(*as_stored(submissions, _SUBMISSION)).order_by(submissions.c.id)
"""Rows of submissions as `submission_seal` takes them."""
_SUBMISSION_OF = SUBMISSIONS.where(submissions.c.id == bindparam("id"))
_TRADES = (
    select(*(history.c[name] for name in ("name", "folded", "credit_code", "on", "amount", "sample")))
    .where(history.c.batch == bindparam("batch"))
    .order_by(history.c.id)
)
_UNREAD = (
    select(*(history_unread.c[name] for name in ("place", "name", "folded", "credit_code")))
    .where(history_unread.c.batch == bindparam("batch"))
    .order_by(history_unread.c.id)
)


def mark_payload(row: Mapping[str, Any]) -> dict[str, Json]:
    """What the audit line of an archive mark says; its moment as text."""
    return {"event": row["event"], "path": row["path"], "manifest": row["manifest"], "at": row["at"]}


def records_seal(rows: Sequence[Any]) -> dict[str, Json]:
    """How many records a submission has, and the digest of them all, in order.

    Args:
        rows: Of `RECORDS`.
    """
    hasher = sha256()
    for _, id, ordinal, form, position, row, candidate, *rest in rows:
        hasher.update(_line(id, ordinal, form, position, row, sha256(candidate).hexdigest(), *rest))
    return {"records": len(rows), "sha256": hasher.hexdigest()}


def submission_seal(row: Any) -> dict[str, Json]:
    """The state of a submission, and the digest of all that is known of it.

    Args:
        row: Of `SUBMISSIONS`; moments as text.
    """
    cells = [row[name] for name in _SUBMISSION]
    day = _SUBMISSION.index("claimed_on")
    cells[day] = None if cells[day] is None else str(cells[day])
    return {"state": row["state"], "sha256": sha256(_line(*cells)).hexdigest()}


def history_seal(conn: Connection, batch: int) -> dict[str, Json]:
    """The digest of the transactions of one imported list, those that could not be read among them."""
    hasher = sha256()
    for query in (_TRADES, _UNREAD):
        for row in conn.execute(query, {"batch": batch}):
            hasher.update(_line(*(cell if isinstance(cell, str | None) else str(cell) for cell in row)))
        hasher.update(b"\n")
    return {"sha256": hasher.hexdigest()}


def seal_records(conn: Connection, submission: str, *, at: datetime) -> None:
    """Append how the records of a submission stand now."""
    payload = records_seal(conn.execute(_RECORDS_OF, {"submission": submission}).all())
    audit.append(conn, SETTLED, submission, payload, at=at)


def seal_submission(conn: Connection, id: str, *, at: datetime) -> None:
    """Append how a submission stands now."""
    payload = submission_seal(conn.execute(_SUBMISSION_OF, {"id": id}).one()._mapping)
    audit.append(conn, MOVED, id, payload, at=at)


def _line(*cells: str | int | None) -> bytes:
    """Cells as one line of canonical JSON."""
    told = (
        "null" if cell is None else _quoted(cell) if isinstance(cell, str) else str(cell) for cell in cells
    )
    return f"[{','.join(told)}]\n".encode()
