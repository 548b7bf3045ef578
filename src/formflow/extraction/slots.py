"""One view of a Document for all that follows: blocks of rows of slots.

A table is a block, a line outside tables a block of one row and one slot. Whoever reads labels and
values needs to know nothing else of what the file was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from formflow.model import (
    Cell,
    Document,
    Doubts,
    Line,
    Mark,
    Part,
    PartKind,
    Picture,
    Source,
    Table,
    together,
)
from formflow.pages.split_texts import joined

_KNOWN = {"seal": Mark.SEAL, "unknown": Mark.UNKNOWN}
"""Kinds of pictures that are no pen's ink."""
_SCIENTIFIC = re.compile(r"\s*-?\d(?:\.\d+)?E\+\d{1,3}\s*")
"""A number as a narrow column showed it when somebody saved or copied it: its other digits are gone."""
_BILEVEL = frozenset({"fax-fine", "fax-standard"})
"""Media whose pixels are black or white."""
_LIST_ITEM = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．)）]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[①-⑳]"
)


@dataclass(slots=True, eq=False)
class Slot:
    """A cell or a line: a place that holds a label, a value or both; never changed once made.

    Attributes:
        row, column, row_span, column_span: Grid position inside its block.
        paged: The text was set in lines on a page, so its line breaks are mostly wraps.
        mark: As in `Reading`.
        character_confidence, doubts: As in `Cell`.
        origin: The slot that it is a copy of, where a reading moved it or saw it without its picture.
    """

    text: str
    source: Source
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1
    confidence: float = 1.0
    value: Any = None
    mark: Mark = Mark.NONE
    problem: str = ""
    underlined: tuple[tuple[int, int], ...] = ()
    paged: bool = False
    character_confidence: tuple[float, ...] = ()
    doubts: Doubts = ()
    origin: Slot | None = None

    @property
    def itself(self) -> Slot:
        """The slot as it stands in its block."""
        return self.origin or self

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()

    @property
    def end(self) -> int:
        """First column to the right of it."""
        return self.column + self.column_span


@dataclass(slots=True)
class Block:
    """A table, or a line as a table of one cell.

    Attributes:
        rows: Slots by the row they begin in.
        covering: (row, column) → the slot that covers it, merged cells included; rows of as many slots as
            there are columns need not be in it.
        columns: Number of columns.
        is_line: It is a line outside tables.
        loose: Its merged cells are lost, as in a CSV file: a blank may belong to the cell before it.
    """

    part: str
    rows: list[list[Slot]]
    columns: int
    is_line: bool = False
    name: str = ""
    covering: dict[tuple[int, int], Slot] = field(default_factory=dict)
    loose: bool = False

    def at(self, row: int, column: int) -> Slot | None:
        """The slot that covers the position, or None outside the grid."""
        if 0 <= row < len(self.rows) and len(self.rows[row]) == self.columns:
            return self.rows[row][column] if 0 <= column < self.columns else None
        return self.covering.get((row, column))

    def slots(self) -> Iterator[Slot]:
        for row in self.rows:
            yield from row

    def cut(self, start: int, stop: int) -> Block:
        """The rows from `start` to before `stop` as a block of their own, positions kept."""
        rows = [row if start <= i < stop else [] for i, row in enumerate(self.rows)]
        covering = {at: slot for at, slot in self.covering.items() if start <= slot.row < stop}
        return Block(self.part, rows, self.columns, self.is_line, self.name, covering, self.loose)


@dataclass(slots=True)
class Story:
    """The blocks of one part, with what the part is."""

    part: Part
    blocks: list[Block]


def stories(document: Document) -> list[Story]:
    """The document's parts as blocks, in reading order."""
    loose = document.media_type.startswith("text/")
    return [Story(part, list(_blocks(part, loose))) for part in document.parts]


def _blocks(part: Part, loose: bool) -> Iterator[Block]:
    paged = part.kind == PartKind.PAGE
    for item in part.blocks:
        if isinstance(item, Line):
            yield _line(part, item, paged)
        else:
            yield from _table(part, item, paged, loose)


def _line(part: Part, line: Line, paged: bool) -> Block:
    slot = Slot(
        text=line.text,
        source=line.source,
        confidence=line.confidence,
        mark=mark_of(line.pictures),
        problem=line.problem,
        underlined=line.underlined,
        paged=paged,
        character_confidence=line.character_confidence,
        doubts=line.doubts,
    )
    return Block(part.name, [[slot]], 1, is_line=True, name=line.source.ref, covering={(0, 0): slot})


def _table(part: Part, table: Table, paged: bool, loose: bool) -> Iterator[Block]:
    rows: list[list[Slot]] = [[] for _ in range(table.rows)]
    covering: dict[tuple[int, int], Slot] = {}
    nested: list[Table] = []
    for cell in table.cells:
        slot = _slot(cell, paged)
        rows[cell.row].append(slot)
        if cell.row_span > 1 or cell.column_span > 1:
            # A merge of a hostile sheet may claim a million positions; the table's own size bounds it.
            for r in range(cell.row, min(cell.row + cell.row_span, table.rows)):
                for c in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                    covering[r, c] = slot
        if cell.tables:
            nested.extend(cell.tables)
    for row in rows:
        if len(row) != table.columns:
            covering.update(
                ((slot.row, slot.column), slot)
                for slot in row
                if slot.row_span == 1 and slot.column_span == 1
            )
    yield Block(part.name, rows, table.columns, name=table.source.ref, covering=covering, loose=loose)
    for inner in nested:
        yield from _table(part, inner, paged, loose)


def _slot(cell: Cell, paged: bool) -> Slot:
    text = cell.text
    problem = cell.problem
    if "E+" in text and cell.value is None and _SCIENTIFIC.fullmatch(text):
        problem = problem or "precision-lost"
    # By position: a large sheet has a hundred thousand of them.
    return Slot(
        text,
        cell.source,
        cell.row,
        cell.column,
        cell.row_span,
        cell.column_span,
        cell.confidence,
        cell.value,
        mark_of(cell.pictures) if cell.pictures else Mark.NONE,
        problem,
        cell.underlined,
        paged,
        cell.character_confidence,
        cell.doubts,
    )


def confidence_of(text: str, slots: Sequence[Slot]) -> float:
    """How far a value may be trusted that some slots hold, beside its label perhaps and other values: by its own
    characters, where those are known.
    """
    first = slots[0]
    if len(slots) > 1 or text == first.text or not text or len(first.character_confidence) != len(first.text):
        return min(slot.confidence for slot in slots)
    # Where it stands twice, either may be meant.
    places = [match.start() for match in re.finditer(re.escape(text), first.text)]
    own = [first.character_confidence[start : start + len(text)] for start in places]
    return min(map(min, own), default=first.confidence)


def doubts_of(slots: Sequence[Slot]) -> Doubts:
    """Why a person looks at a value that several slots hold."""
    return slots[0].doubts if len(slots) == 1 else together(*(slot.doubts for slot in slots))


def place_of(slots: Sequence[Slot]) -> Source:
    """Where a value lies that several slots hold: at the first of them, with a box around those on its page."""
    first = slots[0].source
    boxes = [slot.source.box for slot in slots if slot.source.box and slot.source.part == first.part]
    if first.box is None or len(boxes) < 2:
        return first
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return replace(first, box=(min(lefts), min(tops), max(rights), max(bottoms)))


def mark_in(slots: Sequence[Slot]) -> Mark:
    """What lies in several slots and is no text."""
    return slots[0].mark if len(slots) == 1 else _strongest({slot.mark for slot in slots})


def mark_of(pictures: Sequence[Picture]) -> Mark:
    """What lies at a place and is no text."""
    return _strongest({_KNOWN.get(_kind(picture), Mark.INK) for picture in pictures})


def _strongest(marks: Collection[Mark]) -> Mark:
    return next((mark for mark in (Mark.INK, Mark.UNKNOWN, Mark.SEAL) if mark in marks), Mark.NONE)


def _kind(picture: Picture) -> str:
    """What a picture is; in black and white no colour parts a pen's ink from a seal's."""
    return "unknown" if picture.kind == "ink" and picture.source.medium in _BILEVEL else picture.kind


def unwrap(text: str) -> str:
    """Lines outside tables on a page with their wraps undone: a break stays only before a list item.

    In cells the reader has done that already, by the room that was left at the end of each line.
    """
    whole, *others = text.split("\n")
    for line in others:
        line = line.lstrip()
        listed = whole.strip() and _LIST_ITEM.match(line)
        whole = f"{whole.rstrip()}\n{line}" if listed else joined(whole, line)
    return whole
