"""One record before its rules: what it lacks, what a person said, what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from formflow.forms.findings import missing
from formflow.forms.spec import Form
from formflow.messages import pipeline as messages
from formflow.model import Candidate, Finding, Outcome, Record, RecordState, Severity
from formflow.pipeline.corrections import reading_at
from formflow.rules.decide import decide
from formflow.store.reviews import Review, ReviewAction

if TYPE_CHECKING:
    from formflow.pipeline.jobs.read import ReadRecord

MISSING = "missing"
"""Code of the finding for a required field that is blank: the sender's to mend, not the reader's."""

LONGEST_QUOTE = 60
"""Characters of the paper's words that a note repeats."""


def judge(
    read: ReadRecord,
    form: Form,
    *,
    word: Review | None,
    assess: Callable[[], tuple[Finding, ...]],
) -> ReadRecord:
    """What becomes of a record: the same one with its outcome, its state and everything found about it.

    Doubts wait for a person, and so does a log row that lacks something; a form that only lacks something
    goes back to its sender. Rules are asked once a record is complete.

    Args:
        read: With what validation and the register found.
        word: What a person last said about the record.
        assess: Asks the rules.
    """

    def settled(
        state: RecordState, findings: tuple[Finding, ...], outcome: Outcome = Outcome.RETURN
    ) -> ReadRecord:
        return replace(read, findings=findings, outcome=outcome, state=state)

    found = read.findings
    lacking = RecordState.RETURNED if read.candidate.row is None else RecordState.REVIEW
    if word is not None and word.action is ReviewAction.DISCARD:
        return settled(RecordState.DISCARDED, found)
    if word is not None and word.action is ReviewAction.RETURN:
        return settled(RecordState.RETURNED, (*found, _said(word)))
    if word is not None:
        found = _accepted(read, form, word)
    if decide(found) is Outcome.RETURN:
        doubtful = any(f.severity is Severity.RETURN and f.code != MISSING for f in found)
        return settled(RecordState.REVIEW if doubtful else lacking, found)
    findings = (*found, *assess())
    outcome = decide(findings)
    return settled(lacking if outcome is Outcome.RETURN else RecordState.REGISTERED, findings, outcome)


def _accepted(read: ReadRecord, form: Form, word: Review) -> tuple[Finding, ...]:
    """Doubts that a person accepted are notes; what is required and not there stays missing."""
    kept = [
        _noted(finding, read.candidate, read.record, word)
        if finding.severity is Severity.RETURN and finding.code != MISSING
        else finding
        for finding in read.findings
    ]
    told = {finding.field for finding in kept if finding.code == MISSING}
    lacking = (
        field for field in form.required() if field.id not in read.record.values and field.id not in told
    )
    return (*kept, *(missing(field) for field in lacking))


def _noted(finding: Finding, candidate: Candidate, record: Record, word: Review) -> Finding:
    """A doubt that a person accepted, as a note; where nothing could be taken for a value, it says so."""
    said = messages.ACCEPTED(by=word.by)
    name = finding.cell or finding.field or ""
    reading = reading_at(candidate, name)
    if reading is not None and reading.text.strip() and not _holds(record, name):
        text = " ".join(reading.text.split())[:LONGEST_QUOTE]
        said = messages.ACCEPTED_WITHOUT_VALUE(said=said, text=text)
    chinese, english = messages.NOTED(message=finding.said, said=said)
    return replace(finding, severity=Severity.NOTE, suggestions=(), message=chinese, english=english)


def _holds(record: Record, name: str) -> bool:
    """Whether a record has a value for a field, or for a cell of the form's own table (`rows.2.customer`)."""
    field, _, cell = name.partition(".")
    if not cell:
        return field in record.values
    number, _, column = cell.partition(".")
    rows = record.values.get(field) or ()
    return int(number) < len(rows) and column in rows[int(number)]


def _said(word: Review) -> Finding:
    why = messages.BECAUSE(why=word.why) if word.why else messages.FULL_STOP()
    return Finding.of("returned", Severity.RETURN, messages.RETURNED_BY(by=word.by, why=why))
