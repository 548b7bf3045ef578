"""Lists side by side in one grid: 收文 on the left and 发文 on the right, or one list set in two halves.

Told by the header: labels of a list on both sides, and the first one again, a blank column between, or a
caption over each side. Halves of one list go below each other, the second under its own header; halves of
two lists become blocks of their own. What stands above and belongs to no side belongs to both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from formflow.extraction.labels.index import Forms
from formflow.extraction.labels.labels import LEAST_HEADS, FormLabels, LabelIndex, fold_label
from formflow.extraction.slots import Block, Slot
from formflow.forms.spec import Form

_LOOK = 40
"""Rows in which a header may begin."""
_LEAST_WIDTH = 2 * LEAST_HEADS
_CAPTION_ENDS = re.compile(r"(?:登记|记录|情况|部分|栏|簿|表|册|台账|台帐|明细)+$")


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a grid, or a grid as it was; `form` is the one that its header and caption name, if any."""

    block: Block
    form: Form | None = None
    title: str = ""


def halves(block: Block, known: Forms) -> list[Half]:
    """The lists that stand side by side in a block; the block itself where there is but one."""
    if block.is_line or block.columns < _LEAST_WIDTH:
        return [Half(block)]
    found = _boundary(block, known)
    if found is None:
        return [Half(block)]
    header, at, first, second = found
    left, right = _side(block, header, at, right=False), _side(block, header, at, right=True)
    if first is second and not _differ(block, header, at):
        return halves(_below(left, right, header), known)
    return [
        Half(left, first, _caption(left, header)),
        *(
            replace(half, form=half.form or second, title=half.title or _caption(right, header))
            for half in halves(right, known)
        ),
    ]


def _boundary(block: Block, known: Forms) -> tuple[int, int, Form, Form] | None:
    """Row of the header, first column of the right side, and the forms whose lists the sides are."""
    indices = [index for labels in known.labels.values() if (index := _list_labels(labels)) is not None]
    for number, row in enumerate(block.rows[:_LOOK]):
        if sum(any(index.find(slot.text) for index in indices) for slot in row) < _LEAST_WIDTH:
            continue
        for at in _candidates(block, number):
            if any(slot.column < at < slot.end for slot in _under(block, number)):
                continue
            sides = [slot for slot in row if slot.column < at], [slot for slot in row if slot.column >= at]
            forms = [_named(side, block, number, known) for side in sides]
            first, second = forms
            if (
                first is not None
                and second is not None
                and _repeated(sides, first is second, block, number)
                and not _labels_again(block, number, known, (first, second))
            ):
                return number, at, first, second
    return None


def _repeated(
    sides: tuple[Sequence[Slot], Sequence[Slot]], same_form: bool, block: Block, number: int
) -> bool:
    """Whether the sides repeat labels as two lists do; columns of one list may have a gap between them too."""
    left, right = ({fold_label(slot.text) for slot in side if not slot.blank} for side in sides)
    if same_form:
        return len(left & right) * 2 >= min(len(left), len(right))
    captions = (next(_over(side, block, number), None) for side in sides)
    return bool(left & right) or None not in captions


def _under(block: Block, number: int) -> Iterator[Slot]:
    """The slots of a header and of the rows below that are no remark across the grid."""
    for row in block.rows[number:]:
        if sum(not slot.blank for slot in row) > 1:
            yield from row


def _candidates(block: Block, number: int) -> Iterable[int]:
    """Columns at which a right side may begin."""
    row = [slot for slot in block.rows[number] if not slot.blank]
    begins = fold_label(row[0].text)
    found = [slot.column for slot in row[1:] if fold_label(slot.text) == begins]
    texts = [fold_label(slot.text) for slot in row]
    for before, slot in zip(block.rows[number], block.rows[number][1:], strict=False):
        if before.blank and not slot.blank and _is_gap(block, number, before.column):
            found.append(slot.column)
    if number and len(set(texts)) < len(texts):
        captions = [slot for slot in block.rows[number - 1] if not slot.blank and slot.column_span > 2]
        found += [slot.column for slot in captions[1:]]
    return dict.fromkeys(found)


def _is_gap(block: Block, number: int, column: int) -> bool:
    """Whether a column holds nothing from the header down, whatever is written left and right of it."""
    slots = (block.at(row, column) for row in range(number, len(block.rows)))
    return all(slot is None or slot.blank or slot.column_span >= block.columns - 1 for slot in slots)


def _named(side: Sequence[Slot], block: Block, number: int, known: Forms) -> Form | None:
    """The form that most labels of a side belong to; where two have as many, the one its caption names."""
    filled = [slot for slot in side if not slot.blank]
    counted: dict[str, int] = {}
    for id, labels in known.labels.items():
        index = _list_labels(labels)
        if index is not None:
            counted[id] = len({item.id for slot in filled if (item := index.find(slot.text)) is not None})
    most = max(counted.values(), default=0)
    if most < LEAST_HEADS or most * 2 < len(filled):
        return None
    best = [known.forms[id] for id, count in counted.items() if count == most]
    if len(best) == 1:
        return best[0]
    named = [_by_caption(slot.text, best) for slot in _over(side, block, number)]
    return next((form for form in named if form is not None), None)


def _list_labels(labels: FormLabels) -> LabelIndex | None:
    """The labels that head the columns of a form's list; None for a form that has none."""
    if "log" in labels.form.layouts:
        return labels.fields
    return labels.columns if labels.form.rows_field is not None else None


def _over(side: Sequence[Slot], block: Block, number: int) -> Iterator[Slot]:
    """What stands over a side and not beyond it, the nearest first."""
    begin, end = side[0].column, side[-1].end
    for row in reversed(block.rows[:number]):
        yield from (slot for slot in row if not slot.blank and begin <= slot.column and slot.end <= end)


def _by_caption(text: str, forms: Sequence[Form]) -> Form | None:
    """The one form with a title that holds the caption's own words (`收文` in 传真收文登记表)."""
    words = _CAPTION_ENDS.sub("", fold_label(text))
    if len(words) < 2:
        return None
    named = [form for form in forms if any(words in fold_label(title) for title in form.titles)]
    return named[0] if len(named) == 1 else None


def _labels_again(block: Block, number: int, known: Forms, forms: Sequence[Form]) -> bool:
    """Whether the row below holds labels too: then neither row heads a list."""
    if number + 1 >= len(block.rows):
        return False
    indices = [index for form in forms if (index := _list_labels(known.labels[form.id]))]
    below = [slot for slot in block.rows[number + 1] if not slot.blank]
    return sum(any(index.find(slot.text) for index in indices) for slot in below) * 2 > len(below) > 0


def _differ(block: Block, header: int, at: int) -> bool:
    """Whether the sides have titles of their own, so that they are two papers and not one list."""
    return any(
        {slot.column >= at for slot in row if not slot.blank and slot.column_span > 2} == {True, False}
        for row in block.rows[:header]
    )


def _caption(block: Block, header: int) -> str:
    return next((slot.text for row in block.rows[:header] for slot in row if not slot.blank), "")


def _side(block: Block, header: int, at: int, *, right: bool) -> Block:
    """One side of a block with what stands above for both."""
    rows: list[list[Slot]] = []
    width = block.columns - at if right else at
    for number, row in enumerate(block.rows):
        own = [slot for slot in row if (slot.column >= at) is right]
        if number < header and _is_shared(row, at):
            shared = [slot for slot in row if not slot.blank]
            width = max(width, *(min(slot.end, at) for slot in shared)) if shared else width
            rows.append(shared)
        else:
            rows.append([replace(slot, column=slot.column - at) for slot in own] if right else own)
    for number, row in enumerate(rows):
        rows[number] = [
            replace(slot, column_span=min(slot.column_span, width - slot.column))
            if slot.end > width
            else slot
            for slot in row
            if slot.column < width
        ]
    return _made(block, rows, width, f"{block.name} {'right' if right else 'left'}")


def _is_shared(row: Sequence[Slot], at: int) -> bool:
    """Whether a row above the header belongs to both sides: it does not write on each."""
    filled = [slot for slot in row if not slot.blank]
    return not (any(slot.end <= at for slot in filled) and any(slot.column >= at for slot in filled))


def _below(left: Block, right: Block, header: int) -> Block:
    """Two halves of one list, the right one below the left."""
    offset = len(left.rows)
    lower = [[replace(slot, row=slot.row - header + offset) for slot in row] for row in right.rows[header:]]
    return _made(left, [*left.rows, *lower], max(left.columns, right.columns), left.name)


def _made(block: Block, rows: list[list[Slot]], width: int, name: str) -> Block:
    covering = {
        (row, column): slot
        for line in rows
        for slot in line
        for row in range(slot.row, min(slot.row + slot.row_span, len(rows)))
        for column in range(slot.column, min(slot.end, width))
    }
    return Block(block.part, rows, width, name=name, covering=covering, loose=block.loose)
