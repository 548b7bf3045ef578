"""Tables with a header row: logs, whose rows are records, and a form's own table.

Headers of one or two levels, repeated headers, merged groups, ditto marks, subtotal and note rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from formflow.extraction.grid import Block, Slot
from formflow.extraction.labels import LabelIndex, is_note
from formflow.extraction.transpose import upright
from formflow.forms.spec import Field
from formflow.model import Reading
from formflow.values.marks import is_blank, is_ditto, is_none

_LEAST_COLUMNS = 3
_TOTAL = re.compile(
    r"^[\s\u3000]*(?:本?[页月年日期季]?[度末]?[\s\u3000]*(?:合[\s\u3000]*计|小[\s\u3000]*计|总[\s\u3000]*计|累[\s\u3000]*计|共[\s\u3000]*计|汇[\s\u3000]*总)|总[\s\u3000]*数|承前页|承上页|过次页|转下页|接上页|total)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"^[\s\u3000(（—\-~]*(?:(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|[第]?[一二三四1-4]季度|第\s*\d+\s*页.*|以下空白|以下无正文|[上下]半年)[\s\u3000)）—\-~]*$"
)
_UNITS = {"年": "年", "月": "月", "日": "日", "时": "时", "分": "分", "号": "日"}


@dataclass(slots=True)
class Columns:
    """Which columns hold which field: a field may lie in several (年 | 月 | 日).

    Attributes:
        fields: Field, its columns and its label, in the order of the columns.
        suffixes: Column → what its part of a date is (`年`).
        heading: The texts of the header's first row, by which it is known again.
        above: The texts of the row above it, captions of groups perhaps, known again likewise.
    """

    fields: list[tuple[Field, tuple[int, ...], str]] = field(default_factory=list)
    suffixes: dict[int, str] = field(default_factory=dict)
    width: int = 0
    heading: tuple[str, ...] = ()
    above: tuple[str, ...] = ()

    def names(self) -> list[str]:
        """Ids of the fields in the order of their columns."""
        return [item.id for item, _, _ in self.fields]


@dataclass(frozen=True, slots=True)
class Row:
    """A data row: its readings and where it lies."""

    readings: Mapping[str, Reading]
    position: str


@dataclass(slots=True)
class Listing:
    """What a table with a header row gave, and the blocks left over for labels and values."""

    rows: list[Row] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)
    headers: list[frozenset[str]] = field(default_factory=list)

    @property
    def found(self) -> bool:
        """Whether any header was found."""
        return bool(self.headers)

    @property
    def columns(self) -> frozenset[str]:
        """Ids of all fields that have a column."""
        return frozenset().union(*self.headers)


def read_listing(blocks: Sequence[Block], index: LabelIndex, others: LabelIndex) -> Listing:
    """The data rows of every table in the blocks whose header the index knows.

    Args:
        index: The labels of the columns.
        others: All labels of the form; a row that begins with one of them is no data row.
    """
    listing = Listing()
    columns: Columns | None = None
    for block in blocks:
        if block.is_line:
            listing.rest.append(block)
            continue
        columns = _read_table(block, index, others, columns, listing)
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
    block: Block, index: LabelIndex, others: LabelIndex, columns: Columns | None, listing: Listing
) -> Columns | None:
    """Read one table; a table without a header goes on with the columns of the one before it."""
    current = columns if columns is not None and columns.width == block.columns else None
    number, rest_from, total = 0, 0, len(block.rows)
    headed = current is not None
    while number < total:
        if header := _header_at(block, number, index, current):
            current, depth = header
            if number > rest_from and not headed:
                listing.rest.append(block.cut(rest_from, number))
            headed = True
            listing.headers.append(frozenset(current.names()))
            number += depth
            rest_from = number
            continue
        if current is None:
            number += 1
            continue
        if len(current.above) > 1 and _texts(block.rows[number]) == current.above:
            pass  # The captions of a header that is repeated below.
        elif _ends_listing(block, number, current, others):
            listing.rest.append(block.cut(number, number + 1))
        elif row := _data_row(block, number, current, listing.rows):
            listing.rows.append(row)
        number += 1
        rest_from = number
    if not headed and rest_from < total:
        listing.rest.append(block)
    return current if current is not None else columns


# --- The header -------------------------------------------------------------------------------


def _header_at(
    block: Block, number: int, index: LabelIndex, current: Columns | None
) -> tuple[Columns, int] | None:
    """The columns named by the row, or by it and the next, and how many rows the header takes.

    Where a header is known already, the row above a repeated one is a row of values: only a row that
    reads as the first header's first row may begin one of two levels again.
    """
    row = block.rows[number]
    heading = _texts(row)
    if len(heading) < 2:
        return None
    again = current is None or heading == current.heading
    columns, depth = None, 2
    if again and number + 1 < len(block.rows) and _second_level(block, number, index):
        columns = _columns(block, number, 2, index)
        lower = _columns(block, number + 1, 1, index)
        grown = any(slot.row_span > 1 for slot in row)
        if columns is not None and lower is not None and not grown and columns.names() == lower.names():
            # The upper row adds nothing: it is a line of its own above the header, with values in it.
            return None
    if columns is None:
        columns, depth = _columns(block, number, 1, index), 1
    if columns is None:
        return None
    columns.heading = heading
    columns.above = _texts(block.rows[number - 1]) if number else ()
    return columns, depth


def _texts(row: Sequence[Slot]) -> tuple[str, ...]:
    return tuple(slot.text.strip() for slot in row if not slot.blank)


def _second_level(block: Block, number: int, index: LabelIndex) -> bool:
    """Whether the row below holds labels too, or the parts of a date, rather than values."""
    above, below = block.rows[number], block.rows[number + 1]
    for slot in above:
        if index.pattern.match(slot.text.strip()):
            return False
        low = block.at(number + 1, slot.column)
        if (
            index.find(slot.text)
            and low is not None
            and low is not slot
            and not low.blank
            and low.text.strip() not in _UNITS
        ):
            return False  # A label with another label right below it heads no column.
    labels = sum(index.find(slot.text) is not None or slot.text.strip() in _UNITS for slot in below)
    composed = sum(
        index.composed(group.text, slot.text) is not None
        for slot in below
        if (group := block.at(number, slot.column)) is not None
    )
    filled = sum(not slot.blank for slot in below)
    return filled >= 2 and max(labels, composed) >= 2 and max(labels, composed) * 2 >= filled


def _columns(block: Block, number: int, depth: int, index: LabelIndex) -> Columns | None:
    columns = Columns(width=block.columns)
    taken: dict[str, int] = {}
    labelled: list[bool] = []
    column = 0
    while column < block.columns:
        top = block.at(number, column)
        low = block.at(number + depth - 1, column)
        if top is None or low is None:
            labelled.append(False)
            column += 1
            continue
        item, label = _column_label(top, low, index)
        width = max(1, min(low.end, block.columns) - column)
        spread = tuple(range(column, column + width))
        if item is not None and top is not low and low.text.strip() in _UNITS:
            spread = tuple(range(column, max(column + 1, min(top.end, block.columns))))
            for at in spread:
                part = block.at(number + 1, at)
                columns.suffixes[at] = _UNITS.get(part.text.strip(), "") if part else ""
        if item is not None and item.id not in taken:
            taken[item.id] = column
            columns.fields.append((item, spread, label))
        labelled.append(item is not None)
        column = spread[-1] + 1
    if len(columns.fields) < _LEAST_COLUMNS:
        return None
    side_by_side = sum(a and b for a, b in pairwise(labelled))
    return columns if side_by_side >= 2 or _heads_values(block, number, depth, index) else None


def _heads_values(block: Block, number: int, depth: int, index: LabelIndex) -> bool:
    """Whether every cell of the row heads a column: full, and with no label in the row below.

    Tells a header with unknown columns between the known ones from `label | value | label | value`.
    """
    if number + depth >= len(block.rows):
        return False
    row, below = block.rows[number + depth - 1], block.rows[number + depth]
    labels = sum(index.find(slot.text) is not None for slot in row)
    return (
        labels * 2 >= len(row)
        and not any(slot.blank for slot in row)
        and sum(not slot.blank for slot in below) >= 2
        and len(below) == len(row)
        and not any(index.find(slot.text) is not None for slot in below)
    )


def _column_label(top: Slot, low: Slot, index: LabelIndex) -> tuple[Field | None, str]:
    if top is not low:
        if composed := index.composed(top.text, low.text):
            return composed, low.text
        if low.blank or low.text.strip() in _UNITS:
            return index.find(top.text), top.text
    return index.find(low.text), low.text


# --- The rows ---------------------------------------------------------------------------------


def _ends_listing(block: Block, number: int, columns: Columns, others: LabelIndex) -> bool:
    """Whether the row is no row of the list: labels with values, or a remark across the table."""
    filled = [slot for slot in block.rows[number] if not slot.blank]
    if not filled:
        return False
    first = filled[0]
    if is_note(first.text) or first.column_span >= max(3, columns.width - 1):
        return True
    if any(others.pattern.match(slot.text.strip()) for slot in filled[:2]):
        return len(filled) <= 4
    return len(filled) <= 4 and others.find(first.text) is not None


def _data_row(block: Block, number: int, columns: Columns, before: Sequence[Row]) -> Row | None:
    """The readings of a row; None where it is blank, a total, a separator or a remark."""
    row = block.rows[number]
    filled = [slot for slot in row if not slot.blank]
    if not filled and not any(slot.picture for slot in row):
        return None
    if any(_TOTAL.match(slot.text) for slot in filled[:3]) or (
        len(filled) <= 2 and any(_SEPARATOR.match(slot.text) for slot in filled)
    ):
        return None
    readings: dict[str, Reading] = {}
    own = 0
    for item, spread, label in columns.fields:
        slots = _distinct(block, number, spread)
        if not slots:
            continue
        reading = _reading(slots, label, columns)
        if is_ditto(reading.text):
            reading = _ditto(reading, before[-1].readings.get(item.id) if before else None)
            own += 1
        elif is_blank(reading.text) and not reading.picture and not reading.problem:
            continue
        elif slots[0].row == number:
            own += not is_none(reading.text)
        readings[item.id] = reading
    if own == 0 or (own == 1 and not _carries_weight(readings, columns, number, block)):
        return None
    place = filled[0].source if filled else row[0].source
    return Row(readings, f"{place.part} {block.name} row {number + 1}".replace("  ", " "))


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
        text = first.text
    else:
        text = "".join(
            slot.text.strip() + columns.suffixes.get(slot.column, "") for slot in slots if not slot.blank
        )
    return Reading(
        text=text,
        source=first.source,
        confidence=min(slot.confidence for slot in slots),
        label=label,
        value=first.value if len(slots) == 1 else None,
        picture=any(slot.picture for slot in slots),
        problem=next((slot.problem for slot in slots if slot.problem), ""),
    )


def _ditto(mark: Reading, above: Reading | None) -> Reading:
    """What a ditto mark stands for; one with nothing above it is a doubt, never a value."""
    if above is None:
        return Reading(text=mark.text, source=mark.source, label=mark.label, problem="ditto-without-value")
    return Reading(
        text=above.text,
        source=mark.source,
        confidence=min(mark.confidence, above.confidence),
        label=mark.label,
        value=above.value,
        picture=above.picture,
        problem=above.problem,
    )


def _carries_weight(readings: Mapping[str, Reading], columns: Columns, number: int, block: Block) -> bool:
    """Whether a row with one value of its own is a record begun, not a heading or a remark."""
    required = {item.id for item, _, _ in columns.fields if item.required}
    wide = any(slot.column_span > 2 for slot in block.rows[number] if not slot.blank)
    return not wide and bool(required & readings.keys())


def years_in(texts: Iterator[str] | Sequence[str]) -> set[int]:
    """The years that titles and header lines name (`2026年度收传真登记表`)."""
    return {int(year) for text in texts for year in re.findall(r"(?<!\d)(20\d{2})\s*年(?!\s*\d)", text)}
