"""The text that an empty PDF prints in each cell, put together from the places of its characters.

A program writes a page font by font, so the order of the characters in the file is not that on the paper: the boxes
of 「□质量 □交货」 often come behind all words. So characters are sorted by place, and a drawn box counts as ☐ whatever
character the font has for it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2

from formflow.recognition.checkboxes.outlines import Box
from formflow.recognition.layouts.parameters import LAYOUTS
from formflow.recognition.raster import DPI, Pixels
from formflow.recognition.rulings.grid import Area

BOXES = frozenset("□☐○◯❏❑◻▢⬜")
"""Characters that are boxes to tick; 〇 is a numeral too."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One printed character and its area in pixels."""

    text: str
    area: Area

    @property
    def middle(self) -> tuple[float, float]:
        left, top, right, bottom = self.area
        return (left + right) / 2, (top + bottom) / 2


def signs_of(page: Any) -> list[Sign]:
    """The characters of a pypdfium2 page; none if the page is turned, because its text is not turned with it."""
    if page.get_rotation():
        return []
    words = page.get_textpage()
    left, _, _, top = page.get_cropbox()
    scale = DPI / 72.0
    found = []
    for number in range(words.count_chars()):
        text = words.get_text_range(number, 1)
        if not text.strip():
            continue
        a, b, c, d = words.get_charbox(number, loose=True)
        area = (a - left) * scale, (top - d) * scale, (c - left) * scale, (top - b) * scale
        x, y, right, bottom = (round(value) for value in area)
        found.append(Sign(text, (x, y, right, bottom)))
    return found


def text_in(area: Area, signs: Sequence[Sign], boxes: Sequence[Box]) -> str:
    """The text of a cell, row by row, with ☐ for every box that is drawn in it or set as a character."""
    own, squares = _signs_and_boxes(area, signs, boxes)
    kept = [replace(sign, text="☐") if sign.text in BOXES else sign for sign in own]
    lines = (_line(row) for row in _rows([*kept, *squares]))
    return "\n".join(line for line in lines if line)


def boxes_in(area: Area, signs: Sequence[Sign], boxes: Sequence[Box], ink: Pixels) -> list[Area]:
    """Areas of the boxes of `text_in`, in its order.

    A ring that touches the next character is one blot of ink with it, but the file gives the ring's own place.

    Args:
        ink: The page's ink.
    """
    own, squares = _signs_and_boxes(area, signs, boxes)
    areas = [*(box.area for box in squares), *(_inked(sign.area, ink) for sign in own if sign.text in BOXES)]
    return [areas[number] for number in reading_order(areas)]


def _signs_and_boxes(
    area: Area, signs: Sequence[Sign], boxes: Sequence[Box]
) -> tuple[list[Sign], list[Sign]]:
    """The characters of a cell that are no drawn boxes, and the drawn boxes as ☐."""
    squares = [Sign("☐", box.area) for box in boxes if box.ticked is False and _inside(box.area, area)]
    own = [sign for sign in signs if _inside(sign.area, area)]
    squares = [box for box in squares if not any(_is_part(box, sign) for sign in own)]
    return [sign for sign in own if not any(_covers(box, sign) for box in squares)], squares


def _inked(area: Area, ink: Pixels) -> Area:
    """The part of an area that is inked."""
    left, top, right, bottom = area
    x, y, width, height = cv2.boundingRect(ink[top:bottom, left:right])
    return (left + x, top + y, left + x + width, top + y + height) if width else area


def reading_order(areas: Sequence[Area]) -> list[int]:
    """Indexes of the areas in the order of reading: row by row as in `text_in`, each row from left to right."""
    signs = [Sign(str(number), area) for number, area in enumerate(areas)]
    return [int(sign.text) for row in _rows(signs) for sign in sorted(row, key=lambda sign: sign.middle[0])]


def _inside(inner: Area, outer: Area) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _is_part(box: Sign, sign: Sign) -> bool:
    """Whether a square is part of a character, as in 日 or 国."""
    return (
        _inside(box.area, sign.area)
        and unicodedata.category(sign.text[0]) == "Lo"
        and sign.text not in "口囗"
    )


def _covers(box: Sign, sign: Sign) -> bool:
    """Whether a character lies inside a drawn box."""
    off = LAYOUTS.box_off_px
    left, top, right, bottom = box.area
    return _inside(sign.area, (left - off, top - off, right + off, bottom + off))


def _rows(signs: Sequence[Sign]) -> Iterator[list[Sign]]:
    """The characters row by row; a character whose middle is near the mean middle of a row belongs to it."""
    row: list[Sign] = []
    for sign in sorted(signs, key=lambda sign: sign.middle[1]):
        if row and not _beside(row, sign):
            yield row
            row = []
        row.append(sign)
    if row:
        yield row


def _beside(row: Sequence[Sign], sign: Sign) -> bool:
    high = max(one.area[3] - one.area[1] for one in [*row, sign])
    middle = sum(one.middle[1] for one in row) / len(row)
    return abs(sign.middle[1] - middle) < LAYOUTS.same_row_in_heights * high


def _line(row: Sequence[Sign]) -> str:
    line, end, high = "", None, max(sign.area[3] - sign.area[1] for sign in row)
    for sign in sorted(row, key=lambda sign: sign.middle[0]):
        if end is not None and sign.area[0] - end > LAYOUTS.space_in_heights * high:
            line += " "
        line += sign.text
        end = sign.area[2]
    return line
