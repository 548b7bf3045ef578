"""The header of a table whose rows are entries: which column holds which field.

Headers of one or two levels, the parts of a date set in columns of their own, unknown columns between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from formflow.extraction.labels.labels import LabelIndex, fold_label
from formflow.extraction.slots import Block, Slot
from formflow.forms.spec import Field

_SAME_HEADER = 0.75
"""Share of a header's columns that stand where another's do, if it is the same again."""
_UNITS = {"年": "年", "月": "月", "日": "日", "时": "时", "分": "分", "号": "日"}


@dataclass(slots=True)
class Columns:
    """Which columns hold which field: a field may lie in several (年 | 月 | 日).

    Attributes:
        fields: Field, its columns and its label, in the order of the columns.
        suffixes: Column → what its part of a date is (`年`).
        heading: The texts of the header's first row, by which it is known again.
        above: The texts of the row above it, captions of groups perhaps, known again likewise.
        captions: Column → its heading's text, for the columns that hold no field.
    """

    fields: list[tuple[Field, tuple[int, ...], str]] = field(default_factory=list)
    suffixes: dict[int, str] = field(default_factory=dict)
    width: int = 0
    heading: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    captions: dict[int, str] = field(default_factory=dict)

    def names(self) -> list[str]:
        """Ids of the fields in the order of their columns."""
        return [item.id for item, _, _ in self.fields]


def header_at(
    block: Block, number: int, index: LabelIndex, current: Columns | None
) -> tuple[Columns, int] | None:
    """The columns named by the row, or by it and the next, and how many rows the header takes.

    Where a header is known already, the row above a repeated one is a row of values: only a row that
    reads as the first header's first row may begin one of two levels again.
    """
    row = block.rows[number]
    if current is not None and not reads(row, current.heading) and not is_labelled(row, index):
        return None  # A row of values, as nearly all rows are.
    heading = texts_of(row)
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
    columns.above = texts_of(block.rows[number - 1]) if number else ()
    if current is not None and current.width == columns.width:
        _keep_lost(columns, current, block, number + depth - 1)
    own = {column for _, spread, _ in columns.fields for column in spread}
    for column in range(block.columns):
        if column not in own:
            slot = block.at(number + depth - 1, column)
            columns.captions[column] = slot.text.strip() if slot is not None else ""
    return columns, depth


def _keep_lost(columns: Columns, before: Columns, block: Block, number: int) -> None:
    """Add the columns that a repeated header no longer names: 序号 and 备注 in one cell, after a ruling was lost.

    Where something else is named in its place, the column is that one's.
    """
    places = {item.id: spread for item, spread, _ in before.fields}
    same = sum(places.get(item.id) == spread for item, spread, _ in columns.fields)
    if same < _SAME_HEADER * len(columns.fields):
        return
    named, taken = set(columns.names()), {column for _, spread, _ in columns.fields for column in spread}
    lost = [
        (item, spread, label)
        for item, spread, label in before.fields
        if item.id not in named and taken.isdisjoint(spread) and _may_name(block.at(number, spread[0]), label)
    ]
    columns.fields = sorted([*columns.fields, *lost], key=lambda one: one[1])
    columns.suffixes |= {
        column: before.suffixes[column] for one in lost for column in one[1] if column in before.suffixes
    }


def _may_name(slot: Slot | None, label: str) -> bool:
    """Whether a header's cell is blank or holds a label among other words."""
    return slot is None or slot.blank or fold_label(label) in fold_label(slot.text)


def is_labelled(row: Sequence[Slot], index: LabelIndex) -> bool:
    """Whether a row holds as many labels as make a header."""
    known = 0
    for slot in row:
        if slot.value is None and slot.text and index.find(slot.text) is not None:
            known += 1
            if known == index.least:
                return True
    return False


def texts_of(row: Sequence[Slot]) -> tuple[str, ...]:
    """The texts of a row's filled slots."""
    return tuple(slot.text.strip() for slot in row if not slot.blank)


def reads(row: Sequence[Slot], texts: Sequence[str]) -> bool:
    """Whether the filled slots of a row hold just these texts; nearly always told by the first."""
    filled = (slot.text.strip() for slot in row if not slot.blank)
    return all(a == b for a, b in zip_longest(filled, texts))


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
    if len(columns.fields) < index.least:
        return None
    side_by_side = sum(a and b for a, b in pairwise(labelled))
    return columns if side_by_side >= index.least - 1 or _heads_values(block, number, depth, index) else None


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
