"""What an older reader read is read anew while it waits for a person, and what has changed is told.

Nothing is lost by it: settled records and what persons decided stay, corrections are applied to the new reading, and
where the newer reader divides the file into other records the old ones stay for a person to settle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from formflow.errors import Conflict, FormflowError, ReadError, UsageError
from formflow.messages import pipeline as messages
from formflow.model import Candidate
from formflow.pipeline.advance import advance, read_original
from formflow.pipeline.context import Context
from formflow.pipeline.corrections import check_field, last_decision, readings_in
from formflow.pipeline.results import NO_FORM, UNFILLED, Result, result_of
from formflow.pipeline.settling import FINAL
from formflow.readers.read import CURRENT
from formflow.store import audit
from formflow.store.originals import Submission, SubmissionState
from formflow.store.reviews import Review, ReviewAction

if TYPE_CHECKING:
    from formflow.forms.spec import Form
    from formflow.pipeline.jobs.read import ReadResult
    from formflow.store.records import StoredRecord
    from formflow.store.store import Store

WAITING = (SubmissionState.REVIEW, SubmissionState.RETURNED)
"""States in which something of a submission is still open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedText:
    """A text that the newer reader reads otherwise; None where one of the two read nothing."""

    record: str
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What became of a submission that was to be read anew.

    Attributes:
        before: The reader whose reading was kept; None where no form was recognised.
        after: The reader that has read the file now; None where the kept reading is up to date, or the file is refused.
        kept: Why the older records stay.
    """

    result: Result
    before: str | None
    after: str | None = None
    changed: tuple[ChangedText, ...] = ()
    kept: FormflowError | None = None


def is_outdated(submission: Submission, store: Store) -> bool:
    """Whether a submission waits with a reading that an older reader made."""
    reader = store.readings.reader_of(submission.digest)
    return submission.state in WAITING and reader is not None and reader not in CURRENT


def waiting(store: Store) -> Iterator[Submission]:
    """Every submission that waits for a person, by time of receipt."""
    after = None
    while page := store.submissions.in_state(SubmissionState.REVIEW, after=after):
        yield from page
        after = page[-1].id


def reread_record(record_id: str, context: Context) -> Reread | None:
    """Read the file of a record anew where the record is open and an older reader read it; else None."""
    record = context.store.records.get(record_id)
    if record is None or record.state in FINAL:
        return None
    submission = context.store.submissions.get(record.submission)
    if submission is None or not is_outdated(submission, context.store):
        return None
    return reread(submission, context)


def reread(submission: Submission, context: Context) -> Reread:
    """Read a submission anew where an older reader read it, or where no form was recognised, and move it on.

    Raises:
        Conflict: Nothing of it waits.
        MachineError: The machine lets no work be done; everything stays as it is.
        StoreError: Disk or database refuse.
    """
    store = context.store
    if submission.state not in WAITING:
        raise Conflict(messages.NOTHING_TO_REREAD(id=submission.id), code="settled")
    held = store.records.of(submission.id)
    before = store.readings.reader_of(submission.digest)
    if not held and submission.error_code in (NO_FORM, UNFILLED):
        store.submissions.set_state(submission.id, SubmissionState.RECEIVED, at=context.clock())
        result = advance(submission.id, context)
        return Reread(result=result, before=None, after=store.readings.reader_of(submission.digest))
    if not held or not is_outdated(submission, store):
        return Reread(result=result_of(submission, store), before=before)
    try:
        reading = _read(submission, held, context)
    except ReadError as error:
        return Reread(result=result_of(submission, store), before=before, kept=error)
    changed = _replace(submission, reading, before, context)
    if changed is None:
        return Reread(
            result=result_of(submission, store),
            before=before,
            after=reading.reader,
            kept=Conflict(messages.READ_AS_OTHER_RECORDS(reader=reading.reader), code="other-records"),
        )
    return Reread(
        result=advance(submission.id, context), before=before, after=reading.reader, changed=changed
    )


def _read(submission: Submission, held: Sequence[StoredRecord], context: Context) -> ReadResult:
    """The new reading; where no form is found, as the form that a person may have said it is."""
    reading = read_original(submission, context, None)
    forms = {record.form for record in held}
    if not reading.items and not reading.papers and len(forms) == 1:
        reading = read_original(submission, context, forms.pop())
    return reading


def _replace(
    submission: Submission, reading: ReadResult, before: str | None, context: Context
) -> tuple[ChangedText, ...] | None:
    """Write the new reading, and its candidates in place of the open ones; None where they are other records."""
    store, at = context.store, context.clock()
    with context.write_order.turn(submission.id), store.database.begin() as conn:
        if reading.document is not None:
            store.readings.put(submission.digest, reading.reader, reading.document, at=at, conn=conn)
        held = store.records.of(submission.id, conn=conn)
        now = store.submissions.get(submission.id, conn=conn)
        paired = _paired(held, [item.candidate for item in reading.items])
        if now is None or now.state not in WAITING:
            raise Conflict(messages.NOTHING_TO_REREAD(id=submission.id), code="settled")
        if paired is None:
            return None
        said = store.reviews.of_submission(submission.id, conn=conn)
        replaced = {
            record.id: new
            for record, new in zip(held, paired, strict=False)
            if record.state not in FINAL
            and _keeps_corrections(said.get(record.id, ()), record.candidate, new, context.forms[record.form])
        }
        store.records.replace(replaced, at=at, conn=conn)
        store.records.put(submission.id, paired, at=at, conn=conn)  # rows that only the newer reader sees
        store.submissions.set_state(submission.id, SubmissionState.RECEIVED, at=at, conn=conn)
        payload = {"before": before, "reader": reading.reader, "records": list(replaced)}
        audit.append(conn, "reread", submission.id, payload, at=at)
    return tuple(
        change for record in held if record.id in replaced for change in _changes(record, replaced[record.id])
    )


def _paired(held: Sequence[StoredRecord], read: Sequence[Candidate]) -> list[Candidate] | None:
    """The new candidate of every record in order, then those that are new; None where a record has none."""
    if len(held) == len(read) == 1 and held[0].form == read[0].form:
        return list(read)
    places = {_place(candidate): candidate for candidate in read}
    wanted = [_place(record.candidate) for record in held]
    if len(places) < len(read) or len(set(wanted)) < len(wanted) or not places.keys() >= set(wanted):
        return None
    return [places.pop(place) for place in wanted] + list(places.values())


def _place(candidate: Candidate) -> tuple[str, str, int | None]:
    return candidate.form, candidate.position, candidate.row


def _keeps_corrections(reviews: Sequence[Review], old: Candidate, new: Candidate, form: Form) -> bool:
    """Whether what persons said of the old reading can be said of the new one: corrections, and no decision."""
    if last_decision(reviews) is not None:
        return False
    for review in reviews:
        if review.action is ReviewAction.SET and review.field is not None:
            table = review.field.partition(".")[0]
            if len(old.rows.get(table, ())) != len(new.rows.get(table, ())):
                return False
            try:
                check_field(review.field, new, form)
            except UsageError:
                return False
    return True


def _changes(record: StoredRecord, new: Candidate) -> Iterator[ChangedText]:
    before = {name: reading.text for name, reading in readings_in(record.candidate)}
    after = {name: reading.text for name, reading in readings_in(new)}
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield ChangedText(record=record.id, field=name, before=before.get(name), after=after.get(name))
