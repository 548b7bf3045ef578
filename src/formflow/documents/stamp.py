"""The copy of an original that shows its number; the original itself is never touched.

| kind | where the number shows |
| --- | --- |
| docx | top right of every page, in a frame of the header that moves no text |
| xlsx | right section of the printed header of every sheet |
| pdf | 归档章 of six cells, 45×16 mm, on free paper at the top of the first page, the number beneath |
| csv | a column 登记号 before the others, filled in the entry's row |

Everything else of the file stays as it is. A file that cannot be stamped without harm comes back unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

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
        row: For a log: the row of the file that the entry stands in, from 1.
    """

    number: str
    cells: StampCells | None
    row: int | None = None

    @property
    def line(self) -> str:
        """`登记号：收传〔2026〕1号（第7行）`."""
        where = "" if self.row is None else f"（第{self.row}行）"
        return f"登记号：{self.number}{where}"


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


def stamp(
    data: bytes, kind: Kind, *, number: str, cells: StampCells | None, row: int | None = None
) -> Stamped:
    """A copy of an original that shows its number; never raises, never damages.

    Args:
        data: The original.
        kind: What it is by content (`readers.sniff`).
        number: The entry's number as printed.
        cells: Of the 归档章 on a PDF; None for an office that only wants the number.
        row: For a log: the row of the file that the entry stands in, from 1.
    """
    mark = Mark(number=number, cells=cells, row=row)
    suffix = f".{'csv' if kind is Kind.TEXT else kind.value}" if kind in _MAKERS or kind in _NAMED else ""
    maker = _MAKERS.get(kind)
    if maker is None:
        return Stamped(data=data, suffix=suffix, stamped=False, problem=f"no stamp for {kind.value}")
    try:
        copy = maker(data, mark)
    except Exception as error:  # a hostile or broken original must cost its stamp only
        return Stamped(data=data, suffix=suffix, stamped=False, problem=f"{type(error).__name__}: {error}")
    return Stamped(data=copy, suffix=suffix, stamped=True)


def _docx(data: bytes, mark: Mark) -> bytes:
    from formflow.documents.stamp_docx import stamp_docx

    return stamp_docx(data, mark.line)


def _xlsx(data: bytes, mark: Mark) -> bytes:
    from formflow.documents.stamp_xlsx import stamp_xlsx

    return stamp_xlsx(data, mark.line)


def _pdf(data: bytes, mark: Mark) -> bytes:
    from formflow.documents.stamp_pdf import stamp_pdf

    cells = mark.cells
    if cells is None:
        return stamp_pdf(data, mark.line, ())
    values = (cells.fonds, cells.year, cells.item, cells.office, cells.retention, cells.pages)
    return stamp_pdf(data, mark.line, values)


def _csv(data: bytes, mark: Mark) -> bytes:
    from formflow.documents.stamp_csv import stamp_csv

    return stamp_csv(data, mark.number, mark.row)


_MAKERS: Mapping[Kind, Callable[[bytes, Mark], bytes]] = {
    Kind.DOCX: _docx,
    Kind.XLSX: _xlsx,
    Kind.PDF: _pdf,
    Kind.TEXT: _csv,
}
_NAMED = frozenset(
    (Kind.DOC, Kind.XLS, Kind.XLSB, Kind.RTF, Kind.ODT, Kind.ODS, Kind.FLAT_ODT, Kind.FLAT_ODS, Kind.HTML)
)
