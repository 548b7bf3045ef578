"""What became of a submission, for whoever asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from formflow.errors import FormflowError, ReadError
from formflow.messages import same
from formflow.messages.readers import READ_ERRORS
from formflow.store.originals import SubmissionState

if TYPE_CHECKING:
    from formflow.store.originals import Submission
    from formflow.store.records import SettledRecord
    from formflow.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a submission.

    Attributes:
        status: `done`, `review`, `returned`, `duplicate`, `failed`; `received` while there is work left.
        members: What became of the files in it, by their path inside, where it is a container.
    """

    submission: Submission
    status: str
    records: tuple[SettledRecord, ...] = ()
    error: FormflowError | None = None
    members: tuple[tuple[str, Result], ...] = ()


def result_of(submission: Submission, store: Store) -> Result:
    """The result of a submission as the stores tell it; a duplicate shows the records of the first."""
    primary = submission
    if submission.state is SubmissionState.DUPLICATE and submission.duplicate_of is not None:
        primary = store.submissions.get(submission.duplicate_of) or submission
    with store.database.read() as conn:
        held = store.records.of(primary.id, conn=conn)
        marks = store.archives.marks([record.number for record in held if record.number], conn=conn)
        records = tuple(
            record.settled(marks[record.number][0].path if record.number in marks else None)
            for record in held
        )
        members = () if records else store.submissions.members(primary.id, conn=conn)
    return Result(
        submission=submission,
        status=submission.state.value,
        records=records,
        error=error_of(submission),
        members=tuple((member_name(primary, member), result_of(member, store)) for member in members),
    )


def error_of(submission: Submission) -> FormflowError | None:
    """Why a submission failed, or None."""
    code, detail = submission.error_code, submission.error_detail or ""
    if code is None:
        return None
    if code in READ_ERRORS:
        return ReadError(code, detail)
    return FormflowError(same(detail or code), code=code) if code not in WAITS else None


NO_FORM = "no-form"
"""Error code of a submission that can be read but is no known form; it waits for a person."""
UNFILLED = "unfilled-form"
"""Error code of a submission that is a known form in which nothing was found filled in; its detail names the forms."""
RETURNED_PAPER = "returned-paper"
"""Code of a submission that is a signed paper of entries in the register."""
UNKNOWN_PAPER = "unknown-paper"
"""Code of a submission whose pages name an entry that the register does not hold."""
WAITS = frozenset((NO_FORM, UNFILLED, RETURNED_PAPER, UNKNOWN_PAPER))
"""Codes of submissions that wait for a person and have not failed."""


def with_archives(records: Iterable[SettledRecord], paths: Mapping[str, str]) -> tuple[SettledRecord, ...]:
    """Records with the archive folders that were made for their numbers."""
    return tuple(
        replace(record, archive=paths.get(record.number or "", record.archive)) for record in records
    )


def inside_of(container: Submission) -> str:
    """The folder that a container's files count as lying in: it bears the container's name."""
    return "/".join(filter(None, (container.receipt.folder, container.receipt.name)))


def member_name(container: Submission, member: Submission) -> str:
    """The path of a member inside its container."""
    place = inside_of(container)
    folder = member.receipt.folder
    inside = folder.removeprefix(place).lstrip("/") if folder.startswith(place) else ""
    return "/".join(filter(None, (inside, member.receipt.name)))
