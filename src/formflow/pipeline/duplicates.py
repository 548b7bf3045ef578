"""The same form in another file: asked about before it takes a second number.

Identical bytes are known at receipt, and rows of a log by `rows`. This is for what neither sees: a form as PDF and as
scan of its print, a form that comes again with a few more fields filled in, a copy in the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from formflow.forms.spec import FieldType, Form
from formflow.messages import Bilingual
from formflow.messages import pipeline as messages
from formflow.model import Finding, Json, Severity
from formflow.store.lookup import is_kept
from formflow.store.numbers import same_number

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from formflow.store.store import Store

LIKELY_DUPLICATE = "likely-duplicate"
"""Code of the finding; a person who accepts the record says that it is another one."""

Values = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Beside:
    """A record of the same submission that is about to be entered; `place` says where it stands."""

    form: str
    values: Values
    place: str


def likely_duplicate(
    form: Form, values: Values, beside: Iterable[Beside], store: Store, conn: Connection
) -> Finding | None:
    """The finding for a record that is likely to stand in the register already; None for a new one."""
    number = _bears_number(form, values, store, conn)
    if number is not None:
        return _finding(messages.BEARS_NUMBER(number=number))
    number = entry_like(form, values, store, conn)
    if number is not None:
        return _finding(messages.LIKELY_AGAIN(number=number, told=_told(form, values)))
    for other in beside:
        if other.form == form.id and is_same(form, values, other.values):
            return _finding(messages.LIKELY_SAME_IN_FILE(place=other.place))
    return None


def entry_like(form: Form, values: Values, store: Store, conn: Connection | None = None) -> str | None:
    """The number of the latest standing entry that is likely to be of the same form; None where there is none."""
    return entries_like({"": (form, values)}, store, conn).get("")


def entries_like(
    asked: Mapping[str, tuple[Form, Values]], store: Store, conn: Connection | None = None
) -> dict[str, str]:
    """The same for many records by id, in one query; a record that no entry is like is missing."""
    telling = {id: value for id, one in asked.items() if (value := _telling_value(*one)) is not None}
    held = store.register.holding_any(telling.values(), conn=conn)
    found: dict[str, str] = {}
    for id, value in telling.items():
        form, values = asked[id]
        alike = [entry.number for entry in held.get(value, ()) if is_same(form, values, entry.values)]
        found |= {id: alike[-1]} if alike else {}
    return found


def is_same(form: Form, one: Values, other: Values) -> bool:
    """Whether two records of a form are likely to be the same one.

    With `identity` in the definition they agree in all of its fields that both hold, which are half of them at
    least; without it, in every value but the signatures, which often come later.
    """
    if form.identity:
        shared = [field for field in form.identity if field in one and field in other]
        return len(shared) * 2 >= len(form.identity) and all(one[field] == other[field] for field in shared)
    return bool(_content(form, one)) and _content(form, one) == _content(form, other)


def _content(form: Form, values: Values) -> Values:
    signatures = {field.id for field in form.fields if field.type is FieldType.SIGNATURE}
    return {id: value for id, value in values.items() if id not in signatures}


def _telling_value(form: Form, values: Values) -> tuple[str, str, Json] | None:
    """Form, field and the value that is shared by the fewest: the longest text that entries are found by."""
    fields = form.identity or tuple(_content(form, values))
    kept = [field for field in fields if is_kept(values.get(field))]
    best = max(kept, key=lambda field: len(str(values[field])), default=None)
    return None if best is None else (form.id, best, values[best])


def _bears_number(form: Form, values: Values, store: Store, conn: Connection) -> str | None:
    """The number of a standing entry of this form that is written on the record, however it is typed."""
    begins = same_number(form.register.number.partition("{year")[0].format(series=form.register.series))
    texts: Sequence[str] = [
        values[field.id]
        for field in form.fields
        if field.type is FieldType.TEXT and is_kept(values.get(field.id))
    ]
    for text in texts:
        entry = store.register.named(text, conn=conn) if begins in same_number(text) else None
        if (
            entry is not None
            and entry.form == form.id
            and store.register.void_of(entry.number, conn=conn) is None
        ):
            return entry.number
    return None


def _told(form: Form, values: Values) -> str:
    labels = {field.id: field.label for field in form.fields}
    return "、".join(labels[field] for field in form.identity if field in values) or "各栏内容"


def _finding(said: Bilingual) -> Finding:
    return Finding.of(LIKELY_DUPLICATE, Severity.RETURN, messages.LIKELY_DUPLICATE(said=said))
