"""From a page of a file to its Part: load, straighten, take apart, set upright, recognise, put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from rapidfuzz.fuzz import ratio

from formflow.model import Part
from formflow.recognition.checkboxes import outlines
from formflow.recognition.checkboxes.outlines import Box
from formflow.recognition.codes import codes_on
from formflow.recognition.engine import Recogniser
from formflow.recognition.image.clean import unstreaked
from formflow.recognition.image.load import image_page, pdf_page
from formflow.recognition.image.orientation import quarter_turns, rotated
from formflow.recognition.image.straighten import straighten
from formflow.recognition.layers import Prepared, prepare
from formflow.recognition.layouts.match import KnownPage, Match, find_layout
from formflow.recognition.layouts.printed import BOXES, reading_order
from formflow.recognition.part import part_of
from formflow.recognition.pieces import cut
from formflow.recognition.raster import DPI, Pixels, Raster
from formflow.recognition.rulings.grid import Area, within

_EDGE, _ASIDE = 4, 5
"""Pixels by which what is printed may lie off its place."""
_TICK = 6
"""Pixels by which a tick reaches out of its box."""
_SEALED = round(0.3 * DPI)
"""Pixels from what is known for a seal's to what may be."""
_UNLIKE = 2
"""Pixels by which boxes of one print differ in size."""
_TILE = 30
_OTHER_INK, _LEAST_WRITTEN = 0.25, 20
"""Share, and pixels, of the ink over the size of a character that make it another one."""
_SAME_TEXT, _BLUR, _LEAST_PRINT = 0.7, 1.5, 6
"""Least likeness of what is printed and a copy of it: 0.75 on a standard fax, where other words have 0.6 at most."""
_ASKED = 8
_ALIKE = 60.0


Issued = Callable[[str], Sequence[KnownPage]]
"""The empty pages of the blank that a symbol's text names; none where it names no blank that is issued today."""


def recognise_page(
    raster: Raster,
    recogniser: Recogniser,
    name: str,
    layouts: Sequence[KnownPage] = (),
    issued: Issued | None = None,
) -> Part:
    """The Part of one page.

    Args:
        name: The part's name (`page 2`).
        layouts: Empty pages that it may be a filled copy of.
        issued: Knows the blanks that formflow issued by the symbol on them; such a page needs no `layouts`.
    """
    page = prepare(straighten(unstreaked(raster)))
    if quarter := quarter_turns(page, recogniser):
        page = prepare(rotated(page.flat, quarter))
    codes = codes_on(page.flat.grey)
    own = [known for text, _ in codes for known in issued(text)] if issued else []
    if (match := find_layout(page, own or layouts)) is not None:
        known = _on_layout(match, recogniser)
        if known is not None:
            return part_of(known.page, recogniser, name, known.labels, known.boxed, known.sealed)
    return part_of(page, recogniser, name, codes=codes)


def recognise_file_page(
    data: bytes,
    number: int,
    recogniser: Recogniser,
    layouts: Sequence[KnownPage] = (),
    issued: Issued | None = None,
) -> Part:
    """The Part of one page of an image file or a PDF, counted from 0.

    Raises:
        ReadError: The page cannot be read.
    """
    raster = pdf_page(data, number) if b"%PDF-" in data[:1024] else image_page(data, number)
    return recognise_page(raster, recogniser, f"page {number + 1}", layouts, issued)


@dataclass(frozen=True, slots=True)
class _Known:
    """A page laid over its layout.

    Attributes:
        labels: The printed text of cells that are labels.
        boxed: The printed text of cells with checkboxes, and where their boxes are.
        sealed: The printed text of labels that a seal may have changed.
    """

    page: Prepared
    labels: dict[Area, str]
    boxed: dict[Area, str]
    sealed: dict[Area, str]


def _on_layout(match: Match, recogniser: Recogniser) -> _Known | None:
    """The page in its layout's cells; None where its labels say that it is another form."""
    blank = match.known.prepared
    page = prepare(match.flat, blank.grids)
    cells = [cell.area for grid in blank.grids for cell in grid.cells]
    printed = {area: match.known.texts[area] for area in cells if match.known.texts.get(area, "").strip()}
    labels: dict[Area, str] = {}
    boxed: dict[Area, str] = {}
    sealed: dict[Area, str] = {}
    bare = [area for area in cells if area not in printed]
    squares: list[Box] = []
    for area, text in printed.items():
        marks = sum(map(text.count, BOXES))
        own = _boxes_in(area, match.known, marks)
        there = [found for box in own if (found := outlines.on_page(page.ink, box, blank.ink)) is not None]
        # What was typed over a box moves all that stand behind it, and a cell may hold more than boxes: then it is
        # read as any other.
        if marks and len(own) == len(there) == marks:
            if not _written_on(page, blank, area, [*own, *there]):
                boxed[area] = text
                squares += [there[number] for number in reading_order([box.area for box in own])]
        elif not marks and not _written_on(page, blank, area):
            labels[area] = text
        elif not marks and _is_sealed_label(page, area, bare):
            sealed[area] = text
    if not _says_the_same(page, labels, recogniser):
        return None
    page = replace(page, printed_boxes=tuple(squares))
    return _Known(page, labels, boxed, sealed)


def _is_sealed_label(page: Prepared, area: Area, bare: Sequence[Area]) -> bool:
    """Whether a seal lies over a printed label or close by, and the label's value has a cell of its own beside it.

    What differs from the print may be the seal's then, and with the label its value would be lost.
    """
    left, top, right, bottom = area
    near = page.soiled[max(top - _SEALED, 0) : bottom + _SEALED, max(left - _SEALED, 0) : right + _SEALED]
    return bool(near.any()) and any(
        abs(other[0] - right) <= _EDGE and other[1] < (top + bottom) / 2 < other[3] for other in bare
    )


def _boxes_in(area: Area, known: KnownPage, count: int) -> list[Box]:
    """The boxes that a layout prints in a cell; none where it is open which they are.

    Args:
        count: How many there are.
    """
    if known.boxes:
        return [Box(*box, 0.0, box) for box in known.boxes if within(box, area)]
    # The 口 in 话 is a square too, but boxes of one print are of one size.
    squares = [box for box in known.prepared.boxes if box.ticked is False and within(box.area, area)]
    for first in squares:
        alike = [
            box
            for box in squares
            if all(abs(a - b) <= _UNLIKE for a, b in zip(_size(first), _size(box), strict=True))
        ]
        if len(alike) == count:
            return alike
    return []


def _size(box: Box) -> tuple[int, int]:
    return box.right - box.left, box.bottom - box.top


def _written_on(page: Prepared, blank: Prepared, area: Area, boxes: Sequence[Box] = ()) -> bool:
    """Whether a cell holds other ink than is printed in it: more, or another where a prompt stood.

    Args:
        boxes: Checkboxes; what is in them and close around them counts for nothing.
    """
    left, top, right, bottom = area[0] + _EDGE, area[1] + _EDGE, area[2] - _EDGE, area[3] - _EDGE
    printed = _without(blank.ink, boxes)[top:bottom, left:right]
    around = _without(page.ink, boxes)[top - _ASIDE : bottom + _ASIDE, left - _ASIDE : right + _ASIDE]
    if around.shape != (printed.shape[0] + 2 * _ASIDE, printed.shape[1] + 2 * _ASIDE):
        return True
    likeness = cv2.matchTemplate(around, printed, cv2.TM_CCORR)
    down, across = np.unravel_index(int(likeness.argmax()), likeness.shape)
    if _likeness(printed, around, int(across), int(down)) < _SAME_TEXT:
        return True
    there = around[down : down + printed.shape[0], across : across + printed.shape[1]]
    return _differ(there, printed) or _differ(printed, there)


def _without(ink: Pixels, boxes: Sequence[Box]) -> Pixels:
    if not boxes:
        return ink
    kept = ink.copy()
    for box in boxes:
        kept[box.top - _TICK : box.bottom + _TICK, box.left - _TICK : box.right + _TICK] = 0
    return kept


def _likeness(printed: Pixels, around: Pixels, across: int, down: int) -> float:
    """How alike what is printed and what is there are, as the correlation of their blurred strokes, 1 at most."""
    x, y, width, height = cv2.boundingRect(printed)
    if min(width, height) < _LEAST_PRINT:
        return 1.0
    there = around[down + y : down + y + height, across + x : across + x + width]
    drawn, found = (
        cv2.GaussianBlur(ink.astype(np.float32), (0, 0), _BLUR)
        for ink in (printed[y : y + height, x : x + width], there)
    )
    return float(cv2.matchTemplate(found, drawn, cv2.TM_CCOEFF_NORMED)[0, 0])


def _differ(ink: Pixels, other: Pixels) -> bool:
    """Whether somewhere, over the size of a character, much of the ink has none of the other's near it."""
    alone = ink & ~cv2.dilate(other, np.ones((5, 5), np.uint8))
    over = (_TILE, _TILE)
    strange = cv2.boxFilter((alone > 0).astype(np.float32), -1, over, normalize=False)
    drawn = cv2.boxFilter((ink > 0).astype(np.float32), -1, over, normalize=False)
    return bool((strange > np.maximum(_OTHER_INK * drawn, _LEAST_WRITTEN)).any())


def _says_the_same(page: Prepared, labels: dict[Area, str], recogniser: Recogniser) -> bool:
    """Whether some of the page's labels read as the layout's do: two forms may share their ruling."""
    single = {area: text for area, text in labels.items() if "\n" not in text and 2 <= len(text) <= 12}
    asked = sorted(single)[:: max(1, len(single) // _ASKED)][:_ASKED]
    if not asked:
        return False
    read = recogniser.read_lines([_label(page, area) for area in asked])
    likeness = [
        ratio(_bare(spelled.text), _bare(single[area])) for spelled, area in zip(read, asked, strict=True)
    ]
    return sum(value >= _ALIKE for value in likeness) >= 0.7 * len(likeness)


def _label(page: Prepared, area: Area) -> Pixels:
    left, top, right, bottom = area[0] + 3, area[1] + 3, area[2] - 3, area[3] - 3
    found = cv2.boundingRect(page.ink[top:bottom, left:right])
    x, y, width, height = found
    if width < 4 or height < 4:
        return page.text[top:bottom, left:right]
    return cut(page.text, (left + x, top + y, left + x + width, top + y + height))


def _bare(text: str) -> str:
    return "".join(text.split()).rstrip(":：")
