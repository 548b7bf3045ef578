"""The copy of an original that shows its number; the original itself is never touched.

| kind | where the number shows |
| --- | --- |
| docx | top right of every page, in a frame of the header that moves no text |
| xlsx | right section of the printed header of every sheet |
| pdf | 归档章 of six cells, 45×16 mm, on free paper at the top of the first page, the number beneath |
| csv | a first line 登记号 |

Of a file that holds several entries one copy shows all their numbers, each in its own row or on its own page:

| kind | where the numbers show |
| --- | --- |
| docx | the row's last cell, and at the top right of every page which numbers there are |
| xlsx | a column 登记号 behind the others, and in the printed header which numbers the sheet has |
| pdf | beside the row; for a pile of forms a stamp on the page that each begins on |
| csv | a column 登记号 before the others |

Everything else of the file stays as it is. A file that cannot be stamped without harm comes back unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from formflow.documents.stamps.numbered import Numbered, span
from formflow.readers.sniff import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class StampCells:
    """What stands in the six cells of the 归档章 (DA/T 22): 全宗号, 年度, 件号, 机构, 保管期限, 页数.

    Attributes:
        pages: Empty: counted from the file where it has pages.
    """

    fonds: str = ""
    year: str = ""
    item: str = ""
    office: str = ""
    retention: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is stamped.

    Attributes:
        number: The entry's number as printed.
        cells: Of the 归档章; None: the number alone.
    """

    number: str
    cells: StampCells | None

    @property
    def line(self) -> str:
        """`登记号：收传〔2026〕1号`."""
        return f"登记号：{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """A copy.

    Attributes:
        suffix: File name suffix with its dot; empty where the kind is not known.
        stamped: The copy shows the number; otherwise it is the original, byte for byte.
        problem: Why it is not stamped.
    """

    data: bytes
    suffix: str
    stamped: bool
    problem: str = ""


def stamp(data: bytes, kind: Kind, *, number: str, cells: StampCells | None) -> Stamped:
    """A copy of an original that shows its number; never raises, never damages.

    Args:
        data: The original.
        kind: What it is by content (`readers.sniff`).
        number: The entry's number as printed.
        cells: Of the 归档章 on a PDF; None for an office that only wants the number.
    """
    mark = Mark(number=number, cells=cells)
    maker = _MAKERS.get(kind)
    return _made(data, kind, None if maker is None else lambda: maker(data, mark))


def stamp_all(data: bytes, kind: Kind, numbered: Sequence[Numbered], cells: StampCells | None) -> Stamped:
    """A copy of an original that shows the numbers of all its entries; never raises, never damages.

    Args:
        data, kind: As for `stamp`.
        numbered: The numbers and their places, in order.
        cells: What the 归档章 of each has in common; None for an office that only wants the number.
    """
    maker = _ALL_MAKERS.get(kind)
    return _made(data, kind, None if maker is None else lambda: maker(data, numbered, cells))


def _made(data: bytes, kind: Kind, make: Callable[[], bytes] | None) -> Stamped:
    suffix = f".{'csv' if kind is Kind.TEXT else kind.value}" if kind in _MAKERS or kind in _NAMED else ""
    if make is None:
        return Stamped(data=data, suffix=suffix, stamped=False, problem=f"no stamp for {kind.value}")
    try:
        copy = make()
    except Exception as error:  # a hostile or broken original must cost its stamp only
        return Stamped(data=data, suffix=suffix, stamped=False, problem=f"{type(error).__name__}: {error}")
    return Stamped(data=copy, suffix=suffix, stamped=True)


def _docx(data: bytes, mark: Mark) -> bytes:
    from formflow.documents.stamps.docx import stamp_docx  # each format its library

    return stamp_docx(data, mark.line)


def _xlsx(data: bytes, mark: Mark) -> bytes:
    from formflow.documents.stamps.xlsx import stamp_xlsx  # each format its library

    return stamp_xlsx(data, mark.line)


def _pdf(data: bytes, mark: Mark) -> bytes:
    from formflow.documents.stamps.pdf import stamp_pdf  # each format its library

    cells = mark.cells
    if cells is None:
        return stamp_pdf(data, mark.line, ())
    values = (cells.fonds, cells.year, cells.item, cells.office, cells.retention, cells.pages)
    return stamp_pdf(data, mark.line, values)


def _csv(data: bytes, mark: Mark) -> bytes:
    from formflow.documents.stamps.csv import stamp_csv  # each format its library

    return stamp_csv(data, mark.number)


def _docx_rows(data: bytes, numbered: Sequence[Numbered], _: StampCells | None) -> bytes:
    from formflow.documents.stamps.docx_rows import stamp_docx_rows  # each format its library

    return stamp_docx_rows(data, numbered)


def _xlsx_rows(data: bytes, numbered: Sequence[Numbered], _: StampCells | None) -> bytes:
    from formflow.documents.stamps.xlsx_rows import stamp_xlsx_rows  # each format its library

    return stamp_xlsx_rows(data, numbered)


def _pdf_rows(data: bytes, numbered: Sequence[Numbered], cells: StampCells | None) -> bytes:
    from formflow.documents.stamps.pdf import stamp_pages  # each format its library

    pages: dict[int, list[Numbered]] = {}
    rows: dict[int, list[tuple[str, tuple[float, float, float, float]]]] = {}
    for one in numbered:
        page = one.page or 0
        if one.row is not None and one.box is not None:
            rows.setdefault(page, []).append((one.number, one.box))
        else:
            pages.setdefault(page, []).append(one)
    stamps: dict[int, tuple[str, Sequence[str]]] = {}
    for page, here in pages.items():
        # A stamp is one entry's; where several begin on a page, their numbers stand there without it.
        values: Sequence[str] = ()
        if cells is not None and len(here) == 1 and here[0].row is None:
            values = (cells.fonds, cells.year, here[0].item, cells.office, cells.retention, " ")
        stamps[page] = (span(here), values)
    return stamp_pages(data, stamps, rows)


def _csv_rows(data: bytes, numbered: Sequence[Numbered], _: StampCells | None) -> bytes:
    from formflow.documents.stamps.csv import stamp_csv_rows  # each format its library

    return stamp_csv_rows(data, {one.row: one.number for one in numbered if one.row is not None})


_MAKERS: Mapping[Kind, Callable[[bytes, Mark], bytes]] = {
    Kind.DOCX: _docx,
    Kind.XLSX: _xlsx,
    Kind.PDF: _pdf,
    Kind.TEXT: _csv,
}
_ALL_MAKERS: Mapping[Kind, Callable[[bytes, Sequence[Numbered], StampCells | None], bytes]] = {
    Kind.DOCX: _docx_rows,
    Kind.XLSX: _xlsx_rows,
    Kind.PDF: _pdf_rows,
    Kind.TEXT: _csv_rows,
}
_NAMED = frozenset(
    (Kind.DOC, Kind.XLS, Kind.XLSB, Kind.RTF, Kind.ODT, Kind.ODS, Kind.FLAT_ODT, Kind.FLAT_ODS, Kind.HTML)
)
