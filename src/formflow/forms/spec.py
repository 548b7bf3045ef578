"""The frozen definition of a form, as a department writes it in `schemas/ID.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from formflow.model import StepDecision

LEAST_CONFIDENCE, LEAST_ON_A_FAX = 0.75, 0.8
"""A person looks at a value that was recognised with no more than the first, or on a fax with less than the second. A form
may ask for other figures, but lets nothing pass at or below the first. Measured on 34,000 values of 495 pages: between
the two, 74 of 74 are right on scans and photos, 73 of 78 on faxes.
"""


class FieldType(StrEnum):
    """How a value is written; see the reference of value formats."""

    TEXT = "text"
    PERSON = "person"
    ORGANISATION = "organisation"
    DATE = "date"
    DATETIME = "datetime"
    MONEY = "money"
    INTEGER = "integer"
    QUANTITY = "quantity"
    PHONE = "phone"
    USCC = "uscc"
    CHOICE = "choice"
    CHOICES = "choices"
    SIGNATURE = "signature"
    ROWS = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form.

    Attributes:
        label: The label that blanks and documents print.
        also: Other labels it goes by on forms in the wild.
        future: For a day: it may lie behind the day of receipt, as one that is planned does.
        options: For choice and choices: option id → the option's texts, the printed one first.
        unit: Of an amount: what blanks print behind the label, and what typed amounts are in (`万元`); empty: yuan.
        not_under: Captions of groups in which a cell with this label means somebody else's value.
        fields: For rows: the columns of the form's own table.
        line: Line of the definition in its YAML file, from 1.
    """

    id: str
    label: str
    type: FieldType
    also: tuple[str, ...] = ()
    required: bool = False
    future: bool = False
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_under: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    unit: str = ""
    line: int = 0

    @property
    def heading(self) -> str:
        """The label as blanks print it: that of an amount with its unit."""
        if self.type is not FieldType.MONEY or "元" in self.label:
            return self.label
        return f"{self.label}（{self.unit or '元'}）"

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label, *self.also)

    @property
    def english(self) -> str:
        """Its first label in Latin letters, as a form in two languages prints; else the label."""
        return next((label for label in self.labels if label.isascii()), self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The book that a form's records are numbered in.

    Attributes:
        series: Prefix of the book (`XKH`); numbers restart each year.
        number: Pattern of the printed number, with `{series}`, `{year}` and `{serial}` or `{serial:04}`.
        retention: 保管期限 per DA/T 22: `Y`, `D30` or `D10`.
        category: 门类 in the 档号 (YAML key `class`).
    """

    series: str
    number: str
    retention: str = "D10"
    category: str = "WS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A tested example of a rule.

    Attributes:
        given: Record values in the JSON contract's form.
        facts: Anything else the rule sees: `received`, `today`, `history`, `earlier` …
        expect: `holds`, or the outcome that the rule must give.
    """

    given: Mapping[str, Any]
    facts: Mapping[str, Any]
    expect: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One way in which a rule is not kept, where ways weigh differently.

    Attributes:
        when: CEL; the case applies where this is true and no case before it did.
        outcome, message, english: As in `Rule`.
    """

    when: str
    outcome: str
    message: str
    english: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One written rule of the company as a tested expression.

    Attributes:
        article: Where it stands, with its words.
        when: CEL; the rule applies only where this is true. Empty: always.
        holds: CEL; true where the rule is kept.
        outcome: `note`, `return`, `refer` or `reject` where it is not kept.
        message: Chinese, with `{placeholders}`; `english` the same in English.
        shows: Placeholder → CEL expression, so that a message can show its calculation.
        cases: Asked in order where the rule is not kept; `outcome` and `message` are for the rest.
    """

    id: str
    article: str
    holds: str
    outcome: str
    message: str
    english: str = ""
    when: str = ""
    shows: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    cases: tuple[Case, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the approval.

    Attributes:
        again: Whether somebody who decided an earlier step may decide this one too.
    """

    role: str
    decides: tuple[StepDecision, ...] = tuple(StepDecision)
    shows: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form definition.

    Attributes:
        layouts: `record` (one filled form, one record) and/or `log` (one row, one record).
        head: For a log: the fields its header states once and every row repeats.
        identity: The fields by which a record is known when it comes again: a row of a log, or the same form in
            another file.
        parameters: The department's own numbers that rules see as `parameters`.
        confidence: Least recognition confidence, 0 to 1, at which a value passes without a person; None for the usual one of
            its medium. See `LEAST_CONFIDENCE`.
        documents: Event (`registered`, `approved`, `rejected`, `returned`) → template file names.
        notes: What the blank prints below its table, a line each.
        conditions: Template file name → CEL; the document is made only where this is true.
        engines: Template file name → the engine that fills it, where it is not the compiled one.
        version: First twelve hex digits of the definition file's SHA-256.
    """

    id: str
    title: str
    fields: tuple[Field, ...]
    register: Register
    also: tuple[str, ...] = ()
    policy: str = ""
    layouts: tuple[str, ...] = ("record",)
    head: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    confidence: float | None = None
    rules: tuple[Rule, ...] = ()
    approval: tuple[Step, ...] = ()
    documents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    conditions: Mapping[str, str] = field(default_factory=dict)
    engines: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None
    version: str = ""

    @property
    def titles(self) -> tuple[str, ...]:
        return (self.title, *self.also)

    @property
    def tables(self) -> tuple[Field, ...]:
        """The fields that hold the form's own tables."""
        return tuple(f for f in self.fields if f.type is FieldType.ROWS)

    @property
    def rows_field(self) -> Field | None:
        """The field that holds the form's own table, the first where it has several."""
        return next(iter(self.tables), None)

    def field(self, id: str) -> Field:
        """The field of that id.

        Raises:
            KeyError: There is none.
        """
        for candidate in self.fields:
            if candidate.id == id:
                return candidate
        raise KeyError(id)

    def required(self) -> Iterator[Field]:
        return (f for f in self.fields if f.required)
