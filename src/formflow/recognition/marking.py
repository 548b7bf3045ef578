"""Checkboxes in recognised text: each drawn box becomes ☐ or ☑ where it stands, or a doubt.

A square is a box where the recogniser, shown the square alone, says so, or where its cell holds one that is:
a 口 or a 国 in a word is neither. The words between the boxes are recognised again without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from formflow.recognition.engine import Spelled
from formflow.recognition.grid import Area
from formflow.recognition.lines import Piece
from formflow.recognition.raster import Pixels
from formflow.recognition.ticks import Box

EMPTY_BOXES, FULL_BOXES = "□☐▢囗", "☑☒■▣◪"
_PERHAPS = "口ロ囗0OoDQ"
_READ_WELL = 0.85
_LEAST_SHARE, _MOST_SHARE = 0.5, 1.7
"""Sizes of two boxes of one group against each other: a ticked one is often of another font."""
_TWIN = 0.12


@dataclass(frozen=True, slots=True)
class Mark:
    """A box that is one: where it stands, whether it is ticked, whether that is clear."""

    box: Box
    ticked: bool
    clear: bool


def candidates(pieces: Sequence[Piece], boxes: Sequence[Box], ink: Pixels) -> list[Box]:
    """Squares that stand in a row of text by themselves, with nothing above or below them in the row."""
    found = []
    for piece in pieces:
        for box in boxes:
            x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            inside = piece.area[0] - 2 <= x <= piece.area[2] + 2 and piece.area[1] <= y <= piece.area[3]
            if inside and box not in found and _stands_alone(box, piece.area, ink):
                found.append(box)
    return found


def _stands_alone(box: Box, row: Area, ink: Pixels) -> bool:
    above = ink[row[1] : box.top - 2, box.left + 2 : box.right - 2]
    below = ink[box.bottom + 2 : row[3], box.left + 2 : box.right - 2]
    # A tick that reaches out of its box is one blot with it.
    clear_above = box.blot[1] < box.top - 2 or not above.size or not above.any()
    clear_below = box.blot[3] > box.bottom + 2 or not below.size or not below.any()
    before = ink[box.top + 2 : box.bottom - 2, max(box.left - 3, 0) : max(box.left - 1, 0)]
    return clear_above and clear_below and not (before.size and before.any())


def marks_of(area: Sequence[Box], read: Mapping[Box, Spelled], text: str) -> list[Mark]:
    """Which of the squares of one cell or line are boxes, with their state.

    Args:
        area: The squares of the cell or line.
        read: What the recogniser says of each square shown alone.
        text: What it says of the whole.
    """
    sure = [box for box in area if read[box].text.strip() in (*EMPTY_BOXES, *FULL_BOXES)]
    maybe = [box for box in area if box not in sure and not _is_character(read[box], text)]
    if not sure:
        hollow = [box for box in maybe if box.ticked is False and read[box].text.strip() in (*_PERHAPS,)]
        sure = [box for box in hollow if any(_twins(box, other) for other in hollow if other is not box)]
    if not sure:
        return []
    size = float(np.median([box.right - box.left for box in sure]))
    chosen = [
        box
        for box in area
        if box in sure or (box in maybe and _LEAST_SHARE <= (box.right - box.left) / size <= _MOST_SHARE)
    ]
    return [_mark(box, read[box].text.strip()) for box in chosen]


def _is_character(spelled: Spelled, text: str) -> bool:
    """Whether a square is a character of its line: read as the same alone and among the others."""
    alone = spelled.text.strip()
    if not alone or all(character in _PERHAPS for character in alone):
        return False
    return spelled.mean >= _READ_WELL and alone in text


def _twins(a: Box, b: Box) -> bool:
    first, second = a.right - a.left, b.right - b.left
    return abs(first - second) <= _TWIN * max(first, second) + 1


def _mark(box: Box, text: str) -> Mark:
    if box.ticked is None:
        return Mark(box, True, clear=False)
    # The outline and the model must not say the opposite of each other.
    opposed = text in (*FULL_BOXES,) if not box.ticked else text in (*EMPTY_BOXES,)
    return Mark(box, box.ticked, clear=not opposed)


def between(piece: Piece, marks: Sequence[Mark]) -> list[Piece | Mark]:
    """A piece of text cut at its boxes, in order; the parts are yet to be recognised."""
    left, top, right, bottom = piece.area
    parts: list[Piece | Mark] = []
    at = left
    for mark in sorted(marks, key=lambda mark: mark.box.left):
        if mark.box.left - at > 3:
            parts.append(Piece((at, top, mark.box.left - 1, bottom)))
        parts.append(mark)
        width = mark.box.right - mark.box.left
        # A tick reaches out of its box a little; what is wider is the next character grown together with it.
        alone = mark.box.blot[2] - mark.box.blot[0] <= 1.6 * width
        at = max(mark.box.right, mark.box.blot[2] if alone else 0) + 1
    if right - at > 3:
        parts.append(Piece((at, top, right, bottom)))
    return parts
