"""The statements of the register, made once: SQLAlchemy compiles each of them one time a process."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, func, insert, select, update

from formflow.model import Outcome
from formflow.store.columns import fold
from formflow.store.tables import books, entries, entry_values, voids

LAST_SERIAL = (
    select(books.c.last)
    .where(books.c.series == bindparam("series"), books.c.year == bindparam("year"))
    .with_for_update()
)
OPEN_BOOK = insert(books)
MOVE_BOOK = (
    update(books)
    .where(books.c.series == bindparam("book"), books.c.year == bindparam("of"))
    .values(last=bindparam("last"))
)
INSERT_ENTRIES = insert(entries)
INSERT_VALUES = insert(entry_values)
BY_NUMBER = select(entries).where(entries.c.number == bindparam("number"))
BY_NUMBERS = select(entries).where(entries.c.number.in_(bindparam("numbers", expanding=True)))
BY_RECORDS = select(entries).where(entries.c.record.in_(bindparam("records", expanding=True)))
OF_SUBMISSION = (
    select(entries)
    .where(entries.c.submission == bindparam("submission"))
    .order_by(entries.c.series, entries.c.year, entries.c.serial)
)
VOID_OF = select(voids).where(voids.c.number == bindparam("number"))
ROW_HOLDERS = (
    select(entries)
    .outerjoin(voids, voids.c.number == entries.c.number)
    .where(
        entries.c.form == bindparam("form"),
        entries.c.identity_key.in_(bindparam("keys", expanding=True)),
        voids.c.number.is_(None),
    )
    .order_by(entries.c.year, entries.c.series, entries.c.serial)
)

_CORRECTING = entries.alias("correcting")
_CORRECTING_VOIDS = voids.alias("correcting_voids")
_CORRECTIONS = (
    select(_CORRECTING.c.number)
    .outerjoin(_CORRECTING_VOIDS, _CORRECTING_VOIDS.c.number == _CORRECTING.c.number)
    .where(_CORRECTING.c.corrects == entries.c.number, _CORRECTING_VOIDS.c.number.is_(None))
)
UNACCEPTED = (
    select(entries)
    .outerjoin(voids, voids.c.number == entries.c.number)
    .where(
        entries.c.form == bindparam("form"),
        entries.c.outcome != Outcome.ACCEPT.value,
        voids.c.number.is_(None),
        ~_CORRECTIONS.exists(),
    )
    .order_by(entries.c.year, entries.c.series, entries.c.serial)
)
LATEST_CORRECTION = _CORRECTIONS.order_by(_CORRECTING.c.year.desc(), _CORRECTING.c.serial.desc()).limit(1)
LISTED = select(
    entries,
    voids.c.reason.label("void_reason"),
    voids.c.by.label("void_by"),
    voids.c.at.label("void_at"),
    LATEST_CORRECTION.scalar_subquery().label("corrected_by"),
).outerjoin(voids, voids.c.number == entries.c.number)
COUNT = select(func.count()).select_from(entries)


def only(
    query: Select[Any], series: str | None, year: int | None, form: str | None, text: str | None
) -> Select[Any]:
    """A query of entries, of these books and this form only; `text` is looked for in number, file name and values."""
    for column, wanted in ((entries.c.series, series), (entries.c.year, year), (entries.c.form, form)):
        if wanted is not None:
            query = query.where(column == wanted)
    if text:
        query = query.where(entries.c.search.contains(fold(text), autoescape=True))
    return query


HOLDING = (
    select(entries, entry_values.c.key.label("value_key"))
    .join(entry_values, entry_values.c.number == entries.c.number)
    .outerjoin(voids, voids.c.number == entries.c.number)
    .where(
        entry_values.c.key.in_(bindparam("keys", expanding=True)),
        voids.c.number.is_(None),
        ~_CORRECTIONS.exists(),
    )
    .order_by(entries.c.year, entries.c.series, entries.c.serial)
)
