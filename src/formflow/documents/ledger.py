"""The register as a book to print or hand over: 登记簿 as .xlsx and .csv, voids struck through, nothing left out."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from formflow.documents.context import OUTCOMES
from formflow.documents.package import expand, pack, read_members, write_members
from formflow.documents.shown import Shown, as_datetime, as_decimal, show, show_date, show_rows
from formflow.forms.spec import Field, FieldType, Form
from formflow.model import Entry
from formflow.settings import Settings


class VoidNote(Protocol):
    """How an entry became void."""

    @property
    def reason(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class Line(Protocol):
    """A line of the register: an entry, and what became of it since."""

    @property
    def entry(self) -> Entry: ...
    @property
    def void(self) -> VoidNote | None: ...
    @property
    def corrected_by(self) -> str | None: ...


_LEAD, _TAIL = ("登记号", "入簿日期"), ("核对结果", "登记说明")
_WIDEST = {FieldType.TEXT: 36.0, FieldType.ROWS: 60.0}
_WIDEST_OTHER = 26.0
"""Columns grow with what is in them up to this many characters; longer texts are wrapped."""
_ONE_PAGE_WIDE = 230.0
"""Columns up to this many characters wide are still legible when shrunk to one page of A4 landscape."""
_FORMULA = re.compile(r"[=+\-@\t\r]")
_MODIFIED = re.compile(
    rb"<dcterms:modified[^>]*>[^<]*</dcterms:modified>|<dcterms:created[^>]*>[^<]*</dcterms:created>"
)
_HEADER_ROW = 3
_LINE_HEIGHT = 14.5
"""Points to a line of 10-point text."""


def ledger_xlsx(lines: Iterable[Line], form: Form, settings: Settings, *, year: int | None = None) -> bytes:
    """The register as a workbook ready to print: A4 landscape, title, repeated header row, page numbers.

    Args:
        lines: In the order of the book.
        year: Printed in the title; None: the register has several.
    Returns:
        The same bytes for the same lines.
    """
    from openpyxl import Workbook

    lines = list(lines)
    book = Workbook()
    sheet = book.active
    sheet.title = "登记簿"
    fields = _filled(form, lines)
    rows = [_cells(line, fields, settings) for line in lines]
    widths = _widths(fields, rows)
    one_page_wide = sum(widths) <= _ONE_PAGE_WIDE
    _write_head(sheet, form, settings, fields, widths, year, centred=one_page_wide)
    for number, (line, row) in enumerate(zip(lines, rows, strict=True), _HEADER_ROW + 1):
        _write_line(sheet, number, row, void=line.void is not None)
        tallest = max(map(_lines, row, widths))
        sheet.row_dimensions[number].height = max(tallest * _LINE_HEIGHT + 4, 20)
    _set_up_print(sheet, len(widths), len(lines), pages=math.ceil(sum(widths) / _ONE_PAGE_WIDE))
    out = io.BytesIO()
    book.save(out)
    # openpyxl writes the hour of saving in two places; a book's bytes depend on its lines only.
    members = read_members(out.getvalue())
    return write_members(
        pack(m.name, _MODIFIED.sub(b"", expand(m))) if m.name == "docProps/core.xml" else m for m in members
    )


def ledger_csv(lines: Iterable[Line], form: Form, settings: Settings) -> bytes:
    """The register as UTF-8 text with a byte-order mark, one row a line, which spreadsheets open as it is.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_titles(form.fields))
    for line in lines:
        writer.writerow([_safe(value) for value in _cells(line, form.fields, settings)])
    return out.getvalue().encode("utf-8-sig")


def _filled(form: Form, lines: Sequence[Line]) -> list[Field]:
    """The fields that have a column: those required, and those that any line has something in."""
    return [f for f in form.fields if f.required or any(f.id in line.entry.values for line in lines)]


def _titles(fields: Sequence[Field]) -> list[str]:
    return [*_LEAD, *(field.label for field in fields), *_TAIL]


def _widths(fields: Sequence[Field], rows: Sequence[Sequence[Any]]) -> list[float]:
    """Width in characters of every column: what its title and its longest value need, within bounds."""
    caps = [_WIDEST_OTHER] * 2 + [_WIDEST.get(f.type, _WIDEST_OTHER) for f in fields] + [_WIDEST_OTHER] * 2
    widths = []
    for column, (title, cap) in enumerate(zip(_titles(fields), caps, strict=True)):
        needed = max((_extent(row[column]) for row in rows), default=0.0)
        widths.append(max(_extent(title) + 2, min(needed + 2, cap)))
    return widths


def _extent(value: Any) -> float:
    """How many characters wide a value prints: a Chinese character of 10 points takes 1.7 of them."""
    if isinstance(value, date):
        return 15.0 if isinstance(value, datetime) else 10.0
    if isinstance(value, Decimal):
        return len(f"{value:,.2f}")
    lines = str(value).split("\n")
    return max(sum(1.7 if ord(c) > 0x2E7F else 1.0 for c in line) for line in lines)


def _lines(value: Any, width: float) -> int:
    """How many lines a value takes in a column."""
    if not isinstance(value, str):
        return 1
    return sum(max(math.ceil(_extent(line) / max(width - 1, 1)), 1) for line in value.split("\n"))


def _shown(field: Field, entry: Entry) -> Shown:
    if field.type is not FieldType.ROWS:
        return show(field, entry.values)
    rows = show_rows(field, entry.values)
    texts = ["，".join(value.text for value in row.values() if value.text) for row in rows]
    return Shown(text="\n".join(texts), value=texts or None)


def _cells(line: Line, fields: Sequence[Field], settings: Settings) -> list[Any]:
    """The values of a line: dates, amounts and counts as such, all else as text."""
    entry = line.entry
    registered = entry.registered_at.astimezone(ZoneInfo(settings.timezone)).date()
    values = [_native(field, _shown(field, entry)) for field in fields]
    return [entry.number, registered, *values, OUTCOMES[entry.outcome], _remark(line)]


def _native(field: Field, shown: Shown) -> Any:
    if field.type is FieldType.MONEY and shown:
        amount = as_decimal(shown.value)
        return shown.text if amount is None else amount
    if field.type in (FieldType.DATE, FieldType.DATETIME) and shown:
        found = as_datetime(shown.value)
        return shown.text if found is None else found
    if field.type is FieldType.INTEGER and isinstance(shown.value, int):
        return shown.value
    return shown.text


def _remark(line: Line) -> str:
    entry = line.entry
    void = line.void
    told = [
        f"作废：{void.reason}（{void.by}，{show_date(void.at.date())}）" if void else "",
        f"由 {line.corrected_by} 更正" if line.corrected_by else "",
        f"更正 {entry.corrects}" if entry.corrects else "",
        f"补登，实际收到 {show_date(entry.receipt.at.date())}" if entry.receipt.backdated else "",
    ]
    return "；".join(filter(None, told))


def _write_head(
    sheet: Any,
    form: Form,
    settings: Settings,
    fields: Sequence[Field],
    widths: Sequence[float],
    year: int | None,
    *,
    centred: bool,
) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book_name = form.title if form.title.endswith("簿") else f"{form.title}登记簿"
    sheet["A1"] = f"{year} 年度{book_name}" if year else book_name
    sheet["A1"].font = Font(name="宋体", size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center" if centred else "left", vertical="center")
    if centred:
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(widths))
    told = (settings.company, settings.department, form.policy and f"依据：{form.policy}")
    sheet["A2"] = "　　".join(filter(None, (*told, f"编号系列：{form.register.series}")))
    sheet["A2"].font = Font(name="宋体", size=10)
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[_HEADER_ROW].height = 30
    for column, (title, width) in enumerate(zip(_titles(fields), widths, strict=True), 1):
        cell = sheet.cell(_HEADER_ROW, column, title)
        cell.font = Font(name="黑体", size=10)
        cell.fill = PatternFill("solid", fgColor="F2F2F2")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _borders()
        sheet.column_dimensions[get_column_letter(column)].width = width


def _write_line(sheet: Any, row: int, values: Sequence[Any], *, void: bool) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    font = Font(name="宋体", size=10, strike=void, color="808080" if void else "000000")
    last = len(values)
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) or None
            # A text that begins with = stays a text.
            cell.data_type = "s" if cell.value else "n"
        else:
            cell.value = value
        if isinstance(value, Decimal):
            cell.number_format = "#,##0.00"
        elif isinstance(value, datetime):
            cell.number_format = "yyyy-mm-dd hh:mm"
        elif isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        # Why it is void is read, not struck out.
        cell.font = Font(name="宋体", size=10) if column == last else font
        side = "right" if isinstance(value, Decimal) else "center" if isinstance(value, int) else "left"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
        cell.border = _borders()


def _borders() -> Any:
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color="000000")
    return Border(left=side, right=side, top=side, bottom=side)


def _set_up_print(sheet: Any, columns: int, count: int, *, pages: int) -> None:
    from openpyxl.utils import get_column_letter

    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    if pages > 1:
        # A book of several pages across repeats the number on each.
        sheet.print_title_cols = "A:A"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    sheet.freeze_panes = f"B{_HEADER_ROW + 1}"
    last = get_column_letter(columns)
    sheet.auto_filter.ref = f"A{_HEADER_ROW}:{last}{_HEADER_ROW + count}"
    sheet.print_area = f"A1:{last}{_HEADER_ROW + count}"
    sheet.oddFooter.center.text = "第 &P 页　共 &N 页"
    sheet.oddFooter.right.text = "formflow 生成"
    sheet.oddFooter.right.size = 8
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.footer = 0.6, 0.75, 0.35


def _safe(value: Any) -> str:
    text = f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)
    return f"'{text}" if isinstance(value, str) and _FORMULA.match(text) else text
