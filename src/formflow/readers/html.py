"""HTML under any name, as web systems export it for Excel and Word: tables and the text around them to a sheet."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.model import Block, Line, Part, PartKind, Source
from formflow.readers.encodings import decoded, narrowed
from formflow.readers.xlsx.cells import Written
from formflow.readers.xlsx.layout import lay_out
from formflow.readers.xlsx.numbers import show_general
from formflow.readers.xlsx.sheet import Sheet

_PART = "Sheet1"
_BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 li tr caption center section article dt dd pre form".split())
_SKIPPED = frozenset(
    "script style head title meta link noscript template select object iframe s strike del".split()
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|text-decoration[^;]*line-through|font-size\s*:\s*0",
    re.IGNORECASE,
)
_SCIENTIFIC = re.compile(r"-?\d(\.\d+)?E\+?\d+\Z", re.IGNORECASE)
_MAX_SPAN = 1000
_MAX_DEPTH = 200


def read_html(data: bytes, limits: Limits) -> tuple[Part, ...]:
    """One sheet, none for a page without text: rows are counted through tables and lines as a spreadsheet does that opens the file.

    Args:
        data: HTML, or a page saved with what belongs to it (MHTML).
        limits: Bounds on the cells.
    Raises:
        ReadError: `corrupt`, `encoding` or `too-large`; `unsupported` for a web archive without a page.
    """
    try:
        root = html.document_fromstring(
            _DECLARATION.sub("", _text(data)), parser=html.HTMLParser(no_network=True)
        )
    except etree.ParserError:
        return ()  # Nothing but comments.
    reader = _Page(limits)
    reader.read(root)
    if not reader.blocks:
        return ()
    return (Part(name=_PART, kind=PartKind.SHEET, blocks=tuple(reader.blocks)),)


def _text(data: bytes) -> str:
    """The page, decoded."""
    if data[:4096].lstrip().lower().startswith((b"mime-version:", b"from:")) and b"multipart/" in data[:4096]:
        message = email.message_from_bytes(data, policy=email.policy.default)
        pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
        # A workbook is saved as a frame and one page a sheet.
        bodies = [str(part.get_content()) for part in pages]
        found = "\n".join(body for body in bodies if "<frameset" not in body.lower()) or "\n".join(bodies)
        if not found:
            raise ReadError("unsupported", "a web archive without a page")
        return found
    data = narrowed(data)
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name.startswith("utf-16"):  # The page was converted, or it could not be asked.
        name = "utf-8"
    try:
        return data.decode("gb18030" if name.startswith("gb") else name).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        return decoded(data)


class _Page:
    """Walks a page and lays its tables and lines below each other."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._row = 0
        self._cells = 0
        self._words: list[str] = []
        self.blocks: list[Block] = []

    def read(self, root: Any) -> None:
        self._walk(root, 0)
        self._end_line()

    def _walk(self, element: Any, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise ReadError("corrupt", "elements nested too deeply")
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _SKIPPED and not _is_hidden(child):
                if child.tag == "table":
                    self._end_line()
                    self._table(child)
                elif child.tag == "br":
                    self._end_line()
                elif child.tag in _BLOCKS:
                    self._end_line()
                    self._words.append(child.text or "")
                    self._walk(child, depth + 1)
                    self._end_line()
                else:
                    self._words.append(_own(child))
                    self._walk(child, depth + 1)
            self._words.append(child.tail or "")

    def _end_line(self) -> None:
        text = _folded("".join(self._words))
        self._words.clear()
        if text:
            self.blocks.append(Line(text=text, source=Source(part=_PART, ref=f"A{self._row + 1}")))
            self._row += 1

    def _table(self, table: Any) -> None:
        if not any(_cells(row) for row in _rows(table)):
            return
        sheet = Sheet()
        covered: set[tuple[int, int]] = set()
        row = self._row
        for line in _rows(table):
            column = 0
            for cell in _cells(line):
                while (row, column) in covered:
                    column += 1
                high, wide = _span(cell, "rowspan"), _span(cell, "colspan")
                self._cells += high * wide
                if self._cells > self._limits.max_cells:
                    raise ReadError("too-large", f"more than {self._limits.max_cells} cells")
                text = _cell_text(cell)
                if text:
                    sheet.cells[row, column] = Written(text)
                if high * wide > 1:
                    sheet.merges.append((row, column, row + high - 1, column + wide - 1))
                    covered.update(
                        (r, c) for r in range(row, row + high) for c in range(column, column + wide)
                    )
                column += wide
            row += 1
        self._row = row
        laid = lay_out(sheet, _PART, {}, self._limits)
        if laid is not None:
            self.blocks.append(laid)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, not those of tables in it."""
    for child in table:
        if child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)
        elif child.tag == "tr" and not _is_hidden(child):
            yield child


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _span(cell: Any, name: str) -> int:
    number = str(cell.get(name, "1")).strip()
    return min(max(int(number), 1), _MAX_SPAN) if number.isascii() and number.isdigit() else 1


def _cell_text(cell: Any) -> str:
    pieces: list[str] = [cell.text or ""]
    _gather(cell, pieces, 0)
    lines = [_folded(line) for line in "".join(pieces).split("\0")]
    text = "\n".join(lines).strip("\n")
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    exact = cell.get("x:num") or cell.get("num")
    if exact and _SCIENTIFIC.match(text):
        # Excel writes the number beside what it shows.
        try:
            return show_general(float(exact))
        except ValueError:
            return text
    return text


def _gather(element: Any, pieces: list[str], depth: int) -> None:
    """The text of an element; `\\0` stands for the end of a line."""
    if depth > _MAX_DEPTH:
        raise ReadError("corrupt", "elements nested too deeply")
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED and not _is_hidden(child):
            apart = child.tag in _BLOCKS
            if child.tag == "br" or (apart and "".join(pieces).strip(" \r\n\t\0")):
                pieces.append("\0")
            pieces.append(_own(child))
            if child.tag in ("td", "th"):
                pieces.append(" ")
            _gather(child, pieces, depth + 1)
        pieces.append(child.tail or "")


def _own(element: Any) -> str:
    """What an element shows of itself: its first text, or the state of an input."""
    if element.tag == "input":
        kind = str(element.get("type", "text")).lower()
        if kind in ("checkbox", "radio"):
            return "☑" if "checked" in element.attrib else "☐"
        return str(element.get("value", "")) if kind in ("text", "date", "number", "tel", "email") else ""
    return element.text or ""


def _is_hidden(element: Any) -> bool:
    return bool(_HIDDEN.search(str(element.get("style", "")))) or "hidden" in element.attrib


def _folded(text: str) -> str:
    """Blanks as a browser shows them; the ones that do not break are kept as blanks."""
    return _BLANKS.sub(" ", text).replace("\xa0", " ").strip()
