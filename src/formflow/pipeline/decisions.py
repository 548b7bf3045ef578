"""Decisions of people: on a record that waits, and on an entry that is to be approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from formflow import words
from formflow.approvals.steps import decide, ended_without_files, standing
from formflow.errors import Conflict, FormflowError, NotFound
from formflow.forms.named import form_named
from formflow.messages import NOTHING, Bilingual, listed
from formflow.messages import pipeline as messages
from formflow.model import RecordState, StepDecision
from formflow.pipeline.advance import advance
from formflow.pipeline.context import Context
from formflow.pipeline.corrections import check_field, last_decision, reading_at
from formflow.pipeline.filing import file_event
from formflow.pipeline.learning import teach_by_record
from formflow.pipeline.queues import waiting_file
from formflow.pipeline.rereading import reread_record
from formflow.pipeline.signed_documents import confirm_paper
from formflow.store import audit
from formflow.store.originals import SubmissionState
from formflow.store.reviews import Review, ReviewAction, corrections

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from formflow.approvals.steps import Standing
    from formflow.forms.spec import Step
    from formflow.pipeline.results import Result
    from formflow.store.records import StoredRecord
    from formflow.store.store import Store

OPEN = (RecordState.REVIEW, RecordState.RETURNED, RecordState.PENDING)
"""States in which a person may still say something about a record."""


@dataclass(frozen=True, slots=True)
class SettledFile:
    """What became of a file without records that a person settled; `paths` are the bags made of it, below the archive."""

    state: RecordState
    paths: tuple[str, ...] = ()


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

    A field of a record that an older reader read is set in the new reading (see `rereading`).

    Args:
        field, text: For `set`: which field, and what stands there; None clears it.
    Raises:
        UsageError: No such record, it is settled already, or no such field.
    """
    store = context.store
    if action is ReviewAction.SET:
        reread_record(record_id, context)
    with store.database.begin() as conn:
        record = open_record(record_id, store, conn)
        _nobody_before(record, store, conn)
        old = None
        if action is ReviewAction.SET and field is not None:
            check_field(field, record.candidate, context.forms[record.form])
            said = corrections(store.reviews.of(record_id, conn=conn))
            read = reading_at(record.candidate, field)
            old = said.get(field, read.text if read else None)
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


def correct(
    id: str,
    field: str,
    text: str | None,
    context: Context,
    *,
    by: str,
    why: str = "",
    label: str | None = None,
) -> Result:
    """A person says what stands in a field of what waits under an id, or, for a file, what form it is.

    Args:
        field: For a file that nobody recognised: `form`.
        text: What stands there; None clears it. For a file: id, title or series of a form.
        label: The label as the form prints it, which is kept.
    Raises:
        UsageError: As `review`, `say_form` and `learning.teach`.
    """
    if label is not None:
        teach_by_record(context.store, context.forms, id, field, label, by=by, at=context.clock())
    if field == "form" and text is not None:
        return say_form(id, form_named(context.forms, text).id, context)
    return review(id, ReviewAction.SET, context, by=by, why=why, field=field, text=text)


def settle_waiting(
    id: str, action: ReviewAction, context: Context, *, by: str, why: str = ""
) -> Result | SettledFile:
    """A person settles what waits under an id: a record, or a file that holds none.

    Raises:
        NotFound: Nothing of that id waits.
        Conflict: It is settled already, or is not to be settled so.
    """
    file = waiting_file(id, context.store)
    if file is None:
        return review(id, action, context, by=by, why=why)
    if action is ReviewAction.DISCARD:
        discard_file(id, context, by=by, why=why)
        return SettledFile(RecordState.DISCARDED)
    if action is ReviewAction.ACCEPT and file.papers:
        return SettledFile(RecordState.REGISTERED, tuple(confirm_paper(id, context, by=by, why=why)))
    if file.papers:
        raise Conflict(messages.IS_SIGNED_DOCUMENT(id=id), code="not-allowed")
    raise Conflict(messages.HOLDS_NO_RECORD(id=id), code="not-allowed")


def discard_file(id: str, context: Context, *, by: str, why: str = "") -> None:
    """A person says that a file is not wanted: an empty form, a misprint. It stays among the originals.

    Raises:
        NotFound: No such file waits, or somebody else has settled it meanwhile.
    """
    at = context.clock()
    with context.write_order.turn(""), context.store.database.begin() as conn:
        file = waiting_file(id, context.store, conn)
        if file is None:
            raise NotFound(
                messages.NO_FILE_WAITS(id=id), code="no-such-record", remedy=messages.SEE_REVIEW_LIST()
            )
        payload = {"by": by, "why": why, "was": file.submission.error_code}
        audit.append(conn, "file-discarded", id, payload, at=at)
        context.store.submissions.set_state(id, SubmissionState.DONE, at=at, conn=conn)


def say_form(submission_id: str, form: str, context: Context) -> Result:
    """A person says what form a submission is that nobody recognised.

    Raises:
        UsageError: No such submission or form, or it was recognised.
    """
    if form not in context.forms:
        known = listed(context.forms)
        raise NotFound(messages.NO_FORM(form=form, known=known), code="no-such-form")
    with context.store.database.begin() as conn:
        submission = context.store.submissions.get(submission_id, conn=conn)
        if submission is None or submission.state is not SubmissionState.REVIEW:
            raise NotFound(messages.NOTHING_WAITS(submission_id=submission_id), code="no-such-record")
        if context.store.records.of(submission_id, conn=conn):
            raise Conflict(messages.SETTLE_ITS_RECORDS(submission_id=submission_id), code="recognised")
        context.store.submissions.set_state(
            submission_id, SubmissionState.RECEIVED, at=context.clock(), conn=conn
        )
    return advance(submission_id, context, hint=form)


def _nobody_before(record: StoredRecord, store: Store, conn: Connection) -> None:
    """Whoever settled a record a moment ago has settled it, though it has not been moved on yet."""
    word = last_decision(store.reviews.of(record.id, conn=conn))
    submission = store.submissions.get(record.submission, conn=conn)
    if word is not None and submission is not None and submission.state is SubmissionState.RECEIVED:
        raise Conflict(
            messages.JUST_SETTLED(record=record.id, by=word.by, action=word.action),
            code="settled",
            remedy=messages.SEE_REVIEW_LIST_LATER(),
        )


def open_record(record_id: str, store: Store, conn: Connection | None = None) -> StoredRecord:
    """A record that waits for a person.

    Raises:
        UsageError: There is none of that id, or it is settled.
    """
    record = store.records.require(record_id, conn=conn)
    if record.state not in OPEN:
        held = messages.AS_NUMBER(number=record.number) if record.number else NOTHING
        raise Conflict(
            messages.SETTLED(
                record=record_id,
                state=Bilingual(words.RECORD_STATES[record.state].chinese, record.state.value),
                held=held,
            ),
            code="settled",
            remedy=messages.HOW_TO_CORRECT_ENTRY(),
        )
    return record


def decide_entry(
    number: str,
    decision: StepDecision,
    context: Context,
    *,
    by: str,
    role: str | None,
    comment: str,
    seen: int | None = None,
) -> Decided:
    """Take the next step of an entry's approval; its documents are made when it ends.

    Args:
        seen: The step that the person saw (`step_of`); where the approval has moved on, nothing is decided.
    Raises:
        UsageError: No such entry, or the step is not allowed.
    """
    entry = context.store.register.find(number)
    if entry is None:
        raise NotFound(messages.NO_SUCH_ENTRY(number=number), code="no-such-number")
    entry = context.store.assessments.as_it_stands(entry)
    form = context.forms[entry.form]
    now = decide(
        context.store,
        entry,
        form,
        decision,
        by=by,
        at=context.clock(),
        role=role,
        comment=comment,
        seen=seen,
    )
    return Decided(now, file_event(entry, now.event, context) if now.event else None)


def step_of(number: str, context: Context) -> tuple[int, Step] | None:
    """The step of an entry's approval whose turn it is, from 0; None where there is none, or no such entry."""
    entry = context.store.register.find(number)
    form = None if entry is None else context.forms.get(entry.form)
    if form is None:
        return None
    now = standing(form, context.store.decisions.of(number)).next
    return None if now is None or now >= len(form.approval) else (now, form.approval[now])


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
