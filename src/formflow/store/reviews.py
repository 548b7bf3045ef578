"""Reviews: what persons corrected and settled, append-only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from formflow.store import audit
from formflow.store.columns import storable
from formflow.store.database import Database
from formflow.store.tables import records, reviews


class ReviewAction(StrEnum):
    """What a person did: `set` one field, or settle the record as a whole."""

    SET = "set"
    ACCEPT = "accept"
    RETURN = "return"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One thing a person did to a record.

    Attributes:
        field: For `set`: the field's id (`rows.2.customer` for a cell of the form's own table).
        old: The text that was read there; None where nothing was.
        new: The text that the person set, read like text from paper; None clears the field.
    """

    record: str
    action: ReviewAction
    by: str
    at: datetime
    field: str | None = None
    old: str | None = None
    new: str | None = None
    why: str = ""


_INSERT = insert(reviews)
_OF = select(reviews).where(reviews.c.record == bindparam("record")).order_by(reviews.c.id)

_OF_SUBMISSION = (
    select(reviews)
    .join(records, records.c.id == reviews.c.record)
    .where(records.c.submission == bindparam("submission"))
    .order_by(reviews.c.id)
)
_OF_MANY = (
    select(reviews).where(reviews.c.record.in_(bindparam("records", expanding=True))).order_by(reviews.c.id)
)
_BATCH = 400
"""Records a query; SQLite allows 999 parameters on old builds."""


class Reviews:
    """The reviews of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, review: Review, *, conn: Connection | None = None) -> None:
        """Write down what a person did, with its audit line.

        Raises:
            StoreError: There is no such record.
        """
        values: dict[str, Any] = {
            "record": review.record,
            "action": review.action.value,
            "field": review.field,
            "old": None if review.old is None else storable(review.old),
            "new": None if review.new is None else storable(review.new),
            "by": storable(review.by),
            "at": review.at,
            "why": storable(review.why),
        }
        with self._database.begin(conn) as conn:
            conn.execute(_INSERT, values)
            payload = {key: value for key, value in values.items() if key not in ("record", "at")}
            audit.append(conn, "reviewed", review.record, payload, at=review.at)

    def of(self, record: str, *, conn: Connection | None = None) -> tuple[Review, ...]:
        """Everything persons did to a record, in order."""
        with self._database.read(conn) as conn:
            return tuple(_review(row) for row in conn.execute(_OF, {"record": record}))

    def of_many(
        self, records: Sequence[str], *, conn: Connection | None = None
    ) -> dict[str, tuple[Review, ...]]:
        """Everything persons did to these records, in order, by record; untouched ones are missing."""
        with self._database.read(conn) as conn:
            rows: list[Row[Any]] = []
            for start in range(0, len(records), _BATCH):
                rows += conn.execute(_OF_MANY, {"records": list(records[start : start + _BATCH])})
        return _by_record(rows)

    def of_submission(
        self, submission: str, *, conn: Connection | None = None
    ) -> dict[str, tuple[Review, ...]]:
        """Everything persons did to the records of a submission, in order, by record; untouched ones are missing."""
        with self._database.read(conn) as conn:
            return _by_record(conn.execute(_OF_SUBMISSION, {"submission": submission}))


def corrections(reviews: Iterable[Review]) -> dict[str, str | None]:
    """The corrections that hold: field id → text, or None where the field was cleared."""
    return {
        review.field: review.new
        for review in reviews
        if review.action is ReviewAction.SET and review.field is not None
    }


def _by_record(rows: Iterable[Row[Any]]) -> dict[str, tuple[Review, ...]]:
    found: dict[str, tuple[Review, ...]] = {}
    for row in rows:
        found[row.record] = (*found.get(row.record, ()), _review(row))
    return found


def _review(row: Row[Any]) -> Review:
    return Review(
        record=row.record,
        action=ReviewAction(row.action),
        by=row.by,
        at=row.at,
        field=row.field,
        old=row.old,
        new=row.new,
        why=row.why,
    )
