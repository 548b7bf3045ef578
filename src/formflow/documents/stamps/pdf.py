"""The 归档章 and the number on the first page of a PDF, on free paper at its top.

Source:
    DA/T 22—2015 归档文件整理规则: six cells, 45×16 mm, on the blank part at the head of the first page.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from formflow.documents.pdf_fonts.outlines import Lettering, width_of

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_MM = 72 / 25.4
WIDTH, HEIGHT = 45 * _MM, 16 * _MM
_LINE = 5 * _MM
"""Room for the number beneath the stamp."""
_MARGIN = 5 * _MM
_TITLES = ("全宗号", "年度", "件号", "机构", "保管期限", "页数")
_RED = "0.75 0 0"
_PIXEL = 3.0
"""Points to a pixel of the picture in which free paper is looked for."""
_ROW = 7.0
"""Points of a number beside its row, at most."""
_INK = 40
"""How much darker than the paper a pixel must be to count as written on (of 255)."""


def stamp_pdf(data: bytes, line: str, values: Sequence[str]) -> bytes:
    """The PDF with the stamp on its first page; see `stamp_pages`."""
    return stamp_pages(data, {0: (line, values)})


def stamp_pages(
    data: bytes,
    stamps: Mapping[int, tuple[str, Sequence[str]]],
    rows: Mapping[int, Sequence[tuple[str, Box]]] | None = None,
) -> bytes:
    """The PDF with stamps on pages, and with texts beside rows.

    Args:
        stamps: By page from 0: the line beneath the stamp, and the values of its six cells, in the order of the
            standard; an empty last one is the number of pages. No values: the line alone.
        rows: By page from 0: texts, and the boxes of the rows that they belong to, in points from the top-left corner
            of the page as it is seen.
    Raises:
        PdfError: It cannot be opened without a password, or is damaged.
        ValueError: It has no such pages.
    """
    rows = rows or {}
    with Pdf.open(io.BytesIO(data)) as pdf:
        count = len(pdf.pages)
        if not count or max((*stamps, *rows), default=0) >= count:
            raise ValueError("no such page")
        for number in sorted({*stamps, *rows}):
            page = pdf.pages[number]
            drawn = []
            if number in stamps:
                line, values = stamps[number]
                values = [*values[:5], values[5] or str(count)] if values else []
                drawn.append(_stamped(pdf, page, data, number, line, values))
            if rows.get(number):
                drawn.append(_beside(pdf, page, rows[number]))
            turned = " ".join(f"{each:.4f}" for each in _to_page(page))
            page.contents_add(b"q", prepend=True)
            page.contents_add("\n".join(f"Q q {turned} cm {each}" for each in drawn).encode("ascii") + b" Q")
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    stamped = out.getvalue()
    with Pdf.open(io.BytesIO(stamped)) as again:
        if len(again.pages) != count:
            raise ValueError("pages were lost")
    return stamped


def _stamped(pdf: Pdf, page: Page, data: bytes, number: int, line: str, values: Sequence[str]) -> str:
    """The operators that draw the stamp on free paper of a page as it is seen."""
    tall = (HEIGHT if values else 0) + _LINE
    width, height = _seen(page)
    scale = min(1.0, (width - 2 * _MARGIN) / WIDTH, (height - 2 * _MARGIN) / tall)
    if scale <= 0.2:
        raise ValueError("the page is too small for a stamp")
    x, y = _free_place(data, number, width, height, WIDTH * scale, tall * scale)
    name = _add_drawing(page, _drawing(pdf, line, values))
    return f"{scale:.4f} 0 0 {scale:.4f} {x:.2f} {y:.2f} cm {name} Do"


def _beside(pdf: Pdf, page: Page, rows: Sequence[tuple[str, Box]]) -> str:
    """The operators that draw a text to the right of each row, to its left where there is no room."""
    width, height = _seen(page)
    right = max(box[2] for _, box in rows)
    left = min(box[0] for _, box in rows)
    lettering = Lettering([text for text, _ in rows])
    drawn = [f"{_RED} RG {_RED} rg"]
    behind = width - right >= left
    room = max(width - right - 4 if behind else left - 4, 20)
    for text, box in rows:
        size = _fitting(text, room, min(_ROW, max(box[3] - box[1], 4) * 0.8))
        wide = width_of(text, size)
        x = min(right + 2, width - wide - 1) if behind else max(left - 2 - wide, 1)
        drawn.append(lettering.draw(text, x, height - (box[1] + box[3]) / 2 - size / 3, size))
    form = Stream(pdf, "\n".join(drawn).encode("ascii"))
    form["/Type"] = Name.XObject
    form["/Subtype"] = Name.Form
    form["/BBox"] = Array([0, 0, width, height])
    form["/Resources"] = Dictionary(Font=lettering.fonts(pdf))
    return f"{_add_drawing(page, pdf.make_indirect(form))} Do"


def _seen(page: Page) -> tuple[float, float]:
    """Width and height of a page as it is seen."""
    left, bottom, right, top = _visible(page)
    turn = int(_inherited(page, "/Rotate", 0)) % 360
    return (top - bottom, right - left) if turn in (90, 270) else (right - left, top - bottom)


def _to_page(page: Page) -> tuple[float, ...]:
    """The matrix from the page as it is seen, its lower left corner the origin, to its own space."""
    left, bottom, right, top = _visible(page)
    turn = int(_inherited(page, "/Rotate", 0)) % 360
    return {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, right, bottom),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }[turn]


def _drawing(pdf: Pdf, line: str, values: Sequence[str]) -> Object:
    """The stamp as a form whose origin is its lower left corner, the number's line included."""
    lettering = Lettering([line, *_TITLES, *values])
    drawn = [f"{_RED} RG {_RED} rg"]
    if values:
        drawn += _cells(lettering, values)
    size = _fitting(line, WIDTH, 8)
    drawn.append(lettering.draw(line, (WIDTH - width_of(line, size)) / 2, 4, size))
    form = Stream(pdf, "\n".join(drawn).encode("ascii"))
    form["/Type"] = Name.XObject
    form["/Subtype"] = Name.Form
    form["/BBox"] = Array([0, 0, WIDTH, (HEIGHT if values else 0) + _LINE])
    form["/Resources"] = Dictionary(Font=lettering.fonts(pdf))
    return pdf.make_indirect(form)


def _cells(lettering: Lettering, values: Sequence[str]) -> list[str]:
    """The frame of the stamp with its six cells."""
    cell, row = WIDTH / 3, HEIGHT / 2
    drawn = [f"0.9 w 0.45 {_LINE + 0.45:.2f} {WIDTH - 0.9:.2f} {HEIGHT - 0.9:.2f} re S 0.5 w"]
    drawn += [f"{cell * i:.2f} {_LINE:.2f} m {cell * i:.2f} {_LINE + HEIGHT:.2f} l S" for i in (1, 2)]
    drawn.append(f"0 {_LINE + row:.2f} m {WIDTH:.2f} {_LINE + row:.2f} l S")
    for i, (title, value) in enumerate(zip(_TITLES, values, strict=True)):
        x, y = cell * (i % 3), _LINE + row * (1 - i // 3)
        drawn.append(lettering.draw(title, x + 2, y + row - 6.5, 4.5))
        size = _fitting(value, cell - 4, 10)
        drawn.append(lettering.draw(value, x + (cell - width_of(value, size)) / 2, y + 4.5, size))
    return drawn


def _fitting(text: str, room: float, largest: float) -> float:
    width = width_of(text, largest)
    return largest if width <= room else max(largest * room / width, 3)


def _add_drawing(page: Page, form: Object) -> str:
    """Make the form a resource of this page alone; returns its name."""
    shared = _inherited(page, "/Resources", None)
    resources = Dictionary(dict(shared.items())) if isinstance(shared, Object) else Dictionary()
    known = resources.get("/XObject")
    drawings = Dictionary(dict(known.items())) if isinstance(known, Object) else Dictionary()
    name = next(f"/Formflow{n}" for n in range(1, len(drawings) + 2) if f"/Formflow{n}" not in drawings)
    drawings[name] = form
    resources["/XObject"] = drawings
    page.obj["/Resources"] = resources
    return name


def _inherited(page: Page, key: str, default: object) -> Any:
    node: Any = page.obj
    for _ in range(64):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            break
        node = node["/Parent"]
    return default


def _visible(page: Page) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what of the page is seen, in user space."""
    media = [float(number) for number in page.mediabox]
    crop = [float(number) for number in page.cropbox]
    boxes = [(min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])) for b in (media, crop)]
    (a, b, c, d), (e, f, g, h) = boxes
    both = (max(a, e), max(b, f), min(c, g), min(d, h))
    return both if both[0] < both[2] and both[1] < both[3] else boxes[0]


def _free_place(
    data: bytes, number: int, width: float, height: float, wide: float, high: float
) -> tuple[float, float]:
    """Lower left corner, in points of the page as it is seen, of free paper for a stamp.

    The highest free place of the page's upper third, as far right as it goes, closer to the edge where it must be;
    else any other free place of the page; else the place at the top with the least writing on it.
    """
    rows = _ink(data, number)
    best, least = (width - _MARGIN - wide, height - _MARGIN - high), -1
    if not rows or not rows[0]:
        return best
    across, down = width / len(rows[0]), height / len(rows)
    # sums[r][c]: ink above row r and left of column c.
    sums = [[0] * (len(rows[0]) + 1)]
    for row in rows:
        sums.append([above + own for above, own in zip(sums[-1], accumulate(row, initial=0), strict=True)])
    columns, lines = int(wide / across) + 2, int(high / down) + 2
    for margin, share in ((_MARGIN, 1 / 3), (_MARGIN / 2, 1 / 3), (_MARGIN, 1.0)):
        first, last = int(margin / across), int((width - margin) / across) - columns
        highest = int(margin / down)
        lowest = min(int(len(rows) * share), int((height - margin) / down) - lines)
        for top in range(highest, lowest + 1):
            above, below = sums[top], sums[top + lines]
            for left in range(last, first - 1, -1):
                right = left + columns
                ink = below[right] - above[right] - below[left] + above[left]
                if ink == 0 or least < 0 or (ink < least and share < 1):
                    best, least = ((left + 1) * across, height - (top + 1) * down - high), ink
                if ink == 0:
                    return best
    return best


def _ink(data: bytes, number: int) -> list[list[int]]:
    """A page as seen, pixel by pixel from its top left: 1 where something is written; empty if it cannot be."""
    import pypdfium2  # for scans only

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return []
    try:
        document.init_forms()
        page = document[number]
        bitmap = page.render(scale=1 / _PIXEL, grayscale=True, may_draw_forms=True)
        pixels = bytes(bitmap.buffer)
        paper = max(range(128, 256), key=pixels.count)
        dark = bytes(1 if value < paper - _INK else 0 for value in range(256))
        stride, columns = bitmap.stride, bitmap.width
        marked = pixels.translate(dark)
        return [list(marked[r * stride : r * stride + columns]) for r in range(bitmap.height)]
    finally:
        document.close()
