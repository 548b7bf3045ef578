"""The transaction in which a submission's records are judged, numbered and written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from formflow.forms.future import future_days
from formflow.model import Entry, Finding, Outcome, Severity
from formflow.pipeline.context import Context
from formflow.pipeline.corrections import ReviewDecision, last_decision
from formflow.pipeline.duplicates import Beside, likely_duplicate
from formflow.pipeline.facts import Gatherer
from formflow.pipeline.jobs.read import ReadRecord, ReadResult
from formflow.pipeline.judging import Judged, judge
from formflow.pipeline.known_rows import Known, LogRow, changed_row, recognise
from formflow.pipeline.results import RecordResult
from formflow.rules.assess import assess
from formflow.store.entries import Draft
from formflow.store.originals import Submission, SubmissionState
from formflow.store.records import RecordState, Settled
from formflow.store.rows import identity_keys

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from formflow.forms.spec import Form
    from formflow.store.records import StoredRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What became of a submission's records.

    Attributes:
        state: The state the submission rests in once its files are made.
        judged: By record id.
        entries: The entries written or found, by number.
    """

    state: SubmissionState
    records: tuple[RecordResult, ...]
    judged: Mapping[str, Judged]
    entries: Mapping[str, Entry]


@dataclass(slots=True)
class _Settlement:
    """What is on the desk while one submission is settled."""

    submission: Submission
    context: Context
    conn: Connection
    at: datetime
    ids: tuple[str, ...]
    items: tuple[ReadRecord, ...]
    held: Mapping[str, StoredRecord]
    forms: Mapping[str, str]
    words: dict[str, ReviewDecision | None] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    judged: dict[str, Judged] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    settled: dict[str, Settled] = field(default_factory=dict)


def settle(
    submission: Submission, items: Sequence[ReadRecord], reading: ReadResult | None, context: Context
) -> Settlement | None:
    """Judge, number and write down all records of a submission in one transaction, in their order.

    Returns:
        None when another process settled the submission meanwhile.
    """
    store = context.store
    with context.write_order.turn(submission.id), store.database.begin() as conn:
        now = store.submissions.get(submission.id, conn=conn)
        if now is None or now.state is not SubmissionState.RECEIVED:
            return None
        at = context.clock()
        if reading is not None and reading.document is not None:
            store.readings.put(submission.digest, reading.reader, reading.document, at=at, conn=conn)
        held = {record.id: record for record in store.records.of(submission.id, conn=conn)}
        ids = store.records.put(
            submission.id, [item.candidate for item in items], at=at, seal=False, conn=conn
        )
        forms = {id: item.candidate.form for id, item in zip(ids, items, strict=True)}
        desk = _Settlement(submission, context, conn, at, ids, tuple(items), held, forms)
        _recognise(desk)
        _judge(desk)
        _enter(desk)
        _supersede(desk)
        store.records.settle([desk.settled[id] for id in ids], at=at, conn=conn)
    return Settlement(
        state=_rest(desk.settled.values()),
        records=tuple(_result(desk, id) for id in ids),
        judged=desk.judged,
        entries=desk.entries,
    )


def _recognise(desk: _Settlement) -> None:
    """Find the log rows that stand in the register already."""
    logs: dict[str, list[int]] = {}
    for place, item in enumerate(desk.items):
        if item.candidate.row is not None:
            logs.setdefault(item.candidate.form, []).append(place)
    for form_id, places in logs.items():
        form = desk.context.forms[form_id]
        values = [desk.items[place].record.values for place in places]
        rows = [
            LogRow(desk.ids[place], key, desk.items[place].record.values, desk.items[place].candidate)
            for place, key in zip(places, identity_keys(values, form), strict=True)
        ]
        desk.keys |= {row.record: row.key for row in rows}
        desk.known |= recognise(rows, form, desk.context.store, desk.conn)


def _judge(desk: _Settlement) -> None:
    gatherer = Gatherer(desk.context.store, desk.context.calendar, desk.conn, desk.submission, desk.at)
    store = desk.context.store
    said = store.reviews.of_submission(desk.submission.id, conn=desk.conn) if desk.held else {}
    for id, item in zip(desk.ids, desk.items, strict=True):
        held = desk.held.get(id)
        if held is not None and held.state in (
            RecordState.REGISTERED,
            RecordState.KNOWN,
            RecordState.DISCARDED,
        ):
            desk.settled[id] = Settled(
                id=id, state=held.state, findings=held.findings, outcome=held.outcome, number=held.number
            )
            continue
        form = desk.context.forms[item.candidate.form]
        known = desk.known.get(id)
        word = last_decision(said.get(id, ())) if held is not None else None
        if known is not None and not known.changed:
            _settle_known(desk, id, known)
            continue
        judged = judge(
            item.candidate,
            item.record,
            (*item.findings, *_beside_the_paper(desk, item, form, known)),
            form,
            word=word,
            assess=lambda item=item, form=form, id=id: assess(  # type: ignore[misc]
                item.record, form, gatherer.facts(id)
            ),
        )
        if known is not None:
            judged = _beside_its_entry(judged, known, form_values=item, word=word, desk=desk)
        desk.words[id] = word
        desk.judged[id] = judged
        gatherer.expect(judged, form)


def _beside_the_paper(
    desk: _Settlement, item: ReadRecord, form: Form, known: Known | None
) -> Iterator[Finding]:
    """What only the clock and the register can tell of a record that the paper does not."""
    values = item.record.values
    yield from future_days(values, form, desk.submission.receipt.at.date())
    if known is not None or (item.candidate.row is not None and "record" not in form.layouts):
        return
    beside = [
        Beside(one.record.form, one.record.values, one.record.position)
        for one in desk.judged.values()
        if one.fate == "register" and one.candidate.row is None
    ]
    found = likely_duplicate(form, values, beside, desk.context.store, desk.conn)
    if found is not None:
        yield found


def _settle_known(desk: _Settlement, id: str, known: Known) -> None:
    entry = known.entry
    desk.entries[entry.number] = entry
    own = entry.record == id
    desk.settled[id] = Settled(
        id=id,
        state=RecordState.REGISTERED if own else RecordState.KNOWN,
        findings=entry.findings if own else (),
        outcome=entry.outcome,
        number=entry.number,
    )


def _beside_its_entry(
    judged: Judged, known: Known, *, form_values: ReadRecord, word: ReviewDecision | None, desk: _Settlement
) -> Judged:
    """A row that differs from its entry waits; accepted by a person, it becomes an entry that corrects it."""
    form = desk.context.forms[form_values.candidate.form]
    finding = changed_row(known, form, form_values.record.values)
    if word is not None and word.action == "accept":
        accepted = replace(finding, severity=Severity.NOTE)
        return replace(judged, findings=(*judged.findings, accepted))
    if judged.fate == "register":
        return replace(judged, findings=(*judged.findings, finding), outcome=Outcome.REFER, fate="review")
    return replace(judged, findings=(*judged.findings, finding))


def _enter(desk: _Settlement) -> None:
    """Number what is to be registered, book by book, in row order."""
    books: dict[str, list[Draft]] = {}
    for id, judged in desk.judged.items():
        if judged.fate == "register":
            books.setdefault(judged.record.form, []).append(_draft(desk, id, judged))
        else:
            desk.settled[id] = _waiting(desk, id, judged)
    for form_id, drafts in books.items():
        book = desk.context.forms[form_id].register
        entries = desk.context.store.register.enter(
            drafts, book, year=desk.at.year, at=desk.at, conn=desk.conn
        )
        for draft, entry in zip(drafts, entries, strict=True):
            desk.entries[entry.number] = entry
            own = entry.record == draft.record
            desk.settled[draft.record] = Settled(
                id=draft.record,
                state=RecordState.REGISTERED if own else RecordState.KNOWN,
                findings=draft.findings if own else (),
                outcome=entry.outcome,
                number=entry.number,
            )


def _draft(desk: _Settlement, id: str, judged: Judged) -> Draft:
    known = desk.known.get(id)
    return Draft(
        record=id,
        submission=desk.submission.id,
        digest=desk.submission.digest,
        form=judged.record.form,
        values=judged.record.values,
        findings=judged.findings,
        outcome=judged.outcome,
        receipt=desk.submission.receipt,
        identity_key=desk.keys.get(id),
        corrects=known.entry.number if known is not None else None,
    )


def _waiting(desk: _Settlement, id: str, judged: Judged) -> Settled:
    states = {
        "review": RecordState.REVIEW,
        "return": RecordState.RETURNED,
        "discard": RecordState.DISCARDED,
    }
    known = desk.known.get(id)
    return Settled(
        id=id,
        state=states[judged.fate],
        findings=judged.findings,
        outcome=judged.outcome,
        number=known.entry.number if known is not None else None,
    )


def _supersede(desk: _Settlement) -> None:
    """Rows of an earlier copy of the same log that still wait: this copy brings them again."""
    store, conn = desk.context.store, desk.conn
    earlier = {known.entry.submission for known in desk.known.values()} - {desk.submission.id}
    here = {known.entry.number for known in desk.known.values()}
    for submission_id in sorted(earlier):
        if not store.records.any_waits(submission_id, conn=conn):
            continue
        records = store.records.of(submission_id, conn=conn)
        waiting = [record for record in records if record.state is RecordState.REVIEW]
        stand = {record.number for record in records if record.state is RecordState.REGISTERED}
        touched = any(store.reviews.of(record.id, conn=conn) for record in waiting)
        if not waiting or touched or not stand <= here:
            continue
        note = Finding(
            code="superseded",
            severity=Severity.NOTE,
            message=f"此登记簿已重新提交（{desk.submission.id}），以新件为准。",
            english=f"this log came again as {desk.submission.id}, which takes its place",
        )
        store.records.settle(
            [
                Settled(id=record.id, state=RecordState.DISCARDED, findings=(*record.findings, note))
                for record in waiting
            ],
            at=desk.at,
            conn=conn,
        )
        store.submissions.set_state(submission_id, SubmissionState.DONE, at=desk.at, conn=conn)


def _rest(settled: Iterable[Settled]) -> SubmissionState:
    states = {one.state for one in settled}
    if RecordState.REVIEW in states:
        return SubmissionState.REVIEW
    if RecordState.RETURNED in states:
        return SubmissionState.RETURNED
    return SubmissionState.DONE


def _result(desk: _Settlement, id: str) -> RecordResult:
    settled = desk.settled[id]
    return RecordResult(
        id=id,
        form=desk.forms[id],
        state=settled.state,
        outcome=settled.outcome,
        findings=settled.findings,
        number=settled.number,
    )
