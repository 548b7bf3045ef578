"""What one page of a batch says of its place: whose page it is, which of how many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from formflow.forms.controlnames import is_marker, parse_mark
from formflow.model import Cell, Part, PartKind
from formflow.pages.separators import is_separator
from formflow.values.blankcode import parse_blank_code
from formflow.values.entrycode import parse_entry_code

_PAGE, _PAGES = r"\s*(?P<page>\d{1,4})\s*", r"\s*(?P<pages>\d{1,4})\s*"
_NUMBERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"第{_PAGE}页[\s,，、/(（]*共{_PAGES}页",
        rf"共{_PAGES}页[\s,，、/(（]*第{_PAGE}页",
        rf"第{_PAGE}/{_PAGES}页",
        rf"(?<![a-z])(?:page|p\.){_PAGE}(?:of|/){_PAGES}(?!\d)",
    )
)
_EDGE = 0.12
"""Share of a page's height at its head and foot where its number is printed."""
_COVERS = 0.8
"""Share of both sides of a page from which a patch of colour is the paper itself, not something on it."""
_FAINT = 0.6
_NAME = re.compile(r"page (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMarks:
    """A page's place in a batch, as far as it says.

    Attributes:
        paper: Whose page it is (`blank 3e627329`, `entry XKH/2026/1`); empty where only a number is printed.
        page, pages: Which of how many, from 1; both 0 where it does not say.
        coded: A symbol says so, not only print.
        open: A spreadsheet's: its symbol is on the first page only, and print numbers as many as there came to be.
        title: The first line on it.
        separator: It only parts papers.
        blank: Nothing is on it.
        text: All that stands on it, to tell a page that was scanned twice.
    """

    paper: str = ""
    page: int = 0
    pages: int = 0
    coded: bool = False
    open: bool = False
    title: str = ""
    separator: bool = False
    blank: bool = False
    text: str = ""


def leaves(parts: Sequence[Part]) -> list[PageMarks]:
    """What each of the pages says; a sheet or a story says nothing."""
    held = _held(parts)
    return [_leaf(part, held.get(part.name, ())) for part in parts]


def is_empty(part: Part) -> bool:
    """Whether nothing is on a page: the colour of its paper is not, and neither is one faint sign."""
    return _is_blank(part, tuple(cell for table in part.tables for cell in table.cells))


def page_number(part: Part) -> int | None:
    """Which page of its file a part is, from 1; None for a sheet or a story."""
    match = _NAME.fullmatch(part.name) if part.kind == PartKind.PAGE else None
    return int(match[1]) if match else None


def _held(parts: Sequence[Part]) -> Mapping[str, Sequence[Cell]]:
    """The cells by the page they lie on: a table that goes on over pages is held by the first of them."""
    held: dict[str, list[Cell]] = {}
    for part in parts:
        for table in part.tables:
            for cell in table.cells:
                held.setdefault(cell.source.part, []).append(cell)
    return held


def _leaf(part: Part, cells: Sequence[Cell]) -> PageMarks:
    if part.kind != PartKind.PAGE:
        return PageMarks()
    text = "\n".join([*(line.text for line in part.lines), *(cell.text for cell in cells)])
    if is_separator(part):
        return PageMarks(separator=True, text=text)
    if _is_blank(part, cells):
        return PageMarks(blank=True)
    return replace(_place(part, cells), title=next((line.text for line in part.lines), ""), text=text)


def _place(part: Part, cells: Sequence[Cell]) -> PageMarks:
    edges = list(_edges(part, cells))
    page, pages = _printed_number(edges)
    for code in part.codes:
        if (blank := parse_blank_code(code)) is not None:
            paper = f"blank {blank.version}"
            if blank.rendition == "xlsx" and blank.pages == 1:
                return PageMarks(paper=paper, page=page or 1, pages=pages or 1, coded=True, open=True)
            return PageMarks(paper=paper, page=blank.page, pages=blank.pages, coded=True)
        if (entry := parse_entry_code(code)) is not None:
            paper = f"entry {entry.series}/{entry.year}/{entry.serial}"
            return PageMarks(paper=paper, page=entry.page, pages=entry.pages, coded=True)
    return PageMarks(paper=_marker(part, edges) if pages else "", page=page, pages=pages)


def _marker(part: Part, edges: Iterable[str]) -> str:
    """The version by the marker of a blank, in its field or in the footer; empty where there is none."""
    told = {control.value for control in part.controls if is_marker(control.name)}
    marks = {mark[1] for text in (*told, *edges) if (mark := parse_mark(text)) is not None}
    return f"blank {marks.pop()}" if len(marks) == 1 else ""


def _printed_number(edges: Iterable[str]) -> tuple[int, int]:
    """The one page number that stands in the page's head or foot; zeros where none or several do."""
    found: set[tuple[int, int]] = set()
    for text in edges:
        for pattern in _NUMBERS:
            found |= {(int(match["page"]), int(match["pages"])) for match in pattern.finditer(text)}
    page, pages = found.pop() if len(found) == 1 else (0, 0)
    return (page, pages) if 1 <= page <= pages else (0, 0)


def _edges(part: Part, cells: Sequence[Cell]) -> Iterator[str]:
    """What stands in a page's head and foot."""
    if part.size is None:
        return
    low, high = _EDGE * part.size[1], (1 - _EDGE) * part.size[1]
    texts = [(item.text, item.source.box) for item in part.lines] + [
        (cell.text, cell.source.box) for cell in cells
    ]
    for text, box in texts:
        if box and (box[3] < low or box[1] > high):
            yield text


def _is_blank(part: Part, cells: Sequence[Cell]) -> bool:
    if part.controls or part.codes or any(cell.text.strip() or cell.pictures for cell in cells):
        return False
    lines = [line for line in part.lines if line.text.strip()]
    faint = all(line.confidence < _FAINT for line in lines) and sum(len(line.text) for line in lines) <= 2
    return faint and all(_is_paper(part, picture.source.box) for picture in part.pictures)


def _is_paper(part: Part, box: tuple[float, float, float, float] | None) -> bool:
    if part.size is None or box is None:
        return False
    width, height = part.size
    return box[2] - box[0] >= _COVERS * width and box[3] - box[1] >= _COVERS * height
