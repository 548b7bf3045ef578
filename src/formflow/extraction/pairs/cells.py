"""Labels and values in the cells of a table's row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from formflow.extraction.claims import Claims
from formflow.extraction.labels.labels import LabelIndex, fold_label, is_note
from formflow.extraction.pairs.inline import Pair, pairs_in, starts_with_label
from formflow.extraction.pairs.value_parts import CHOICES, goes_on, is_option
from formflow.extraction.slots import Block, Slot
from formflow.forms.spec import Field, FieldType
from formflow.model import Mark
from formflow.values.choices import is_empty

_LOOKS_LIKE_LABEL = re.compile(
    r"(?:人|员|名称|日期|时间|电话|传真|编号|号|单位|部门|地址|金额|情况|类型|方式|意见)$|[:：]"
)
_LONGEST_CAPTION = 16
_COLON_INSIDE = re.compile(r"[:：]\s*\S")
_SIGNED = frozenset(
    {
        "意见",
        "审批意见",
        "签名",
        "签字",
        "签章",
        "日期",
        "签字日期",
        "签名日期",
        "时间",
        "签名及日期",
        "签字/日期",
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """A value beside its label: the slots it fills and its text without the label."""

    field: Field
    label: str
    text: str
    slots: tuple[Slot, ...]


def pairs_in_row(
    block: Block, number: int, index: LabelIndex, section: str, claims: Claims
) -> Iterator[Found]:
    """The pairs of one row of a table.

    Args:
        section: The heading above, if any; it composes with labels and may give them to somebody else.
        claims: What is a label or a value already; grows.
    """
    row, taken = block.rows[number], claims.taken
    captions = _captions(block, number, index)
    above = [*(caption.text for caption in captions), section]
    labels = _labels(row, captions, above, index)
    for slot in row:
        if id(slot) in labels and id(slot) not in taken:
            claims.label(slot, labels[id(slot)])
    if _is_header(row, labels) and (below := _values_below(block, number, row, labels, index)):
        taken.update(id(slot) for found in below for slot in found.slots)
        for found in below:
            if index.belongs_elsewhere(found.field, above):
                claims.elsewhere(found.slots)
            else:
                claims.value(found.field, found.slots)
                yield found
        return
    passed: set[int] = set()
    for slot in row:
        if id(slot) in taken or id(slot) in passed or slot in captions:
            continue
        label = labels.get(id(slot))
        if label is None:
            yield from _in_cell(slot, index, above, claims)
            continue
        region = _region(block, slot, labels, index)
        if index.belongs_elsewhere(label, above):
            passed.update(map(id, region))
            claims.elsewhere((slot, *region))
            continue
        values = _value_slots(label, region, block)
        if not region and (below_it := _below(block, slot, label, index)):
            values = [below_it]
        if slot.mark and label.type is FieldType.SIGNATURE and not any(map(_filled, values)):
            # Signed beside the printed `签字：`, in the same cell.
            claims.value(label, (slot,))
            yield Found(label, slot.text, "", (slot,))
        elif values:
            taken.update(map(id, values))
            claims.value(label, values)
            yield Found(label, slot.text, _text(label, values), tuple(values))


def _captions(block: Block, row: int, index: LabelIndex) -> list[Slot]:
    """The cells at the left of a row that name a group: no value of their own, a label beside them."""
    captions: list[Slot] = []
    column = 0
    while (slot := block.at(row, column)) is not None and not slot.blank:
        following = block.at(row, slot.end)
        if following is None or len(slot.text) > _LONGEST_CAPTION or _COLON_INSIDE.search(slot.text):
            break
        if not (
            index.find(following.text)
            or index.composed(slot.text, following.text)
            or starts_with_label(following.text, index)
        ):
            break
        taller = slot.row_span > 1 and following.row_span < slot.row_span
        if index.find(slot.text) is not None and not taller:
            break
        captions.append(slot)
        column = slot.end
    return captions


def _labels(
    row: Sequence[Slot], captions: Sequence[Slot], above: Sequence[str], index: LabelIndex
) -> dict[int, Field]:
    """The labels among the slots of a row, by the slot's identity."""
    labels: dict[int, Field] = {}
    options: set[str] = set()
    for slot in row:
        if slot.blank or slot in captions:
            continue
        if slot.text.strip() in options:
            options = set()
            continue  # `方式 | 电话`: an option's text, though it is also a label.
        composed = (index.composed(caption, slot.text) for caption in above if caption)
        if item := next(filter(None, composed), None) or index.find(slot.text):
            labels[id(slot)] = item
            options = {text for texts in item.options.values() for text in texts}
    return labels


def _is_header(row: Sequence[Slot], labels: Mapping[int, Field]) -> bool:
    """Whether labels stand side by side with no room for values between them."""
    known = [id(slot) in labels for slot in row]
    side_by_side = sum(a and b for a, b in pairwise(known))
    return (
        sum(known) >= 2
        and all(is_label or not slot.blank for slot, is_label in zip(row, known, strict=True))
        and side_by_side * 2 >= len(row) - 1
    )


def _values_below(
    block: Block, number: int, row: Sequence[Slot], labels: Mapping[int, Field], index: LabelIndex
) -> list[Found]:
    """The values under a row of labels; empty where what lies below are labels again."""
    found = []
    for slot in row:
        below = block.at(number + slot.row_span, slot.column)
        if below is None or below.column != slot.column or index.find(below.text) is not None:
            return []
        if _ends_as_label(below.text) or starts_with_label(below.text, index):
            return []
        if id(slot) in labels:
            found.append(Found(labels[id(slot)], slot.text, below.text, (below,)))
    return found


def _region(block: Block, slot: Slot, labels: Mapping[int, Field], index: LabelIndex) -> list[Slot]:
    """The cells to the right of a label up to the next label."""
    region: list[Slot] = []
    column = slot.end
    own_row = set(map(id, block.rows[slot.row]))
    while column < block.columns:
        following = block.at(slot.row, column)
        if following is None:
            column += 1
            continue
        known = id(following) in labels or (
            id(following) not in own_row and index.find(following.text) is not None
        )
        if known or starts_with_label(following.text, index):
            break
        region.append(following)
        column = following.end
    return region


def _value_slots(label: Field, region: list[Slot], block: Block) -> list[Slot]:
    """The cells of the region that are the value: the first, and what can only be a part of it."""
    if not region:
        return []
    if region[0].blank and not region[0].mark and (only := _across_blanks(region, block)):
        return [only]
    if label.type is not FieldType.SIGNATURE and _ends_as_label(region[0].text):
        return []
    values = [region[0]]
    if label.type is FieldType.SIGNATURE and (signed := _signed_columns(region, block)):
        return signed
    for previous, slot in pairwise(region):
        if not goes_on(label, previous.text, slot.text):
            break
        values.append(slot)
    while label.type not in CHOICES and len(values) > 1 and not _filled(values[-1]):
        values.pop()
    return values


def _signed_columns(region: Sequence[Slot], block: Block) -> list[Slot]:
    """The cells under 意见 | 签名 | 日期, where a table of signatures has such a header."""
    signed = []
    for slot in region:
        above = slot
        while above.row > 0 and (higher := block.at(above.row - 1, slot.column)) is not None:
            above = higher
            if fold_label(above.text) in _SIGNED:
                signed.append(slot)
                break
    return signed if len(signed) > 1 else []


def is_signing_head(text: str) -> bool:
    """Whether a text heads a column of a table of signatures: 意见, 签名, 日期."""
    return fold_label(text) in _SIGNED


def _across_blanks(region: Sequence[Slot], block: Block) -> Slot | None:
    """The one value of the region in a grid that lost its merged cells, as a CSV file has."""
    if not block.loose:
        return None
    filled = [slot for slot in region if not slot.blank]
    return filled[0] if len(filled) == 1 and not _LOOKS_LIKE_LABEL.search(filled[0].text.strip()) else None


def _below(block: Block, slot: Slot, label: Field, index: LabelIndex) -> Slot | None:
    """The cell under a label that has nothing to its right, if it is as wide and is no label."""
    below = block.at(slot.row + slot.row_span, slot.column)
    if below is None or below.column != slot.column or below.column_span != slot.column_span:
        return None
    if is_option(label, below.text):
        return below
    if index.find(below.text) is not None or starts_with_label(below.text, index) or is_note(below.text):
        return None
    if _ends_as_label(below.text):
        return None
    if slot.text.rstrip().endswith((":", "：")) and _holds_values_inside(block, index):
        return None
    beside = block.at(below.row, below.end)
    if beside is not None and (index.find(beside.text) or starts_with_label(beside.text, index)):
        return None  # It captions the labels beside it.
    return below


def _filled(slot: Slot) -> bool:
    return bool(slot.mark) or not slot.blank


def _ends_as_label(text: str) -> bool:
    """Whether a text is somebody's label, though none of the form's: short, with nothing behind its colon."""
    text = text.strip()
    return text.endswith((":", "：")) and len(text) <= _LONGEST_CAPTION


def _holds_values_inside(block: Block, index: LabelIndex) -> bool:
    """Whether cells of the table hold `label：value`, so that `label：` alone is a blank; lines across it do not count."""
    for slot in block.slots():
        if slot.column_span >= block.columns:
            continue
        match = index.pattern.match(slot.text)
        if match and slot.text[match.end() :].strip():
            return True
    return False


def _in_cell(slot: Slot, index: LabelIndex, above: Sequence[str], claims: Claims) -> Iterator[Found]:
    if slot.blank:
        return
    pairs = pairs_in(slot.text, index, slot.underlined)
    for pair in pairs:
        if pair.field is None:
            continue
        if index.belongs_elsewhere(pair.field, above):
            claims.elsewhere((slot,))
        else:
            claims.value(pair.field, (slot,), (pair.start, pair.end))
            yield Found(pair.field, pair.label, pair.text, (signed_by(pair, pairs, slot),))


def signed_by(pair: Pair, pairs: Sequence[Pair], slot: Slot) -> Slot:
    """The slot of a pair without its picture, where that is another pair's signature.

    One picture under several signatures is theirs who wrote beside it, not of the blank ones.
    """
    if not slot.mark or not is_empty(pair.text):
        return slot
    others = [p for p in pairs if p is not pair and p.field and p.field.type is FieldType.SIGNATURE]
    return replace(slot, mark=Mark.NONE, origin=slot.itself) if others else slot


def _text(label: Field, values: Sequence[Slot]) -> str:
    if len(values) == 1:
        return values[0].text
    separator = "  " if label.type in CHOICES else " "
    return separator.join(value.text.strip() for value in values if not value.blank)
