"""The rows under a header: logs, whose rows are records, and a form's own table.

Repeated headers, merged groups, ditto marks; subtotal and note rows are no entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from formflow.bulk import maker
from formflow.extraction.labels.labels import LabelIndex, is_note
from formflow.extraction.readings import doubted_on_scan, reading_from
from formflow.extraction.slots import Block, Slot
from formflow.extraction.tables.header import Columns, header_at, is_labelled, reads, texts_of
from formflow.extraction.tables.transpose import upright
from formflow.forms.spec import FieldType
from formflow.model import DoubtReason, Reading, together
from formflow.values.captions import is_between_entries
from formflow.values.choices import is_ditto, is_empty, is_none

_made = maker(Reading)
_MUCH = 0.6
"""Share of a row's texts that a heading has too, where it repeats it."""
_SUMMED = frozenset((FieldType.INTEGER, FieldType.MONEY, FieldType.QUANTITY))


@dataclass(frozen=True, slots=True)
class Row:
    """A data row: its readings and where it lies.

    Attributes:
        others: What stands in its columns that hold no field.
    """

    readings: Mapping[str, Reading]
    position: str
    others: tuple[Slot, ...] = ()


@dataclass(slots=True)
class Listing:
    """What a table with a header row gave, and the blocks left over for labels and values.

    Attributes:
        passed: Rows under a header that are neither entries nor sums nor headings, by block and number.
        captions: Column → heading of the columns that hold no field.
    """

    rows: list[Row] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)
    headers: list[frozenset[str]] = field(default_factory=list)
    passed: list[tuple[Block, int]] = field(default_factory=list)
    captions: dict[int, str] = field(default_factory=dict)

    @property
    def found(self) -> bool:
        """Whether any header was found."""
        return bool(self.headers)

    @property
    def columns(self) -> frozenset[str]:
        """Ids of all fields that have a column."""
        return frozenset().union(*self.headers)


def read_listing(
    blocks: Sequence[Block], index: LabelIndex, others: LabelIndex, ends: Sequence[LabelIndex] = ()
) -> Listing:
    """The data rows of every table in the blocks whose header the index knows.

    Args:
        index: The labels of the columns.
        others: All labels of the form; a row that begins with one of them is no data row.
        ends: The labels of the form's other tables; a row of them heads another one.
    """
    listing = Listing()
    columns: Columns | None = None
    for block in blocks:
        if block.is_line:
            listing.rest.append(block)
            continue
        columns = _read_table(block, index, others, columns, listing, ends)
    return listing


def read_upright(blocks: Sequence[Block], index: LabelIndex, others: LabelIndex) -> Listing:
    """The entries of the tables whose labels stand down the left side; see `transpose`."""
    turned: list[Block] = []
    rest: list[Block] = []
    for block in blocks:
        if made := upright(block, index):
            turned.append(made[0])
            rest.extend(made[1])
        else:
            rest.append(block)
    listing = read_listing(turned, index, others)
    listing.rest[:] = rest
    return listing


def _read_table(
    block: Block,
    index: LabelIndex,
    others: LabelIndex,
    columns: Columns | None,
    listing: Listing,
    ends: Sequence[LabelIndex],
) -> Columns | None:
    """Read one table; a table without a header goes on with the columns of the one before it."""
    current = columns if columns is not None and columns.width == block.columns else None
    goes_on = current is not None
    number, rest_from, total = 0, 0, len(block.rows)
    headed = current is not None
    while number < total:
        if header := header_at(block, number, index, current):
            current, depth = header
            if number > rest_from and not headed:
                listing.rest.append(block.cut(rest_from, number))
            headed, goes_on = True, False
            listing.headers.append(frozenset(current.names()))
            listing.captions.update(current.captions)
            number += depth
            rest_from = number
            continue
        if current is not None and any(is_labelled(block.rows[number], other) for other in ends):
            current, columns, headed, rest_from = None, None, False, number
        if current is None:
            number += 1
            continue
        if len(current.above) > 1 and reads(block.rows[number], current.above):
            pass  # The captions of a header that is repeated below.
        elif _is_of_heading(block.rows[number], current.heading):
            pass  # The upper row of a header of two levels that a page break parted from its lower one.
        elif any(_is_much_of(block.rows[number], texts) for texts in (current.heading, current.above)):
            pass  # Either of them, of which the recognition read a word or two otherwise.
        else:
            filled = [slot for slot in block.rows[number] if not slot.blank]
            if _ends_listing(filled, current, others):
                listing.rest.append(block.cut(number, number + 1))
            elif row := _data_row(block, number, filled, current, listing.rows):
                listing.rows.append(row)
                if goes_on:
                    _doubt_break(listing.rows)
                goes_on = False
            elif filled and not is_between_entries([slot.text for slot in filled]):
                listing.passed.append((block, number))
        number += 1
        rest_from = number
    if not headed and rest_from < total:
        listing.rest.append(block.cut(rest_from, total) if rest_from else block)
    return current if current is not None else columns


def _is_of_heading(row: Sequence[Slot], heading: Sequence[str]) -> bool:
    """Whether a row holds only texts of a header's first row, and more than one of them."""
    texts = texts_of(row)
    return len(texts) > 1 and texts[0] in heading and set(texts) <= set(heading)


def _is_much_of(row: Sequence[Slot], heading: Sequence[str]) -> bool:
    """Whether a recognised row holds mostly texts of a heading, more than one, and no number."""
    if not any(slot.source.medium for slot in row):
        return False
    texts = texts_of(row)
    known = set(texts) & set(heading)
    return (
        len(known) > 1
        and sum(text in known for text in texts) >= _MUCH * len(texts)
        and not any(map(str.isdigit, "".join(texts)))
    )


def _doubt_break(rows: list[Row]) -> None:
    """Doubt the last two rows as far as they were recognised: the page break between them may have cut one row in two.

    Where the pages show that it did not, their tables were joined before.
    """
    for number in range(max(len(rows) - 2, 0), len(rows)):
        readings = {
            id: doubted_on_scan(reading, DoubtReason.SPLIT_ROW)
            for id, reading in rows[number].readings.items()
        }
        rows[number] = replace(rows[number], readings=readings)


def _ends_listing(filled: Sequence[Slot], columns: Columns, others: LabelIndex) -> bool:
    """Whether the row is no row of the list: labels with values, or a remark across the table."""
    if not filled:
        return False
    first = filled[0]
    if is_note(first.text) or first.column_span >= min(columns.width, max(3, columns.width - 1)) > 1:
        return True
    if len(filled) > 4:
        return False
    return (
        any(others.pattern.match(slot.text.strip()) for slot in filled[:2])
        or others.find(first.text) is not None
    )


def _data_row(
    block: Block, number: int, filled: Sequence[Slot], columns: Columns, before: Sequence[Row]
) -> Row | None:
    """The readings of a row; None where it is blank, a total, a separator or a remark."""
    row = block.rows[number]
    if not filled and not any(slot.mark for slot in row):
        return None
    if is_between_entries([slot.text for slot in filled]):
        return None
    readings: dict[str, Reading] = {}
    own = 0
    single = len(row) == block.columns
    for item, spread, label in columns.fields:
        slots = [row[spread[0]]] if single and len(spread) == 1 else _distinct(block, number, spread)
        if not slots:
            continue
        if len(slots) == 1 and not slots[0].text and not slots[0].mark and not slots[0].problem:
            continue
        reading = _reading(slots, label, columns)
        says = _says(reading.text) if reading.value is None else _VALUE
        if says is _DITTO:
            reading = _ditto(reading, before[-1].readings.get(item.id) if before else None)
            own += 1
        elif says is _BLANK and not reading.mark and not reading.problem:
            continue
        elif slots[0].row == number:
            own += says is not _NONE
        readings[item.id] = reading
    if own == 0 or (own == 1 and not _carries_weight(readings, columns, number, block)):
        return None
    place = filled[0].source if filled else row[0].source
    others = tuple(slot for slot in filled if slot.column in columns.captions) if columns.captions else ()
    return Row(readings, f"{place.part} {block.name} row {number + 1}".replace("  ", " "), others)


_VALUE, _BLANK, _DITTO, _NONE = "value", "blank", "ditto", "none"


@lru_cache(maxsize=8192)
def _says(text: str) -> str:
    """What the text of a cell is; in a log the same words come again and again."""
    if is_ditto(text):
        return _DITTO
    if is_empty(text):
        return _BLANK
    return _NONE if is_none(text) else _VALUE


def _distinct(block: Block, number: int, spread: Sequence[int]) -> list[Slot]:
    slots: list[Slot] = []
    for column in spread:
        slot = block.at(number, column)
        if slot is not None and slot not in slots:
            slots.append(slot)
    return slots


def _reading(slots: Sequence[Slot], label: str, columns: Columns) -> Reading:
    first = slots[0]
    if len(slots) == 1:
        return _made(
            first.text,
            first.source,
            first.confidence,
            label,
            first.value,
            first.mark,
            first.problem,
            first.doubts,
        )
    text = "".join(
        slot.text.strip() + columns.suffixes.get(slot.column, "") for slot in slots if not slot.blank
    )
    return reading_from(text, label, slots)


def _ditto(mark: Reading, above: Reading | None) -> Reading:
    """What a ditto mark stands for; one with nothing above it is a doubt, never a value."""
    if above is None:
        return Reading(text=mark.text, source=mark.source, label=mark.label, problem="ditto-without-value")
    return replace(
        above,
        source=mark.source,
        confidence=min(mark.confidence, above.confidence),
        label=mark.label,
        doubts=together(mark.doubts, above.doubts),
    )


def _carries_weight(readings: Mapping[str, Reading], columns: Columns, number: int, block: Block) -> bool:
    """Whether a row with one value of its own is a record begun, not a heading or a remark."""
    # A number alone is a sum whose caption somebody left out.
    required = {item.id for item, _, _ in columns.fields if item.required and item.type not in _SUMMED}
    wide = any(slot.column_span > 2 for slot in block.rows[number] if not slot.blank)
    return not wide and bool(required & readings.keys())


def years_in(texts: Iterator[str] | Sequence[str]) -> set[int]:
    """The years that titles and header lines name (`2026年度收传真登记表`)."""
    return {int(year) for text in texts for year in re.findall(r"(?<!\d)(20\d{2})\s*年(?!\s*\d)", text)}
