"""The lines of a cell to its text: what only the cell's width broke goes on in the same line.

Nothing tells a wrapped line from one that somebody ended but the room that was left on it: a program breaks a line
where the next piece that it keeps together does not fit any more. So the room is measured, within the padding of
the cell and for the way its lines are aligned, and compared with that piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from formflow.model import Box
from formflow.readers.pdf.lines import Item, TextLine, is_chinese, render
from formflow.values.folding import narrow

_BOXES = frozenset("□■☐☑☒○●◯")
_NEVER_LAST = frozenset("（《〈「『【〔“‘([{")
_NEVER_FIRST = frozenset("，。、；：！？）》〉」』】〕”’…,.;:!?)]}")
_HYPHENED = re.compile(r"[0-9]-[0-9]+$")
"""Figures after a hyphen: were they broken because they go on, it would have been after the hyphen."""
_DIGITS_ALONE = re.compile(r"\s*\d[\d.,]{0,15}\s*|\s*[.,]\d+\s*")
_SAME_GAP = 1.0
"""Points that the white left and right of a centred line may differ."""
_ENOUGH = 6
"""Cells that tell the padding of their table."""


def usual_padding(gaps: Iterable[float]) -> float | None:
    """The padding of a table's cells; None where too few cells tell.

    Args:
        gaps: Of each cell, the white between its left edge and its foremost glyph, in points.
    """
    known = sorted(gap for gap in gaps if gap >= 0)
    # Text that is centred or indented begins further in; one that begins further out is an odd one.
    return known[max(1, len(known) // 20)] if len(known) >= _ENOUGH else None


def broken_numbers(lines: Sequence[TextLine]) -> set[int]:
    """The lines outside tables, by `id`, that end in a number below which, from their own left, digits alone go on.

    Without rulings nothing tells how wide a column is: 1370 above 0.00 may be one amount.
    """
    rests = [line for line in lines if _DIGITS_ALONE.fullmatch(narrow(render(line.items)))]
    return {
        id(line)
        for line in lines
        for rest in rests
        if _ends_in_digits(line) and _is_just_below(rest.box, line.box)
    }


def _ends_in_digits(line: TextLine) -> bool:
    text = narrow(render(line.items)).rstrip()
    return bool(text) and (text[-1].isdigit() or text[-1] in ".,")


def _is_just_below(rest: Box, line: Box) -> bool:
    high = line[3] - line[1]
    return abs(rest[0] - line[0]) <= high and -0.3 * high <= rest[1] - line[3] <= 0.6 * high


def join_lines(lines: Sequence[TextLine], left: float, right: float, padding: float | None = None) -> str:
    """The lines of a cell, one below the other; a line that only wrapped goes on in the same line.

    Args:
        lines: From top to bottom.
        left: Left edge of the cell in points.
        right: Its right edge.
        padding: What the cells of this table keep free at either side, at most; None where that is not known.
    """
    lines = [line for line in lines if any(item.text.strip() for item in line.items)]
    if not lines:
        return ""
    text = render(lines[0].items)
    if len(lines) == 1:
        return text
    inside = _Inside.of(lines, left, right, padding)
    rooms = [inside.room(line) for line in lines]
    for number, (before, line) in enumerate(pairwise(lines), start=1):
        more = render(line.items)
        room = rooms[number - 1]
        if not _is_full(before, lines[number:], room, rooms[number:]):
            joint = "\n"
        elif before.items[-1].text.isspace() or more[0] in _BOXES:
            joint = " "
        elif text[-1] in "-/" or _is_broken(before, line, room):
            joint = ""
        else:
            joint = "" if is_chinese(text[-1]) or is_chinese(more[0]) else " "
        text = f"{text}{joint}{more}"
    return text


@dataclass(frozen=True, slots=True)
class _Inside:
    """The inner edges of a cell in points, and whether its lines begin at the left one."""

    left: float
    right: float
    flush_left: bool

    @classmethod
    def of(cls, lines: Sequence[TextLine], left: float, right: float, padding: float | None) -> _Inside:
        gaps = [(line.first.x0 - left, right - line.last.x1) for line in lines]
        # What is kept free at the left is kept free at the right.
        margin = max(min(gap for gap, _ in gaps), 0.0)
        if padding is not None:
            margin = min(margin, padding)
        centred = all(abs(before - after) <= _SAME_GAP for before, after in gaps)
        # The last line of a paragraph that is not set to the right ends anywhere, and begins at the left.
        to_right = all(after <= margin + _SAME_GAP for _, after in gaps) and (
            gaps[-1][0] > margin + lines[-1].first.size
        )
        return cls(left + margin, right - margin, not (centred or to_right))

    def room(self, line: TextLine) -> float:
        """What a line left free, in points."""
        after = self.right - line.last.x1
        return after if self.flush_left else after + line.first.x0 - self.left


def _is_broken(line: TextLine, following: TextLine, room: float) -> bool:
    """Whether a word longer than the cell was broken: nothing else on the line, no room for one glyph more."""
    last, first = line.items[-1], following.items[0]
    if not (last.text.isascii() and first.text.isascii()):
        return False
    whole = all(item.text.isascii() and not item.text.isspace() for item in line.items)
    figures = last.text.isdigit() and first.text.isdigit()
    if figures and _HYPHENED.search("".join(item.text for item in line.items)):
        return False
    return (whole or figures) and room < (first.x1 - first.x0) + 0.1 * first.size


def _is_full(line: TextLine, following: Sequence[TextLine], room: float, rooms: Sequence[float]) -> bool:
    """Whether the line broke because what follows had no room: the next glyph, or the whole next word."""
    last, first = line.items[-1], following[0].items[0]
    if last.field or first.field or not (last.upright and first.upright):
        return False
    return room < _kept_together(following, rooms) + 0.25 * first.size


def _kept_together(lines: Sequence[TextLine], rooms: Sequence[float]) -> float:
    """The width of what a program keeps together at the beginning of some lines, in points.

    It may be longer than a line by itself, as 〔2026〕 in a narrow column; `rooms` are what the lines left free.
    """
    width = 0.0
    for number, line in enumerate(lines):
        if line.first.field:
            break
        end = line.items[0].x1
        whole = True
        for previous, item in pairwise(line.items):
            if _may_part(previous, item):
                whole = False
                break
            end = item.x1
        width += end - line.items[0].x0
        if not whole:
            break
        opens = line.items[-1].text[-1] in _NEVER_LAST
        if number + 1 == len(lines):
            # What it opens is not there: the page ended, and the rest is on the next.
            return inf if opens else width
        more = lines[number + 1]
        if not (opens or more.items[0].text[0] in _NEVER_FIRST or _is_broken(line, more, rooms[number])):
            break
    return width


def _may_part(previous: Item, item: Item) -> bool:
    """Whether a line may end between two glyphs."""
    word = not (is_chinese(previous.text[-1]) or is_chinese(item.text[0]) or item.text.isspace())
    # 〔2026〕7号 is broken after its bracket by no program, nor 3、0755 after its comma.
    number = item.text[0].isdigit() and previous.text[-1] in _NEVER_FIRST
    return not (word or number or item.text[0] in _NEVER_FIRST or previous.text[-1] in _NEVER_LAST)
