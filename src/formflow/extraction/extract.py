"""Document and forms to Candidates: pure and total.

Whatever a document holds, this gives an answer; what it cannot settle it leaves out or marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from formflow.extraction.cells import Found
from formflow.extraction.grid import Block, Slot, stories
from formflow.extraction.identify import Forms, Segment, identify
from formflow.extraction.pairs import find_pairs
from formflow.extraction.rows import Listing, Row, read_listing, read_upright, years_in
from formflow.forms.spec import Field, FieldType, Form
from formflow.model import Candidate, Document, Finding, Part, Reading, Severity
from formflow.values.marks import is_blank, read_choices
from formflow.values.signatures import read_signature

_DATES = frozenset({FieldType.DATE, FieldType.DATETIME})


def extract(
    document: Document, forms: Mapping[str, Form] | Forms, *, hint: str | None = None
) -> tuple[Candidate, ...]:
    """Every filled form and every log row of the document, in reading order.

    Args:
        document: What a reader saw.
        forms: The form definitions indexed once for many documents, or by id.
        hint: Id of the form that the file is said to be (the name of its inbox folder).
    """
    known = forms if isinstance(forms, Forms) else Forms(forms)
    candidates: list[Candidate] = []
    segments = identify(stories(document), known, hint)
    for segment in segments:
        candidates.extend(_candidates(segment, document, alone=len(segments) == 1))
    return tuple(candidates)


def _candidates(segment: Segment, document: Document, *, alone: bool) -> Iterable[Candidate]:
    if "log" in segment.form.layouts:
        listing = read_listing(segment.blocks, segment.labels.fields, segment.labels.fields)
        if _is_log(listing, segment.form):
            return _log(segment, listing)
    if segment.form.rows_field is not None:
        listing = read_listing(segment.blocks, segment.labels.columns, segment.labels.fields)
        if not listing.found:
            listing = read_upright(segment.blocks, segment.labels.columns, segment.labels.fields)
        if not listing.found:
            listing = _cards(segment)
        if listing.found:
            return _record(segment, listing.rest, document, listing, alone=alone)
    return _record(segment, segment.blocks, document, None, alone=alone)


def _is_log(listing: Listing, form: Form) -> bool:
    """Whether the rows are records of their own.

    A single form may set its labels in rows too, a few at a time, each over its value: then no header
    names half of what a record must hold, or different headers stand over one row each.
    """
    if not listing.found:
        return False
    if "record" not in form.layouts:
        return True
    required = {item.id for item in form.required() if item.id not in form.head}
    widest = max(len(required & columns) for columns in listing.headers)
    differing = any(a.isdisjoint(b) for a, b in pairwise(listing.headers))
    one_each = differing and len(listing.rows) <= len(listing.headers)
    return bool(listing.rows) and widest * 2 >= len(required) and not one_each


# --- One form, one record ---------------------------------------------------------------------


def _record(
    segment: Segment, blocks: Sequence[Block], document: Document, listing: Listing | None, *, alone: bool
) -> list[Candidate]:
    readings, doubts = _readings(find_pairs(blocks, segment.labels.fields))
    if alone:
        _add_controls(readings, segment.form, document.parts)
    filled = {id: reading for id, reading in readings.items() if not _nothing(reading)}
    rows = tuple(row.readings for row in listing.rows) if listing else ()
    rows_field = segment.form.rows_field
    if not rows and _untouched(filled, segment.form):
        return []
    place = next(iter(filled.values())).source.part if filled else segment.blocks[0].part
    return [
        Candidate(
            form=segment.form.id,
            readings=filled,
            rows={rows_field.id: rows} if rows_field is not None and rows else {},
            position=f"{place} {_place(segment)}",
            doubts=tuple(doubts),
        )
    ]


def _readings(pairs: Iterable[Found]) -> tuple[dict[str, Reading], list[Finding]]:
    """The first reading of each field; a second one that says something else is a doubt."""
    readings: dict[str, Reading] = {}
    doubts: list[Finding] = []
    signature = ""
    for found in pairs:
        reading = _reading(found)
        known = readings.get(found.field.id)
        if known is None:
            readings[found.field.id] = reading
        elif signature and found.field.type in _DATES:
            # The date under a signature, where the form has a date of its own above.
            signed = readings[signature]
            readings[signature] = replace(signed, text=f"{signed.text}  日期：{reading.text}")
        elif not _nothing(reading) and not _nothing(known) and _differs(known, reading, found.field):
            doubts.append(
                Finding(
                    code="conflict",
                    severity=Severity.RETURN,
                    field=found.field.id,
                    message=f"“{found.field.label}”出现两次且不一致：“{_short(known.text)}”与“{_short(reading.text)}”，请核对。",
                    english=f"{found.field.id} stands twice and differs: {_short(known.text)!r} and {_short(reading.text)!r}.",
                )
            )
        signature = found.field.id if found.field.type is FieldType.SIGNATURE and known is None else ""
    return readings, doubts


def _reading(found: Found) -> Reading:
    slots = found.slots
    first = slots[0]
    whole = len(slots) == 1 and found.text == first.text
    return Reading(
        text=found.text,
        source=first.source,
        confidence=min(slot.confidence for slot in slots),
        label=found.label,
        value=first.value if whole else None,
        picture=any(slot.picture for slot in slots),
        problem=next((slot.problem for slot in slots if slot.problem), ""),
    )


def _nothing(reading: Reading) -> bool:
    return is_blank(reading.text) and not reading.picture and not reading.problem


def _untouched(readings: Mapping[str, Reading], form: Form) -> bool:
    """Whether nobody filled anything in: prompts, unticked boxes and unsigned signature lines only."""
    for id, reading in readings.items():
        item = form.field(id)
        if item.options:
            if read_choices(reading.text, item.options) is not None:
                return False
        elif item.type is FieldType.SIGNATURE:
            if read_signature(reading.text, picture=reading.picture) is not None:
                return False
        elif not _nothing(reading):
            return False
    return True


def _differs(first: Reading, second: Reading, item: Field) -> bool:
    def bare(reading: Reading) -> object:
        text = unicodedata.normalize("NFKC", reading.text)
        numbers = [int(digits) for digits in re.findall(r"\d+", text)]
        return numbers if item.type in _DATES and numbers else "".join(text.split())

    return bare(first) != bare(second)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 24 else text[:23] + "…"


def _add_controls(readings: dict[str, Reading], form: Form, parts: Sequence[Part]) -> None:
    """Fill what no label led to from controls that are named after a field: the blanks we issue."""
    by_id = {f.id: f for f in form.fields if f.type is not FieldType.ROWS}
    for part in parts:
        for control in part.controls:
            item = by_id.get(control.name)
            if item is None or control.placeholder or item.id in readings:
                continue
            readings[item.id] = Reading(text=control.value, source=control.source, label=item.label)


def _cards(segment: Segment) -> Listing:
    """The form's own table set as cards, one below the other: labels and values, then the same labels again."""
    cards: list[dict[str, Reading]] = []
    columns = {item.id for item in segment.labels.columns.by_label.values()}
    for found in find_pairs(segment.blocks, segment.labels.columns):
        if not cards or found.field.id in cards[-1]:
            cards.append({})
        cards[-1][found.field.id] = _reading(found)
    listing = Listing(rest=list(segment.blocks))
    filled = [
        {id: r for id, r in card.items() if not _nothing(r)}
        for card in cards
        if len(card) * 2 >= len(columns)
    ]
    for number, card in enumerate(filled, start=1):
        if len(card) > 1:
            listing.rows.append(Row(card, f"{_place(segment)} card {number}"))
    if listing.rows:
        listing.headers.append(frozenset(columns))
    return listing


# --- Logs -------------------------------------------------------------------------------------


def _log(segment: Segment, listing: Listing) -> list[Candidate]:
    form = segment.form
    head, _ = _readings(find_pairs(listing.rest, segment.labels.fields))
    head = {
        id: reading
        for id, reading in head.items()
        if id in form.head and id not in listing.columns and not _nothing(reading)
    }
    year = _year(segment, listing, head)
    if year is not None and "year" not in head and any(f.id == "year" for f in form.fields):
        slot = _title_slot(segment)
        head["year"] = Reading(text=str(year), source=slot.source, label=segment.title)
    return [
        Candidate(
            form=form.id,
            readings={**head, **row.readings},
            position=row.position,
            row=number,
            year=year,
        )
        for number, row in enumerate(listing.rows)
    ]


def _year(segment: Segment, listing: Listing, head: Mapping[str, Reading]) -> int | None:
    """The one year that the title or the lines around the table name; None where they name several."""
    if "year" in head:
        digits = "".join(c for c in unicodedata.normalize("NFKC", head["year"].text) if c.isdigit())
        if len(digits) == 4:
            return int(digits)
    years = years_in([segment.title]) or years_in(
        [slot.text for block in listing.rest for slot in block.slots() if len(slot.text) < 80]
    )
    return years.pop() if len(years) == 1 else None


def _title_slot(segment: Segment) -> Slot:
    for block in segment.blocks:
        for slot in block.slots():
            if slot.text == segment.title:
                return slot
    return next(slot for block in segment.blocks for slot in block.slots())


def _place(segment: Segment) -> str:
    return next((block.name for block in segment.blocks if not block.is_line), "") or "lines"
