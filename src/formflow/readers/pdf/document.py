"""PDFs with text to the neutral Document's parts, a page each: words, tables, form fields.

pdfminer runs the pages, pdfplumber finds the ruled tables; lines and cells are put together here, since their own
words lose the blanks of the file and their tables the merged cells.

A page whose text cannot be trusted has a part without blocks and without controls: a scan (a picture that covers
the page, with no text, with invisible text, or with a fax machine's line only), and a page whose fonts do not say
what their glyphs mean. Such pages are for recognition (see `scan`).
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.model import Block, DoubtReason, Line, Part, Source
from formflow.pages.packets import papers
from formflow.pages.page_marks import is_empty
from formflow.readers.containers.pdf import attached
from formflow.readers.containers.unpack import NeedsUnpacking
from formflow.readers.pdf.field_rows import as_table
from formflow.readers.pdf.fonts import Fonts
from formflow.readers.pdf.form_fields import is_dynamic, parents_of
from formflow.readers.pdf.joined import Sheet, join_tables
from formflow.readers.pdf.layers import layers_off
from formflow.readers.pdf.lines import Item, TextLine, render
from formflow.readers.pdf.page import PageReader
from formflow.readers.pdf.repair import copies, pages_shown
from formflow.readers.pdf.ruled_tables import Ruled, doubts_about, rounded, trust
from formflow.readers.pdf.streams import bounded
from formflow.readers.pdf.viewer import Viewer
from formflow.readers.pdf.wrap import broken_numbers
from formflow.readers.scanned import UNRUN


def read_pdf(data: bytes, limits: Limits) -> tuple[Part, ...]:
    """The pages of a PDF; a page that is only a picture has no blocks.

    Raises:
        ReadError: `encrypted` where a password is needed, `xfa` for a form without pages of its own, `corrupt`,
            `too-large` or `timeout`.
    """
    deadline = time.process_time() + limits.seconds
    with bounded(limits.max_expanded_bytes):
        return _whole_or_mended(data, limits, deadline)


def _whole_or_mended(data: bytes, limits: Limits, deadline: float) -> tuple[Part, ...]:
    try:
        return _parts(data, limits, deadline)
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # whatever a damaged file makes pdfminer stumble over
        # Before it is written anew: a password that is needed, and too many pages, are told at once.
        shown = pages_shown(data, limits)
        for copy in copies(data, limits):
            try:
                parts = _parts(copy, limits, deadline, lenient=True)
            except (ReadError, MemoryError):
                raise
            except Exception:  # noqa: S112 - the next copy may be whole
                continue
            if len(parts) >= shown and not all(map(is_empty, parts)):
                return parts
        if not shown:
            raise ReadError("corrupt", f"pdf: {type(error).__name__}: {error}"[:500]) from error
        return tuple(_bare(number) for number in range(1, shown + 1))


def _bare(number: int) -> Part:
    """A page that only a viewer can run, which is left to recognition."""
    return Part(name=f"page {number}", kind="page", blocks=(), size=UNRUN)


def _parts(data: bytes, limits: Limits, deadline: float, *, lenient: bool = False) -> tuple[Part, ...]:
    """The pages; `lenient` leaves a page that cannot be run to recognition."""
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    catalog = document.catalog
    if is_dynamic(catalog):
        raise ReadError("xfa", "an XFA form without pages of its own")
    pages = list(islice(PDFPage.create_pages(document), limits.max_pages + 1))
    if len(pages) > limits.max_pages:
        raise ReadError("too-large", f"more than {limits.max_pages} pages")
    if len(pages) < (1 if lenient else _counted(catalog)):
        raise LookupError("pages that the directory counts are not there")
    inside = tuple(attached(catalog))
    if inside and "Collection" in catalog:
        raise NeedsUnpacking("application/pdf")
    viewer = Viewer(data)
    reader = PageReader(Fonts(), layers_off(catalog), parents_of(catalog), deadline, viewer)
    sheets: list[Sheet] = []
    for number, page in enumerate(pages, start=1):
        if time.process_time() > deadline:
            raise ReadError("timeout", f"page {number} after {limits.seconds} s")
        try:
            sheets.append(reader.sheet(page, number))
        except (ReadError, MemoryError):
            raise
        except Exception:
            if not lenient:
                raise
            sheets.append(Sheet(f"page {number}", UNRUN))
    first, *others = _in_papers(sheets, reader.doubtful)
    return (replace(first, attached=inside) if inside else first, *others)


def _counted(catalog: Mapping[str, Any]) -> int:
    """How many pages the page tree says it has, at least one."""
    tree = resolve1(catalog.get("Pages"))
    count = resolve1(tree.get("Count")) if isinstance(tree, Mapping) else None
    return max(count, 1) if isinstance(count, int) else 1


def _in_papers(sheets: Sequence[Sheet], doubtful: set[Item]) -> Iterator[Part]:
    """The pages paper by paper; a table goes on only within its paper, over blank backs too."""
    if len(sheets) == 1:
        yield _part(sheets[0], doubtful)
        return
    by_name = {sheet.name: (sheet, list(sheet.entries)) for sheet in sheets}
    for paper in papers([_part(sheet, doubtful) for sheet in sheets]):
        join_tables([by_name[part.name][0] for part in paper.parts if not is_empty(part)])
        for part in (*paper.parts, *paper.spare):
            sheet, before = by_name[part.name]
            yield part if sheet.entries == before else _part(sheet, doubtful)


def _part(sheet: Sheet, doubtful: set[Item]) -> Part:
    """Tables, tables of fields and lines as the blocks of a page."""
    blocks: list[Block] = []
    broken = broken_numbers([entry for entry in sheet.entries if isinstance(entry, TextLine)])
    lines = tables = 0
    for entry in sheet.entries:
        if isinstance(entry, TextLine):
            text = render(entry.items).strip()
            if text:
                lines += 1
                source = Source(part=sheet.name, ref=f"line {lines}", box=entry.box)
                split = (DoubtReason.SPLIT_NUMBER,) if id(entry) in broken else ()
                doubts = doubts_about(text, entry.items, split)
                blocks.append(Line(text=text, source=source, confidence=trust(doubts, 1.0), doubts=doubts))
            continue
        tables += 1
        source = Source(part=sheet.name, ref=f"table {tables}")
        if isinstance(entry, Ruled):
            blocks.append(entry.table(replace(source, box=rounded(entry.box)), 1.0))
        else:
            blocks.append(as_table(entry, source, 1.0, doubtful))
    for text, box in sheet.across.items():
        lines += 1
        blocks.append(Line(text=text, source=Source(part=sheet.name, ref=f"line {lines}", box=box)))
    return Part(
        name=sheet.name,
        kind="page",
        blocks=tuple(blocks),
        size=sheet.size,
        controls=sheet.controls,
        pictures=sheet.pictures,
    )
