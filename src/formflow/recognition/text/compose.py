"""Compose recognised pieces to text: blanks where the paper has them, wraps undone, and the reasons to doubt it.

Reasons that no character shows are found here: a seal over the text, a pen, a lost ruling, a coarse fax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from formflow.model import DoubtReason, Doubts, together
from formflow.recognition.checkboxes import states
from formflow.recognition.checkboxes.states import Tick
from formflow.recognition.ink import shapes
from formflow.recognition.layers import Prepared
from formflow.recognition.parameters import PAGE
from formflow.recognition.pieces import Piece, blanks, gaps_within, rows_of
from formflow.recognition.raster import Medium
from formflow.recognition.rulings.grid import Area
from formflow.recognition.text.handwriting import is_written
from formflow.recognition.text.joining import (
    Row,
    has_document_year,
    joined,
    lost_a_bracket,
    with_document_year,
    with_full_stop,
)
from formflow.recognition.text.missed import misses_a_character
from formflow.recognition.text.parameters import TEXT
from formflow.recognition.text.recognise import PageText

_TWO_THINGS = re.compile(r"\S {8,}\S")
_MORE_THAN_ONE = re.compile(r"[:：]|\S {2,}\S")
"""In a text that holds a label and its value."""
_FILL_IN = re.compile(r"[☐☑_]|签\s*[字名章]|日\s*期|年\s*月\s*日")
_ALONE = frozenset("VvIl|丨丿JUuYyLＶ｜")
"""Characters that a tick alone in a cell is read as, and that are hardly a value."""
_SEAL_STROKES = frozenset("1lI|丨丿丶、,.·-–—~'‘’“”\"")
"""What the edge of a seal is read as; behind a colon a 1 may be a number."""
_ANGULAR = frozenset("[]【】〔〕{}")


@dataclass(frozen=True, slots=True)
class Text:
    """An area's text as the neutral Document writes it.

    Attributes:
        character_confidence, doubts: As in `Cell`.
    """

    text: str
    confidence: float
    unclear: bool = False
    underlined: tuple[tuple[int, int], ...] = ()
    character_confidence: tuple[float, ...] = ()
    doubts: Doubts = ()

    def with_boxes(self, states: Sequence[bool | None]) -> Text:
        """The text as far as the boxes in it are clear: ticked, empty, or None for one that a person must look at.

        One box that may be ticked, beside others that surely are not, is suggested; all else is left open.
        """
        if None not in states:
            return self
        alone = states.count(None) == 1 and True not in states and self.text.count("☑") == 1
        if alone and len(states) > 1:
            return self.doubted(DoubtReason.TICK_UNCLEAR)
        return replace(self, unclear=True)

    def doubted(self, *reasons: DoubtReason) -> Text:
        """The text, the whole of it doubted for more reasons."""
        return replace(self, doubts=together(self.doubts, reasons))


@dataclass(slots=True)
class _Trust:
    """The characters of a text, blanks left out, each with its probability, and the states of its boxes."""

    glyphs: list[tuple[str, float]] = field(default_factory=list)
    boxes: list[bool | None] = field(default_factory=list)

    def take(self, part: Piece | Tick, glyphs: Sequence[tuple[str, float, float]]) -> None:
        if isinstance(part, Tick):
            self.boxes.append(part.ticked if part.clear else None)
        self.glyphs += [
            (sign, 1.0 if _is_fill_in_line(glyphs, number) else sure)
            for number, (text, _, sure) in enumerate(glyphs)
            for sign in text
            if not sign.isspace()
        ]

    def of(self, text: str) -> list[float]:
        """The probabilities of the characters that were written as a text; those of angular brackets count nothing
        around a document's year, however they were read.
        """
        if not has_document_year(text):
            return [sure for _, sure in self.glyphs]
        written = [sign for sign in text if not sign.isspace()]
        signs = written if len(written) == len(self.glyphs) else [sign for sign, _ in self.glyphs]
        return [1.0 if sign in _ANGULAR else sure for sign, (_, sure) in zip(signs, self.glyphs, strict=True)]


class Writer:
    """Writes the texts of one page."""

    def __init__(self, page: Prepared, read: PageText) -> None:
        self._page = page
        self._read = read

    def cell(self, area: Area) -> Text:
        """The text of a cell."""
        pieces = self._read.cells[area]
        ink = self._page.ink
        if len(pieces) == 1:
            [piece] = pieces
            if mark := shapes.small_mark(ink, piece.area, self._read.high, piece.spelled.text):
                # Whether a dash may be the number 一 tells the field; a long one may be a line to write on.
                long = (
                    mark == "—" and piece.area[2] - piece.area[0] > TEXT.max_dash_in_heights * self._read.high
                )
                text = Text(mark, TEXT.mark_confidence, doubts=self._doubts(mark, pieces))
                return text.doubted(DoubtReason.LOOK_ALIKE) if long else text
            if shapes.is_slash(ink, piece.area, piece.spelled.text):
                # Its ink shows it as plainly as a dash's where it was read so too.
                sure = self._scaled(piece.spelled.least)
                own = max(sure, TEXT.mark_confidence) if piece.spelled.text.strip() == "/" else sure
                return Text("/", round(own, 3), doubts=self._doubts("/", pieces))
        rows = rows_of(pieces)
        text = self._text(rows, area)
        return text.doubted(*self._reasons(text.text, rows, area))

    def line(self, row: Sequence[Piece], area: Area) -> Text:
        """The text of a row outside tables, with what of it is underlined."""
        text = self._text([row], area, underlines=True)
        return text.doubted(DoubtReason.NO_RULINGS) if id(row[0]) in self._read.doubtful else text

    def _reasons(self, text: str, rows: Sequence[Sequence[Piece]], area: Area) -> Iterator[DoubtReason]:
        """What speaks against a cell's text, by its place in the cell and by what it is."""
        if any(self._may_be_cut(row, area) for row in rows):
            yield DoubtReason.CUT_OFF
        if area in self._page.run_together:
            yield DoubtReason.RULING_LOST
        if text in _ALONE:
            yield DoubtReason.STRAY_STROKE  # A tick, or what is left of a stamp.
        # So wide a gap stands between two cells whose ruling was lost, not inside a value.
        if _TWO_THINGS.search(text) and not _FILL_IN.search(text):
            yield DoubtReason.TWO_VALUES

    def _may_be_cut(self, row: Sequence[Piece], area: Area) -> bool:
        """Whether more may have stood in a row of a cell than there is.

        Excel prints as much of a text as its column has room for; and what crosses a ruling was not set into this
        cell: the text was printed over the form, or the ruling is none.
        """
        height = float(np.median([piece.height for piece in row]))
        left, top = min(piece.area[0] for piece in row), min(piece.area[1] for piece in row)
        right, bottom = max(piece.area[2] for piece in row), max(piece.area[3] for piece in row)
        indent = TEXT.max_indent_in_heights * height
        if left - area[0] <= indent and area[2] - right <= TEXT.ruling_half_px:
            white = ~(self._page.drawn[top:bottom, right : area[2] - 1] > 0).any(axis=0)
            if white.sum() <= TEXT.cut_white_px:
                return True
        return any(self._is_crossed(at, top, bottom) for at in (area[0], area[2]))

    def _is_crossed(self, at: int, top: int, bottom: int) -> bool:
        """Whether characters go through the ruling at `at`: on the same height something meets it on either side."""
        columns = slice(max(at - TEXT.ruling_half_px, 0), at + TEXT.ruling_half_px + 1)
        ink = self._page.ink[top:bottom, columns]
        ruling = self._page.drawn[top:bottom, columns] & ~ink
        before, behind = ruling[:, 1:] & ink[:, :-1], ruling[:, :-1] & ink[:, 1:]
        return int((before.any(axis=1) & behind.any(axis=1)).sum()) >= TEXT.min_crossing_px

    def _text(self, rows: Sequence[Sequence[Piece]], area: Area, *, underlines: bool = False) -> Text:
        """The text of an area's rows; wide gaps are runs of blanks, rows are lines unless they only wrapped."""
        written: list[Row] = []
        underlined: list[tuple[int, int]] = []
        trust = _Trust()
        for row in rows:
            line, places = self._row(row, trust)
            if underlines and line:
                underlined += self._underlined(places, row)
            if line.strip():
                height = float(np.median([piece.height for piece in row]))
                written.append(Row(row, line.rstrip() if underlines else line.strip(), height))
        text = joined(written, area)
        repaired = with_document_year(with_full_stop(text))
        doubts = self._doubts(text, [piece for row in rows for piece in row])
        if repaired != text:
            doubts = (*doubts, DoubtReason.SIGN_REPAIRED)
        sure = [round(self._scaled(one), 3) for one in trust.of(text)]
        # A repair that moved the characters took their places with it.
        kept = tuple(underlined) if written and len(repaired) == len(written[0].text) else ()
        found = Text(
            repaired,
            min(sure, default=1.0),
            underlined=kept,
            character_confidence=_by_character(repaired, sure) if _MORE_THAN_ONE.search(repaired) else (),
            doubts=doubts,
        )
        return found.with_boxes(trust.boxes)

    def _row(self, row: Sequence[Piece], trust: _Trust) -> tuple[str, list[float]]:
        """A row's text and where each of its characters stands in pixels."""
        line, places = "", list[float]()
        height = float(np.median([piece.height for piece in row]))
        end: float | None = None
        for part in (part for piece in row for part in self._read.parts_of(piece)):
            glyphs, start, stop = self._glyphs(part)
            if not glyphs:
                continue
            if end is not None:
                space = blanks(start - end, height)
                if space == 1 and not (line[-1:].isascii() and glyphs[0][0].isascii()):
                    space = int(start - end >= PAGE.space_in_heights * height)
                places += [end + (start - end) * (k + 0.5) / max(space, 1) for k in range(space)]
                line += " " * space
            line += "".join(text for text, _, _ in glyphs)
            places += [x for text, x, _ in glyphs for _ in text]
            trust.take(part, glyphs)
            end = stop
        return line, places

    def _glyphs(self, part: Piece | Tick) -> tuple[list[tuple[str, float, float]], int, int]:
        """Characters with middle and probability, and where the part begins and ends in pixels."""
        if isinstance(part, Tick):
            box = part.box
            return [("☑" if part.ticked else "☐", (box.left + box.right) / 2, 1.0)], box.left, box.right
        read = gaps_within(part, self._page.ink)
        glyphs = [(_sign(glyph.text), part.x_of(glyph), glyph.sure) for glyph in read]
        return glyphs, part.area[0], part.area[2]

    def _scaled(self, sure: float) -> float:
        """How far a character may be trusted, by its probability; of a text the least counts, not the mean."""
        coarse = self._page.flat.medium is Medium.FAX_STANDARD
        return max(0.0, 1 - TEXT.coarse_doubt_ratio * (1 - sure)) if coarse else sure

    def _doubts(self, text: str, pieces: Sequence[Piece]) -> Doubts:
        """What speaks against a text though its characters do not show it."""
        doubts = []
        if text and (self._read.by_hand or any(is_written(piece, self._page.ink) for piece in pieces)):
            doubts.append(DoubtReason.BY_HAND)
        if any(self._page.soiled[b:d, a:c].any() for a, b, c, d in (piece.area for piece in pieces)):
            doubts.append(DoubtReason.SEAL_OVER)  # A seal or a pen took away what lay under it.
        plain = [piece for piece in pieces if id(piece) not in self._read.parts]
        if any(misses_a_character(piece, self._page.ink) for piece in plain):
            doubts.append(DoubtReason.CHARACTER_MISSED)
        if lost_a_bracket(text):
            doubts.append(DoubtReason.BRACKET_LOST)
        return tuple(doubts)

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


def under_a_seal(text: Text, label: str) -> Text:
    """A sealed cell's text as the label that is printed there; as it was read where more than a seal's strokes stands
    in it: somebody wrote there.
    """
    strokes = _SEAL_STROKES - {"1"} if label.endswith((":", "：")) else _SEAL_STROKES
    written = {sign for sign in text.text if not sign.isspace()} - set(label) - strokes
    return text if written else Text(label, 1.0, doubts=(DoubtReason.SEAL_OVER,))


def _by_character(text: str, sure: Sequence[float]) -> tuple[float, ...]:
    """The confidence of each character of a text, blanks as sure as can be; empty where they are as sure as each other,
    and where the text has more or less of them than were read.
    """
    if len(set(sure)) < 2 or sum(not sign.isspace() for sign in text) != len(sure):
        return ()
    own = iter(sure)
    return tuple(1.0 if sign.isspace() else next(own) for sign in text)


def _is_fill_in_line(glyphs: Sequence[tuple[str, float, float]], number: int) -> bool:
    """Whether a character is of the line that was written on: an underscore that parts no letters or digits."""
    if glyphs[number][0] != "_":
        return False
    before, after = glyphs[max(number - 1, 0)][0], glyphs[min(number + 1, len(glyphs) - 1)][0]
    return not (before.isalnum() and after.isalnum())


def _sign(text: str) -> str:
    """A box that only the recogniser saw, as the readers of Word files write it."""
    if text in states.EMPTY_BOXES:
        return "☐"
    return "☑" if text in "☑☒⊠■▣" else text
