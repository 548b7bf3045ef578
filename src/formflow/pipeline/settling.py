"""The transaction in which a submission's records are judged, numbered and written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from formflow.forms.future import future_days
from formflow.messages import pipeline as messages
from formflow.model import Entry, Finding, Outcome, RecordState, Severity
from formflow.pipeline.context import Context
from formflow.pipeline.corrections import last_decision
from formflow.pipeline.duplicates import Beside, likely_duplicate
from formflow.pipeline.facts import Gatherer
from formflow.pipeline.jobs.read import ReadRecord, ReadResult
from formflow.pipeline.judging import judge
from formflow.pipeline.known_rows import Known, LogRow, changed_row, recognise
from formflow.rules.assess import assess
from formflow.store.entries import Draft
from formflow.store.originals import Submission, SubmissionState
from formflow.store.records import SettledRecord
from formflow.store.reviews import Review, ReviewAction
from formflow.store.rows import identity_keys

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from formflow.forms.spec import Form
    from formflow.store.records import StoredRecord


FINAL = (RecordState.REGISTERED, RecordState.KNOWN, RecordState.DISCARDED)
"""States that nothing changes any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What became of a submission's records.

    Attributes:
        state: The state the submission rests in once its files are made.
        judged: By record id.
        entries: The entries written or found, by number.
    """

    state: SubmissionState
    records: tuple[SettledRecord, ...]
    judged: Mapping[str, ReadRecord]
    entries: Mapping[str, Entry]


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
        settling = _Settling(submission, context, conn, at, dict(zip(ids, items, strict=True)), held)
        settling.find_known_rows()
        settling.judge()
        settling.enter()
        settling.supersede()
        settled = tuple(settling.settled[id] for id in ids)
        store.records.settle(settled, at=at, conn=conn)
    return Settlement(state=_rest(settled), records=settled, judged=settling.judged, entries=settling.entries)


@dataclass(slots=True)
class _Settling:
    """The records of one submission on their way through the transaction, by id."""

    submission: Submission
    context: Context
    conn: Connection
    at: datetime
    items: Mapping[str, ReadRecord]
    held: Mapping[str, StoredRecord]
    keys: dict[str, str] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    judged: dict[str, ReadRecord] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    settled: dict[str, SettledRecord] = field(default_factory=dict)

    def find_known_rows(self) -> None:
        """Find the log rows that stand in the register already."""
        logs: dict[str, list[str]] = {}
        for id, item in self.items.items():
            if item.candidate.row is not None:
                logs.setdefault(item.candidate.form, []).append(id)
        for form_id, ids in logs.items():
            form = self.context.forms[form_id]
            keys = identity_keys([self.items[id].record.values for id in ids], form)
            rows = [
                LogRow(id, key, self.items[id].record.values, self.items[id].candidate)
                for id, key in zip(ids, keys, strict=True)
            ]
            self.keys |= {row.record: row.key for row in rows}
            self.known |= recognise(rows, form, self.context.store, self.conn)

    def judge(self) -> None:
        """Say what becomes of every record that is not settled for good."""
        gatherer = Gatherer(self.context.store, self.context.calendar, self.conn, self.submission, self.at)
        store = self.context.store
        said = store.reviews.of_submission(self.submission.id, conn=self.conn) if self.held else {}
        for id, item in self.items.items():
            held, known = self.held.get(id), self.known.get(id)
            if held is not None and held.state in FINAL:
                self.settled[id] = held.settled()
                continue
            if known is not None and not known.changed:
                self.entries[known.entry.number] = known.entry
                self._settle_entered(id, known.entry, known.entry.findings)
                continue
            form = self.context.forms[item.candidate.form]
            word = last_decision(said.get(id, ()))
            judged = judge(
                replace(item, findings=(*item.findings, *self._beside_the_paper(item, form, known))),
                form,
                word=word,
                assess=lambda item=item, form=form, id=id: assess(  # type: ignore[misc]
                    item.record, form, gatherer.facts(id)
                ),
            )
            if known is not None:
                judged = _beside_its_entry(judged, changed_row(known, form, item.record.values), word)
            self.judged[id] = judged
            gatherer.expect(judged, form)

    def _beside_the_paper(self, item: ReadRecord, form: Form, known: Known | None) -> Iterator[Finding]:
        """What only the clock and the register can tell of a record that the paper does not."""
        values = item.record.values
        yield from future_days(values, form, self.submission.receipt.at.date())
        if known is not None or (item.candidate.row is not None and "record" not in form.layouts):
            return
        beside = [
            Beside(one.record.form, one.record.values, one.record.position)
            for one in self.judged.values()
            if one.state is RecordState.REGISTERED and one.candidate.row is None
        ]
        found = likely_duplicate(form, values, beside, self.context.store, self.conn)
        if found is not None:
            yield found

    def _settle_entered(self, id: str, entry: Entry, findings: tuple[Finding, ...]) -> None:
        """A record with an entry: its own, or that of the same row in an earlier copy of the log."""
        own = entry.record == id
        self.settled[id] = SettledRecord(
            id=id,
            form=self.items[id].candidate.form,
            state=RecordState.REGISTERED if own else RecordState.KNOWN,
            findings=findings if own else (),
            outcome=entry.outcome,
            number=entry.number,
        )

    def enter(self) -> None:
        """Number what is to be registered, book by book, in row order; what is not is settled as it was judged."""
        books: dict[str, list[Draft]] = {}
        for id, judged in self.judged.items():
            known = self.known.get(id)
            number = known.entry.number if known is not None else None
            if judged.state is RecordState.REGISTERED:
                books.setdefault(judged.record.form, []).append(self._draft(id, judged, number))
                continue
            self.settled[id] = SettledRecord(
                id=id,
                form=judged.candidate.form,
                state=judged.state,
                findings=judged.findings,
                outcome=judged.outcome,
                number=number,
            )
        for form_id, drafts in books.items():
            book = self.context.forms[form_id].register
            entries = self.context.store.register.enter(
                drafts, book, year=self.at.year, at=self.at, conn=self.conn
            )
            for draft, entry in zip(drafts, entries, strict=True):
                self.entries[entry.number] = entry
                self._settle_entered(draft.record, entry, draft.findings)

    def _draft(self, id: str, judged: ReadRecord, corrects: str | None) -> Draft:
        assert judged.outcome is not None  # noqa: S101 - it is judged
        return Draft(
            record=id,
            submission=self.submission.id,
            digest=self.submission.digest,
            form=judged.record.form,
            values=judged.record.values,
            findings=judged.findings,
            outcome=judged.outcome,
            receipt=self.submission.receipt,
            identity_key=self.keys.get(id),
            corrects=corrects,
        )

    def supersede(self) -> None:
        """Rows of an earlier copy of the same log that still wait: this copy brings them again."""
        store, conn = self.context.store, self.conn
        earlier = {known.entry.submission for known in self.known.values()} - {self.submission.id}
        here = {known.entry.number for known in self.known.values()}
        for submission_id in sorted(earlier):
            if not store.records.any_waits(submission_id, conn=conn):
                continue
            records = store.records.of(submission_id, conn=conn)
            waiting = [record for record in records if record.state is RecordState.REVIEW]
            stand = {record.number for record in records if record.state is RecordState.REGISTERED}
            reviewed = store.reviews.of_submission(submission_id, conn=conn)
            touched = any(record.id in reviewed for record in waiting)
            if not waiting or touched or not stand <= here:
                continue
            note = Finding.of(
                "superseded", Severity.NOTE, messages.LOG_SUPERSEDED(submission=self.submission.id)
            )
            discarded = [
                SettledRecord(
                    id=record.id,
                    form=record.form,
                    state=RecordState.DISCARDED,
                    findings=(*record.findings, note),
                )
                for record in waiting
            ]
            store.records.settle(discarded, at=self.at, conn=conn)
            store.submissions.set_state(submission_id, SubmissionState.DONE, at=self.at, conn=conn)


def _beside_its_entry(judged: ReadRecord, finding: Finding, word: Review | None) -> ReadRecord:
    """A row that differs from its entry waits; accepted by a person, it becomes an entry that corrects it."""
    if word is not None and word.action is ReviewAction.ACCEPT:
        finding = replace(finding, severity=Severity.NOTE)
    elif judged.state is RecordState.REGISTERED:
        judged = replace(judged, outcome=Outcome.REFER, state=RecordState.REVIEW)
    return replace(judged, findings=(*judged.findings, finding))


def _rest(settled: Iterable[SettledRecord]) -> SubmissionState:
    states = {one.state for one in settled}
    if RecordState.REVIEW in states:
        return SubmissionState.REVIEW
    if RecordState.RETURNED in states:
        return SubmissionState.RETURNED
    return SubmissionState.DONE
