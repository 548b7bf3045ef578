"""Labels and values of a filled form: to the right, below, in the same cell, on lines outside tables.

The place of a value is decided by the shape of the row, never by what the value looks like: a cell is
a label if its whole text is one, and a value belongs to the nearest label that has room for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from formflow.extraction.claims import Claims, Span
from formflow.extraction.labels.labels import LabelIndex, is_note
from formflow.extraction.pairs.cells import Found, pairs_in_row, signed_by
from formflow.extraction.pairs.inline import Pair, own_line, pairs_in
from formflow.extraction.slots import Block, Slot, unwrap
from formflow.forms.spec import Field, FieldType

_SENTENCE = re.compile(r"[。；;，,、！!？?]")
_NUMBERED = re.compile(
    r"^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．](?!\d)|第[一二三四五六七八九十\d]+[部章节])\s*"
)
_LONGEST_HEADING = 16
_HEADING_ENDS = ("情况", "信息", "意见", "部分", "栏", "记录", "附件", "资料", "联系人", "内容")
_PAGE_FOOT = re.compile(r"^[\s\-—]*(?:第\s*\d+\s*页|page\s*\d+|\d+\s*/\s*\d+|共\s*\d+\s*页)", re.IGNORECASE)
_SIGNED = re.compile(r"[\s\u3000]*(?:签[字名章]|日\s*期|盖\s*章|同意)")
_BARE_DAY = re.compile(
    r"[0-9０-９〇○零一二三四五六七八九十]{0,4}\s*[年./\-．]\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[月./\-．]\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[日号]?"
)
_BOX = re.compile(r"\s*(?:[□☐☑☒■√✓✔○●◯◉✗×]|[(（\[【]\s*[√xX✓]?\s*[)）\]】])\s*")
_ANY_LABEL = re.compile(r"[\s\u3000]*[\u3400-\u9fff]{2,8}[\s\u3000]*[:：]")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A row of a block; `line` is its slot where it holds nothing else: a line, or a cell across a table."""

    block: Block
    row: int
    line: Slot | None


def find_pairs(blocks: Sequence[Block], index: LabelIndex, claims: Claims | None = None) -> list[Found]:
    """Every pair in the blocks, in reading order; one field may come more than once.

    Args:
        claims: Is told which text is a label and which a value.
    """
    return _parted(list(_pairs(blocks, index, claims or Claims())), index)


def _pairs(blocks: Sequence[Block], index: LabelIndex, claims: Claims) -> Iterator[Found]:
    units = [unit for block in blocks for unit in _units(block)]
    taken = claims.taken
    section, part = "", ""
    for position, unit in enumerate(units):
        if unit.block.part != part and not unit.block.part.startswith("page"):
            section, part = "", unit.block.part
        if unit.line is None:
            yield from pairs_in_row(unit.block, unit.row, index, section, claims)
            continue
        if id(unit.line) in taken:
            continue
        found, spans = _in_line(units, position, index, taken)
        if not found and (is_heading(unit.line.text) or index.find(unit.line.text)):
            section = _NUMBERED.sub("", unit.line.text.strip())
        for pair, span in zip(found, spans, strict=True):
            if index.belongs_elsewhere(pair.field, (section,)):
                claims.elsewhere(pair.slots)
            else:
                claims.value(
                    pair.field, (unit.line, *(s for s in pair.slots if s.itself is not unit.line)), span
                )
                yield pair


def _parted(found: Sequence[Found], index: LabelIndex) -> list[Found]:
    """The pairs, those apart whose value goes on with the labels of fields that stand nowhere else.

    So signatures follow an opinion in its cell: `同意。` and below it `部门经理签字：李明`. Where the field has a label of
    its own, the words are the value's.
    """
    named = {pair.field.id for pair in found}
    parted: list[Found] = []
    for pair in found:
        inner = _inner(pair, index, named)
        if not inner:
            parted.append(pair)
            continue
        parted.append(replace(pair, text=pair.text[: inner[0].start].strip()))
        parted.extend(Found(own.field, own.label, own.text, pair.slots) for own in inner if own.field)
    return parted


def _inner(pair: Found, index: LabelIndex, named: AbstractSet[str]) -> list[Pair]:
    """The labels with their values that a value goes on with, each at the beginning of a line or behind a wide gap."""
    text = pair.text
    if len(pair.slots) != 1 or pair.field.options or not (":" in text or "：" in text) or is_note(text):
        return []
    inner = [own for own in pairs_in(text, index) if own.field is not None]
    apart = all(own.start > 0 and not own_line(text[: own.start]).strip() for own in inner)
    return inner if apart and named.isdisjoint(own.field.id for own in inner if own.field) else []


def is_heading(text: str) -> bool:
    """Whether a line by itself names what follows: short, no sentence, no colon."""
    text = text.strip()
    bare = _NUMBERED.sub("", text).rstrip(":：")
    if not bare or len(text) > _LONGEST_HEADING or _SENTENCE.search(bare) or ":" in bare or "：" in bare:
        return False
    return bool(_NUMBERED.match(text)) or bare.endswith(_HEADING_ENDS)


def is_page_foot(text: str) -> bool:
    """Whether a text begins as the number of a page does."""
    return bool(_PAGE_FOOT.match(text))


def _units(block: Block) -> Iterator[_Unit]:
    for number, row in enumerate(block.rows):
        if not row:
            continue
        alone = row[0] if len(row) == 1 else None
        if alone is not None and not block.is_line and alone.column_span < block.columns:
            alone = None
        yield _Unit(block, number, alone)


# --- Lines ------------------------------------------------------------------------------------


def _in_line(
    units: Sequence[_Unit], position: int, index: LabelIndex, taken: set[int]
) -> tuple[list[Found], list[Span]]:
    """The pairs of a line with the lines below that go on with them, and where in the line each stands."""
    slot = units[position].line
    assert slot is not None  # noqa: S101 - the caller has looked
    if slot.blank or is_note(slot.text):
        return [], []
    pairs: Sequence[Pair] = pairs_in(slot.text, index, slot.underlined)
    if not pairs and (item := index.find(slot.text)):
        pairs = (Pair(item, slot.text, "", 0, len(slot.text)),)
    found: list[Found] = []
    spans: list[Span] = []
    for number, pair in enumerate(pairs):
        if pair.field is None:
            continue
        text: str = pair.text
        slots: tuple[Slot, ...] = (slot,)
        if number == len(pairs) - 1:
            if not text and number:
                pass  # A blank behind another pair: what stands below is not its own.
            elif pair.field.type is FieldType.TEXT:
                text, slots = _run_on(units, position, text, index)
            elif pair.field.type is FieldType.SIGNATURE and text:
                text, slots = _signed_below(units, position, text, index)
            elif not text and not units[position].block.is_line:
                text, slots = _next_line(units, position, pair.field, index)
            if pair.field.options and text:
                text, slots = _more_options(units, position, text, slots, pair.field)
        signed = any(other.mark for other in slots)
        if (
            not text
            and not signed
            and pair.label == slot.text
            and not slot.text.rstrip().endswith((":", "："))
        ):
            continue  # A label alone with nothing under it is a heading: `投诉情况` over its group.
        taken.update(id(other) for other in slots if other is not slot)
        if slots == (slot,):
            slots = (signed_by(pair, pairs, slot),)
        found.append(Found(pair.field, pair.label, text, slots))
        spans.append((pair.start, pair.end))
    return found, spans


def _next_line(
    units: Sequence[_Unit], position: int, item: Field, index: LabelIndex
) -> tuple[str, tuple[Slot, ...]]:
    """The value in the row under a label that fills a table's row."""
    unit = units[position]
    assert unit.line is not None  # noqa: S101 - the caller has looked
    following = units[position + 1] if position + 1 < len(units) else None
    if following is None or following.line is None or following.block is not unit.block:
        return "", (unit.line,)
    below = following.line
    if item.options and sum(text in below.text for texts in item.options.values() for text in texts[:1]) > 1:
        return below.text, (below,)
    labelled = _ANY_LABEL.match(below.text) and not _SIGNED.match(below.text)
    if (
        labelled
        or is_note(below.text)
        or is_heading(below.text)
        or index.find(below.text)
        or pairs_in(below.text, index)
    ):
        return "", (unit.line,)
    return below.text, (below,)


def _more_options(
    units: Sequence[_Unit], position: int, text: str, slots: tuple[Slot, ...], item: Field
) -> tuple[str, tuple[Slot, ...]]:
    """A choice whose options stand one a line: with the lines below that hold another box and option."""
    options = [option for texts in item.options.values() for option in texts]
    lines, held = [text], list(slots)
    for unit in units[position + 1 :]:
        slot = unit.line
        if slot in slots:
            continue
        if slot is None:
            break
        box = _BOX.match(slot.text)
        # Where only the chosen option bears a mark, the others stand alone in their lines.
        held_option = (
            slot.text[box.end() :].startswith(tuple(options)) if box else slot.text.strip() in options
        )
        if not held_option:
            break
        lines.append(slot.text.strip())
        held.append(slot)
    return "\n".join(lines), tuple(held)


def _signed_below(
    units: Sequence[_Unit], position: int, text: str, index: LabelIndex
) -> tuple[str, tuple[Slot, ...]]:
    """A signature with the lines below that belong to it: its name, its day."""
    first = units[position].line
    assert first is not None  # noqa: S101 - the caller has looked
    slots, lines = [first], [text]
    for unit in units[position + 1 : position + 4]:
        slot = unit.line
        if slot is None or index.find(slot.text) or pairs_in(slot.text, index, slot.underlined):
            break
        if not (_SIGNED.match(slot.text) or _BARE_DAY.fullmatch(slot.text.strip())):
            break
        lines.append(slot.text.strip())
        slots.append(slot)
    return "\n".join(lines), tuple(slots)


def _run_on(
    units: Sequence[_Unit], position: int, text: str, index: LabelIndex
) -> tuple[str, tuple[Slot, ...]]:
    """A text with the lines below that go on with it: up to the next label, note, heading or wide gap."""
    first = units[position].line
    assert first is not None  # noqa: S101 - the caller has looked
    slots = [first]
    lines = [text] if text else []
    for place in range(position + 1, len(units)):
        slot = units[place].line
        if units[place].block.is_line is not units[position].block.is_line:
            break  # A line does not go on in a table, nor a table's row below it.
        if slot is None or _ends_text(slot, index) or _far_below(slots[-1], slot) or slot.blank:
            break
        short = len(slot.text.strip()) <= _LONGEST_HEADING and not _SENTENCE.search(
            _NUMBERED.sub("", slot.text)
        )
        if short and (lines or _is_caption(units, position, place, index)):
            break
        lines.append(slot.text.strip())
        slots.append(slot)
    if len(slots) == 1:
        return text, (first,)
    whole = "\n".join(lines)
    return (unwrap(whole) if first.paged else whole), tuple(slots)


def _drawn(text: str) -> bool:
    """Whether a line ends in room to write in, which nobody has used."""
    return text.endswith(("  ", "\u3000", "__", "\t"))


def _is_caption(units: Sequence[_Unit], label: int, place: int, index: LabelIndex) -> bool:
    """Whether the short line below a blank label is a caption over labels rather than the label's text.

    So it is where labels come next and the blank was drawn to be written in, or where they come in a table.
    """
    if place + 1 >= len(units):
        return False
    first, following = units[label].line, units[place + 1]
    drawn = first is not None and _drawn(first.text)
    return (drawn or (following.block is not units[place].block and not following.block.is_line)) and any(
        index.find(slot.text) or pairs_in(slot.text, index, slot.underlined)
        for slot in following.block.rows[following.row]
    )


def _ends_text(slot: Slot, index: LabelIndex) -> bool:
    return bool(
        is_note(slot.text)
        or is_heading(slot.text)
        or is_page_foot(slot.text)
        or _ANY_LABEL.match(slot.text)
        or index.find(slot.text)
        or pairs_in(slot.text, index, slot.underlined)
    )


def _far_below(upper: Slot, lower: Slot) -> bool:
    above, below = upper.source.box, lower.source.box
    if above is None or below is None:
        return upper.source.part != lower.source.part
    return below[1] - above[3] > 1.2 * (above[3] - above[1])
