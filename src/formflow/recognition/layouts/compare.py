"""Which cells of a page on a known layout hold nothing but print.

Such a cell is a label, or a label with checkboxes; its text is taken from the layout and not read. A cell is compared
by the correlation of its strokes with the layout's, and by ink that has no partner near it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from rapidfuzz.fuzz import ratio

from formflow.recognition.checkboxes import outlines
from formflow.recognition.checkboxes.outlines import Box
from formflow.recognition.engine import Recogniser
from formflow.recognition.layers import Prepared, prepare
from formflow.recognition.layouts.match import KnownPage, Match
from formflow.recognition.layouts.parameters import LAYOUTS
from formflow.recognition.layouts.printed import BOXES, reading_order
from formflow.recognition.pieces import cut
from formflow.recognition.raster import Pixels, pixels
from formflow.recognition.rulings.grid import Area, within


@dataclass(frozen=True, slots=True)
class PrintedCells:
    """A page laid over its layout, and the texts that are known without reading.

    Attributes:
        labels: The printed text of cells that are labels.
        boxed: The printed text of cells with checkboxes; the boxes are `page.printed_boxes`.
        sealed: The printed text of labels that a seal may have changed.
    """

    page: Prepared
    labels: dict[Area, str]
    boxed: dict[Area, str]
    sealed: dict[Area, str]


def printed_cells(match: Match, recogniser: Recogniser) -> PrintedCells | None:
    """The page in its layout's cells; None if its labels read as another form's."""
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
        # If somebody typed over a box, all that follows has moved; and people write between boxes. Then the cell is read
        # like any other.
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
    return PrintedCells(page, labels, boxed, sealed)


def _is_sealed_label(page: Prepared, area: Area, bare: Sequence[Area]) -> bool:
    """Whether a seal lies over or near a printed label whose value has a cell of its own beside it.

    The ink that differs from the print may then be the seal's, and if the label were misread its value would be lost.
    """
    around = pixels(LAYOUTS.sealed_mm)
    left, top, right, bottom = area
    near = page.soiled[max(top - around, 0) : bottom + around, max(left - around, 0) : right + around]
    return bool(near.any()) and any(
        abs(other[0] - right) <= LAYOUTS.edge_px and other[1] < (top + bottom) / 2 < other[3]
        for other in bare
    )


def _boxes_in(area: Area, known: KnownPage, count: int) -> list[Box]:
    """The boxes that a layout prints in a cell; none if they cannot be told from other squares.

    Args:
        count: Number of boxes in the cell.
    """
    if known.boxes:
        return [Box(*box, 0.0, box) for box in known.boxes if within(box, area)]
    # The 口 in 话 is a square too, but the boxes of one print are of one size.
    squares = [box for box in known.prepared.boxes if box.ticked is False and within(box.area, area)]
    for first in squares:
        alike = [
            box
            for box in squares
            if all(abs(a - b) <= LAYOUTS.size_px for a, b in zip(_size(first), _size(box), strict=True))
        ]
        if len(alike) == count:
            return alike
    return []


def _size(box: Box) -> tuple[int, int]:
    return box.right - box.left, box.bottom - box.top


def _written_on(page: Prepared, blank: Prepared, area: Area, boxes: Sequence[Box] = ()) -> bool:
    """Whether a cell holds other ink than its print: more ink, or other ink where a prompt was printed.

    Args:
        boxes: Checkboxes; ink in them and close around them is ignored.
    """
    edge, shift = LAYOUTS.edge_px, LAYOUTS.shift_px
    left, top, right, bottom = area[0] + edge, area[1] + edge, area[2] - edge, area[3] - edge
    printed = _without(blank.ink, boxes)[top:bottom, left:right]
    around = _without(page.ink, boxes)[top - shift : bottom + shift, left - shift : right + shift]
    if around.shape != (printed.shape[0] + 2 * shift, printed.shape[1] + 2 * shift):
        return True
    # Find the shift at which print and page overlap best; then compare them there.
    likeness = cv2.matchTemplate(around, printed, cv2.TM_CCORR)
    down, across = np.unravel_index(int(likeness.argmax()), likeness.shape)
    if _likeness(printed, around, int(across), int(down)) < LAYOUTS.same_text_share:
        return True
    there = around[down : down + printed.shape[0], across : across + printed.shape[1]]
    return _differ(there, printed) or _differ(printed, there)


def _without(ink: Pixels, boxes: Sequence[Box]) -> Pixels:
    """The ink without checkboxes and the ticks in them."""
    if not boxes:
        return ink
    kept, reach = ink.copy(), LAYOUTS.tick_px
    for box in boxes:
        kept[box.top - reach : box.bottom + reach, box.left - reach : box.right + reach] = 0
    return kept


def _likeness(printed: Pixels, around: Pixels, across: int, down: int) -> float:
    """Correlation of the blurred strokes of the print and of the page at a shift, 1 at most."""
    x, y, width, height = cv2.boundingRect(printed)
    if min(width, height) < LAYOUTS.min_print_px:
        return 1.0
    there = around[down + y : down + y + height, across + x : across + x + width]
    drawn, found = (
        cv2.GaussianBlur(ink.astype(np.float32), (0, 0), LAYOUTS.blur_px)
        for ink in (printed[y : y + height, x : x + width], there)
    )
    return float(cv2.matchTemplate(found, drawn, cv2.TM_CCOEFF_NORMED)[0, 0])


def _differ(ink: Pixels, other: Pixels) -> bool:
    """Whether somewhere, in a tile of a character's size, much of the ink has none of the other ink near it."""
    alone = ink & ~cv2.dilate(other, np.ones((5, 5), np.uint8))
    over = (LAYOUTS.tile_px, LAYOUTS.tile_px)
    strange = cv2.boxFilter((alone > 0).astype(np.float32), -1, over, normalize=False)
    drawn = cv2.boxFilter((ink > 0).astype(np.float32), -1, over, normalize=False)
    return bool((strange > np.maximum(LAYOUTS.other_ink_share * drawn, LAYOUTS.min_other_area_px)).any())


def _says_the_same(page: Prepared, labels: dict[Area, str], recogniser: Recogniser) -> bool:
    """Whether some of the page's labels read as the layout's do; without that, two forms may share one ruling."""
    single = {area: text for area, text in labels.items() if "\n" not in text and 2 <= len(text) <= 12}
    most = LAYOUTS.asked_labels_count
    asked = sorted(single)[:: max(1, len(single) // most)][:most]
    if not asked:
        return False
    read = recogniser.read_lines([_label(page, area) for area in asked])
    likeness = [
        ratio(_bare(spelled.text), _bare(single[area])) for spelled, area in zip(read, asked, strict=True)
    ]
    return sum(value >= LAYOUTS.like_label_percent for value in likeness) >= LAYOUTS.like_labels_share * len(
        likeness
    )


def _label(page: Prepared, area: Area) -> Pixels:
    """The pixels of a label for the recogniser."""
    left, top, right, bottom = area[0] + 3, area[1] + 3, area[2] - 3, area[3] - 3
    found = cv2.boundingRect(page.ink[top:bottom, left:right])
    x, y, width, height = found
    if width < 4 or height < 4:
        return page.text[top:bottom, left:right]
    return cut(page.text, (left + x, top + y, left + x + width, top + y + height))


def _bare(text: str) -> str:
    return "".join(text.split()).rstrip(":：")
