"""What a person is asked where the pages of a batch do not make whole papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from formflow.model import Finding, Severity
from formflow.pages.packets import Sheets

MIXED, UNREAD = "pages-mixed", "page-unread"
"""Codes of the findings for a page that may belong to another copy, and for one of which nothing was read."""


def findings(sheets: Sheets) -> Iterator[Finding]:
    """The findings about one copy's pages; none where it is whole."""
    places = [int(name.removeprefix("page ")) for name in sheets.parts]
    if sheets.missing:
        yield _asked(
            "page-missing",
            f"本表共{sheets.of}页，缺第{_listed(sheets.missing)}页（或其二维码、页码无法识别）；请补扫，或对照原件核对。",
            f"this paper has {sheets.of} pages and page {_listed(sheets.missing, ', ')} is missing, or its code and number"
            " cannot be read; scan it too, or compare with the paper",
        )
    if sheets.doubled:
        yield _asked(
            "page-doubled",
            f"第{_listed(sheets.doubled)}页扫描了不止一次，内容相同，只读取一次；请确认不是另一份表缺了页。",
            f"page {_listed(sheets.doubled, ', ')} was scanned more than once and reads the same, so it was read once;"
            " confirm that no other copy lacks its pages",
        )
    if sheets.doubtful:
        yield _asked(
            MIXED,
            f"同一表的几份页次混杂：本件由文件第{_listed(places)}页组成，其中可能有另一份的页；请对照原件核对。",
            f"the pages of several copies of this form are mixed: this record was made of pages {_listed(places, ', ')} of the file,"
            " one of which may belong to another copy; compare with the paper",
        )


def unread(names: Sequence[str]) -> Finding:
    """The finding about pages that seem to go on with a form and of which nothing was read into a record."""
    places = [int(name.removeprefix("page ")) for name in names]
    return _asked(
        UNREAD,
        f"文件第{_listed(places)}页有表格内容，但没有读入任何记录；请对照原件核对，需要登记的请补录。",
        f"page {_listed(places, ', ')} of the file holds a table of which nothing was read into a record; compare with the"
        " paper and enter what is to be registered",
    )


def _listed(numbers: Sequence[int], comma: str = "、") -> str:
    return comma.join(str(number) for number in numbers)


def _asked(code: str, message: str, english: str) -> Finding:
    return Finding(code=code, severity=Severity.RETURN, message=message, english=english)
