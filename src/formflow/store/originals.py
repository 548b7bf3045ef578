"""Submissions: which bytes came when, under which name, and how far they have got."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from formflow.errors import StoreError
from formflow.messages import store as messages
from formflow.model import Receipt
from formflow.store import audit
from formflow.store.columns import moment_text, storable
from formflow.store.database import Database
from formflow.store.seals import seal_submission, submission_seal
from formflow.store.tables import submissions


class SubmissionState(StrEnum):
    """How far a submission has got."""

    RECEIVED = "received"
    DONE = "done"
    REVIEW = "review"
    RETURNED = "returned"
    FAILED = "failed"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One file that was handed in.

    Attributes:
        digest: SHA-256 of its bytes; `size` is their count.
        hint: Form id that whoever handed it in named, or None.
        duplicate_of: Id of the submission that the same bytes came with first, or None.
        parent: Id of the submission (a zip, a mail) that it was unpacked from, or None.
        error_code: A key of `messages.readers.READ_ERRORS`, or another stable word; None unless failed or returned.
        attempts: How often a worker process was killed over reading it.
    """

    id: str
    digest: str
    size: int
    receipt: Receipt
    state: SubmissionState
    changed_at: datetime
    hint: str | None = None
    duplicate_of: str | None = None
    parent: str | None = None
    error_code: str | None = None
    error_detail: str | None = None
    attempts: int = 0


_INSERT = insert(submissions)
_BY_ID = select(submissions).where(submissions.c.id == bindparam("id"))
_PRIMARY = select(submissions).where(
    submissions.c.digest == bindparam("digest"), submissions.c.duplicate_of.is_(None)
)
_PENDING = (
    select(submissions.c.id)
    .where(submissions.c.state == SubmissionState.RECEIVED.value)
    .order_by(submissions.c.received_at, submissions.c.id)
)
_MEMBERS = (
    select(submissions)
    .where(submissions.c.parent == bindparam("parent"))
    .order_by(submissions.c.received_at, submissions.c.id)
)
_SET_STATE = update(submissions).where(submissions.c.id == bindparam("key"))
_SET_STATE = _SET_STATE.values(
    {name: bindparam(name) for name in ("state", "error_code", "error_detail", "changed_at")}
)
_ATTEMPT = update(submissions).where(submissions.c.id == bindparam("key"))
_ATTEMPT = _ATTEMPT.values(attempts=submissions.c.attempts + 1)
_ATTEMPTS = select(submissions.c.attempts).where(submissions.c.id == bindparam("id"))
_COUNTS = select(submissions.c.state, func.count()).group_by(submissions.c.state)


class Submissions:
    """The submissions of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def receive(
        self,
        digest: str,
        size: int,
        receipt: Receipt,
        *,
        hint: str | None = None,
        again: bool = False,
        parent: str | None = None,
        conn: Connection | None = None,
    ) -> Submission:
        """Write down that a file came; the original must be durable in `Objects` before.

        The first submission of some bytes is the primary one, and exactly one is, however many processes
        receive them at once. When they come again:

        - the primary failed: it is opened again (`received`) and returned, keeping its first receipt;
        - the primary was returned for completion: likewise, but only with `again`;
        - the primary has not been advanced yet and came under the same name from the same folder: it is
          returned as it is, since a crash between commit and clearing the inbox looks like this;
        - otherwise a submission in state `duplicate` that names the primary.
        """
        at = receipt.at
        with self._database.begin(conn) as conn:
            row = conn.execute(_PRIMARY, {"digest": digest}).one_or_none()
            if row is None:
                return self._insert(conn, digest, size, receipt, hint, None, parent)
            primary = _submission(row)
            reopens = primary.state is SubmissionState.FAILED or (
                again and primary.state is SubmissionState.RETURNED
            )
            if reopens:
                self.set_state(primary.id, SubmissionState.RECEIVED, at=at, conn=conn)
                payload = {"name": storable(receipt.name), "state": primary.state.value}
                audit.append(conn, "reopened", primary.id, payload, at=at)
                reopened = self.get(primary.id, conn=conn)
                assert reopened is not None  # noqa: S101 - read back in the same transaction
                return reopened
            same = (storable(receipt.name), storable(receipt.folder)) == (
                primary.receipt.name,
                primary.receipt.folder,
            )
            if same and primary.state is SubmissionState.RECEIVED:
                return primary
            return self._insert(conn, digest, size, receipt, hint, primary.id, parent)

    def get(self, id: str, *, conn: Connection | None = None) -> Submission | None:
        """The submission of that id, or None."""
        with self._database.read(conn) as conn:
            row = conn.execute(_BY_ID, {"id": id}).one_or_none()
            return None if row is None else _submission(row)

    def members(self, id: str, *, conn: Connection | None = None) -> tuple[Submission, ...]:
        """The submissions that were unpacked from another."""
        with self._database.read(conn) as conn:
            return tuple(_submission(row) for row in conn.execute(_MEMBERS, {"parent": id}))

    def pending(self, limit: int | None = None, *, conn: Connection | None = None) -> tuple[str, ...]:
        """Ids of the submissions to advance, the earliest first."""
        query = _PENDING if limit is None else _PENDING.limit(limit)
        with self._database.read(conn) as conn:
            return tuple(conn.execute(query).scalars())

    def in_state(
        self,
        state: SubmissionState,
        *,
        limit: int | None = 200,
        after: str | None = None,
        conn: Connection | None = None,
    ) -> tuple[Submission, ...]:
        """Submissions in a state by id, which is by time of receipt; `after` is the last id seen."""
        query = select(submissions).where(submissions.c.state == state.value)
        if after is not None:
            query = query.where(submissions.c.id > after)
        with self._database.read(conn) as conn:
            rows = conn.execute(query.order_by(submissions.c.id).limit(limit))
            return tuple(_submission(row) for row in rows)

    def set_state(
        self,
        id: str,
        state: SubmissionState,
        *,
        at: datetime,
        error_code: str | None = None,
        error_detail: str | None = None,
        conn: Connection | None = None,
    ) -> None:
        """Move a submission on, with an audit line; an error that is not given again is cleared.

        Raises:
            StoreError: There is no such submission.
        """
        values = {
            "key": id,
            "state": state.value,
            "error_code": error_code,
            "error_detail": None if error_detail is None else storable(error_detail),
            "changed_at": at,
        }
        with self._database.begin(conn) as conn:
            if conn.execute(_SET_STATE, values).rowcount != 1:
                raise StoreError(messages.NO_SUBMISSION(id=id), code="no-such-submission")
            seal_submission(conn, id, at=at)

    def count_killed(self, id: str, *, conn: Connection | None = None) -> int:
        """Count one more reading that killed its worker process; the count so far, from 1."""
        with self._database.begin(conn) as conn:
            conn.execute(_ATTEMPT, {"key": id})
            return int(conn.execute(_ATTEMPTS, {"id": id}).scalar_one())

    def retry(self, id: str, *, at: datetime, conn: Connection | None = None) -> Submission:
        """Open a failed or returned submission again, because somebody asks for it.

        Raises:
            StoreError: There is no such submission, or it is neither failed nor returned.
        """
        with self._database.begin(conn) as conn:
            found = self.get(id, conn=conn)
            if found is None or found.state not in (SubmissionState.FAILED, SubmissionState.RETURNED):
                raise StoreError(messages.SUBMISSION_NOT_RETRIED(id=id), code="not-failed")
            self.set_state(id, SubmissionState.RECEIVED, at=at, conn=conn)
            audit.append(conn, "reopened", id, {"state": found.state.value}, at=at)
            reopened = self.get(id, conn=conn)
            assert reopened is not None  # noqa: S101 - read back in the same transaction
            return reopened

    def counts(self, *, conn: Connection | None = None) -> dict[SubmissionState, int]:
        """How many submissions are in each state; every state has a key."""
        with self._database.read(conn) as conn:
            found = {str(row[0]): int(row[1]) for row in conn.execute(_COUNTS)}
        return {state: found.get(state.value, 0) for state in SubmissionState}

    def _insert(
        self,
        conn: Connection,
        digest: str,
        size: int,
        receipt: Receipt,
        hint: str | None,
        duplicate_of: str | None,
        parent: str | None,
    ) -> Submission:
        state = SubmissionState.RECEIVED if duplicate_of is None else SubmissionState.DUPLICATE
        row: dict[str, Any] = {
            "id": new_id(receipt.at),
            "digest": digest,
            "size": size,
            "name": storable(receipt.name),
            "folder": storable(receipt.folder),
            "way": receipt.way,
            "received_at": receipt.at,
            "claimed_on": receipt.claimed_on,
            "hint": hint,
            "state": state.value,
            "duplicate_of": duplicate_of,
            "parent": parent,
            "attempts": 0,
            "changed_at": receipt.at,
        }
        conn.execute(_INSERT, row)
        payload = {
            "digest": digest,
            "name": row["name"],
            "folder": row["folder"],
            "way": receipt.way,
            "claimed_on": None if receipt.claimed_on is None else receipt.claimed_on.isoformat(),
            "duplicate_of": duplicate_of,
            **({} if parent is None else {"parent": parent}),
            **submission_seal(
                {"error_code": None, "error_detail": None}
                | {key: moment_text(v) if isinstance(v, datetime) else v for key, v in row.items()}
            ),
        }
        audit.append(conn, "received", row["id"], payload, at=receipt.at)
        return Submission(
            id=row["id"],
            digest=digest,
            size=size,
            receipt=Receipt(
                at=receipt.at,
                name=row["name"],
                way=receipt.way,
                folder=row["folder"],
                claimed_on=receipt.claimed_on,
            ),
            state=state,
            changed_at=receipt.at,
            hint=hint,
            duplicate_of=duplicate_of,
            parent=parent,
        )


def new_id(at: datetime) -> str:
    """A fresh submission id that sorts by time of receipt and can be read out (`20260305-091500-3f9a0c1b2d`)."""
    return f"{at:%Y%m%d-%H%M%S}-{secrets.token_hex(5)}"


def _submission(row: Row[Any]) -> Submission:
    return Submission(
        id=row.id,
        digest=row.digest,
        size=row.size,
        receipt=receipt_in(row),
        state=SubmissionState(row.state),
        changed_at=row.changed_at,
        hint=row.hint,
        duplicate_of=row.duplicate_of,
        parent=row.parent,
        error_code=row.error_code,
        error_detail=row.error_detail,
        attempts=row.attempts,
    )


def receipt_in(row: Row[Any]) -> Receipt:
    """The receipt in a row that holds the columns of one."""
    return Receipt(
        at=row.received_at, name=row.name, way=row.way, folder=row.folder, claimed_on=row.claimed_on
    )
