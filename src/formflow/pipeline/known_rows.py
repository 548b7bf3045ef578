"""A log that comes again: which rows are known, which were changed, which are new.

Clerks keep one workbook all year, so the same rows come many times. A row is known by its identity fields;
where those themselves were edited, by its place between rows that are known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from formflow.forms.spec import Form
from formflow.messages import Bilingual
from formflow.messages import pipeline as messages
from formflow.model import Candidate, Entry, Finding, Json, Severity
from formflow.store.rows import changed_fields

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from formflow.store.store import Store

ROW_CHANGED = "row-changed"
"""Code of the finding for a row whose entry stands already, with other values."""

LIKENESS = 0.6
"""Share of equal values above which a row in the place of a vanished one is that row, edited."""


@dataclass(frozen=True, slots=True)
class Known:
    """A row whose entry stands already; `changed` names the fields that now differ."""

    entry: Entry
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row as read this time; `key` as in `store.rows.identity_keys`."""

    record: str
    key: str
    values: Mapping[str, Json]
    candidate: Candidate


def recognise(rows: Sequence[LogRow], form: Form, store: Store, conn: Connection) -> dict[str, Known]:
    """The rows that stand in the register already, by record id; new rows are not in it."""
    holders = store.register.known_rows(form.id, [row.key for row in rows], conn=conn)
    heading = _heading(rows, form)
    found: dict[str, Known] = {}
    for row in rows:
        entry = holders.get(row.key)
        if entry is not None:
            found[row.record] = _compare(row, entry, heading, store, conn)
    if found and len(found) < len(rows):
        found |= _edited(rows, form, found, heading, store, conn)
    return found


def changed_row(known: Known, form: Form, values: Mapping[str, Json]) -> Finding:
    """The finding for a row that differs from its entry."""
    labels = {field.id: field.label for field in form.fields}
    changes = (
        f"“{labels.get(id, id)}”原为{_shown(known.entry.values.get(id))}，现为{_shown(values.get(id))}"
        for id in known.changed
    )
    told = Bilingual("；".join(changes), ", ".join(labels.get(id, id) for id in known.changed))
    return Finding.of(
        ROW_CHANGED,
        Severity.REFER,
        messages.ROW_CHANGED(number=known.entry.number, told=told),
        field=known.changed[0] if known.changed else None,
    )


def same_reading(one: Candidate, other: Candidate) -> bool:
    """Whether two readings of a row hold the same texts, whatever was made of them."""
    return _texts(one) == _texts(other)


def _heading(rows: Sequence[LogRow], form: Form) -> frozenset[str]:
    """Fields that the log's header states for all rows: a new clerk does not change last month's rows."""
    first = rows[0].values if rows else {}
    return frozenset(
        field
        for field in form.head
        if field not in form.identity and all(row.values.get(field) == first.get(field) for row in rows)
    )


def _compare(row: LogRow, entry: Entry, heading: frozenset[str], store: Store, conn: Connection) -> Known:
    """A row beside its entry. A row that reads as it did then is unchanged, even where a person corrected it."""
    changed = tuple(field for field in changed_fields(entry.values, row.values) if field not in heading)
    if not changed or entry.record == row.record:
        return Known(entry)
    earlier = store.records.get(entry.record, conn=conn)
    if earlier is not None and same_reading(earlier.candidate, row.candidate):
        return Known(entry)
    return Known(entry, changed)


def _edited(
    rows: Sequence[LogRow],
    form: Form,
    found: Mapping[str, Known],
    heading: frozenset[str],
    store: Store,
    conn: Connection,
) -> dict[str, Known]:
    """Rows that lie where the register has a row which this file no longer holds."""
    taken = {known.entry.number for known in found.values()}
    vanished: list[Entry] = []
    for submission in sorted({known.entry.submission for known in found.values()}):
        for number in store.records.numbers(submission, form.id, conn=conn):
            if number in taken:
                continue
            entry = store.register.find(number, conn=conn)
            if entry is not None and store.register.void_of(entry.number, conn=conn) is None:
                taken.add(entry.number)
                vanished.append(entry)
    edited: dict[str, Known] = {}
    if not vanished:
        return edited
    aboves = _nearest(rows, found)
    belows = _nearest(rows[::-1], found)[::-1]
    for row, above, below in zip(rows, aboves, belows, strict=True):
        if row.record in found or not vanished:
            continue
        near = [entry for entry in vanished if _between(entry, above, below)]
        best = max(near, key=lambda entry: likeness(entry.values, row.values), default=None)
        if best is None:
            continue
        known = _compare(row, best, heading, store, conn)
        if not known.changed or likeness(best.values, row.values) >= LIKENESS:
            vanished.remove(best)
            edited[row.record] = known
    return edited


def _nearest(rows: Sequence[LogRow], found: Mapping[str, Known]) -> list[Entry | None]:
    """For every row: the entry of the last known row before it."""
    last: Entry | None = None
    nearest = []
    for row in rows:
        nearest.append(last)
        if row.record in found:
            last = found[row.record].entry
    return nearest


def likeness(one: Mapping[str, Json], other: Mapping[str, Json]) -> float:
    """Share of the fields that either holds in which both agree."""
    fields = {*one, *other}
    return 1 - len(changed_fields(one, other)) / len(fields) if fields else 0.0


def _between(entry: Entry, above: Entry | None, below: Entry | None) -> bool:
    place = (entry.year, entry.serial)
    return (above is None or (above.year, above.serial) < place) and (
        below is None or place < (below.year, below.serial)
    )


def _texts(candidate: Candidate) -> dict[str, str]:
    return {field: reading.text.strip() for field, reading in candidate.readings.items()}


def _shown(value: Json) -> str:
    return "空" if value is None else f"“{value}”"
