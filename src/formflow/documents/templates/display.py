"""Values as documents show them: dates 2026年3月5日, money ¥12,000.00, ticked boxes, signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from formflow.forms.spec import Field, FieldType
from formflow.model import Json

NONE_TEXT = "无"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shown:
    """One value of a record, ready to print.

    In a template `{{ category }}` prints `text`, `{% if category %}` asks whether something was filled in (a
    written 无 is nothing), and `category == 'quality'` compares with the value as it is stored.

    Attributes:
        text: Display form; empty where the form is blank.
        value: As the JSON contract writes it; None for blank and for a written 无.
        label: The field's label.
        boxes: For choices: every option with its box, `☑企业 ☐事业单位`; both boxes are of one size.
        name, on: For signatures: who signed and when, each empty where unknown.
    """

    text: str
    value: Json = None
    label: str = ""
    boxes: str = ""
    name: str = ""
    on: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return self.value is not None

    def __eq__(self, other: object) -> bool:
        return bool(self.value == (other.value if isinstance(other, Shown) else other))

    def __hash__(self) -> int:
        return hash(str(self.value))


def show(field: Field, values: Mapping[str, Json]) -> Shown:
    """The field's value in `values` as it is printed; never raises, whatever the value is."""
    label = field.label
    value = values.get(field.id)
    boxes = _boxes(field, value) if field.options else ""
    if value is None:
        return Shown(text=NONE_TEXT if field.id in values else "", label=label, boxes=boxes)
    name = on = ""
    if field.type is FieldType.SIGNATURE and isinstance(value, Mapping):
        if not value.get("present"):
            return Shown(text="", label=label)
        name, on = str(value.get("name") or ""), show_date(str(value.get("date") or ""))
        text = "　".join(filter(None, (name or "（已签）", on)))
    elif field.type is FieldType.MONEY:
        text = show_money(value)
    elif field.type in (FieldType.DATE, FieldType.DATETIME):
        text = show_date(str(value))
    elif field.type is FieldType.CHOICE:
        text = _option(field, value)
    elif field.type is FieldType.CHOICES and isinstance(value, Sequence) and not isinstance(value, str):
        text = "、".join(_option(field, item) for item in value)
    elif field.type is FieldType.QUANTITY and isinstance(value, Mapping):
        text = f"{value.get('amount', '')}{value.get('unit') or ''}"
    else:
        text = str(value)
    return Shown(text=text, value=value, label=label, boxes=boxes, name=name, on=on)


def show_rows(field: Field, values: Mapping[str, Json]) -> tuple[dict[str, Shown], ...]:
    """The rows of a form's own table, each by column id."""
    rows = values.get(field.id)
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        return ()
    return tuple(
        {column.id: show(column, row) for column in field.fields} for row in rows if isinstance(row, Mapping)
    )


def as_datetime(value: object) -> datetime | date | None:
    """A date, or a datetime where a time of day is given; from a date or ISO text, else None."""
    if isinstance(value, date):
        return value
    text = str(value)
    try:
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def show_date(value: object) -> str:
    """`2026-03-05T14:30` → `2026年3月5日 14:30`; anything else as it is."""
    found = as_datetime(value)
    if found is None:
        return str(value)
    text = f"{found.year}年{found.month}月{found.day}日"
    return f"{text} {found:%H:%M}" if isinstance(found, datetime) else text


def as_decimal(value: object) -> Decimal | None:
    """A finite amount from a number or a decimal text, else None."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def show_money(value: object) -> str:
    """`12000.00` → `¥12,000.00`; anything else as it is."""
    found = as_decimal(value)
    if found is None:
        return str(value)
    return f"{'-' if found < 0 else ''}¥{abs(found):,.2f}"


def _option(field: Field, value: Json) -> str:
    texts = field.options.get(value) if isinstance(value, str) else None
    return texts[0] if texts else str(value)


def _boxes(field: Field, value: Json) -> str:
    chosen = {value} if isinstance(value, str) else set(value or ())
    return " ".join(f"{'☑' if id in chosen else '☐'}{texts[0]}" for id, texts in field.options.items())
