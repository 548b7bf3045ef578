"""Cells of Word: paragraphs joined by line breaks, nested tables, controls around and inside them."""

from __future__ import annotations

from formflow.errors import ReadError
from formflow.model import Cell, Source, Table
from formflow.readers import docx_names as n
from formflow.readers.docx_controls import ContentControl, content_control, read_control, record_control
from formflow.readers.docx_story import Story, Text, trimmed
from formflow.readers.docx_tables import lay_out
from formflow.readers.docx_text import walk_inline
from formflow.readers.package import Element, alternate


def paragraph_flags(paragraph: Element, story: Story) -> int:
    """What the paragraph's style makes of its runs."""
    properties = paragraph.find(n.PPR)
    style = None if properties is None else properties.find(n.PARAGRAPH_STYLE)
    return 0 if style is None else story.styles.flags(style.get(n.VAL, ""))


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
    for place in grid.places:
        text = Text(Source(part=source.part, ref=f"{source.ref} R{place.row + 1}C{place.column + 1}"))
        waiting = len(story.boxes)
        if place.row in grid.prompts:
            _read_held(place.controls, place.element, text.scratch(), story, depth)
        else:
            _read_held(place.controls, place.element, text, story, depth)
        if len(story.boxes) > waiting and not text.since(0).strip():
            # Somebody drew a text box over an empty cell to write in it.
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
                if table.cells:
                    self._text.tables.append(table)
            elif tag == n.SDT:
                self._control(child)
            elif tag in n.THROUGH:
                self.blocks(child)
            elif tag == n.ALTERNATE:
                branch = alternate(child)
                if branch is not None:
                    self.blocks(branch)

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
