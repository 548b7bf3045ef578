"""What waits, what is late, and one record or entry whole, as values: the commands and the desk show them.

Every function asks a fixed number of queries, one for each table, however many rows it answers with. The lists start
from one statement in the store each, which is where a filter by reader belongs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from formflow.errors import NotFound
from formflow.forms.schema import validate
from formflow.messages import pipeline as messages
from formflow.model import RecordState
from formflow.people.actor import EVERYTHING, Sight, area_key
from formflow.pipeline.duplicates import entries_like
from formflow.pipeline.filing import due_on
from formflow.pipeline.results import UNFILLED, WAITS
from formflow.pipeline.signed_documents import waiting_papers
from formflow.store.originals import SubmissionState
from formflow.store.reviews import corrections

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from formflow.forms.spec import Form
    from formflow.model import Entry, Receipt
    from formflow.rules.calendar import Calendar
    from formflow.store.archives import ArchiveMark
    from formflow.store.assessments import Assessment
    from formflow.store.decisions import Decision
    from formflow.store.entries import Listed, Void
    from formflow.store.originals import Submission
    from formflow.store.records import StoredRecord
    from formflow.store.reviews import Review
    from formflow.store.store import Store

Forms = Mapping[str, "Form"]

AREA = "area"
"""The field of a form that says whose area (片区) an entry is of."""


@dataclass(frozen=True, kw_only=True)
class RecordView:
    """A record and what persons said about it.

    Attributes:
        receipt: Of the file that it came in.
        answered_by: Number under which a form that went back has been registered since, complete; None while it is awaited.
    """

    record: StoredRecord
    receipt: Receipt
    reviews: tuple[Review, ...] = ()
    answered_by: str | None = None

    @cached_property
    def corrections(self) -> Mapping[str, str | None]:
        """Field → the text that a person set; None where they cleared it."""
        return corrections(self.reviews)


@dataclass(frozen=True, kw_only=True)
class WaitingFile:
    """A file that waits and holds no record: unrecognised, not filled in, or a document that came back signed.

    Attributes:
        unfilled: Ids of the forms that it bears, where nothing was found filled in.
        papers: What was seen on documents that came back (see `signed_documents.seen_on`).
    """

    submission: Submission
    unfilled: tuple[str, ...] = ()
    papers: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, submission: Submission) -> WaitingFile:
        """Of a submission that waits without records."""
        detail = submission.error_detail or ""
        return cls(
            submission=submission,
            unfilled=tuple(detail.split()) if submission.error_code == UNFILLED else (),
            papers=tuple(waiting_papers(submission)),
        )


@dataclass(frozen=True, kw_only=True)
class Late:
    """A form that went back and has not come again by the day on which it was due."""

    view: RecordView
    due_on: date


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """An entry whole.

    Attributes:
        decisions: Of its approval, in the order of the steps.
        assessments: What the rules said of it later.
    """

    entry: Entry
    void: Void | None
    marks: tuple[ArchiveMark, ...]
    decisions: tuple[Decision, ...]
    assessments: tuple[Assessment, ...]


@dataclass(frozen=True, kw_only=True)
class Book:
    """A book of a year, as it is printed: its lines, and the decisions on them by number."""

    lines: tuple[Listed, ...]
    decided: Mapping[str, tuple[Decision, ...]]


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much there is to do.

    Attributes:
        submissions: By state; a state without any is missing.
        unmade: Entries without their archive copy.
    """

    submissions: Mapping[SubmissionState, int]
    unmade: int


def waiting_records(
    store: Store, forms: Forms, *, form: str | None = None, returned: bool = False, limit: int = 200
) -> tuple[RecordView, ...]:
    """The records that wait for a person, the earliest first.

    Args:
        form: Only those of this form.
        returned: Also those that went back to their sender and have not come again.
    """
    states = (RecordState.REVIEW, RecordState.RETURNED) if returned else (RecordState.REVIEW,)
    with store.database.read() as conn:
        found = store.records.in_state(*states, form=form, limit=limit, conn=conn)
        views = _views(found, store, forms, conn)
    return tuple(view for view in views if view.answered_by is None)


def waiting_files(store: Store, *, limit: int = 200) -> tuple[WaitingFile, ...]:
    """The files that wait for a person and hold no record, the earliest first."""
    found = store.submissions.in_state(SubmissionState.REVIEW, limit=limit)
    return tuple(WaitingFile.of(submission) for submission in found if submission.error_code)


def waiting_file(id: str, store: Store, conn: Connection | None = None) -> WaitingFile | None:
    """The file of that id, where it waits and holds no record; None for everything else."""
    submission = store.submissions.get(id, conn=conn)
    if submission is None or submission.state is not SubmissionState.REVIEW:
        return None
    return WaitingFile.of(submission) if submission.error_code in WAITS else None


def late(store: Store, forms: Forms, calendar: Calendar, *, days: int, today: date) -> tuple[Late, ...]:
    """Forms that went back and have not come again by the day on which they were due, the earliest first.

    Args:
        days: How long a sender has, as the settings say (`complete_days`); 0 sets no day, and nothing is late.
    """
    if days <= 0:
        return ()
    with store.database.read() as conn:
        found = store.records.in_state(RecordState.RETURNED, limit=None, conn=conn)
        due = {record.id: due_on(record.changed_at.date(), days, calendar) for record, _ in found}
        overdue = [one for one in found if (day := due[one[0].id]) is not None and day < today]
        views = _views(overdue, store, forms, conn)
    return tuple(
        Late(view=view, due_on=day)
        for view in views
        if view.answered_by is None and (day := due[view.record.id]) is not None
    )


def record_view(id: str, store: Store, forms: Forms) -> RecordView:
    """A record whole.

    Raises:
        NotFound: There is none of that id.
    """
    with store.database.read() as conn:
        record = store.records.require(id, conn=conn)
        submission = store.submissions.get(record.submission, conn=conn)
        assert submission is not None  # noqa: S101 - a record belongs to one
        (view,) = _views([(record, submission.receipt)], store, forms, conn)
    return view


def entry_view(number: str, store: Store, *, sight: Sight = EVERYTHING) -> EntryView:
    """An entry whole, whose number somebody typed.

    Raises:
        NotFound: There is none, or none that may be seen.
    """
    with store.database.read() as conn:
        entry = entry_named(number, store, conn, sight=sight)
        return EntryView(
            entry=entry,
            void=store.register.void_of(entry.number, conn=conn),
            marks=store.archives.of(entry.number, conn=conn),
            decisions=store.decisions.of(entry.number, conn=conn),
            assessments=store.assessments.of(entry.number, conn=conn),
        )


def entry_named(
    number: str, store: Store, conn: Connection | None = None, *, sight: Sight = EVERYTHING
) -> Entry:
    """The entry whose number somebody typed.

    Raises:
        NotFound: There is none, or none that may be seen; told alike.
    """
    entry = store.register.named(number, conn=conn)
    if entry is None or why_seen(entry, sight) is None:
        raise NotFound(
            messages.NO_ENTRY(number=number), code="no-such-number", remedy=messages.SEE_REGISTER_LIST()
        )
    return entry


def why_seen(entry: Entry, sight: Sight) -> str | None:
    """Why an entry may be seen: `role`, `area` or `consent`; None where it may not."""
    area = entry.values.get(AREA)
    return sight.why(area_key(area) if isinstance(area, str) else "", entry.number)


def book(store: Store, form: Form, year: int) -> Book:
    """The book of a form and a year, voids among its lines."""
    with store.database.read() as conn:
        lines = store.register.list(
            series=form.register.series, year=year, form=form.id, limit=None, conn=conn
        )
        decided = store.decisions.of_many([one.entry.number for one in lines], conn=conn)
    return Book(lines=lines, decided=decided)


def counts(store: Store) -> Counts:
    """How much there is to do."""
    submissions = {state: count for state, count in store.submissions.counts().items() if count}
    return Counts(submissions=submissions, unmade=len(store.archives.unmade()))


def _views(
    found: Sequence[tuple[StoredRecord, Receipt]], store: Store, forms: Forms, conn: Connection
) -> tuple[RecordView, ...]:
    records = [record for record, _ in found]
    reviews = store.reviews.of_many([record.id for record in records], conn=conn)
    answers = _answers(records, store, forms, conn)
    return tuple(
        RecordView(
            record=record,
            receipt=receipt,
            reviews=reviews.get(record.id, ()),
            answered_by=answers.get(record.id),
        )
        for record, receipt in found
    )


def _answers(
    records: Iterable[StoredRecord], store: Store, forms: Forms, conn: Connection
) -> Mapping[str, str]:
    """The numbers under which forms that went back have been registered since, by record."""
    asked = {
        record.id: (form, validate(record.candidate, form)[0].values)
        for record in records
        if record.state is RecordState.RETURNED and (form := forms.get(record.form)) is not None
    }
    return entries_like(asked, store, conn)
