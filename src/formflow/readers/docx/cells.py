"""Cells of Word: paragraphs joined by line breaks, nested tables, controls around and inside them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from formflow.errors import ReadError
from formflow.model import Cell, Source, Table
from formflow.readers.docx import names as n
from formflow.readers.docx.controls import ContentControl, content_control, read_control, record_control
from formflow.readers.docx.story import Story, Text, trimmed
from formflow.readers.docx.styles import with_style
from formflow.readers.docx.tables import lay_out
from formflow.readers.docx.text import walk_inline
from formflow.readers.packages.ooxml import Element, alternate
from formflow.values.empty import is_empty


def paragraph_flags(paragraph: Element, story: Story) -> int:
    """What the styles of the table around it and of the paragraph make of its runs."""
    flags = story.table_flags
    properties = paragraph.find(n.PPR)
    if properties is None:
        return flags
    style = properties.find(n.PARAGRAPH_STYLE)
    if style is not None:
        flags = with_style(flags, story.styles.flags(style.get(n.VAL, "")))
    return flags


def mark_is_deleted(paragraph: Element) -> bool:
    """Whether the paragraph's end is itself a tracked deletion, or has moved away."""
    properties = paragraph.find(n.PPR)
    if properties is None:
        return False
    mark = properties.find(n.RPR)
    return mark is not None and (mark.find(n.DEL) is not None or mark.find(n.MOVE_FROM) is not None)


def next_is_paragraph(paragraph: Element) -> bool:
    """Whether there is a paragraph to run on into."""
    following = paragraph.getnext()
    return following is not None and following.tag == n.P


def read_table(element: Element, source: Source, story: Story, depth: int = 1) -> Table:
    """A `w:tbl` with every cell that shows."""
    if depth > story.limits.max_depth:
        raise ReadError("too-large", f"tables nested more than {story.limits.max_depth} deep")
    grid = lay_out(element, story)
    cells = []
    around = story.table_flags
    story.table_flags = _table_flags(element, story)
    for place in grid.places:
        text = Text(Source(part=source.part, ref=f"{source.ref} R{place.row + 1}C{place.column + 1}"))
        waiting = len(story.boxes)
        if place.row in grid.prompts:
            _read_held(place.controls, place.element, text.scratch(), story, depth)
        else:
            _read_held(place.controls, place.element, text, story, depth)
        if len(story.boxes) > waiting and is_empty(text.since(0)):
            # Somebody drew a text box over an empty cell, or over its prompt, to write in it.
            boxes = story.boxes[waiting:]
            del story.boxes[waiting:]
            for box in boxes:
                read_blocks(box, text, story, depth)
        content, underlined = trimmed(text)
        cells.append(
            Cell(
                row=place.row,
                column=place.column,
                text=content,
                source=text.source,
                row_span=place.row_span,
                column_span=place.column_span,
                value=text.value[1] if text.value is not None and text.value[0] == content.strip() else None,
                underlined=underlined,
                tables=tuple(text.tables),
                pictures=tuple(text.pictures),
                problem=text.problem,
            )
        )
    story.table_flags = around
    for row, control in grid.row_controls:
        held = [cell for cell in cells if cell.row == row]
        if held:
            record_control(
                control,
                "\t".join(cell.text for cell in held),
                held[0].source,
                story,
                untouched=row in grid.prompts,
            )
    return Table(rows=grid.rows, columns=grid.columns, cells=tuple(cells), source=source)


def _table_flags(table: Element, story: Story) -> int:
    """What the style of a table makes of the text in it."""
    style = table.find(f"{n.TABLE_PR}/{n.TABLE_STYLE}")
    return 0 if style is None else story.styles.flags(style.get(n.VAL, ""))


def _read_held(
    controls: tuple[tuple[Element, ContentControl], ...], cell: Element, text: Text, story: Story, depth: int
) -> None:
    """Read a cell's content inside the controls that hold the whole cell, the outermost first."""
    if not controls:
        read_blocks(cell, text, story, depth)
        return
    (sdt, control), *inner = controls

    def walk(_: Element, into: Text) -> None:
        _read_held(tuple(inner), cell, into, story, depth)

    read_control(sdt, control, text, story, walk)


def read_blocks(container: Element, text: Text, story: Story, depth: int = 1) -> None:
    """Add the paragraphs of a cell (or of a control or text box in it), one a line; keep its tables."""
    _Cell(text, story, depth).blocks(container)


class _Cell:
    """Adds blocks to one text, with a line break between paragraphs."""

    def __init__(self, text: Text, story: Story, depth: int) -> None:
        self._text = text
        self._story = story
        self._depth = depth
        # A cell that already holds text (a control before this one) goes on in a new line.
        self._breaks = text.length > 0

    def blocks(self, container: Element) -> None:
        for child in container:
            tag = child.tag
            if tag == n.P:
                if self._breaks:
                    self._text.add("\n")
                walk_inline(child, self._text, self._story, paragraph_flags(child, self._story))
                self._breaks = not mark_is_deleted(child)
            elif tag == n.TBL:
                source = Source(
                    part=self._text.source.part,
                    ref=f"{self._text.source.ref} table {len(self._text.tables) + 1}",
                )
                table = read_table(child, source, self._story, self._depth + 1)
                if table.rows == table.columns == 1:
                    self._framed(table.cells[0])
                elif table.cells:
                    self._text.tables.append(table)
            elif tag == n.SDT:
                self._control(child)
            elif tag in n.THROUGH:
                self.blocks(child)
            elif tag == n.ALTERNATE:
                branch = alternate(child)
                if branch is not None:
                    self.blocks(branch)

    def _framed(self, cell: Cell) -> None:
        """A table of one cell is a frame around text: it stands in the cell that holds the frame."""
        text = self._text
        if self._breaks and cell.text:
            text.add("\n")
        ends = [0, *(end for span in cell.underlined for end in span), len(cell.text)]
        for number, (start, end) in enumerate(pairwise(ends)):
            text.add(cell.text[start:end], underlined=number % 2 == 1)
        self._breaks = self._breaks or bool(cell.text)
        text.tables.extend(cell.tables)
        text.pictures.extend(replace(picture, source=text.source) for picture in cell.pictures)
        text.problem = text.problem or cell.problem
        if cell.value is not None:
            text.value = (cell.text.strip(), cell.value)

    def _control(self, sdt: Element) -> None:
        control = content_control(sdt)
        if self._breaks and control.kind:
            self._text.add("\n")
            self._breaks = False

        def walk(content: Element, into: Text) -> None:
            inner = self if into is self._text else _Cell(into, self._story, self._depth)
            inner.blocks(content)

        read_control(sdt, control, self._text, self._story, walk)
        self._breaks = True
