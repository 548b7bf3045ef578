"""What becomes of a Document: `Candidate`, `Record` and `Entry`, with the findings made on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from formflow.messages import Bilingual
from formflow.model.document import (
    Cell,
    DoubtReason,
    Doubts,
    Json,
    Line,
    Mark,
    Source,
)


class Severity(StrEnum):
    """How much a finding weighs; in rising order."""

    NOTE = "note"
    RETURN = "return"
    REFER = "refer"
    REJECT = "reject"


class Outcome(StrEnum):
    """What the rules make of a record."""

    ACCEPT = "accept"
    RETURN = "return"
    REFER = "refer"
    REJECT = "reject"


class StepDecision(StrEnum):
    """What a person decides at a step of an approval."""

    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"


class RecordState(StrEnum):
    """Where a record stands: `known` is a log row whose entry stands already, `discarded` no record after all."""

    PENDING = "pending"
    REGISTERED = "registered"
    REVIEW = "review"
    RETURNED = "returned"
    KNOWN = "known"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fault or a remark, as a value that a person can settle.

    Attributes:
        code: Stable and short: `missing`, `unreadable`, `ambiguous`, or the id of a rule.
        message: In Chinese, complete, with the calculation where there is one.
        english: The same in English; empty where there is none.
        field: The field it is about, or None.
        article: The policy article it rests on, or None.
        cell: Where it is about a value of the form's own table: which one, as a correction names it (`rows.1.phone`).
        suggestions: What the paper may say instead, for a person to take or leave; never the value by itself.
    """

    code: str
    severity: Severity
    message: str
    english: str = ""
    field: str | None = None
    article: str | None = None
    cell: str = ""
    suggestions: tuple[str, ...] = ()

    @property
    def said(self) -> Bilingual:
        """What it says; in Chinese where there is no English."""
        return Bilingual(self.message, self.english or self.message)

    @classmethod
    def of(
        cls,
        code: str,
        severity: Severity,
        said: Bilingual,
        *,
        field: str | None = None,
        article: str | None = None,
        cell: str = "",
        suggestions: tuple[str, ...] = (),
    ) -> Finding:
        """A finding that says a message."""
        chinese, english = said
        return cls(
            code=code,
            severity=severity,
            message=chinese,
            english=english,
            field=field,
            article=article,
            cell=cell,
            suggestions=suggestions,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The raw text found for one field, before anybody has decided what it means.

    Attributes:
        text: Verbatim, as the cell or line holds it (without the label).
        label: The label it was found by, verbatim, so that `(万元)` can be honoured.
        value: Native spreadsheet value, if any (see `Cell.value`).
        mark: What lies in the same cell and is no text.
        problem: As in `Cell.problem`; or `conflict` where two places disagree.
        doubts: As in `Cell`.
    """

    text: str
    source: Source
    confidence: float = 1.0
    label: str = ""
    value: Any = None
    mark: Mark = Mark.NONE
    problem: str = ""
    doubts: Doubts = ()


_Seen = TypeVar("_Seen", Line, Cell, Reading)


def doubted(seen: _Seen, *reasons: DoubtReason) -> _Seen:
    """A text that a person looks at for one more reason."""
    return replace(seen, doubts=together(seen.doubts, reasons))


def together(*doubts: Iterable[DoubtReason]) -> Doubts:
    """The reasons of several texts that became one."""
    return tuple(dict.fromkeys(reason for own in doubts for reason in own))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclaimed:
    """A text that was filled in beside what was read: no field took it.

    Attributes:
        text: Verbatim.
        label: What stands before it like a label, verbatim; empty where nothing does.
    """

    text: str
    source: Source
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One filled form or one row of a log, as read.

    Attributes:
        form: The form's id.
        readings: By field id; a field that was not found, or whose place is blank, is missing.
        rows: For a form with a table of its own: by field id, one mapping a row.
        position: Where the record lies in its file (`body table 1 row 3`), stable between readings.
        row: For a log: the row's ordinal from 0; None for a form.
        year: The year that dates without one belong to, read from the header; or None.
        doubts: What extraction itself could not settle.
        unclaimed: What stands filled in on its part of the paper and no field took; not kept with the record.
    """

    form: str
    readings: Mapping[str, Reading]
    rows: Mapping[str, tuple[Mapping[str, Reading], ...]] = field(default_factory=dict)
    position: str = ""
    row: int | None = None
    year: int | None = None
    doubts: tuple[Finding, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Typed values in the JSON contract's form, with where they were read.

    Attributes:
        values: By field id; absent keys are blank on the form, None is a written 无.
        sources: By field id, for every value that was read.
    """

    form: str
    values: Mapping[str, Json]
    sources: Mapping[str, Reading] = field(default_factory=dict)
    position: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """When and how a submission came.

    Attributes:
        at: True time of receipt, timezone-aware.
        claimed_on: The day a clerk claims for paper that came earlier (补登); the rules use it.
        way: `inbox`, `process`, `import`.
        name: File name as received.
        folder: Folder below the inbox, `/`-separated; context such as a form id or an area.
    """

    at: datetime
    name: str
    way: str = "process"
    folder: str = ""
    claimed_on: date | None = None

    @property
    def on(self) -> date:
        """The day the rules count from."""
        return self.claimed_on or self.at.date()

    @property
    def backdated(self) -> bool:
        """Whether the entry must say 补登."""
        return self.claimed_on is not None and self.claimed_on != self.at.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the register: never changed, never deleted.

    Attributes:
        number: As printed (`XKH-2026-0001`); `series`, `year` and `serial` are its parts.
        values: The record's values in the JSON contract's form.
        digest: SHA-256 of the original it was read from.
        record: Id of the record inside its submission.
        corrects: Number of the entry that this one corrects, or None.
    """

    series: str
    year: int
    serial: int
    number: str
    form: str
    values: Mapping[str, Json]
    findings: tuple[Finding, ...]
    outcome: Outcome
    registered_at: datetime
    receipt: Receipt
    digest: str
    submission: str
    record: str
    corrects: str | None = None
