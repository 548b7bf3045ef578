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
from formflow.model import Part, PartKind, Table
from formflow.pages.join import join_tables
from formflow.pages.packets import papers
from formflow.pages.page_marks import is_empty
from formflow.readers.containers.pdf import attached
from formflow.readers.containers.unpack import NeedsUnpacking
from formflow.readers.pdf.fonts import Fonts
from formflow.readers.pdf.form_fields import is_dynamic, parents_of
from formflow.readers.pdf.layers import layers_off
from formflow.readers.pdf.page import PageReader
from formflow.readers.pdf.repair import copies, pages_shown
from formflow.readers.pdf.ruled_tables import Printed
from formflow.readers.pdf.streams import bounded
from formflow.readers.pdf.viewer import Viewer
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
    return Part(name=f"page {number}", kind=PartKind.PAGE, blocks=(), size=UNRUN)


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
    parts: list[Part] = []
    for number, page in enumerate(pages, start=1):
        if time.process_time() > deadline:
            raise ReadError("timeout", f"page {number} after {limits.seconds} s")
        try:
            parts.append(reader.part(page, number))
        except (ReadError, MemoryError):
            raise
        except Exception:
            if not lenient:
                raise
            parts.append(_bare(number))
    first, *others = _in_papers(parts, reader.printed) if len(parts) > 1 else parts
    return (replace(first, attached=inside) if inside else first, *others)


def _set_anew(part: Part, printed: Printed) -> Part:
    """The page with the texts of tables that go on over pages as their cells on all pages tell."""
    blocks = [
        printed.anew(block)
        if isinstance(block, Table) and len({c.source.part for c in block.cells}) > 1
        else block
        for block in part.blocks
    ]
    return replace(part, blocks=tuple(blocks))


def _counted(catalog: Mapping[str, Any]) -> int:
    """How many pages the page tree says it has, at least one."""
    tree = resolve1(catalog.get("Pages"))
    count = resolve1(tree.get("Count")) if isinstance(tree, Mapping) else None
    return max(count, 1) if isinstance(count, int) else 1


def _in_papers(parts: Sequence[Part], printed: Printed) -> Iterator[Part]:
    """The pages paper by paper; a table goes on only within its paper, over blank backs too."""
    for paper in papers(parts):
        whole = join_tables([part for part in paper.parts if not is_empty(part)], printed)
        by_name = {part.name: _set_anew(part, printed) for part in whole}
        yield from (by_name.get(part.name, part) for part in (*paper.parts, *paper.spare))
