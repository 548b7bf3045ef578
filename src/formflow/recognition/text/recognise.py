"""Find and recognise the pieces of text of a page: those of each cell, and those outside tables.

One call of the recogniser reads all of them; a second one reads the squares that do not belong to a recognised
character and may be checkboxes; a third one reads the text between the boxes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from formflow.recognition.cell_rows import pieces_by_ink, row_height
from formflow.recognition.checkboxes import states
from formflow.recognition.checkboxes.states import Tick
from formflow.recognition.engine import Recogniser, Spelled
from formflow.recognition.layers import Prepared
from formflow.recognition.pieces import Piece, cut, pieces_in, rows_of, tightened, usual_height
from formflow.recognition.rulings.grid import Area, within
from formflow.recognition.text.ambiguous import as_meant
from formflow.recognition.text.detect import find_lines, missed_characters
from formflow.recognition.text.handwriting import written_by_hand
from formflow.recognition.text.parameters import TEXT
from formflow.recognition.text.script import in_one_script
from formflow.recognition.unruled.bands import bands_of
from formflow.recognition.unruled.captions import without_captions
from formflow.recognition.unruled.tables import Run, runs_of


@dataclass(slots=True)
class PageText:
    """What was read on a page.

    Attributes:
        cells: The pieces of each cell, by its area.
        rows: Rows of text outside tables, from top to bottom, each from left to right.
        runs: Tables without rulings; their pieces are in `cells`.
        parts: Pieces that hold checkboxes, by `id`, as what stands between the boxes and the boxes.
        high: Height of a row of characters in pixels.
        by_hand: The page was filled in by hand.
        doubtful: Rows that may lack a line or hold another's, by the `id` of their first piece.
    """

    cells: dict[Area, list[Piece]]
    rows: list[list[Piece]]
    runs: list[Run] = field(default_factory=list)
    parts: dict[int, list[Piece | Tick]] = field(default_factory=dict)
    high: float = 0.0
    by_hand: bool = False
    doubtful: set[int] = field(default_factory=set)

    def parts_of(self, piece: Piece) -> Sequence[Piece | Tick]:
        """A piece's parts, itself where it holds no box."""
        return self.parts.get(id(piece), [piece])


def read_page(page: Prepared, recogniser: Recogniser, printed: Collection[Area] = ()) -> PageText:
    """Find and recognise all text of a page.

    Args:
        printed: Cells whose text a known layout prints; they are not read.
    """
    areas = [cell.area for grid in page.grids for cell in grid.cells]
    tables = [grid.area for grid in page.grids]
    lines = find_lines(page.text, recogniser, tables)
    usual = usual_height(lines)
    high = row_height(areas, page.ink) or 0.8 * usual
    cells = {area: pieces_by_ink(area, page.ink, high) for area in areas if area not in printed}
    loose = rows_of(_outside(page, lines, usual, tables))
    groups = [*cells.values(), *loose]
    squares = [states.candidates(pieces, page.boxes, page.ink) for pieces in groups]
    pieces = [piece for group in groups for piece in group]
    read = _read(page, recogniser, [piece.area for piece in pieces])
    for piece, spelled in zip(pieces, in_one_script(read), strict=True):
        piece.spelled = as_meant(spelled)
    free = [states.free_squares(found, own) for own, found in zip(groups, squares, strict=True)]
    boxes = list({box: None for group in free for box in group})
    alone = dict(zip(boxes, _read(page, recogniser, [box.area for box in boxes]), strict=True))
    marks = [states.marks_of(found, alone, own) for own, found in zip(groups, free, strict=True)]
    text = PageText(
        cells,
        [kept for row in loose if (kept := [piece for piece in row if _is_text(piece, page)])],
        parts=_parted(page, recogniser, groups, marks),
        high=high,
        by_hand=written_by_hand(pieces, page.ink),
    )
    _take_unread_marks(page, groups, marks, text.parts)
    _take_unruled(text)
    return text


def _outside(page: Prepared, lines: Sequence[Area], usual: float, tables: Sequence[Area]) -> list[Piece]:
    """The pieces outside tables, those among pen strokes too."""
    strokes = [area for area, _ in page.strokes]
    pieces = pieces_in(lines, page.ink, usual=usual)
    known = [piece.area for piece in pieces]
    missed = missed_characters(known, page.ink, [*tables, *strokes], usual)
    return [*pieces, *(Piece(area) for area in missed)]


def _is_text(piece: Piece, page: Prepared) -> bool:
    written = any(within(piece.area, area) for area, _ in page.strokes)
    least = TEXT.min_under_pen_confidence if written else TEXT.min_unruled_confidence
    return bool(piece.spelled.text.strip()) and piece.spelled.mean >= least


def _read(page: Prepared, recogniser: Recogniser, areas: Sequence[Area]) -> list[Spelled]:
    return recogniser.read_lines([cut(page.text, area) for area in areas])


def _parted(
    page: Prepared,
    recogniser: Recogniser,
    groups: Sequence[Sequence[Piece]],
    marks: Sequence[Sequence[Tick]],
) -> dict[int, list[Piece | Tick]]:
    """Pieces cut at their boxes, with what stands between recognised."""
    parts = {}
    for group, own in zip(groups, marks, strict=True):
        for piece in group:
            here = [mark for mark in own if within(mark.box.area, piece.area, 0.3)]
            if here:
                parts[id(piece)] = states.between(piece, here)
    words = [part for found in parts.values() for part in found if isinstance(part, Piece)]
    tight = [tightened(word.area, page.ink) for word in words]
    read = iter(_read(page, recogniser, [area for area in tight if area is not None]))
    for word, area in zip(words, tight, strict=True):
        if area is not None:
            word.area, word.spelled = area, next(read)
    return parts


def _take_unread_marks(
    page: Prepared,
    groups: Sequence[Sequence[Piece]],
    marks: Sequence[Sequence[Tick]],
    parts: Mapping[int, Sequence[Piece | Tick]],
) -> None:
    for group, own in zip(groups, marks, strict=True):
        for part in (part for piece in group for part in parts.get(id(piece), [piece])):
            if isinstance(part, Piece):
                part.spelled = Spelled(states.with_unread_marks(part, page.ink, among_boxes=bool(own)))


def _take_unruled(text: PageText) -> None:
    """Make cells of the rows that are tables without rulings, and bands of the others."""
    usual = usual_height([piece.area for row in text.rows for piece in row])
    captions, rows = without_captions(text.rows, usual)
    text.runs = runs_of(rows)
    for run in text.runs:
        pieces = [piece for row in run.rows for piece in row]
        for cell in run.grid().cells:
            text.cells[cell.area] = [piece for piece in pieces if within(piece.area, cell.area)]
    taken = {id(row[0]) for run in text.runs for row in run.rows}
    bands = bands_of([row for row in rows if id(row[0]) not in taken], usual)
    bands = sorted([*captions, *bands], key=lambda band: band.top)
    text.rows = [band.pieces for band in bands]
    text.doubtful = {id(band.pieces[0]) for band in bands if band.doubtful}
