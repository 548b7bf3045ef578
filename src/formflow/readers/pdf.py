"""PDFs with text to the neutral Document's parts, a page each: words, ruled tables, form fields.

pdfplumber reads glyphs and rulings once; lines and cells are put together here, since its own words lose the
blanks of the file and its tables the merged cells.
"""

from __future__ import annotations

import io
import re
import time
import zlib
from collections.abc import Sequence
from dataclasses import replace

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page

from formflow.errors import ReadError
from formflow.model import Block, Control, Line, Part, Picture, Source
from formflow.readers.limits import Limits
from formflow.readers.pdf_fields import Widget, is_dynamic, widgets
from formflow.readers.pdf_forms import Place, as_table, lines_and_tables
from formflow.readers.pdf_tables import Ruled
from formflow.readers.pdf_text import Item, TextLine, is_readable, items_of, render
from formflow.readers.pdf_view import view_of

_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_CHUNK = 1024 * 1024
# A picture of more than this part of the page is its background (a scan), not something set on it.
_BACKGROUND = 0.6
# Text laid under a scan was recognised by somebody else's program.
_UNDER_SCAN_CONFIDENCE = 0.8
_MAX_CROSSINGS = 25_000_000


def read_pdf(data: bytes, limits: Limits) -> tuple[Part, ...]:
    """The pages of a PDF.

    Raises:
        ReadError: `encrypted` where a password is needed, `no-text` for a scan, `unsupported` for an XFA form,
            `corrupt`, `too-large` or `timeout`.
    """
    _refuse_bombs(data, limits)
    deadline = time.monotonic() + limits.seconds
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if is_dynamic(document.doc.catalog):
                raise ReadError("unsupported", "an XFA form without pages of its own")
            parts = []
            for number, page in enumerate(document.pages, start=1):
                if number > limits.max_pages:
                    raise ReadError("too-large", f"more than {limits.max_pages} pages")
                if time.monotonic() > deadline:
                    raise ReadError("timeout", f"page {number} after {limits.seconds} s")
                parts.append(_PageReader(page, f"page {number}").part())
                page.close()
    except ReadError:
        raise
    except Exception as error:
        if _is_password(error):
            raise ReadError("encrypted", "a user password") from error
        raise
    if not parts:
        raise ReadError("corrupt", "no pages")
    if not any(part.blocks for part in parts):
        raise ReadError("no-text", f"{len(parts)} pages without text")
    return tuple(parts)


def _is_password(error: BaseException | None) -> bool:
    """Whether a library's error comes from a password; pdfplumber wraps what pdfminer raises."""
    while error is not None:
        if isinstance(error, PDFPasswordIncorrect) or any(
            isinstance(argument, PDFPasswordIncorrect) for argument in error.args
        ):
            return True
        error = error.__cause__
    return False


def _refuse_bombs(data: bytes, limits: Limits) -> None:
    """Unpack every deflated stream into nothing, since pdfminer unpacks without bounds."""
    for found in _STREAM.finditer(data):
        unpack = zlib.decompressobj()
        size, rest = 0, data[found.end() : found.end() + _CHUNK]
        at = found.end() + len(rest)
        try:
            while rest and not unpack.eof:
                size += len(unpack.decompress(rest, _CHUNK))
                if size > limits.max_expanded_bytes:
                    raise ReadError("too-large", f"the stream at byte {found.start()} unpacks to over {size}")
                rest = unpack.unconsumed_tail
                if not rest:
                    rest = data[at : at + _CHUNK]
                    at += len(rest)
        except zlib.error:
            continue


class _PageReader:
    """One page: glyphs and fields are shared out to the cells of ruled tables; the rest is lines."""

    def __init__(self, page: Page, name: str) -> None:
        self._page = page
        self._name = name
        self._view = view_of(page)
        self._size = (round(self._view.width, 2), round(self._view.height, 2))
        self._doubtful: set[Item] = set()

    def part(self) -> Part:
        items = items_of(self._page.chars, self._view)
        if items and not is_readable(items):
            items = []
        found = list(widgets(self._page.page_obj.annots, self._view))
        fields = [widget for widget in found if widget.kind not in ("ink", "stamp")]
        controls = tuple(self._control(widget) for widget in fields if widget.kind != "note")
        pictures, background = self._pictures(found)
        if not items and not any(widget.text.strip() for widget in fields):
            return self._empty(pictures)
        confidence = _UNDER_SCAN_CONFIDENCE if background else 1.0
        tables = self._tables() if items else []
        outside = self._share(items, tables)
        outside.extend(self._share_fields(fields, tables, items))
        loose = self._share_pictures(pictures, tables)
        blocks = self._blocks(tables, lines_and_tables(outside), confidence)
        return Part(
            name=self._name,
            kind="page",
            blocks=blocks,
            size=self._size,
            controls=controls,
            pictures=tuple(loose),
        )

    def _empty(self, pictures: Sequence[Picture]) -> Part:
        return Part(name=self._name, kind="page", blocks=(), size=self._size, pictures=tuple(pictures))

    def _tables(self) -> list[Ruled]:
        edges = self._page.edges
        upright = sum(edge["orientation"] == "v" for edge in edges)
        if upright * (len(edges) - upright) > _MAX_CROSSINGS:
            # A drawing, not a table: every ruling would be held against every other.
            return []
        found = ([self._view.shown(cell) for cell in table.cells] for table in self._page.find_tables())
        return [Ruled(cells) for cells in found]

    def _control(self, widget: Widget) -> Control:
        return Control(
            name=widget.name,
            title=widget.title,
            kind=widget.kind,
            value=widget.text,
            source=Source(part=self._name, ref=f"control:{widget.name}", box=widget.box),
        )

    def _pictures(self, found: Sequence[Widget]) -> tuple[list[Picture], bool]:
        """Pictures set on the page, and whether a picture covers it."""
        pictures = []
        background = False
        for image in self._page.images:
            box = self._view.shown([image[side] for side in ("x0", "top", "x1", "bottom")])
            area = max(box[2] - box[0], 0) * max(box[3] - box[1], 0)
            if area > _BACKGROUND * self._view.width * self._view.height:
                background = True
                continue
            pictures.append(Picture(source=Source(part=self._name, ref="picture", box=box)))
        for widget in found:
            if widget.kind in ("ink", "stamp", "signature"):
                source = Source(part=self._name, ref=widget.kind, box=widget.box)
                pictures.append(Picture(source=source, kind=widget.kind))
        return pictures, background

    def _share(self, items: Sequence[Item], tables: Sequence[Ruled]) -> list[Item]:
        """Put glyphs into the cells they lie in; the rest is returned."""
        if not tables:
            return list(items)
        outside: list[Item] = []
        for item in items:
            x, y = (item.x0 + item.x1) / 2, item.middle
            frame = next((frame for table in tables if (frame := table.at(x, y)) is not None), None)
            (outside if frame is None else frame.items).append(item)
        return outside

    def _share_fields(
        self, fields: Sequence[Widget], tables: Sequence[Ruled], items: Sequence[Item]
    ) -> list[Item]:
        outside = []
        for widget in fields:
            text = "" if _is_printed(widget, items) else widget.text.strip("\n")
            x0, top, x1, bottom = widget.box
            size = min(bottom - top, 12.0) or 1.0
            item = Item(x0, top, x1, bottom, text, size, field=True)
            frame = next(
                (frame for table in tables if (frame := table.at((x0 + x1) / 2, item.middle)) is not None),
                None,
            )
            if frame is None:
                outside.append(item)
                if widget.disagrees:
                    self._doubtful.add(item)
            else:
                if text:
                    frame.items.append(item)
                if widget.disagrees:
                    frame.problem = "checkbox-disagrees"
        return outside

    def _share_pictures(self, pictures: Sequence[Picture], tables: Sequence[Ruled]) -> list[Picture]:
        loose: list[Picture] = []
        for picture in pictures:
            x0, top, x1, bottom = picture.source.box or (0.0, 0.0, 0.0, 0.0)
            x, y = (x0 + x1) / 2, (top + bottom) / 2
            frame = next((frame for table in tables if (frame := table.at(x, y)) is not None), None)
            (loose if frame is None else frame.pictures).append(picture)
        return loose

    def _blocks(
        self, tables: Sequence[Ruled], rest: Sequence[TextLine | list[list[Place]]], confidence: float
    ) -> tuple[Block, ...]:
        """Ruled tables, tables of fields and lines, by their height on the page."""
        placed: list[tuple[float, Ruled | list[list[Place]] | TextLine]] = [
            (table.box[1], table) for table in tables
        ]
        placed.extend((_top(entry), entry) for entry in rest)
        placed.sort(key=lambda pair: pair[0])
        blocks: list[Block] = []
        lines = found = 0
        for _, block in placed:
            if isinstance(block, TextLine):
                text = render(block.items).strip()
                if text:
                    lines += 1
                    source = Source(part=self._name, ref=f"line {lines}", box=block.box)
                    blocks.append(Line(text=text, source=source, confidence=confidence))
                continue
            found += 1
            source = Source(part=self._name, ref=f"table {found}")
            if isinstance(block, Ruled):
                blocks.append(block.table(replace(source, box=block.box), confidence))
            else:
                blocks.append(as_table(block, source, confidence, self._doubtful))
        return tuple(blocks)


def _top(entry: TextLine | list[list[Place]]) -> float:
    if isinstance(entry, TextLine):
        return entry.box[1]
    return min(item.top for place in entry[0] for item in place.items)


def _is_printed(widget: Widget, items: Sequence[Item]) -> bool:
    """Whether the page itself already shows a field's value where the field is."""
    wanted = "".join(widget.text.split())
    if not wanted:
        return False
    x0, top, x1, bottom = widget.box
    inside = [
        item.text
        for item in items
        if x0 <= (item.x0 + item.x1) / 2 <= x1 and top <= item.middle <= bottom and item.text.strip()
    ]
    return sorted("".join(inside)) == sorted(wanted)
