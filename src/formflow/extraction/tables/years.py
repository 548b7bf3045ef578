"""The year that a log's header states once, for the days below that have none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from formflow.extraction.identify.identify import Segment
from formflow.extraction.slots import Block, Slot
from formflow.extraction.tables.rows import Listing, years_in
from formflow.forms.spec import FieldType, Form
from formflow.model import Reading, together

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)20\d{6}(?!\d)")
"""A year of its own in a day as it is written."""


def dated(readings: Mapping[str, Reading], form: Form, year: Slot | Reading | None) -> Mapping[str, Reading]:
    """The readings, days without a year no surer than the year that they take from the header."""
    if year is None or (year.confidence == 1.0 and not year.doubts):
        return readings
    return {
        id: replace(
            reading,
            confidence=min(reading.confidence, year.confidence),
            doubts=together(reading.doubts, year.doubts),
        )
        if form.field(id).type in (FieldType.DATE, FieldType.DATETIME) and not _YEAR.search(reading.text)
        else reading
        for id, reading in readings.items()
    }


def year_of(segment: Segment, listing: Listing, head: Mapping[str, Reading]) -> int | None:
    """The one year that the title or the lines around the table name; None where they name several."""
    if (written := written_year(head.get("year"))) is not None:
        return written
    years = years_in([segment.title]) or years_in(
        [slot.text for block in listing.rest for slot in block.slots() if len(slot.text) < 80]
    )
    return years.pop() if len(years) == 1 else None


def written_year(reading: Reading | None) -> int | None:
    """The year that a field of its own writes, or None."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", reading.text) if c.isdigit()) if reading else ""
    return int(digits) if len(digits) == 4 else None


def year_slot(segment: Segment, listing: Listing, year: int) -> Slot:
    """Where the header's year stands: in the title, else on a line around the table."""
    titles = [slot for slot in _slots(segment.blocks) if slot.text == segment.title][:1]
    for slot in (*titles, *_slots(listing.rest)):
        if str(year) in unicodedata.normalize("NFKC", slot.text):
            return slot
    return titles[0] if titles else next(_slots(segment.blocks))


def _slots(blocks: Iterable[Block]) -> Iterator[Slot]:
    for block in blocks:
        yield from block.slots()
