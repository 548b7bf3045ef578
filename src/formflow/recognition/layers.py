"""Take a level page apart into layers: rulings, text, checkboxes, pen strokes, stamps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from formflow.recognition.cell_rows import row_height
from formflow.recognition.checkboxes import outlines
from formflow.recognition.checkboxes.outlines import Box
from formflow.recognition.image.clean import evened, ink_of, red_stamps, without_grey_areas, without_stamps
from formflow.recognition.ink import shapes
from formflow.recognition.parameters import PAGE
from formflow.recognition.raster import Medium, Pixels, Raster, pixels
from formflow.recognition.rulings.detect import Ruling, Rulings, rulings_of
from formflow.recognition.rulings.erase import ruling_pixels, seal_remains, streak_pixels
from formflow.recognition.rulings.grid import Area, Grid, grids_of
from formflow.recognition.rulings.missing import doubtful_fields, with_missing_rulings
from formflow.recognition.rulings.restore import restored


@dataclass(frozen=True, slots=True)
class Prepared:
    """A level page taken apart.

    Attributes:
        flat: The page as it was straightened.
        text: Grey pixels of the text alone: no rulings, no pen strokes that are no characters.
        ink: Mask of the same.
        drawn: Mask of all ink, rulings included.
        soiled: Mask of the seals and pen strokes; characters under them may have been taken out with them.
        loose: Level lines outside tables: underlines.
        strokes: Areas of pen strokes that are no characters ("ink"), of stamps ("seal"), and on a page without greys
            of what may be either ("unknown").
        printed_boxes: The checkboxes that a known layout prints, as they are on this page.
        run_together: Cells of a fax over several rows that may be two cells whose ruling was lost.
    """

    flat: Raster
    text: Pixels
    ink: Pixels
    drawn: Pixels
    soiled: Pixels
    rulings: Rulings
    grids: Sequence[Grid]
    loose: Sequence[Ruling]
    boxes: Sequence[Box]
    strokes: Sequence[tuple[Area, str]]
    printed_boxes: Sequence[Box] = ()
    run_together: frozenset[Area] = frozenset()


def prepare(flat: Raster, known: Sequence[Grid] | None = None) -> Prepared:
    """Take a level page apart.

    Args:
        known: The tables of the layout that the page has been laid over; None to find them.
    """
    stamps = red_stamps(flat.colour)
    even = evened(without_stamps(flat, stamps))
    # A photo shows a seal by its colour, and it blurs black strokes to grey, so only scans are searched for grey seals.
    if flat.medium is Medium.SCAN:
        even, grey = without_grey_areas(even)
        stamps = grey if stamps is None else stamps if grey is None else cv2.bitwise_or(stamps, grey)
    ink = ink_of(even, bilevel=flat.medium.bilevel)
    rulings = rulings_of(ink, bilevel=flat.medium.bilevel, hidden=stamps)
    if flat.medium.bilevel and known is None:
        rulings = restored(rulings, ink)
    grids = grids_of(rulings) if known is None else known
    drawn = [line for grid in grids for line in grid.lying]
    upright = [line for grid in grids for line in grid.standing]
    loose = [line for line in rulings.lying if line not in drawn and _is_underline(line, grids)]
    # Boxes are found while underlines still stand: a box may touch the line that it stands on.
    tables = ruling_pixels(ink, drawn, upright)
    boxes = outlines.boxes_of(ink, tables)
    erased = tables | ruling_pixels(ink, loose, ())
    erased |= streak_pixels(ink, rulings.streaks)
    if stamps is not None:
        erased |= seal_remains(ink, erased, stamps)
    everything = ink
    ink = cv2.bitwise_and(ink, cv2.bitwise_not(erased))
    strokes = [] if stamps is None else [(area, "seal") for area in _areas(stamps)]
    soiled = np.zeros_like(ink) if stamps is None else stamps.copy()
    for area, labels in shapes.scribbles(ink):
        ink[labels] = 0
        erased[labels] = soiled[labels] = 255
        strokes.append((area, "ink" if flat.greys else "unknown"))
    run_together = frozenset[Area]()
    if known is None and grids:
        high = row_height([cell.area for grid in grids for cell in grid.cells], ink)
        grids = [with_missing_rulings(grid, ink, high) for grid in grids]
        if flat.medium.bilevel:
            run_together = frozenset[Area]().union(*(doubtful_fields(grid, ink, high) for grid in grids))
    # The models were taught grey type; they take a fax's hard edges and single pixels for strokes.
    blur = {Medium.FAX_FINE: PAGE.fax_fine_blur_px, Medium.FAX_STANDARD: PAGE.fax_standard_blur_px}
    soft = blur.get(flat.medium)
    text = cv2.GaussianBlur(even, (0, 0), soft) if soft else even.copy()
    text[erased > 0] = 250
    soiled = cv2.dilate(soiled, np.ones((5, 5), np.uint8))
    return Prepared(
        flat, text, ink, everything, soiled, rulings, grids, loose, boxes, strokes, run_together=run_together
    )


def _is_underline(line: Ruling, grids: Sequence[Grid]) -> bool:
    """Whether a level line lies outside tables and is drawn, not a row of strokes of characters."""
    middle = (line.start + line.end) / 2
    for left, top, right, bottom in (grid.area for grid in grids):
        if left <= middle <= right and top <= line.at <= bottom:
            return False
    long = line.length >= pixels(PAGE.min_underline_mm)
    return line.thickness <= PAGE.max_underline_px and long and line.solid >= PAGE.underline_share


def _areas(mask: Pixels) -> list[Area]:
    """Frames of the parts of a mask, those near each other as one."""
    joined = cv2.dilate(mask, np.ones((21, 21), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:count]]
