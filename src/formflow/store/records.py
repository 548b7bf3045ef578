"""Records: what a submission held, one filled form or one log row each, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from formflow.errors import NotFound
from formflow.messages import store as messages
from formflow.model import Candidate, Finding, Outcome, Receipt, RecordState
from formflow.store.codec import dump_candidate, dump_findings, load_candidate, load_findings
from formflow.store.columns import storable
from formflow.store.database import Database
from formflow.store.originals import receipt_in
from formflow.store.seals import seal_records
from formflow.store.tables import records, submissions


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """A record of a submission.

    Attributes:
        ordinal: Place among the records of its submission, from 0.
        candidate: As read; corrections are in `Reviews` and are applied anew each time.
        number: Number of the entry that it became, or that holds it (`known`); or None.
    """

    id: str
    submission: str
    ordinal: int
    form: str
    candidate: Candidate
    state: RecordState
    findings: tuple[Finding, ...]
    outcome: Outcome | None
    number: str | None
    changed_at: datetime

    def settled(self, archive: str | None = None) -> SettledRecord:
        """What became of it so far, for whoever asks."""
        return SettledRecord(
            id=self.id,
            form=self.form,
            state=self.state,
            findings=self.findings,
            outcome=self.outcome,
            number=self.number,
            archive=archive,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledRecord:
    """What became of a record.

    Attributes:
        number: Its number, or that of the entry which holds it already; None without one.
        archive: Folder of its archive copy below the archive; None before it is made.
    """

    id: str
    form: str
    state: RecordState
    findings: tuple[Finding, ...] = ()
    outcome: Outcome | None = None
    number: str | None = None
    archive: str | None = None


def record_id(submission: str, ordinal: int) -> str:
    """Id of a record: the same for the same file however often it is read."""
    return f"{submission}-{ordinal:04}"


def submission_of(record: str) -> str:
    """Id of the submission that a record came in."""
    return record.rpartition("-")[0]


_INSERT = insert(records)
_BY_ID = select(records).where(records.c.id == bindparam("id"))
_OF = select(records).where(records.c.submission == bindparam("submission")).order_by(records.c.ordinal)
_HEADS = select(records.c.ordinal, records.c.state).where(records.c.submission == bindparam("submission"))
_ROWS = select(records.c.row).where(records.c.submission == bindparam("submission")).limit(2)
_WAITS = (
    select(records.c.id)
    .where(records.c.submission == bindparam("submission"), records.c.state == RecordState.REVIEW.value)
    .limit(1)
)
_RECEIVED = select(
    records,
    *(submissions.c[name] for name in ("name", "folder", "way", "received_at", "claimed_on")),
).join(submissions, submissions.c.id == records.c.submission)
_NUMBERS = (
    select(records.c.number)
    .where(records.c.submission == bindparam("submission"), records.c.form == bindparam("form"))
    .order_by(records.c.ordinal)
)
_SETTLE = update(records).where(records.c.id == bindparam("key"))
_SETTLE = _SETTLE.values(
    {name: bindparam(name) for name in ("state", "findings", "outcome", "number", "changed_at")}
)
_REPLACE = update(records).where(records.c.id == bindparam("key"))
_REPLACE = _REPLACE.values({name: bindparam(name) for name in ("position", "row", "candidate", "changed_at")})


class Records:
    """The records of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self,
        submission: str,
        candidates: Sequence[Candidate],
        *,
        at: datetime,
        seal: bool = True,
        conn: Connection | None = None,
    ) -> tuple[str, ...]:
        """Write down what a submission holds, with an audit line; the records' ids in order.

        Records that are there already stay as they are, so that advancing twice writes once.

        Args:
            seal: False where `settle` follows in the same transaction: one line for both.
        """
        ids = tuple(record_id(submission, ordinal) for ordinal in range(len(candidates)))
        with self._database.begin(conn) as conn:
            known = {row.ordinal for row in conn.execute(_HEADS, {"submission": submission})}
            rows = [
                _row(submission, ordinal, candidate, at)
                for ordinal, candidate in enumerate(candidates)
                if ordinal not in known
            ]
            if rows:
                conn.execute(_INSERT, rows)
                if seal:
                    seal_records(conn, submission, at=at)
        return ids

    def replace(
        self, candidates: Mapping[str, Candidate], *, at: datetime, conn: Connection | None = None
    ) -> None:
        """Write anew what was read of records, by id, with audit lines; what persons said of them stays."""
        rows = [
            {
                "key": id,
                "position": storable(candidate.position),
                "row": candidate.row,
                "candidate": dump_candidate(candidate),
                "changed_at": at,
            }
            for id, candidate in candidates.items()
        ]
        if rows:
            with self._database.begin(conn) as conn:
                conn.execute(_REPLACE, rows)
                for submission in dict.fromkeys(map(submission_of, candidates)):
                    seal_records(conn, submission, at=at)

    def settle(
        self, settled: Iterable[SettledRecord], *, at: datetime, conn: Connection | None = None
    ) -> None:
        """Write what became of records, in one statement, with an audit line for every submission among them."""
        rows = [
            {
                "key": one.id,
                "state": one.state.value,
                "findings": dump_findings(one.findings),
                "outcome": None if one.outcome is None else one.outcome.value,
                "number": one.number,
                "changed_at": at,
            }
            for one in settled
        ]
        if rows:
            with self._database.begin(conn) as conn:
                conn.execute(_SETTLE, rows)
                for submission in dict.fromkeys(submission_of(str(row["key"])) for row in rows):
                    seal_records(conn, submission, at=at)

    def get(self, id: str, *, conn: Connection | None = None) -> StoredRecord | None:
        """The record of that id, or None."""
        with self._database.read(conn) as conn:
            row = conn.execute(_BY_ID, {"id": id}).one_or_none()
            return None if row is None else _stored(row)

    def require(self, id: str, *, conn: Connection | None = None) -> StoredRecord:
        """The record of that id.

        Raises:
            NotFound: There is none.
        """
        record = self.get(id, conn=conn)
        if record is None:
            raise NotFound(
                messages.NO_RECORD(id=id), code="no-such-record", remedy=messages.SEE_REVIEW_LIST()
            )
        return record

    def of(self, submission: str, *, conn: Connection | None = None) -> tuple[StoredRecord, ...]:
        """The records of a submission in order."""
        with self._database.read(conn) as conn:
            return tuple(_stored(row) for row in conn.execute(_OF, {"submission": submission}))

    def is_many(self, submission: str, *, conn: Connection | None = None) -> bool:
        """Whether a submission is a log, or holds several records."""
        with self._database.read(conn) as conn:
            rows = list(conn.execute(_ROWS, {"submission": submission}).scalars())
            return len(rows) > 1 or any(row is not None for row in rows)

    def any_waits(self, submission: str, *, conn: Connection | None = None) -> bool:
        """Whether a record of a submission waits for a person."""
        with self._database.read(conn) as conn:
            return conn.execute(_WAITS, {"submission": submission}).scalar() is not None

    def numbers(self, submission: str, form: str, *, conn: Connection | None = None) -> tuple[str, ...]:
        """The numbers that the records of a submission have, those of a form, in order."""
        with self._database.read(conn) as conn:
            found = conn.execute(_NUMBERS, {"submission": submission, "form": form}).scalars()
            return tuple(number for number in found if number is not None)

    def in_state(
        self,
        *states: RecordState,
        form: str | None = None,
        limit: int | None = 200,
        after: str | None = None,
        conn: Connection | None = None,
    ) -> tuple[tuple[StoredRecord, Receipt], ...]:
        """Records in these states, each with the receipt of its file, by id, which is by time of receipt.

        Args:
            after: The last id seen.
        """
        query = _RECEIVED.where(records.c.state.in_([state.value for state in states]))
        if form is not None:
            query = query.where(records.c.form == form)
        if after is not None:
            query = query.where(records.c.id > after)
        with self._database.read(conn) as conn:
            rows = conn.execute(query.order_by(records.c.id).limit(limit))
            return tuple((_stored(row), receipt_in(row)) for row in rows)


def _row(submission: str, ordinal: int, candidate: Candidate, at: datetime) -> dict[str, Any]:
    return {
        "id": record_id(submission, ordinal),
        "submission": submission,
        "ordinal": ordinal,
        "form": candidate.form,
        "position": storable(candidate.position),
        "row": candidate.row,
        "candidate": dump_candidate(candidate),
        "state": RecordState.PENDING.value,
        "findings": dump_findings(()),
        "outcome": None,
        "number": None,
        "changed_at": at,
    }


def _stored(row: Row[Any]) -> StoredRecord:
    return StoredRecord(
        id=row.id,
        submission=row.submission,
        ordinal=row.ordinal,
        form=row.form,
        candidate=load_candidate(row.candidate),
        state=RecordState(row.state),
        findings=load_findings(row.findings),
        outcome=None if row.outcome is None else Outcome(row.outcome),
        number=row.number,
        changed_at=row.changed_at,
    )
