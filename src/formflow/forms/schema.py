"""A candidate becomes a record: readings become values in the JSON contract's form, everything else a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError

from formflow.forms import findings
from formflow.forms.fieldtypes import CLASSES, Slot
from formflow.forms.scanned import spared
from formflow.forms.spec import LEAST_CONFIDENCE, LEAST_ON_A_FAX, Field, FieldType, Form
from formflow.forms.suggest import number_meant
from formflow.model import Candidate, Finding, Json, Record, Severity
from formflow.values.signatures import UNPROVEN

_FAX, _COARSE = "fax", "fax-standard"
_NEVER_FROM_COARSE = frozenset({FieldType.MONEY, FieldType.DATE, FieldType.DATETIME})
"""What half the lines of a standard fax are too few for: a 3 is an 8 there, and nothing else tells."""
_LETTER_IN_NUMBER = re.compile(r"(?<=\d)[Oo]|[Oo](?=\d)")
"""A letter that days may be typed with for a zero (二O二六年), among digits, where a recogniser took it for one."""


def validate(
    candidate: Candidate, form: Form, *, as_written: bool = False
) -> tuple[Record, tuple[Finding, ...]]:
    """The record of a candidate and everything that a person must settle about it; never raises.

    A blank or a placeholder leaves the key out, a written 无 gives None. What cannot be read for certain
    leaves the key out and makes a finding of severity `return`: `missing`, `conflict`, `low-confidence`, or
    the code of the doubt. A required text may be 无 (the rules say where that will not do); any other required
    field may not. Values that were recognised and need a person stand in the record with their finding.

    Args:
        as_written: A person has accepted the record with its doubts: a text that is doubted, such as a code whose
            check character is wrong, stands in the record as it is written, with its finding. What is no text, such
            as a day that nobody can tell, still has no value.
    """
    schemas = _schemas(_Held(form))
    log = candidate.row is not None
    slots = {id: Slot(reading, candidate.year, log) for id, reading in candidate.readings.items()}
    values, found = _load(schemas.form, slots, as_written)
    found = [*found, *_declared_none(schemas.fields, values)]
    for table in form.tables:
        rows, in_rows = _load_rows(table, schemas.rows[table.id], candidate, form.confidence, as_written)
        if rows:
            values[table.id] = rows
        elif table.required and not in_rows:
            in_rows = [findings.missing(table)]
        found.extend(in_rows)
    known = {field.id: field for field in form.fields}
    sources = {id: reading for id, reading in candidate.readings.items() if id in known}
    for id in sources:
        if id in values:
            found.extend(_unconfirmed(schemas.form, known[id], slots[id], values[id], form.confidence))
    found = [_weighed(finding, known, form) for finding in found]
    order = {id: place for place, id in enumerate(known)}
    found.sort(key=lambda finding: order.get(finding.field or "", len(order)))
    record = Record(
        form=form.id,
        values={id: values[id] for id in known if id in values},
        sources=sources,
        position=candidate.position,
        row=candidate.row,
    )
    return record, (*found, *candidate.doubts)


def _unconfirmed(
    schema: Schema, field: Field, slot: Slot, value: Json, least: float | None
) -> Iterator[Finding]:
    """What a person must confirm of a value that was recognised from pixels, with what it may be instead."""
    reading = slot.reading
    if least is None and reading.source.medium.startswith(_FAX):
        least = LEAST_ON_A_FAX
    uncertain = reading.confidence <= LEAST_CONFIDENCE or reading.confidence < (least or 0)
    if uncertain or reading.doubts:
        found = findings.unsure(field, reading, uncertain=uncertain)
    elif reading.source.medium == _COARSE and _needs_fine_lines(field, value):
        found = findings.coarse(field, reading)
    elif reading.source.medium and _looks_misread(field, reading.text):
        found = findings.misread(field, reading)
    else:
        return
    reader: Any = schema.fields[field.id]
    yield replace(found, suggestions=reader.suggestions(replace(slot, reading=spared(reading, field.type))))


def _looks_misread(field: Field, text: str) -> bool:
    """Whether a value that passes holds a letter where a digit is meant: a document number, a day."""
    if field.type is FieldType.TEXT:
        return number_meant(text) is not None
    return field.type in (FieldType.DATE, FieldType.DATETIME) and _LETTER_IN_NUMBER.search(text) is not None


def _needs_fine_lines(field: Field, value: Json) -> bool:
    """Whether a value is an amount or a day, or a signature with a day."""
    dated = field.type is FieldType.SIGNATURE and isinstance(value, Mapping) and value.get("date")
    return field.type in _NEVER_FROM_COARSE or bool(dated)


def _weighed(finding: Finding, fields: Mapping[str, Field], form: Form) -> Finding:
    """A finding; that it is unknown whether a cell is signed is a note where nothing of the form asks for it."""
    if finding.code not in UNPROVEN or finding.field is None or fields[finding.field].required:
        return finding
    asked = re.compile(rf"record\.{re.escape(finding.field)}\b")
    texts = (text for rule in form.rules for text in (rule.when, rule.holds))
    return finding if any(map(asked.search, texts)) else replace(finding, severity=Severity.NOTE)


class _Held:
    """A form as a key: the same object is the same form."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def __hash__(self) -> int:
        return id(self.form)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.form is other.form


class _Schemas:
    """The marshmallow schemas of a form and, by id, of its own tables."""

    def __init__(self, form: Form) -> None:
        self.fields = tuple(field for field in form.fields if field.type is not FieldType.ROWS)
        self.form = _schema(self.fields)
        self.rows = {table.id: _schema(table.fields) for table in form.tables}


@lru_cache(maxsize=128)
def _schemas(held: _Held) -> _Schemas:
    return _Schemas(held.form)


def _schema(fields: Sequence[Field]) -> Schema:
    made: Any = {field.id: CLASSES[field.type](field) for field in fields}
    return Schema.from_dict(made, name="FormSchema")(unknown=EXCLUDE)


def _load(
    schema: Schema, slots: Mapping[str, Slot], as_written: bool
) -> tuple[dict[str, Json], list[Finding]]:
    try:
        return dict(schema.load(slots)), []
    except ValidationError as error:
        valid: Any = error.valid_data
        values, found = dict(valid), list(_flat(error.messages))
        if as_written:
            values |= dict(_written(schema, slots, found))
        return values, found


def _written(
    schema: Schema, slots: Mapping[str, Slot], found: Iterable[Finding]
) -> Iterator[tuple[str, Json]]:
    """The doubted texts as they are written; what two places write differently is not one text."""
    for finding in found:
        slot = slots.get(finding.field or "")
        if slot is None or slot.reading.problem or finding.code == "missing":
            continue
        field: Any = schema.fields[finding.field or ""]
        text = field.written(slot)
        if text:
            yield finding.field or "", text


def _flat(messages: Any) -> Iterator[Finding]:
    if isinstance(messages, Finding):
        yield messages
    else:
        for inner in messages.values() if isinstance(messages, Mapping) else messages:
            yield from _flat(inner)


def _declared_none(
    fields: Sequence[Field], values: Mapping[str, Json], row: int | None = None
) -> Iterator[Finding]:
    for field in fields:
        if field.required and field.type is not FieldType.TEXT and values.get(field.id, "") is None:
            yield findings.missing(field, row)


def _load_rows(
    rows: Field, schema: Schema, candidate: Candidate, least: float | None, as_written: bool
) -> tuple[list[dict[str, Json]], list[Finding]]:
    loaded: list[dict[str, Json]] = []
    found: list[Finding] = []
    for number, readings in enumerate(candidate.rows.get(rows.id, ()), start=1):
        slots = {id: Slot(reading, candidate.year, log=True) for id, reading in readings.items()}
        values, wrong = _load(schema, slots, as_written)
        wrong = [*wrong, *_declared_none(rows.fields, values)]
        unsure = [
            finding
            for column in rows.fields
            if column.id in values
            for finding in _unconfirmed(schema, column, slots[column.id], values[column.id], least)
        ]
        if not values and all(finding.code == "missing" for finding in wrong):
            continue
        loaded.append({column.id: values[column.id] for column in rows.fields if column.id in values})
        found.extend(findings.in_row(finding, rows, number) for finding in (*wrong, *unsure))
    return loaded, found
