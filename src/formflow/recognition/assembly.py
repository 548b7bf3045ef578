"""A page's Part: tables from its grid, lines from what lies outside, every text with its confidence and box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from formflow.model import Block, Cell, Control, Line, Part, Picture, Source, Table
from formflow.recognition import marking, shapes, ticks
from formflow.recognition.cellrows import pieces_by_ink, row_height
from formflow.recognition.codes import codes_on
from formflow.recognition.engine import Recogniser, Spelled
from formflow.recognition.grid import Area, Grid
from formflow.recognition.handwriting import is_written, written_by_hand
from formflow.recognition.lines import (
    SPACE,
    Piece,
    blanks,
    cut,
    gaps_within,
    pieces_in,
    rows_of,
    tightened,
    usual_height,
)
from formflow.recognition.marking import Mark
from formflow.recognition.raster import POINTS, Medium
from formflow.recognition.script import in_one_script
from formflow.recognition.taken import Prepared
from formflow.recognition.ticks import Box
from formflow.recognition.wording import Row, has_document_year, joined, with_full_stop

_TWO_THINGS = re.compile(r"\S {8,}\S")
_FILL_IN = re.compile(r"[☐☑_]|签\s*[字名章]|日\s*期|年\s*月\s*日")
_ALONE = frozenset("VvIl|丨丿JUuYyLＶ｜")
"""Characters that a mark alone in a cell is read as, and that hardly are a value."""
_COARSE_DOUBT = 2.5
"""By how much a doubt counts more on a standard fax, where half the rows of pixels are missing and 很 may be 限."""
_BY_HAND = 0.75
"""Most confidence that anything on a page has that was filled in by hand: below what passes unseen."""
_LOOKALIKE = 0.7
"""Confidence of a sign that looks like another one, so that a person decides."""
_DITTO = 0.9
_ANGULAR = frozenset("[]【】〔〕{}")
_UNREAD = 0.35
"""Mean probability below which what stands outside tables is no text: dirt, a stamp, a picture."""


@dataclass(frozen=True, slots=True)
class _Text:
    """An area's text as the neutral Document writes it."""

    text: str
    confidence: float
    unclear: bool
    underlined: tuple[tuple[int, int], ...] = ()


class Assembly:
    """One page on its way to a Part.

    Args:
        lines: Lines of text as the detector found them.
        name: The part's name.
        labels: Text of cells that a known layout prints.
        boxed: Text with checkboxes that a known layout prints, for `page.printed_boxes`.
    """

    def __init__(
        self,
        page: Prepared,
        lines: Sequence[Area],
        recogniser: Recogniser,
        name: str,
        labels: Mapping[Area, str] | None = None,
        boxed: Mapping[Area, str] | None = None,
    ) -> None:
        self._page = page
        self._labels = labels or {}
        self._boxed = boxed or {}
        self._name = name
        cells = [cell.area for grid in page.grids for cell in grid.cells]
        usual = usual_height(lines)
        high = row_height(cells, page.ink) or 0.8 * usual
        self._pieces: dict[Area, list[Piece]] = {
            area: pieces_by_ink(area, page.ink, high)
            for area in cells
            if area not in self._labels and area not in self._boxed
        }
        height, width = page.text.shape
        outside = [line for line in lines if not any(_inside(line, grid.area) for grid in page.grids)]
        outside = [line for line in outside if not any(_inside(line, area) for area, _ in page.strokes)]
        self._loose = pieces_in((0, 0, width, height), outside, page.ink, usual=usual, thorough=False)
        self._recogniser = recogniser
        self._marks: dict[Box, Mark] = {}
        groups = [*self._pieces.values(), *rows_of(self._loose)]
        squares = [marking.candidates(pieces, page.boxes, page.ink) for pieces in groups]
        pieces = [piece for group in groups for piece in group]
        known = {box for group in squares for box in group}
        read = self._read([*(piece.area for piece in pieces), *(_square(box) for box in known)])
        for piece, spelled in zip(pieces, in_one_script(read[: len(pieces)]), strict=True):
            piece.spelled = spelled
        alone = dict(zip(known, read[len(pieces) :], strict=True))
        self._most = _BY_HAND if written_by_hand(pieces, page.ink) else 1.0
        self._parts: dict[int, list[Piece | Mark]] = {}
        self._part_at_boxes(
            groups,
            [marking.marks_of(group, alone, own) for own, group in zip(groups, squares, strict=True)],
        )
        self._high = high

    def _read(self, areas: Sequence[Area]) -> list[Spelled]:
        return self._recogniser.read_lines([cut(self._page.text, area) for area in areas])

    def _part_at_boxes(self, groups: Sequence[Sequence[Piece]], marks: Sequence[Sequence[Mark]]) -> None:
        """Cut the pieces at their boxes and recognise what stands between."""
        for group, own in zip(groups, marks, strict=True):
            for piece in group:
                here = [mark for mark in own if _inside(_square(mark.box), piece.area, 0.3)]
                if here:
                    self._parts[id(piece)] = marking.between(piece, here)
        words = [part for parts in self._parts.values() for part in parts if isinstance(part, Piece)]
        tight = [tightened(word.area, self._page.ink) for word in words]
        read = self._read([area for area in tight if area is not None])
        for word, area in zip(words, tight, strict=True):
            if area is not None:
                word.area, word.spelled = area, read.pop(0)
        for group, own in zip(groups, marks, strict=True):
            for part in (part for piece in group for part in self._parts.get(id(piece), [piece])):
                if isinstance(part, Piece):
                    glyphs = marking.with_unread_marks(part, self._page.ink, among_boxes=bool(own))
                    part.spelled = Spelled(glyphs)

    def part(self) -> Part:
        height, width = self._page.text.shape
        placed: list[tuple[float, Block]] = []
        for number, grid in enumerate(self._page.grids, start=1):
            placed.append((grid.area[1], self._table(grid, number)))
        for number, row in enumerate(self._rows(), start=1):
            placed.append((row[0].area[1], self._line(row, number)))
        placed.sort(key=lambda entry: entry[0])
        pictures = [
            Picture(source=self._source("picture", area), kind=kind)
            for area, kind in self._page.strokes
            if not any(_inside(area, grid.area) for grid in self._page.grids)
        ]
        return Part(
            name=self._name,
            kind="page",
            blocks=tuple(block for _, block in placed),
            size=(round(width * POINTS, 2), round(height * POINTS, 2)),
            pictures=tuple(pictures),
            controls=tuple(self._codes()),
            frame=self._page.flat.frame(),
        )

    def _codes(self) -> Iterator[Control]:
        for text, area in codes_on(self._page.flat.grey):
            source = self._source("code", area)
            yield Control(name="", title="", kind="code", value=text, source=source)

    def _rows(self) -> list[list[Piece]]:
        kept = [
            piece for piece in self._loose if piece.spelled.text.strip() and piece.spelled.mean >= _UNREAD
        ]
        return rows_of(kept)

    def _table(self, grid: Grid, number: int) -> Table:
        cells = []
        for cell in grid.cells:
            text = self._printed(cell.area) or self._cell_text(self._pieces[cell.area], cell.area)
            ref = f"table {number} R{cell.row + 1}C{cell.column + 1}"
            source = self._source(ref, cell.area)
            pictures = tuple(
                Picture(source=self._source(ref, area), kind=kind)
                for area, kind in self._page.strokes
                if _inside(area, cell.area, 0.6)
            )
            cells.append(
                Cell(
                    row=cell.row,
                    column=cell.column,
                    row_span=cell.row_span,
                    column_span=cell.column_span,
                    text=text.text,
                    source=source,
                    confidence=text.confidence,
                    pictures=pictures,
                    problem="checkbox-unclear" if text.unclear else "",
                )
            )
        return Table(
            rows=grid.rows,
            columns=grid.columns,
            cells=tuple(cells),
            source=self._source(f"table {number}", grid.area),
        )

    def _cell_text(self, pieces: Sequence[Piece], area: Area) -> _Text:
        if len(pieces) == 1 and (mark := self._small_mark(pieces[0])):
            # A dash and the number 一 look alike, a person says which; two short strokes look like nothing else.
            return _Text(mark, _DITTO if mark == "〃" else _LOOKALIKE, unclear=False)
        if len(pieces) == 1 and shapes.is_slash(self._page.ink, pieces[0].area, pieces[0].spelled.text):
            return _Text("/", round(pieces[0].spelled.least, 3), unclear=False)
        text = self._text(rows_of(pieces), area)
        if text.text in _ALONE:
            # No value: a tick, a stroke, what is left of a stamp.
            return replace(text, confidence=min(text.confidence, _LOOKALIKE))
        if _TWO_THINGS.search(text.text) and not _FILL_IN.search(text.text):
            # So wide a gap stands between two cells whose ruling was lost, not inside a value.
            return replace(text, confidence=min(text.confidence, _LOOKALIKE))
        return text

    def _printed(self, area: Area) -> _Text | None:
        """What a known layout prints in a cell, its boxes as they are ticked; None for a place to write in."""
        if area in self._labels:
            return _Text(self._labels[area], 1.0, unclear=False)
        if area not in self._boxed:
            return None
        boxes = [box for box in self._page.printed_boxes if _inside(_square(box), area, 0.9)]
        states = [ticks.state(self._page.ink, box) for box in boxes]
        told = iter(states)
        text = "".join(
            ("☐" if next(told) is False else "☑") if character in "☐□" else character
            for character in self._boxed[area]
        )
        return _Text(text, 1.0, unclear=None in states)

    def _small_mark(self, piece: Piece) -> str:
        return shapes.small_mark(self._page.ink, piece.area, self._high, piece.spelled.text)

    def _line(self, row: Sequence[Piece], number: int) -> Line:
        area = (
            min(piece.area[0] for piece in row),
            min(piece.area[1] for piece in row),
            max(piece.area[2] for piece in row),
            max(piece.area[3] for piece in row),
        )
        text = self._text([row], area, underlines=True)
        return Line(
            text=text.text,
            source=self._source(f"line {number}", area),
            confidence=text.confidence,
            underlined=text.underlined,
        )

    def _text(self, rows: Sequence[Sequence[Piece]], area: Area, *, underlines: bool = False) -> _Text:
        """The text of an area's rows; wide gaps are runs of blanks, rows are lines unless they only wrapped."""
        written: list[Row] = []
        underlined: list[tuple[int, int]] = []
        sure, of_brackets, unclear = 1.0, 1.0, False
        for row in rows:
            line = ""
            places: list[float] = []
            height = float(np.median([piece.height for piece in row]))
            end: float | None = None
            for part in (part for piece in row for part in self._parts.get(id(piece), [piece])):
                written_part, start, stop = self._written(part)
                if not written_part:
                    continue
                if end is not None:
                    space = blanks(start - end, height)
                    if space == 1 and not (line[-1:].isascii() and written_part[0][0].isascii()):
                        space = int(start - end >= SPACE * height)
                    places += [end + (start - end) * (k + 0.5) / max(space, 1) for k in range(space)]
                    line += " " * space
                line += "".join(text for text, _, _ in written_part)
                places += [x for text, x, _ in written_part for _ in text]
                sure = min(sure, confidence([s for text, _, s in written_part if not _is_bracket(text)]))
                of_brackets = min(
                    of_brackets, confidence([s for text, _, s in written_part if text in _ANGULAR])
                )
                unclear |= isinstance(part, Mark) and not part.clear
                end = stop
            if underlines and line:
                underlined += self._underlined(places, row)
            if line.strip():
                written.append(Row(row, line.rstrip() if underlines else line.strip(), height))
        text = joined(written, area)
        if not has_document_year(text):
            sure = min(
                sure, of_brackets
            )  # Around a document's year their kind is known, however they were read.
        if self._page.flat.medium is Medium.FAX_STANDARD:
            sure = max(0.0, 1 - _COARSE_DOUBT * (1 - sure))
        if written:
            by_hand = any(is_written(piece, self._page.ink) for row in rows for piece in row)
            sure = min(sure, self._most, _BY_HAND if by_hand else 1.0)
        if any(
            _inside(piece.area, stroke, 0.01)
            for row in rows
            for piece in row
            for stroke, _ in self._page.strokes
        ):
            sure = min(sure, _LOOKALIKE)  # A seal or a pen took away what lay under it.
        mended = with_full_stop(text)
        if mended != text:
            sure = min(sure, _LOOKALIKE)
        return _Text(mended, round(sure, 3), unclear, tuple(underlined))

    def _written(self, part: Piece | Mark) -> tuple[list[tuple[str, float, float]], int, int]:
        """Characters with middle and probability, and where the part begins and ends in pixels."""
        if isinstance(part, Mark):
            box = part.box
            return [("☑" if part.ticked else "☐", (box.left + box.right) / 2, 1.0)], box.left, box.right
        read = gaps_within(part, self._page.ink)
        glyphs = [(_sign(glyph.text), part.x_of(glyph), glyph.sure) for glyph in read]
        return glyphs, part.area[0], part.area[2]

    def _underlined(self, places: Sequence[float], row: Sequence[Piece]) -> list[tuple[int, int]]:
        bottom = max(piece.area[3] for piece in row)
        height = float(np.median([piece.height for piece in row]))
        ranges = []
        for line in self._page.loose:
            if not -0.3 * height <= line.at - bottom <= 0.5 * height:
                continue
            under = [k for k, x in enumerate(places) if line.start - 4 <= x <= line.end + 4]
            if under:
                ranges.append((under[0], under[-1] + 1))
        return sorted(ranges)

    def _source(self, ref: str, area: Area) -> Source:
        return Source(part=self._name, ref=ref, box=in_points(area), medium=self._page.flat.medium.value)


def _square(box: Box) -> Area:
    return box.left, box.top, box.right, box.bottom


def _is_bracket(text: str) -> bool:
    """Whether a sign is told apart elsewhere: a blank, or a bracket that may be a document year's."""
    return text.isspace() or text in _ANGULAR


def _sign(text: str) -> str:
    """A box that only the recogniser saw, as the readers of Word files write it."""
    if text in marking.EMPTY_BOXES:
        return "☐"
    return "☑" if text in "☑☒■▣" else text


def confidence(sure: Sequence[float]) -> float:
    """How far a text may be trusted: its least likely character counts, not the mean."""
    return min(sure, default=1.0)


def in_points(area: Area) -> tuple[float, float, float, float]:
    """Pixels of the level page to points."""
    left, top, right, bottom = area
    return (
        round(left * POINTS, 1),
        round(top * POINTS, 1),
        round(right * POINTS, 1),
        round(bottom * POINTS, 1),
    )


def _inside(area: Area, other: Area, share: float = 0.5) -> bool:
    """Whether at least that share of the first area lies in the second."""
    width = min(area[2], other[2]) - max(area[0], other[0])
    height = min(area[3], other[3]) - max(area[1], other[1])
    size = (area[2] - area[0]) * (area[3] - area[1])
    return width > 0 and height > 0 and width * height >= share * size
