"""From a page of a file to its Part, step by step: load, clean, straighten, take apart, turn upright, find the layout,
read, put together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from formflow.model import Part
from formflow.recognition.codes import codes_on
from formflow.recognition.engine import Recogniser
from formflow.recognition.image.clean import unstreaked
from formflow.recognition.image.load import image_page, pdf_page
from formflow.recognition.image.orientation import quarter_turns, rotated
from formflow.recognition.image.straighten import straighten
from formflow.recognition.layers import prepare
from formflow.recognition.layouts.compare import printed_cells
from formflow.recognition.layouts.match import KnownPage, find_layout
from formflow.recognition.part import part_of
from formflow.recognition.raster import Raster

Issued = Callable[[str], Sequence[KnownPage]]
"""The empty pages of the blank form that a symbol's text names; none if it names none that is issued today."""


def recognise_page(
    raster: Raster,
    recogniser: Recogniser,
    name: str,
    layouts: Sequence[KnownPage] = (),
    issued: Issued | None = None,
) -> Part:
    """The Part of one page.

    Args:
        name: The part's name (`page 2`).
        layouts: Known layouts that it may be on.
        issued: Finds the blank form that formflow issued by the symbol on it; such a page needs no `layouts`.
    """
    page = prepare(straighten(unstreaked(raster)))
    if quarter := quarter_turns(page, recogniser):
        page = prepare(rotated(page.flat, quarter))
    codes = codes_on(page.flat.grey)
    own = [known for text, _ in codes for known in issued(text)] if issued else []
    if (match := find_layout(page, own or layouts)) is not None:
        known = printed_cells(match, recogniser)
        if known is not None:
            return part_of(known.page, recogniser, name, known.labels, known.boxed, known.sealed)
    return part_of(page, recogniser, name, codes=codes)


def recognise_file_page(
    data: bytes,
    number: int,
    recogniser: Recogniser,
    layouts: Sequence[KnownPage] = (),
    issued: Issued | None = None,
) -> Part:
    """The Part of one page of an image file or a PDF, counted from 0.

    Raises:
        ReadError: The page cannot be read.
    """
    raster = pdf_page(data, number) if b"%PDF-" in data[:1024] else image_page(data, number)
    return recognise_page(raster, recogniser, f"page {number + 1}", layouts, issued)
