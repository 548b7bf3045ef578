"""归档文件目录: the list of what a year's archive holds, as a workbook to print and hand over.

Source:
    DA/T 22—2015 归档文件整理规则, 6.4 编目: 序号, 档号, 文号, 责任者, 题名, 日期, 密级, 页数, 备注.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from pikepdf import Pdf, PdfError

from formflow.archive.bag import whole_files
from formflow.archive.copies import place
from formflow.archive.fetch import Holdings
from formflow.archive.number import archive_no
from formflow.documents.sheets import borders, put_text, saved, set_up_page, write_headings
from formflow.documents.templates.context import RETENTIONS
from formflow.documents.templates.display import as_datetime, show_date
from formflow.forms.spec import Form
from formflow.model import Entry
from formflow.settings import Settings
from formflow.store.archives import REGISTERED, RENDITION

_STYLED = re.compile(r".+[〔\[(（【]\d{4}[〕\])）】]第?\d+号")
"""A 发文字号: agency, year in brackets, serial."""
_AUTHORS = ("sender", "salesperson", "handler", "recorder", "applicant", "name", "registered_by")
_SUBJECTS = ("subject", "topic", "title")
_PARTIES = (
    "customer_name",
    "recipient_org",
    "customer",
    "project_name",
    "visitor",
    "applicant",
    "salesperson",
)
_DATES = (
    "applied_on",
    "received_on",
    "received_at",
    "sent_at",
    "date",
    "sent_on",
    "registered_on",
    "shipped_on",
)
_TITLES = ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")
_WIDTHS = (5.0, 27.0, 17.0, 18.0, 38.0, 10.0, 5.5, 5.5, 18.0)
_LINE = 13.5
_HEAD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of the directory, in the order of its columns."""

    archive_no: str
    reference: str
    author: str
    title: str
    on: str
    secrecy: str
    pages: int | None
    remark: str


def item_of(entry: Entry, form: Form, settings: Settings, root: Path, remark: str = "") -> Item:
    """The line of an entry.

    Args:
        root: The archive's folder, in which pages are counted.
        remark: What else is to be said: that it is void, say.
    """
    values = entry.values

    def first(names: Sequence[str]) -> str:
        return next((str(values[name]) for name in names if isinstance(values.get(name), str)), "")

    reference = _reference(entry, form)
    party = first(_PARTIES)
    title = first(_SUBJECTS) or (f"{party} {form.title}" if party else form.title)
    day = next((as_datetime(values[name]) for name in _DATES if values.get(name)), None) or entry.receipt.on
    remarks = (
        f"登记号 {entry.number}",
        f"更正 {entry.corrects}" if entry.corrects else "",
        f"补登，实际收到 {show_date(entry.receipt.at.date())}" if entry.receipt.backdated else "",
        remark,
    )
    return Item(
        archive_no=archive_no(entry, form.register, fonds=settings.fonds, office=settings.organisation),
        reference=reference,
        author=first(_AUTHORS) or settings.department or settings.company,
        title=" ".join(title.split()),
        on=f"{day:%Y%m%d}",
        secrecy="",
        pages=_pages(entry, root),
        remark="；".join(filter(None, remarks)),
    )


def _reference(entry: Entry, form: Form) -> str:
    """文号: what the sender numbered the paper, or the 发文字号 of our own; a number of the register is neither."""
    theirs = entry.values.get("sender_ref")
    if isinstance(theirs, str) and theirs:
        return theirs
    ours = entry.values.get("document_no")
    if not isinstance(ours, str) or not _STYLED.fullmatch("".join(ours.split())):
        return ""
    book = form.register
    serial = next(iter(re.findall(r"\d+", ours)[-1:]), "0")
    return "" if ours == book.number.format(series=book.series, year=entry.year, serial=int(serial)) else ours


def directory_xlsx(books: Mapping[tuple[str, int], tuple[Form, Sequence[Item]]], settings: Settings) -> bytes:
    """The directory: a sheet for each book, ready to print on A4 landscape; the same bytes for the same items.

    Args:
        books: Series and year → the form that is registered there, and the items in order.
    """
    workbook = Workbook()
    workbook.remove(workbook.active)
    for (series, year), (form, items) in books.items():
        sheet = workbook.create_sheet(f"{series}-{year}")
        _write_head(sheet, form, year, len(items), settings)
        for row, (number, item) in enumerate(zip(itertools.count(1), items, strict=False), _HEAD + 1):
            _write_item(sheet, row, number, item)
        _set_up(sheet, len(items))
    if not workbook.sheetnames:
        workbook.create_sheet("归档文件目录")
    return saved(workbook)


def _pages(entry: Entry, root: Path) -> int | None:
    """As the form says, else counted in the PDF/A copy or in an original that is a PDF; None where neither is."""
    said = entry.values.get("pages")
    if isinstance(said, int):
        return said
    holdings = Holdings(root)
    for event, begin in ((RENDITION, "data/documents/original"), (REGISTERED, "data/original/")):
        folder = root / place(entry, event)
        try:
            files = whole_files(folder, holdings) if folder.is_dir() else {}
        except (OSError, ValueError):
            continue
        for name, file in files.items():
            if not (name.startswith(begin) and name.endswith(".pdf")):
                continue
            try:
                with Pdf.open(file) as pdf:
                    return len(pdf.pages)
            except (PdfError, OSError):
                continue
    return None


def _write_head(sheet: Any, form: Form, year: int, count: int, settings: Settings) -> None:
    sheet["A1"] = "归档文件目录"
    sheet["A1"].font = Font(name="宋体", size=18, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(_TITLES))
    retention = RETENTIONS.get(form.register.retention, form.register.retention)
    told = (
        f"全宗号：{settings.fonds}",
        f"年度：{year}",
        f"保管期限：{retention}",
        f"机构：{settings.department or settings.organisation}",
        f"类别：{form.title}",
        f"共 {count} 件",
    )
    sheet["A2"] = "　　".join(told)
    sheet["A2"].font = Font(name="宋体", size=10)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 34, 20
    sheet.row_dimensions[_HEAD].height = 26
    write_headings(sheet, _HEAD, _TITLES, _WIDTHS)


def _write_item(sheet: Any, row: int, number: int, item: Item) -> None:
    values = (
        *(number, item.archive_no, item.reference, item.author, item.title),
        *(item.on, item.secrecy, item.pages, item.remark),
    )
    tallest = 1
    for column, (value, width) in enumerate(zip(values, _WIDTHS, strict=True), 1):
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            put_text(cell, value)
            extent = sum(1.8 if ord(character) > 0x2E7F else 1.05 for character in value)
            tallest = max(tallest, math.ceil(extent / (width - 1)))
        else:
            cell.value = value
        cell.font = Font(name="宋体", size=10)
        side = "left" if column in (2, 3, 4, 5, 9) else "center"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
        cell.border = borders()
    sheet.row_dimensions[row].height = max(tallest * _LINE + 6, 22)


def _set_up(sheet: Any, count: int) -> None:
    set_up_page(sheet, f"{_HEAD}:{_HEAD}")
    sheet.print_area = f"A1:I{_HEAD + count}"
    sheet.freeze_panes = f"C{_HEAD + 1}"
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.footer = 0.7, 0.7, 0.35
