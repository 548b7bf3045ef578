"""Decisions of people: on a record that waits, and on an entry that is to be approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from formflow.approvals.steps import decide, ended_without_files, standing
from formflow.errors import FormflowError, UsageError
from formflow.pipeline.advance import advance
from formflow.pipeline.context import Context
from formflow.pipeline.corrections import check_field, reading_at
from formflow.pipeline.filing import file_event
from formflow.store.originals import SubmissionState
from formflow.store.records import RecordState
from formflow.store.reviews import Review, ReviewAction

if TYPE_CHECKING:
    from formflow.approvals.steps import Standing
    from formflow.pipeline.results import Result
    from formflow.store.records import StoredRecord
    from formflow.store.store import Store

OPEN = (RecordState.REVIEW, RecordState.RETURNED, RecordState.PENDING)
"""States in which a person may still say something about a record."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision on an entry led to; `path` is where its documents lie below the archive."""

    standing: Standing
    path: str | None


def review(
    record_id: str,
    action: ReviewAction,
    context: Context,
    *,
    by: str,
    why: str = "",
    field: str | None = None,
    text: str | None = None,
) -> Result:
    """Write down what a person says about a record and take it down the road again.

    Args:
        field, text: For `set`: which field, and what stands there; None clears it.
    Raises:
        UsageError: No such record, it is settled already, or no such field.
    """
    store = context.store
    with store.database.begin() as conn:
        record = open_record(record_id, store)
        old = None
        if action is ReviewAction.SET and field is not None:
            check_field(field, record.candidate, context.forms[record.form])
            latest = store.reviews.latest(record_id, conn=conn)
            read = reading_at(record.candidate, field)
            old = latest.get(field, read.text if read else None)
        made = Review(
            record=record_id,
            action=action,
            by=by,
            at=context.clock(),
            field=field,
            old=old,
            new=text,
            why=why,
        )
        store.reviews.add(made, conn=conn)
        store.submissions.set_state(
            record.submission, SubmissionState.RECEIVED, at=context.clock(), conn=conn
        )
    return advance(record.submission, context)


def say_form(submission_id: str, form: str, context: Context) -> Result:
    """A person says what form a submission is that nobody recognised.

    Raises:
        UsageError: No such submission or form, or it was recognised.
    """
    submission = context.store.submissions.get(submission_id)
    if submission is None or submission.state is not SubmissionState.REVIEW:
        raise UsageError(f"nothing waits under {submission_id}", code="no-such-record")
    if form not in context.forms:
        raise UsageError(f"no form {form!r}; known: {', '.join(context.forms)}", code="no-such-form")
    if context.store.records.of(submission_id):
        raise UsageError(f"{submission_id} was recognised; settle its records", code="recognised")
    context.store.submissions.set_state(submission_id, SubmissionState.RECEIVED, at=context.clock())
    return advance(submission_id, context, hint=form)


def open_record(record_id: str, store: Store) -> StoredRecord:
    """A record that waits for a person.

    Raises:
        UsageError: There is none of that id, or it is settled.
    """
    record = store.records.get(record_id)
    if record is None:
        raise UsageError(f"no record {record_id}", code="no-such-record", remedy="see `formflow review list`")
    if record.state not in OPEN:
        held = f" as {record.number}" if record.number else ""
        raise UsageError(
            f"{record_id} is settled ({record.state.value}{held})",
            code="settled",
            remedy="to correct an entry, void it or hand in a corrected form",
        )
    return record


def decide_entry(
    number: str, decision: str, context: Context, *, by: str, role: str | None, comment: str
) -> Decided:
    """Take the next step of an entry's approval; its documents are made when it ends.

    Raises:
        UsageError: No such entry, or the step is not allowed.
    """
    entry = context.store.register.find(number)
    if entry is None:
        raise UsageError(f"登记簿中没有 {number}", code="no-such-number")
    entry = context.store.assessments.as_it_stands(entry)
    form = context.forms[entry.form]
    now = decide(context.store, entry, form, decision, by=by, at=context.clock(), role=role, comment=comment)
    return Decided(now, file_event(entry, now.event, context) if now.event else None)


def file_events(context: Context) -> None:
    """Make the documents of approvals that ended before a crash."""
    failure: FormflowError | None = None
    for number in ended_without_files(context.store):
        entry = context.store.register.find(number)
        if entry is None or entry.form not in context.forms:
            continue
        now = standing(context.forms[entry.form], context.store.decisions.of(number))
        if now.event is not None:
            try:
                file_event(entry, now.event, context)
            except FormflowError as error:
                failure = failure or error
    if failure is not None:
        raise failure
