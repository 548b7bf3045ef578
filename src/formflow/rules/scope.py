"""What an expression sees: the record and the facts as CEL's own types.

A day is a timestamp at midnight and a time is the office's wall clock, both written as UTC: rules compare
what stands on paper, and no zone may move a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from formflow.forms.spec import Field, FieldType, Form
from formflow.model import Json, Receipt, Record
from formflow.rules.facts import Facts
from formflow.rules.functions import functions_of

MEMBERS: Mapping[str, frozenset[str]] = {
    "receipt": frozenset({"on", "at", "claimed", "backdated", "way", "name", "folder"}),
}
"""Variables with fixed members; `record`, `values` and `written` have the form's fields."""

VARIABLES = frozenset({"record", "values", "written", "receipt", "today", "parameters"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The variables and functions of one assessment."""

    variables: Mapping[str, Any]
    functions: Mapping[str, Callable[..., Any]]


def scope_of(record: Record, form: Form, facts: Facts) -> Scope:
    """What the rules of a form see of a record.

    Variables:
        record: Values by field id as CEL types; a blank field has no member, a written 无 is null.
        values: The same as the JSON contract writes them (`"2026-03-05"`).
        written: The raw text of names as it stands on the form, without line breaks.
        receipt, today, parameters: See `MEMBERS`; parameters are the form definition's.
    """
    variables = {
        "record": typed_values(record.values, form.fields),
        "values": dict(record.values),
        "written": _written(record, form),
        "receipt": _receipt(facts.receipt),
        "today": moment(facts.today),
        "parameters": dict(form.parameters),
    }
    return Scope(variables, functions_of(record, form, facts))


def moment(value: date | datetime) -> datetime:
    """The day or the wall-clock time as a CEL timestamp."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    return datetime.combine(value, time(), tzinfo=UTC)


def typed_values(values: Mapping[str, Json], fields: Iterable[Field]) -> dict[str, Any]:
    """Values in the JSON contract's form as CEL types; money and amounts as doubles.

    Raises:
        ValueError: A value is not in the contract's form.
    """
    types = {field.id: field for field in fields}
    return {id: _typed(value, types[id]) for id, value in values.items() if id in types}


def _typed(value: Json, field: Field) -> Any:
    if value is None:
        return None
    match field.type:
        case FieldType.DATE | FieldType.DATETIME:
            return moment(datetime.fromisoformat(_text(value)))
        case FieldType.MONEY:
            return float(_text(value))
        case FieldType.QUANTITY:
            return {"amount": float(_text(value["amount"])), "unit": value["unit"]}
        case FieldType.SIGNATURE:
            signed = value.get("date")
            day = moment(datetime.fromisoformat(signed)) if signed else None
            return {"present": value["present"], "name": value.get("name"), "date": day}
        case FieldType.ROWS:
            return [typed_values(row, field.fields) for row in value]
        case FieldType.INTEGER:
            if type(value) is not int:
                raise ValueError(f"{value!r} is no whole number")
            return value
        case FieldType.CHOICES:
            return [_text(item) for item in value]
        case _:
            return _text(value)


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def _written(record: Record, form: Form) -> dict[str, str]:
    names = (FieldType.ORGANISATION, FieldType.PERSON)
    raw: dict[str, str] = {}
    for field in form.fields:
        value = record.values.get(field.id)
        if field.type in names and isinstance(value, str):
            reading = record.sources.get(field.id)
            raw[field.id] = "".join(reading.text.splitlines()).strip() if reading else value
    return raw


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "on": moment(receipt.on),
        "at": moment(receipt.at),
        "claimed": None if receipt.claimed_on is None else moment(receipt.claimed_on),
        "backdated": receipt.backdated,
        "way": receipt.way,
        "name": receipt.name,
        "folder": receipt.folder,
    }
