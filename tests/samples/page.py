"""What a sample looks like before it is Word or Excel: pages of paragraphs and grids.

A grid is a list of rows; a row is a list of cells from left to right.  Widths are units of the page width
(`WIDTH` in all); a cell that spans rows holds its columns in the rows below, so those rows leave it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

WIDTH = 24


@dataclass(frozen=True)
class Text:
    """`pen`: to be written by hand; Word files hold it in ink that does not print."""

    text: str
    bold: bool = False
    underline: bool = False
    pen: bool = False


@dataclass(frozen=True)
class Box:
    """One tick box; `style` names how Word holds it: w14 control, symbol font or legacy field."""

    on: bool
    style: str


@dataclass(frozen=True)
class Control:
    """A content control; an empty one shows its placeholder."""

    text: str
    kind: str = "text"
    placeholder: str = "单击或点击此处输入文字。"
    options: tuple[str, ...] = ()
    field: str = ""


@dataclass(frozen=True)
class Picture:
    """A signature in ink: proves presence, names nobody."""

    seed: int


@dataclass(frozen=True)
class Tab:
    pass


Inline = Text | Box | Control | Picture | Tab
Line = tuple[Inline, ...]
Content = tuple[Line, ...]


def plain(text: str) -> Content:
    """The lines of a plain text."""
    return tuple((Text(line),) if line else () for line in text.split("\n"))


def join(*parts: str | Inline | Content) -> Content:
    """One content from parts: a part continues the last line of the part before it."""
    lines: list[list[Inline]] = [[]]
    for part in parts:
        piece: Content = (
            part if isinstance(part, tuple) else plain(part) if isinstance(part, str) else ((part,),)
        )
        for index, line in enumerate(piece):
            if index:
                lines.append([])
            lines[-1].extend(line)
    return tuple(tuple(line) for line in lines)


def flatten(content: Content) -> str:
    """The content as typed text, for Excel and CSV; pictures say nothing."""
    return "\n".join("".join(_typed(inline) for inline in line) for line in content)


def _typed(inline: Inline) -> str:
    match inline:
        case Text(text=text):
            return text
        case Box(on=on):
            return "☑" if on else "□"
        case Control(text=text):
            return text or inline.placeholder
        case Tab():
            return "    "
        case _:
            return ""


def pictures(content: Content) -> Iterator[Picture]:
    for line in content:
        for inline in line:
            if isinstance(inline, Picture):
                yield inline


def underlined(content: Content) -> Content:
    return tuple(
        tuple(replace(x, underline=True) if isinstance(x, Text) else x for x in line) for line in content
    )


@dataclass(frozen=True)
class Cell:
    content: Content = ((),)
    width: int = 1
    rows: int = 1
    align: str = "left"
    bold: bool = False
    native: object = None
    number_format: str = "General"
    inner: Grid | None = None
    sdt: bool = False
    size: float = 10.5
    height: int = 0
    """Least height of its row in twentieths of a point."""


@dataclass(frozen=True)
class Grid:
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    hidden: tuple[int, ...] = ()
    """Rows a workbook hides: nobody sees them, they are no records."""
    border: bool = True

    def places(self) -> Iterator[tuple[int, int, Cell]]:
        """(row, left edge in units, cell) for every cell."""
        taken: dict[int, list[tuple[int, int]]] = {}
        for number, row in enumerate(self.rows):
            left = 0
            for cell in row:
                left = _free(taken.get(number, ()), left)
                yield number, left, cell
                for below in range(number + 1, number + cell.rows):
                    taken.setdefault(below, []).append((left, left + cell.width))
                left += cell.width

    def edges(self) -> list[int]:
        found = {0}
        for _, left, cell in self.places():
            found |= {left, left + cell.width}
        return sorted(found)


def _free(spans: Iterable[tuple[int, int]], left: int) -> int:
    moved = True
    while moved:
        moved = False
        for start, end in spans:
            if start <= left < end:
                left, moved = end, True
    return left


@dataclass(frozen=True)
class Para:
    content: Content = ((),)
    align: str = "left"
    bold: bool = False
    size: int = 11
    frame: bool = False
    """In a text box of its own."""


@dataclass
class Page:
    """A sheet of a workbook, or a page of a document."""

    blocks: list[Para | Grid] = field(default_factory=list)
    name: str = "Sheet1"
    header: str = ""
    footer: str = ""
    landscape: bool = False
    state: str = "visible"
    comments: dict[str, str] = field(default_factory=dict)
    offset: tuple[int, int] = (0, 0)

    def para(self, content: str | Content, **how: object) -> None:
        shown = plain(content) if isinstance(content, str) else content
        self.blocks.append(Para(shown, **how))  # type: ignore[arg-type]

    def grid(self, rows: list[list[Cell]], **how: object) -> None:
        self.blocks.append(Grid(tuple(tuple(r) for r in rows), **how))  # type: ignore[arg-type]
