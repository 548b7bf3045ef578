"""Register an empty form as a layout: each page flat and upright, with the printed text of each of its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pypdfium2

from formflow.errors import ReadError, UsageError
from formflow.messages import recognition as messages
from formflow.recognition.engine import Recogniser
from formflow.recognition.image.clean import unstreaked
from formflow.recognition.image.load import image_page, image_pages, pdf_page
from formflow.recognition.image.orientation import quarter_turns, rotated
from formflow.recognition.image.straighten import straighten
from formflow.recognition.layers import Prepared, prepare
from formflow.recognition.layouts.match import KnownPage
from formflow.recognition.layouts.parameters import LAYOUTS
from formflow.recognition.layouts.printed import Sign, boxes_in, signs_of, text_in
from formflow.recognition.part import part_of
from formflow.recognition.raster import Raster
from formflow.recognition.rulings.grid import Area


def register_pages(
    data: bytes, form: str, name: str, recogniser: Callable[[], Recogniser]
) -> list[KnownPage]:
    """The pages of an empty form that have tables.

    Args:
        data: A PDF or an image file.
        recogniser: Loads the models; a PDF with text does not need them.
    Raises:
        ReadError: The file cannot be read.
        UsageError: No page has a table to know it by.
    """
    pages = []
    if b"%PDF-" in data[:1024]:
        for number, (raster, texts, boxes) in enumerate(_pdf(data)):
            if not texts and _has_cells(prepare(raster)):
                raster, texts = _by_recognition(raster, recogniser())
            pages.append(KnownPage(form, name, number, raster, texts, boxes))
    else:
        for number in range(image_pages(data, max_pages=LAYOUTS.max_pages_count)):
            raster, texts = _by_recognition(image_page(data, number), recogniser())
            pages.append(KnownPage(form, name, number, raster, texts))
    known = [page for page in pages if _has_cells(page.prepared)]
    if not known:
        raise UsageError(messages.NO_TABLE(), code="no-table", remedy=messages.NEEDS_NO_LAYOUT())
    return known


def _has_cells(page: Prepared) -> bool:
    return sum(len(grid.cells) for grid in page.grids) >= LAYOUTS.min_cells_count


def _pdf(data: bytes) -> list[tuple[Raster, dict[Area, str], list[Area]]]:
    """Every page of a PDF, the text of each of its cells by its own characters, and the areas of its boxes."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError("corrupt", str(error)) from error
    try:
        pages = [
            (pdf_page(data, number), signs_of(document[number]))
            for number in range(min(len(document), LAYOUTS.max_pages_count))
        ]
    finally:
        document.close()
    return [(raster, *_printed(prepare(raster), signs)) for raster, signs in pages]


def _areas(page: Prepared) -> list[Area]:
    return [cell.area for grid in page.grids for cell in grid.cells]


def _printed(page: Prepared, signs: Sequence[Sign]) -> tuple[dict[Area, str], list[Area]]:
    areas = _areas(page) if signs else []
    texts = {area: text for area in areas if (text := text_in(area, signs, page.boxes))}
    return texts, [box for area in areas for box in boxes_in(area, signs, page.boxes, page.ink)]


def _by_recognition(raster: Raster, recogniser: Recogniser) -> tuple[Raster, dict[Area, str]]:
    """A scanned empty page flat and upright, with the recognised texts of its cells."""
    page = prepare(straighten(unstreaked(raster)))
    if quarter := quarter_turns(page, recogniser):
        page = prepare(rotated(page.flat, quarter))
    part = part_of(page, recogniser, "page 1")
    cells = [cell for table in part.tables for cell in table.cells]
    return page.flat, {area: cell.text for area, cell in zip(_areas(page), cells, strict=True) if cell.text}
