"""Pieces of text: where each lies, what it says, and how pieces make rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np

from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.parameters import PAGE
from formflow.recognition.raster import Pixels
from formflow.recognition.rulings.grid import Area
from formflow.recognition.runs import runs

_PUNCTUATION = re.compile(r"[^\w●■◆√✓✔☑☒○□☐]")


@dataclass(slots=True)
class Piece:
    """A text without a wide gap in it.

    Attributes:
        area: The frame of its ink, in pixels.
        spelled: What it says.
    """

    area: Area
    spelled: Spelled = field(default_factory=Spelled)

    @property
    def height(self) -> int:
        return self.area[3] - self.area[1]

    def x_of(self, glyph: Glyph) -> float:
        """Middle of a glyph in pixels from the page's left."""
        left, _, right, _ = framed(self.area)
        return left + glyph.place * (right - left)


def framed(area: Area) -> Area:
    """The area with the margin of paper that the recogniser needs around a line."""
    left, top, right, bottom = area
    edge = max(PAGE.frame_px, round(PAGE.frame_in_heights * (bottom - top)))
    return left - edge, top - edge, right + edge, bottom + edge


def cut(text: Pixels, area: Area) -> Pixels:
    """The pixels of a piece, framed; outside of the page there is white."""
    left, top, right, bottom = framed(area)
    height, width = text.shape
    inside = text[max(top, 0) : min(bottom, height), max(left, 0) : min(right, width)]
    return cv2.copyMakeBorder(
        inside,
        max(-top, 0),
        max(bottom - height, 0),
        max(-left, 0),
        max(right - width, 0),
        cv2.BORDER_CONSTANT,
        value=(255,),
    )


def usual_height(boxes: Sequence[Area]) -> float:
    """Median height of the rows of text that the detector found; 0 if it found none."""
    heights = [bottom - top for left, top, right, bottom in boxes if right - left > bottom - top]
    return float(np.median(heights)) if heights else 0.0


def pieces_in(boxes: Iterable[Area], ink: Pixels, *, usual: float) -> list[Piece]:
    """The pieces of text that a page's lines fall into.

    Args:
        boxes: Lines of text as the detector found them.
        ink: The page's ink without rulings.
        usual: Height of a row as found (see `usual_height`).
    """
    found = (tightened(box, ink) for box in boxes)
    rows = _apart([row for box in found if box is not None for row in _at_rows(box, ink, usual)])
    # Lines that overlap in the detector's result share the last character of the first.
    return [Piece(part) for part in _apart([part for row in rows for part in at_gaps(row, ink)])]


def _common(a: Area, b: Area) -> Area | None:
    left, top, right, bottom = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    return (left, top, right, bottom) if left < right and top < bottom else None


def tightened(area: Area, ink: Pixels) -> Area | None:
    """The part of the area that holds ink."""
    left, top, right, bottom = area
    patch = ink[top:bottom, left:right] > 0
    if int(patch.sum()) < PAGE.min_row_area_px:
        return None
    rows, columns = np.flatnonzero(patch.any(axis=1)), np.flatnonzero(patch.any(axis=0))
    return left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1


def _apart(areas: Sequence[Area]) -> list[Area]:
    """Areas without those that lie mostly inside a larger one."""
    kept: list[Area] = []
    for area in sorted(areas, key=lambda a: -(a[2] - a[0]) * (a[3] - a[1])):
        size = (area[2] - area[0]) * (area[3] - area[1])
        inside = (_common(area, other) for other in kept)
        if not any(c and (c[2] - c[0]) * (c[3] - c[1]) > PAGE.inside_share * size for c in inside):
            kept.append(area)
    return kept


def _at_rows(area: Area, ink: Pixels, usual: float) -> list[Area]:
    """The area cut at blank rows of pixels if it is too tall for one row of text.

    The detector joins rows that stand close together, and characters one below the other.
    """
    left, top, right, bottom = area
    if not usual or bottom - top < PAGE.two_rows_in_heights * usual:
        return [area]
    rows: list[list[int]] = []
    for start, stop in runs((ink[top:bottom, left:right] > 0).any(axis=1)):
        end = stop - 1
        low = min(end - start, rows[-1][1] - rows[-1][0]) < 0.3 * usual if rows else False
        # The strokes of 二 and the dots of a colon are parts of their row.
        if rows and (low or end - rows[-1][0] < 0.75 * usual) and end - rows[-1][0] < 1.1 * usual:
            rows[-1][1] = end
        else:
            rows.append([start, end])
    parts = (tightened((left, top + start, right, top + end + 1), ink) for start, end in rows)
    return [part for part in parts if part is not None] or [area]


def at_gaps(area: Area, ink: Pixels) -> list[Area]:
    """The area cut at the wide gaps of its row of text."""
    left, top, right, bottom = area
    columns = (ink[top:bottom, left:right] > 0).any(axis=0)
    found = runs(columns, PAGE.piece_gap_in_heights * (bottom - top))
    parts = (tightened((left + start, top, left + end, bottom), ink) for start, end in found)
    return [part for part in parts if part is not None] or [area]


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces as rows from top to bottom, each from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.area[1] + p.area[3]) / 2):
        if rows and _same_row(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.area[0]) for row in rows]


def _same_row(row: Sequence[Piece], piece: Piece) -> bool:
    tallest = max(row, key=lambda p: p.height)
    top, bottom = max(tallest.area[1], piece.area[1]), min(tallest.area[3], piece.area[3])
    if bottom - top <= PAGE.row_overlap_share * min(tallest.height, piece.height):
        return False
    # Two pieces one above the other are two rows, though a tall neighbour overlaps both.
    for other in row:
        beside = min(other.area[2], piece.area[2]) - max(other.area[0], piece.area[0])
        if beside > 0.3 * min(other.area[2] - other.area[0], piece.area[2] - piece.area[0]):
            return False
    return True


def blanks(gap: float, height: float) -> int:
    """Number of blanks that a gap between two pieces stands for; two and more part columns."""
    if gap < 0.45 * height:
        return 0
    if gap < 1.2 * height:
        return 1
    return max(2, round(gap / (0.5 * height)))


def gaps_within(piece: Piece, ink: Pixels) -> list[Glyph]:
    """A piece's glyphs with a blank wherever there is white on the paper that the recogniser passed over.

    Two values on a line may stand only a character apart. Marks of punctuation have white of their own around them.
    """
    glyphs = piece.spelled.glyphs
    if len(glyphs) < 2:
        return list(glyphs)
    left, top, right, bottom = piece.area
    filled = (ink[top:bottom, left:right] > 0).any(axis=0)
    spaced = [glyphs[0]]
    for before, glyph in pairwise(glyphs):
        start, end = (round(piece.x_of(one)) - left for one in (before, glyph))
        least = (
            PAGE.punctuation_space_in_heights
            if _PUNCTUATION.match(before.text) or _PUNCTUATION.match(glyph.text)
            else PAGE.space_in_heights
        )
        if _widest(filled[max(start, 0) : max(end, 0)]) >= least * piece.height:
            spaced.append(Glyph(" ", (before.place + glyph.place) / 2, 1.0))
        spaced.append(glyph)
    return spaced


def _widest(filled: Pixels) -> int:
    """Longest run of columns without ink."""
    edges = np.flatnonzero(np.concatenate(([True], filled, [True])))
    return int(np.diff(edges).max()) - 1
