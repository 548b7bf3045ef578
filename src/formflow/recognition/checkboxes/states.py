"""Checkboxes in recognised text: each drawn box becomes ☐ or ☑ at its place, or a doubt.

A square is a box if the recogniser, shown the square alone, says so, or if another square of its cell is one; a 口 or a
国 in a word is neither. The words between the boxes are recognised again without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from formflow.recognition.checkboxes.outlines import Box
from formflow.recognition.checkboxes.parameters import CHECKBOXES
from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.pieces import Piece
from formflow.recognition.raster import Pixels
from formflow.recognition.rulings.grid import Area

EMPTY_BOXES, FULL_BOXES = "□☐▢囗", "☑☒⊠■▣◪●◉⊙"
_ROUND = "○◯〇0OoQ。"
_PERHAPS = f"口ロ囗D{_ROUND}"
_NUMERALS = frozenset("0123456789０〇○一二三四五六七八九十零年月日")
_LIKE_A_BOX = frozenset(f"{EMPTY_BOXES}{FULL_BOXES}{_PERHAPS}回国图区因四团囚困固圆凶田四日目曰贝见")
"""Signs that a box, with or without a tick in it, is read as."""
_OPEN, _CLOSED = frozenset("(（[【〔"), frozenset(")）]】〕")


@dataclass(frozen=True, slots=True)
class Tick:
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


def free_squares(squares: Sequence[Box], pieces: Sequence[Piece]) -> list[Box]:
    """Squares that do not belong to a recognised character."""
    return [box for box in squares if not any(_is_part(box, piece) for piece in pieces)]


def marks_of(free: Sequence[Box], read: Mapping[Box, Spelled], pieces: Sequence[Piece]) -> list[Tick]:
    """Which of the squares of one cell or line are boxes, with their state.

    Args:
        free: Its squares that are no part of its text (see `free_squares`).
        read: What the recogniser says of each square shown alone.
        pieces: The cell's or line's text as recognised.
    """
    text = "".join(piece.spelled.text for piece in pieces)
    sure = [box for box in free if read[box].text.strip() in (*EMPTY_BOXES, *FULL_BOXES)]
    maybe = [box for box in free if box not in sure and not _is_character(read[box], text)]
    if not sure:
        hollow = [box for box in maybe if box.ticked is False and read[box].text.strip() in (*_PERHAPS,)]
        sure = [box for box in hollow if any(_twins(box, other) for other in hollow if other is not box)]
    if not sure:
        return []
    size = float(np.median([box.right - box.left for box in sure]))
    chosen = [
        box
        for box in free
        if box in sure
        or (
            box in maybe
            and CHECKBOXES.min_group_share <= (box.right - box.left) / size <= CHECKBOXES.max_group_share
        )
    ]
    if len(chosen) == 1 and any(_is_in_a_word(chosen[0], piece) for piece in pieces):
        return []
    return [_mark(box, read[box].text.strip()) for box in chosen]


def _is_in_a_word(box: Box, piece: Piece) -> bool:
    """Whether a lone square was read as the 口 of a word: 海口国丰."""
    middle = (box.left + box.right) / 2
    glyphs = piece.spelled.glyphs
    if not glyphs or not piece.area[0] <= middle <= piece.area[2]:
        return False
    number = _nearest(piece, middle)
    around = glyphs[max(number - 1, 0) : number] + glyphs[number + 1 : number + 2]
    return (
        glyphs[number].text == "口"
        and len(around) == 2
        and all("\u4e00" <= g.text <= "\u9fff" for g in around)
    )


def _nearest(piece: Piece, x: float) -> int:
    """Number of a piece's character that stands nearest to a place."""
    glyphs = piece.spelled.glyphs
    return min(range(len(glyphs)), key=lambda number: abs(piece.x_of(glyphs[number]) - x))


def _is_part(box: Box, piece: Piece) -> bool:
    """Whether a square is part of a character or a number that was read: the 由 of 邮 is none of the boxes."""
    middle, level = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    if not (piece.area[0] <= middle <= piece.area[2] and piece.area[1] <= level <= piece.area[3]):
        return False
    glyphs = piece.spelled.glyphs
    if not glyphs:
        return False
    number = _nearest(piece, middle)
    nearest = glyphs[number]
    beside = {glyph.text for glyph in glyphs[max(number - 1, 0) : number + 2] if glyph is not nearest}
    if nearest.text in _ROUND and beside & _NUMERALS:
        return True  # 二〇二六
    return (
        nearest.text not in _LIKE_A_BOX
        and "\u4e00" <= nearest.text <= "\u9fff"
        and nearest.sure >= CHECKBOXES.read_well_confidence
        and abs(piece.x_of(nearest) - middle) <= CHECKBOXES.own_character_in_heights * piece.height
    )


def _is_character(spelled: Spelled, text: str) -> bool:
    """Whether a square is a character of its line: read as the same alone and among the others."""
    alone = spelled.text.strip()
    if not alone or all(character in _PERHAPS for character in alone):
        return False
    return spelled.mean >= CHECKBOXES.read_well_confidence and alone in text


def _twins(a: Box, b: Box) -> bool:
    first, second = a.right - a.left, b.right - b.left
    return abs(first - second) <= CHECKBOXES.twin_share * max(first, second) + 1


def _mark(box: Box, text: str) -> Tick:
    if box.ticked is None:
        return Tick(box, True, clear=False)
    # The outline and the model must not say the opposite of each other.
    opposed = text in (*FULL_BOXES,) if not box.ticked else text in (*EMPTY_BOXES,)
    return Tick(box, box.ticked, clear=not opposed)


def between(piece: Piece, marks: Sequence[Tick]) -> list[Piece | Tick]:
    """A piece of text cut at its boxes, in order; the parts are yet to be recognised."""
    left, top, right, bottom = piece.area
    parts: list[Piece | Tick] = []
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


def with_unread_marks(piece: Piece, ink: Pixels, *, among_boxes: bool) -> tuple[Glyph, ...]:
    """A piece's glyphs with a mark wherever the paper shows ink that nothing was read of.

    Between the two halves of a pair of brackets that is a tick in them; among boxes it is a sign that stands in
    place of one, or a box that has grown together with a character. How dark its middle is says which, and how sure.

    Args:
        among_boxes: The piece stands in a row with checkboxes.
    """
    glyphs = piece.spelled.glyphs
    if not glyphs:
        return glyphs
    high = piece.height
    found = [glyphs[0]]
    if among_boxes:
        found = [
            *_unread(
                piece,
                ink,
                piece.area[0],
                piece.x_of(glyphs[0]) - CHECKBOXES.half_character_in_heights * high,
                0.0,
            ),
            *found,
        ]
    for before, glyph in pairwise(glyphs):
        start, end, place = piece.x_of(before), piece.x_of(glyph), (before.place + glyph.place) / 2
        if before.text in _OPEN and glyph.text in _CLOSED:
            found += _in_brackets(
                piece,
                ink,
                start + CHECKBOXES.half_bracket_in_heights * high,
                end - CHECKBOXES.half_bracket_in_heights * high,
                place,
            )
        elif (
            among_boxes
            and end - start >= CHECKBOXES.unread_gap_in_heights * high
            and not {before.text, glyph.text} & {" "}
        ):
            found += _unread(
                piece,
                ink,
                start + CHECKBOXES.half_character_in_heights * high,
                end - CHECKBOXES.half_character_in_heights * high,
                place,
            )
        found.append(glyph)
    if among_boxes:
        found += _unread(
            piece,
            ink,
            piece.x_of(glyphs[-1]) + CHECKBOXES.half_character_in_heights * high,
            piece.area[2],
            1.0,
        )
    return tuple(found)


def _in_brackets(piece: Piece, ink: Pixels, start: float, end: float, place: float) -> list[Glyph]:
    patch = ink[piece.area[1] : piece.area[3], round(start) : round(end)]
    dark = float((patch > 0).mean()) if end - start >= 0.2 * piece.height else 0.0
    return (
        [
            Glyph(
                "√",
                place,
                CHECKBOXES.unread_confidence
                if dark >= CHECKBOXES.clear_tick_share
                else CHECKBOXES.faint_unread_confidence,
            )
        ]
        if dark >= CHECKBOXES.faint_tick_share
        else []
    )


def _unread(piece: Piece, ink: Pixels, start: float, end: float, place: float) -> list[Glyph]:
    """The sign that stands in a stretch of a row: a box where its middle is blank, a tick where it is inked."""
    patch = ink[piece.area[1] : piece.area[3], round(start) : round(end)] > 0
    columns = np.flatnonzero(patch.any(axis=0))
    rows = np.flatnonzero(patch.any(axis=1))
    # What is flat is a line to write on.
    if (
        len(columns) < CHECKBOXES.min_unread_in_heights * piece.height
        or len(rows) < CHECKBOXES.min_unread_in_heights * piece.height
    ):
        return []
    sign = patch[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    high, wide = sign.shape
    middle = sign[high // 4 : high - high // 4, wide // 4 : wide - wide // 4]
    dark = float(middle.mean())
    if dark <= CHECKBOXES.empty_dark_share:
        return [Glyph("☐", place, CHECKBOXES.unread_confidence)]
    return [
        Glyph(
            "√",
            place,
            CHECKBOXES.unread_confidence
            if dark >= CHECKBOXES.ticked_dark_share
            else CHECKBOXES.faint_unread_confidence,
        )
    ]
