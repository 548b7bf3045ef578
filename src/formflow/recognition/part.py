"""A page's Part: tables from its grid, lines from what lies outside, every text with its confidence and box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from formflow.model import Block, Cell, Line, Part, PartKind, Picture, PictureKind, Source, Table
from formflow.recognition.codes import codes_on
from formflow.recognition.engine import Recogniser
from formflow.recognition.ink.signatures import ink_beside
from formflow.recognition.layers import Prepared
from formflow.recognition.layouts.printed import BOXES
from formflow.recognition.pieces import Piece
from formflow.recognition.raster import POINTS
from formflow.recognition.rulings.grid import Area, Grid, within
from formflow.recognition.text.compose import Text, Writer, under_a_seal
from formflow.recognition.text.recognise import read_page


def part_of(
    page: Prepared,
    recogniser: Recogniser,
    name: str,
    labels: Mapping[Area, str] | None = None,
    boxed: Mapping[Area, str] | None = None,
    sealed: Mapping[Area, str] | None = None,
    codes: Sequence[tuple[str, Area]] | None = None,
) -> Part:
    """Recognise a page that has been taken apart.

    Args:
        name: The part's name.
        labels: Text of cells that a known layout prints.
        boxed: Text with checkboxes that a known layout prints, for `page.printed_boxes`.
        sealed: Text of labels that a known layout prints and a seal may have changed.
        codes: The symbols on the page, where they are known already.
    """
    printed = {area: Text(text, 1.0) for area, text in (labels or {}).items()}
    printed |= {area: _ticked(page, area, text) for area, text in (boxed or {}).items()}
    read = read_page(page, recogniser, printed)
    writer = Writer(page, read)
    sheet = _Sheet(page, name)
    texts = {
        area: printed[area] if area in printed else writer.cell(area) for area in [*read.cells, *printed]
    }
    for area, label in (sealed or {}).items():
        texts[area] = under_a_seal(texts[area], label)
    placed: list[tuple[float, Block]] = []
    for number, grid in enumerate([*page.grids, *(run.grid() for run in read.runs)], start=1):
        placed.append((grid.area[1], sheet.table(grid, number, texts)))
    signed = ink_beside(read.rows, page)
    for number, row in enumerate(read.rows, start=1):
        area = _around(row)
        ink = signed.get(id(row[0]), ())
        placed.append((area[1], sheet.line(writer.line(row, area), area, number, ink)))
    placed.sort(key=lambda entry: entry[0])
    height, width = page.text.shape
    return Part(
        name=name,
        kind=PartKind.PAGE,
        blocks=tuple(block for _, block in placed),
        size=(round(width * POINTS, 2), round(height * POINTS, 2)),
        pictures=tuple(sheet.pictures()),
        codes=tuple(text for text, _ in (codes_on(page.flat.grey) if codes is None else codes)),
        frame=page.flat.frame(),
        by_hand=read.by_hand,
    )


def _ticked(page: Prepared, area: Area, printed: str) -> Text:
    """What a known layout prints in a cell, with its boxes as they are ticked."""
    boxes = [box for box in page.printed_boxes if within(box.area, area, 0.9)]
    told = iter(boxes)
    text = "".join(
        ("☐" if next(told).ticked is False else "☑") if character in BOXES else character
        for character in printed
    )
    return Text(text, 1.0).with_boxes([box.ticked for box in boxes])


class _Sheet:
    """The blocks of one page."""

    def __init__(self, page: Prepared, name: str) -> None:
        self._page = page
        self._name = name

    def table(self, grid: Grid, number: int, texts: Mapping[Area, Text]) -> Table:
        cells = []
        for cell in grid.cells:
            text = texts[cell.area]
            ref = f"table {number} R{cell.row + 1}C{cell.column + 1}"
            pictures = tuple(
                Picture(source=self._source(ref, area), kind=PictureKind(kind))
                for area, kind in self._page.strokes
                if within(area, cell.area, 0.6)
            )
            cells.append(
                Cell(
                    row=cell.row,
                    column=cell.column,
                    row_span=cell.row_span,
                    column_span=cell.column_span,
                    text=text.text,
                    source=self._source(ref, cell.area),
                    confidence=text.confidence,
                    pictures=pictures,
                    problem="checkbox-unclear" if text.unclear else "",
                    character_confidence=text.character_confidence,
                    doubts=text.doubts,
                )
            )
        return Table(
            rows=grid.rows,
            columns=grid.columns,
            cells=tuple(cells),
            source=self._source(f"table {number}", grid.area),
        )

    def line(self, text: Text, area: Area, number: int, ink: Sequence[tuple[Area, str]] = ()) -> Line:
        ref = f"line {number}"
        return Line(
            text=text.text,
            source=self._source(ref, area),
            confidence=text.confidence,
            underlined=text.underlined,
            pictures=tuple(Picture(source=self._source(ref, at), kind=PictureKind(kind)) for at, kind in ink),
            character_confidence=text.character_confidence,
            doubts=text.doubts,
        )

    def pictures(self) -> Iterator[Picture]:
        """Pen strokes and seals outside tables."""
        for area, kind in self._page.strokes:
            if not any(within(area, grid.area) for grid in self._page.grids):
                yield Picture(source=self._source("picture", area), kind=PictureKind(kind))

    def _source(self, ref: str, area: Area) -> Source:
        return Source(part=self._name, ref=ref, box=in_points(area), medium=self._page.flat.medium.value)


def _around(row: Sequence[Piece]) -> Area:
    lefts, tops, rights, bottoms = zip(*(piece.area for piece in row), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def in_points(area: Area) -> tuple[float, float, float, float]:
    """Pixels of the level page to points."""
    left, top, right, bottom = (round(value * POINTS, 1) for value in area)
    return left, top, right, bottom
