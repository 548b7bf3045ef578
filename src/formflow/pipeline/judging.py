"""One record before its rules: what it lacks, what a person said, what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from formflow.forms.findings import missing
from formflow.forms.spec import Form
from formflow.model import Candidate, Finding, Outcome, Record, Severity
from formflow.pipeline.corrections import ReviewDecision, reading_at
from formflow.rules.decide import decide

MISSING = "missing"
"""Code of the finding for a required field that is blank: the sender's to mend, not the reader's."""

LONGEST_QUOTE = 60
"""Characters of the paper's words that a note repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A record with everything found about it.

    Attributes:
        fate: `register`, `review`, `return` or `discard`.
    """

    candidate: Candidate
    record: Record
    findings: tuple[Finding, ...]
    outcome: Outcome
    fate: str


def judge(
    candidate: Candidate,
    record: Record,
    found: tuple[Finding, ...],
    form: Form,
    *,
    word: ReviewDecision | None,
    assess: Callable[[], tuple[Finding, ...]],
) -> Judged:
    """What becomes of a record.

    Doubts wait for a person, and so does a log row that lacks something; a form that only lacks something
    goes back to its sender. Rules are asked once a record is complete.

    Args:
        found: What validation found.
        word: What a person last said about the record.
        assess: Asks the rules.
    """
    lone = candidate.row is None
    if word is not None and word.action == "discard":
        return Judged(
            candidate=candidate, record=record, findings=found, outcome=Outcome.RETURN, fate="discard"
        )
    if word is not None and word.action == "return":
        findings = (*found, _said(word))
        return Judged(
            candidate=candidate, record=record, findings=findings, outcome=Outcome.RETURN, fate="return"
        )
    if word is not None:
        found = _accepted(found, candidate, record, form, word)
    if decide(found) is Outcome.RETURN:
        doubtful = any(f.severity is Severity.RETURN and f.code != MISSING for f in found)
        fate = "return" if lone and not doubtful else "review"
        return Judged(candidate=candidate, record=record, findings=found, outcome=Outcome.RETURN, fate=fate)
    findings = (*found, *assess())
    outcome = decide(findings)
    fate = "register"
    if outcome is Outcome.RETURN:
        fate = "return" if lone else "review"
    return Judged(candidate=candidate, record=record, findings=findings, outcome=outcome, fate=fate)


def _accepted(
    found: tuple[Finding, ...], candidate: Candidate, record: Record, form: Form, word: ReviewDecision
) -> tuple[Finding, ...]:
    """Doubts that a person accepted are notes; what is required and not there stays missing."""
    kept = [
        _noted(finding, candidate, record, word)
        if finding.severity is Severity.RETURN and finding.code != MISSING
        else finding
        for finding in found
    ]
    told = {finding.field for finding in kept if finding.code == MISSING}
    lacking = (field for field in form.required() if field.id not in record.values and field.id not in told)
    return (*kept, *(missing(field) for field in lacking))


def _noted(finding: Finding, candidate: Candidate, record: Record, word: ReviewDecision) -> Finding:
    """A doubt that a person accepted, as a note; where nothing could be taken for a value, it says so."""
    chinese, english = f"已由{word.by}确认", f"accepted by {word.by}"
    name = finding.cell or finding.field or ""
    reading = reading_at(candidate, name)
    if reading is not None and reading.text.strip() and not _holds(record, name):
        text = " ".join(reading.text.split())[:LONGEST_QUOTE]
        chinese += f"，未录入值，原文：{text}"
        english += f"; no value was entered, the paper says: {text}"
    return replace(
        finding,
        severity=Severity.NOTE,
        suggestions=(),
        message=f"{finding.message}（{chinese}）",
        english=f"{finding.english or finding.message} ({english})",
    )


def _holds(record: Record, name: str) -> bool:
    """Whether a record has a value for a field, or for a cell of the form's own table (`rows.2.customer`)."""
    field, _, cell = name.partition(".")
    if not cell:
        return field in record.values
    number, _, column = cell.partition(".")
    rows = record.values.get(field) or ()
    return int(number) < len(rows) and column in rows[int(number)]


def _said(word: ReviewDecision) -> Finding:
    return Finding(
        code="returned",
        severity=Severity.RETURN,
        message=f"{word.by}退回补正" + (f"：{word.why}" if word.why else "。"),
        english=f"returned for completion by {word.by}" + (f": {word.why}" if word.why else ""),
    )
