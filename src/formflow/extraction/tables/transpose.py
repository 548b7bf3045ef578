"""A list whose labels stand down the left side and whose entries are columns, turned upright."""

from __future__ import annotations

from dataclasses import replace

from formflow.extraction.labels.labels import LabelIndex
from formflow.extraction.slots import Block, Slot

_LEAST_LABELS = 3


def upright(block: Block, index: LabelIndex) -> tuple[Block, list[Block]] | None:
    """The block with its columns as rows under a header of labels, and the rows that are no part of it.

    Returns None where the block has no such list: at least three different labels below each other in
    one column, each with the same number of cells to its right.
    """
    if block.is_line:
        return None
    found = _labelled_rows(block, index)
    if found is None:
        return None
    first, last, labels = found
    entries = [_values(block, slot) for slot in labels]
    count = max(map(len, entries))
    if count == 0 or any(len(values) != count for values in entries):
        return None
    if any(index.find(slot.text) is not None for values in entries for slot in values):
        return None  # Labels and values side by side: a card, not a column an entry.
    rows: list[list[Slot]] = [[_at(slot, 0, column) for column, slot in enumerate(labels)]]
    rows += [[_at(values[n], n + 1, column) for column, values in enumerate(entries)] for n in range(count)]
    covering = {(slot.row, slot.column): slot for row in rows for slot in row}
    made = Block(block.part, rows, len(labels), name=block.name, covering=covering)
    # The row above may head the entries (第一家 | 第二家); it holds no label and is passed over later.
    rest = [block.cut(0, first), block.cut(last + 1, len(block.rows))]
    return made, rest


def _labelled_rows(block: Block, index: LabelIndex) -> tuple[int, int, list[Slot]] | None:
    """First row, last row and labels of the longest run of different labels below each other."""
    best: tuple[int, int, list[Slot]] | None = None
    for column in range(min(block.columns, 3)):
        run: list[Slot] = []
        fields: set[str] = set()
        for number in range(len(block.rows) + 1):
            slot = block.at(number, column)
            item = index.find(slot.text) if slot is not None and slot.column == column else None
            if slot is not None and item is not None and item.id not in fields and slot.row == number:
                run.append(slot)
                fields.add(item.id)
                continue
            if len(run) >= _LEAST_LABELS and (best is None or len(run) > len(best[2])):
                best = (run[0].row, run[-1].row, run)
            run, fields = [], set()
    return best


def _values(block: Block, label: Slot) -> list[Slot]:
    values: list[Slot] = []
    column = label.end
    while column < block.columns:
        slot = block.at(label.row, column)
        if slot is None:
            column += 1
            continue
        values.append(slot)
        column = slot.end
    return values


def _at(slot: Slot, row: int, column: int) -> Slot:
    return replace(slot, row=row, column=column, row_span=1, column_span=1, origin=slot.itself)
