"""What is typed into a blank for a record: values of the JSON contract as a person would write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches

from formflow.errors import UsageError
from formflow.forms.layout import Blank
from formflow.forms.layout.blank import header_fields
from formflow.forms.spec import Field, FieldType, Form
from formflow.messages import Bilingual, listed
from formflow.messages import blanks as messages
from formflow.model import Json

NONE = "无"
SIGNED = "已签字"
"""For a signature of which only the ink is known."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed for one field.

    Attributes:
        text: The value; for options what stands beside them; for a signature the name.
        chosen: Ids of the options ticked.
        on: The day of a signature.
        day: The day itself, of a date or the date of a signature.
    """

    text: str = ""
    chosen: tuple[str, ...] = ()
    on: str = ""
    day: date | None = None

    def __bool__(self) -> bool:
        return bool(self.text or self.chosen)

    @property
    def whole(self) -> str:
        """Name and day together, for a signature in one cell."""
        return f"{self.text}　{self.on}" if self.on else self.text


EMPTY = Typed()


@dataclass(frozen=True, slots=True)
class Filling:
    """What is typed into a whole blank.

    Attributes:
        fields: By field id.
        rows: Of the form's own table or of the log, by the id of the column.
    """

    fields: Mapping[str, Typed] = field(default_factory=dict)
    rows: Sequence[Mapping[str, Typed]] = ()

    def of(self, spec: Field, row: int | None = None) -> Typed:
        """What is typed for a field, or in a row for a column."""
        if row is None:
            return self.fields.get(spec.id, EMPTY)
        return self.rows[row].get(spec.id, EMPTY) if row < len(self.rows) else EMPTY


NOTHING = Filling()


def filling(blank: Blank, records: Sequence[Mapping[str, Json]]) -> Filling:
    """What is typed for records in the JSON contract's form.

    Args:
        records: One for a form; for a log one a row, whose header fields are those of the first.
    Raises:
        UsageError: More than one record for a form, an unknown field or option, a value of another shape.
    """
    form = blank.form
    if not records:
        return NOTHING
    for record in records:
        _refuse_unknown(record, form.fields, form)
    if blank.kind == "log":
        head = _typed(header_fields(form), records[0], form)
        return Filling(head, [_typed(blank.columns, record, form) for record in records])
    if len(records) > 1:
        raise UsageError(
            messages.TOO_MANY_RECORDS(count=len(records), title=Bilingual(form.title, form.id)),
            code="too-many-records",
        )
    rows_field = form.rows_field
    plain = [item for item in form.fields if item is not rows_field]
    rows: list[Mapping[str, Typed]] = []
    if rows_field is not None:
        given = records[0].get(rows_field.id) or []
        if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
            raise _wrong(rows_field, form, messages.LIST_OF_OBJECTS())
        for row in given:
            _refuse_unknown(row, rows_field.fields, form)
            rows.append(_typed(rows_field.fields, row, form))
    return Filling(_typed(plain, records[0], form), rows)


def rows_needed(form: Form, kind: str, records: Sequence[Mapping[str, Json]]) -> int:
    """How many rows of its table, or of the log, the records take."""
    if kind == "log":
        return len(records)
    rows = form.rows_field
    given = records[0].get(rows.id) if rows is not None and records else None
    return len(given) if isinstance(given, list) else 0


def _typed(fields: Iterable[Field], record: Mapping[str, Json], form: Form) -> dict[str, Typed]:
    return {item.id: typed(item, record[item.id], form) for item in fields if item.id in record}


def typed(item: Field, value: Json, form: Form) -> Typed:
    """What is typed for one value; None is a written 无.

    Raises:
        UsageError: The value is not as the contract writes the field's type.
    """
    if value is None:
        return Typed(NONE)
    if item.type is FieldType.CHOICE:
        return Typed(chosen=_known([value], item, form))
    if item.type is FieldType.CHOICES:
        if not isinstance(value, list):
            raise _wrong(item, form, messages.LIST_OF_OPTIONS())
        return Typed(chosen=_known(value, item, form))
    if item.type is FieldType.SIGNATURE:
        return _signature(item, value, form)
    if item.type is FieldType.QUANTITY:
        if not isinstance(value, Mapping) or "amount" not in value:
            raise _wrong(item, form, messages.QUANTITY_OBJECT())
        return Typed(f"{value['amount']}{value.get('unit') or ''}")
    if item.type in (FieldType.DATE, FieldType.DATETIME):
        return _moment(item, value, form)
    if item.type is FieldType.MONEY and isinstance(value, str):
        return Typed(_in_unit(value, item))
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _wrong(item, form, messages.A_NUMBER() if item.type is FieldType.INTEGER else messages.A_TEXT())
    return Typed(str(value))


def _in_unit(value: str, item: Field) -> str:
    """An amount in yuan as it is written behind the unit that the blank prints: with its own unit, so that nobody doubts it."""
    return value if item.unit in ("", "元") else f"{value}元"


def _signature(item: Field, value: Json, form: Form) -> Typed:
    if not isinstance(value, Mapping) or "present" not in value:
        raise _wrong(item, form, messages.SIGNATURE_OBJECT())
    if not value["present"]:
        return EMPTY
    day = _day(item, value.get("date"), form) if value.get("date") else None
    return Typed(str(value.get("name") or SIGNED), on=written_day(day) if day else "", day=day)


def _moment(item: Field, value: Json, form: Form) -> Typed:
    text = str(value)
    if item.type is FieldType.DATETIME and len(text) > 10:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise _wrong(item, form, messages.A_TIME()) from None
        return Typed(f"{written_day(moment.date())}{moment.hour}时{moment.minute:02}分", day=moment)
    day = _day(item, text, form)
    return Typed(written_day(day), day=day)


def _day(item: Field, value: Json, form: Form) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _wrong(item, form, messages.A_DATE()) from None


def written_day(day: date) -> str:
    """`2026年3月5日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def _known(chosen: Iterable[Json], item: Field, form: Form) -> tuple[str, ...]:
    ids = [str(id) for id in chosen]
    for id in ids:
        if id not in item.options:
            raise _wrong(item, form, messages.ONE_OF(known=listed(item.options)))
    return tuple(ids)


def _refuse_unknown(record: Mapping[str, Json], fields: Iterable[Field], form: Form) -> None:
    known = [item.id for item in fields]
    for id in record:
        if id not in known:
            near = get_close_matches(id, known, n=1)
            remedy = messages.DID_YOU_MEAN(name=near[0]) if near else messages.KNOWN(known=listed(known))
            raise UsageError(
                messages.NO_FIELD(form=Bilingual(form.title, form.id), id=id),
                code="no-such-field",
                remedy=remedy,
            )


def _wrong(item: Field, form: Form, expected: Bilingual) -> UsageError:
    return UsageError(
        messages.EXPECTED(
            form=Bilingual(form.title, form.id),
            field=Bilingual(f"{item.id}（{item.label}）", item.id),
            expected=expected,
        ),
        code="wrong-value",
    )


def records_in(told: Json, form: Form) -> list[Mapping[str, Json]]:
    """The records in a JSON value: bare values, `{"form", "values"}`, a line of `extract --json`, or a list of these.

    Raises:
        UsageError: None of these, or a record of another form.
    """
    if isinstance(told, list):
        return [record for item in told for record in records_in(item, form)]
    if not isinstance(told, Mapping):
        raise UsageError(messages.NO_RECORD(), code="no-record")
    if isinstance(told.get("records"), list):
        return records_in(told["records"], form)
    if isinstance(told.get("values"), Mapping):
        if told.get("form", form.id) != form.id:
            raise UsageError(
                messages.RECORD_OF_OTHER_FORM(told=told["form"], form=form.id), code="other-form"
            )
        return [told["values"]]
    return [told]
