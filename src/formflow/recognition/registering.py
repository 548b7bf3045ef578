"""The empty form as a layout: each page flat and upright, and what is printed in each of its cells."""

from __future__ import annotations

from collections.abc import Callable

from formflow.errors import ReadError, UsageError
from formflow.recognition.assembly import part_of
from formflow.recognition.clean import unstreaked
from formflow.recognition.engine import Recogniser
from formflow.recognition.grid import Area
from formflow.recognition.inputs import image_page, image_pages, pdf_page
from formflow.recognition.layouts import KnownPage
from formflow.recognition.raster import DPI, Raster
from formflow.recognition.straighten import straighten
from formflow.recognition.taken import Prepared, prepare
from formflow.recognition.ticks import Box
from formflow.recognition.turning import rotated, turned

_MOST_PAGES = 20
_LEAST_CELLS = 6


def register_pages(
    data: bytes, form: str, name: str, recogniser: Callable[[], Recogniser]
) -> list[KnownPage]:
    """The pages of an empty form that have tables.

    Args:
        data: A PDF or an image file.
        recogniser: Makes the models, which a PDF with text does not need.
    Raises:
        ReadError: The file cannot be read.
        UsageError: No page has a table to know it by.
    """
    pages = []
    if b"%PDF-" in data[:1024]:
        for number, (raster, texts) in enumerate(_pdf(data)):
            if not texts and _has_cells(prepare(raster)):
                raster, texts = _by_recognition(raster, recogniser())
            pages.append(KnownPage(form, name, number, raster, texts))
    else:
        for number in range(image_pages(data, max_pages=_MOST_PAGES)):
            raster, texts = _by_recognition(image_page(data, number), recogniser())
            pages.append(KnownPage(form, name, number, raster, texts))
    known = [page for page in pages if _has_cells(page.prepared)]
    if not known:
        raise UsageError(
            "no page of the file has a table by which it could be known again",
            code="no-table",
            remedy="a form without ruling is read by its labels and needs no layout",
        )
    return known


def _has_cells(page: Prepared) -> bool:
    return sum(len(grid.cells) for grid in page.grids) >= _LEAST_CELLS


def _pdf(data: bytes) -> list[tuple[Raster, dict[Area, str]]]:
    """Every page of a PDF, and what its own text says in each of its cells."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError("corrupt", str(error)) from error
    pages = []
    try:
        for number in range(min(len(document), _MOST_PAGES)):
            page = document[number]
            words = page.get_textpage()
            height = page.get_height()

            def text_of(area: Area, words: object = words, height: float = height) -> str:
                left, top, right, bottom = (value * 72.0 / DPI for value in area)
                found = words.get_text_bounded(left, height - bottom, right, height - top)  # type: ignore[attr-defined]
                return "\n".join(line.strip() for line in str(found).splitlines() if line.strip())

            pages.append((pdf_page(data, number), text_of))
        read = [(raster, _texts(prepare(raster), text_of)) for raster, text_of in pages]
    finally:
        document.close()
    return read


def _areas(page: Prepared) -> list[Area]:
    return [cell.area for grid in page.grids for cell in grid.cells]


def _texts(page: Prepared, text_of: Callable[[Area], str]) -> dict[Area, str]:
    texts = {}
    for area in _areas(page):
        boxes = [
            box
            for box in page.boxes
            if area[0] <= box.left and area[1] <= box.top and box.right <= area[2] and box.bottom <= area[3]
            if box.ticked is False and not text_of(_middle(box))
        ]
        if text := _between_boxes(area, boxes, text_of) if boxes else text_of(area):
            texts[area] = text
    return texts


def _between_boxes(area: Area, boxes: list[Box], text_of: Callable[[Area], str]) -> str:
    """The text of a cell whose boxes are drawn, with ☐ where they stand."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box.top):
        if rows and box.top - rows[-1][0].top < box.bottom - box.top:
            rows[-1].append(box)
        else:
            rows.append([box])
    lines = []
    for row in rows:
        row.sort(key=lambda box: box.left)
        top, bottom = min(box.top for box in row) - 8, max(box.bottom for box in row) + 8
        ends = [*(box.left - 2 for box in row[1:]), area[2]]
        line = text_of((area[0], top, row[0].left - 2, bottom))
        for box, end in zip(row, ends, strict=True):
            line += f"  ☐{text_of((box.right + 2, top, end, bottom))}"
        lines.append(" ".join(line.strip().split("\n")))
    return "\n".join(lines)


def _by_recognition(raster: Raster, recogniser: Recogniser) -> tuple[Raster, dict[Area, str]]:
    """A scanned empty page flat and upright, with the recognised texts of its cells."""
    page = prepare(straighten(unstreaked(raster)))
    if quarter := turned(page, recogniser):
        page = prepare(rotated(page.flat, quarter))
    part = part_of(page, recogniser, "page 1")
    cells = [cell for table in part.tables for cell in table.cells]
    return page.flat, {area: cell.text for area, cell in zip(_areas(page), cells, strict=True) if cell.text}


def _middle(box: Box) -> Area:
    """The inside of a box; the square in a 日 has the character's own text there."""
    edge = (box.right - box.left) // 4
    return box.left + edge, box.top + edge, box.right - edge, box.bottom - edge
