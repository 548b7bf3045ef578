"""A person's corrections enter at the Candidate and take the same road as what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from formflow.errors import UsageError
from formflow.forms.spec import FieldType, Form
from formflow.messages import NOTHING, Bilingual
from formflow.messages import pipeline as messages
from formflow.model import Candidate, Reading, Source
from formflow.store.reviews import Review, ReviewAction

_DECISIONS = (ReviewAction.ACCEPT, ReviewAction.RETURN, ReviewAction.DISCARD)
"""Actions that settle a record as a whole."""


def last_decision(reviews: Iterable[Review]) -> Review | None:
    """What a person last said about the whole record; correcting a field afterwards takes it back."""
    last = next(iter(reversed(tuple(reviews))), None)
    return None if last is None or last.action not in _DECISIONS else last


def is_accepted(reviews: Iterable[Review]) -> bool:
    """Whether a person has accepted the record with the doubts that it has."""
    word = last_decision(reviews)
    return word is not None and word.action is ReviewAction.ACCEPT


def corrected(candidate: Candidate, reviews: Iterable[Review], form: Form) -> Candidate:
    """The candidate with the corrections that hold; doubts about a corrected field are settled."""
    readings = dict(candidate.readings)
    rows = {field: [dict(row) for row in table] for field, table in candidate.rows.items()}
    settled: set[str | None] = set()
    for review in reviews:
        if review.action is not ReviewAction.SET or review.field is None:
            continue
        holder, field = _place(readings, rows, review.field, form)
        settled |= {review.field, field}
        if review.new is None:
            holder.pop(field, None)
        else:
            holder[field] = reading_of(review.new, by=review.by, why=review.why)
    return replace(
        candidate,
        readings=readings,
        rows={field: tuple(table) for field, table in rows.items()},
        doubts=tuple(doubt for doubt in candidate.doubts if doubt.field not in settled),
    )


def check_field(name: str, candidate: Candidate, form: Form) -> None:
    """Whether a correction may name that field (`customer_name`, or `rows.2.customer` from row 0 on).

    Raises:
        UsageError: It may not; the nearest known field is named.
    """
    rows = {field: [dict(row) for row in table] for field, table in candidate.rows.items()}
    _place({}, rows, name, form)


def reading_at(candidate: Candidate, name: str) -> Reading | None:
    """What was read for a field, or for a cell of the form's own table, as corrections name them."""
    return dict(readings_in(candidate)).get(name)


def readings_in(candidate: Candidate) -> Iterator[tuple[str, Reading]]:
    """Every reading with the name that a correction has for it (`customer_name`, `rows.2.customer`)."""
    yield from candidate.readings.items()
    for table, rows in candidate.rows.items():
        for number, row in enumerate(rows):
            for column, reading in row.items():
                yield f"{table}.{number}.{column}", reading


def places_of(candidate: Candidate, form: Form) -> Iterator[tuple[str, str]]:
    """The name and the label of every field in the form's order, a table cell by cell."""
    for field in form.fields:
        rows = candidate.rows.get(field.id, ())
        if not rows:
            yield field.id, field.label
        for number in range(len(rows)):
            for column in field.fields:
                yield f"{field.id}.{number}.{column.id}", f"{field.label} {number + 1} {column.label}"


def reading_of(text: str, *, by: str, why: str) -> Reading:
    """What a person says stands there, read like text from paper."""
    return Reading(text=text, source=Source(part="review", ref=f"{by}: {why}" if why else by))


def _place(
    readings: dict[str, Reading], rows: dict[str, list[dict[str, Reading]]], name: str, form: Form
) -> tuple[dict[str, Reading], str]:
    parts = name.split(".")
    known = [field.id for field in form.fields if field.type is not FieldType.ROWS]
    if len(parts) == 1 and name in known:
        return readings, name
    table = next((own for own in form.tables if own.id == parts[0]), None)
    if len(parts) == 3 and table is not None and parts[1].isdigit():
        columns = [field.id for field in table.fields]
        if parts[2] in columns:
            lines = rows.setdefault(table.id, [])
            index = int(parts[1])
            if index <= len(lines):
                if index == len(lines):
                    lines.append({})
                return lines[index], parts[2]
        known = [f"{table.id}.{parts[1]}.{column}" for column in columns]
    near = get_close_matches(name, known, n=1)
    remedy = messages.DID_YOU_MEAN(name=near[0]) if near else NOTHING
    raise UsageError(
        messages.NO_FIELD(form=Bilingual(form.title, form.id), name=name), code="no-such-field", remedy=remedy
    )
