"""Pages, rows, cells and what lies in them, in points from a page's top-left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from formflow.forms.spec import Field, Form
from formflow.model import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A place on a page that holds print, or waits for writing.

    Attributes:
        kind: `title`, `note` (a printed line), `below` (a line under the table), `label`, `footer`; `value`, `option` (the square to tick; `text` is
            its caption), `remark` (room beside options), `signature`, `signed_on`, `opinion` (above a signature), `number` (a row's ordinal).
        text: What is printed there; for an area to write in, nothing.
        size: Of the print.
        field: Id of the field; of the form's own table, with the column in `column`.
        row: Of the form's own table or of the log, from 0 over all pages; None elsewhere.
        option: Id of the option.
    """

    kind: str
    box: Box
    text: str = ""
    size: float = 0.0
    field: str = ""
    column: str = ""
    row: int | None = None
    option: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A ruled cell.

    Attributes:
        kind: `label`, `value`, `column` (the heading of a column), `number` (a row's ordinal).
        spec: The field it names or holds; of a table its column. None for the ordinals.
        text: What is printed in it.
        size: Of its print and of what is typed into it.
        tall: Texts of several lines are meant to go into it.
        inner: For options and signatures: the squares, captions and places inside.
    """

    kind: str
    box: Box
    spec: Field | None = None
    text: str = ""
    size: float = 10.5
    row: int | None = None
    tall: bool = False
    inner: tuple[Area, ...] = ()

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Cells side by side, without gaps, over the whole width of the page's body."""

    cells: tuple[Cell, ...]

    @property
    def top(self) -> float:
        return self.cells[0].box[1]

    @property
    def height(self) -> float:
        return self.cells[0].box[3] - self.cells[0].box[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a blank.

    Attributes:
        number, of: Which page of how many, from 1.
        width, height: In points.
        qr: Where the symbol lies, its quiet zone not counted.
        rows: The ruled rows from the top down; where rows do not touch, they are tables of their own.
        print: Title, notes and footer.
        rows_field: Id of the form's own table; empty for logs and forms without one.
    """

    number: int
    of: int
    width: float
    height: float
    qr: Box
    rows: tuple[Row, ...]
    print: tuple[Area, ...]
    rows_field: str = ""

    @property
    def areas(self) -> tuple[Area, ...]:
        """Everything on the page, one area for each place to write in."""
        return (*self.print, *self._ruled())

    def _ruled(self) -> Iterator[Area]:
        for row in self.rows:
            for cell in row.cells:
                yield from cell.inner
                if cell.kind == "value" and cell.inner:
                    continue
                id = cell.spec.id if cell.spec else ""
                nested = bool(self.rows_field) and (cell.row is not None or cell.kind == "column")
                yield Area(
                    kind="label" if cell.kind == "column" else cell.kind,
                    box=cell.box,
                    text=cell.text,
                    size=cell.size,
                    field=self.rows_field if nested and id else id,
                    column=id if nested else "",
                    row=cell.row,
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A form's blank as it lies on paper.

    Attributes:
        kind: `record` (one paper, one record) or `log` (one row, one record).
        version: Eight hex digits; another definition that prints otherwise has another.
        revision: By which it is set; see `versions`.
        entries: How many rows its own table, or the log, has over all pages.
    """

    form: Form
    kind: str
    version: str
    pages: tuple[Page, ...]
    entries: int = 0
    columns: tuple[Field, ...] = field(default=())
    revision: int = 1
