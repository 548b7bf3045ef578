"""Recognised pages as parts, made by hand: lines with their places, tables, codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from formflow.model import Cell, Document, Line, Part, Picture, Source, Table
from formflow.values.blankcode import BlankCode

WIDTH, HEIGHT = 595.0, 842.0
Rows = Sequence[Sequence[str]]


def line(page: int, text: str, top: float = 100.0, height: float = 12.0, confidence: float = 1.0) -> Line:
    """A line of text at a height of its page."""
    box = (60.0, top, 500.0, top + height)
    return Line(
        text=text,
        source=Source(part=f"page {page}", ref="line", box=box, medium="scan"),
        confidence=confidence,
    )


def table(page: int, rows: Rows, top: float = 200.0) -> Table:
    """A ruled table over the width of its page."""
    wide = 480.0 / max(len(row) for row in rows)
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            box = (60.0 + c * wide, top + r * 20.0, 60.0 + (c + 1) * wide, top + (r + 1) * 20.0)
            ref = f"table 1 R{r + 1}C{c + 1}"
            cells.append(
                Cell(
                    row=r,
                    column=c,
                    text=text,
                    source=Source(part=f"page {page}", ref=ref, box=box, medium="scan"),
                )
            )
    whole = (60.0, top, 540.0, top + len(rows) * 20.0)
    return Table(
        rows=len(rows),
        columns=max(len(row) for row in rows),
        cells=tuple(cells),
        source=Source(part=f"page {page}", ref="table 1", box=whole, medium="scan"),
    )


def page(
    number: int,
    *blocks: Line | Table | str,
    code: str | BlankCode = "",
    foot: str = "",
    pictures: tuple[Picture, ...] = (),
) -> Part:
    """A page; bare texts are lines below each other, `foot` stands at its foot."""
    placed = [
        line(number, block, 40.0 + 20 * at) if isinstance(block, str) else block
        for at, block in enumerate(blocks)
    ]
    if foot:
        placed.append(line(number, foot, 810.0))
    return Part(
        name=f"page {number}",
        kind="page",
        blocks=tuple(placed),
        size=(WIDTH, HEIGHT),
        codes=(str(code),) if code else (),
        pictures=pictures,
    )


def renumbered(parts: Sequence[Part]) -> list[Part]:
    """The pages as a scanner that took them in this order would number them."""
    return [_renamed(part, f"page {number}") for number, part in enumerate(parts, start=1)]


def document(*parts: Part) -> Document:
    """The pages as a scanned file."""
    return Document(digest="0" * 64, media_type="image/tiff", name="scan.tif", reader="scan/1", parts=parts)


def _renamed(part: Part, name: str) -> Part:
    def moved(source: Source) -> Source:
        return replace(source, part=name)

    blocks: list[Line | Table] = []
    for block in part.blocks:
        block = replace(block, source=moved(block.source))
        if isinstance(block, Table):
            cells = tuple(replace(cell, source=moved(cell.source)) for cell in block.cells)
            block = replace(block, cells=cells)
        blocks.append(block)
    controls = tuple(replace(control, source=moved(control.source)) for control in part.controls)
    return replace(part, name=name, blocks=tuple(blocks), controls=controls)
