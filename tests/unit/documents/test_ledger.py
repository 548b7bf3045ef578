from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from formflow.documents.ledger import ledger_csv, ledger_xlsx
from formflow.model import Entry


@dataclass
class Void:
    reason: str
    by: str
    at: datetime


@dataclass
class Line:
    entry: Entry
    void: Void | None = None
    corrected_by: str | None = None


@pytest.fixture
def lines(entry):
    second = replace(
        entry, serial=2, number="XB-2026-0002", values={"customer_name": "=1+1"}, corrects="XB-2026-0001"
    )
    return [
        Line(entry, void=Void("登记重复", "王强", datetime(2026, 4, 1)), corrected_by="XB-2026-0002"),
        Line(second),
    ]


def sheet_of(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_the_book_has_a_title_a_header_and_a_row_for_each_entry(lines, form, settings):
    sheet = sheet_of(ledger_xlsx(lines, form, settings, year=2026))

    assert "2026 年度小表登记簿" == sheet["A1"].value
    assert [
        "登记号",
        "入簿日期",
        "客户名称",
        "首次交易日期",
        "金额",
        "类别",
        "批示",
        "明细",
        "核对结果",
        "登记说明",
    ] == [cell.value for cell in sheet[3]]
    assert ["XB-2026-0001", "XB-2026-0002"] == [sheet.cell(row, 1).value for row in (4, 5)]


def test_dates_and_amounts_are_such_and_a_text_is_never_a_formula(lines, form, settings):
    sheet = sheet_of(ledger_xlsx(lines, form, settings))

    assert (datetime(2026, 3, 5), 12000, "s", "=1+1") == (
        sheet["D4"].value,
        sheet["E4"].value,
        sheet["C5"].data_type,
        sheet["C5"].value,
    )
    assert Decimal(sheet["E4"].value) == 12000


def test_a_void_is_struck_through_and_its_reason_is_not(lines, form, settings):
    sheet = sheet_of(ledger_xlsx(lines, form, settings))

    assert [True, True, False, False] == [bool(sheet[c].font.strike) for c in ("A4", "C4", "J4", "A5")]
    assert (
        "作废：登记重复（王强，2026年4月1日）；由 XB-2026-0002 更正；补登，实际收到 2026年3月20日"
        == sheet["J4"].value
    )


def test_a_column_that_nobody_filled_in_is_left_out_unless_it_is_required(entry, form, settings):
    sheet = sheet_of(ledger_xlsx([Line(replace(entry, values={}))], form, settings))

    assert ["登记号", "入簿日期", "客户名称", "核对结果", "登记说明"] == [cell.value for cell in sheet[3]]


def test_the_book_prints_on_a4_landscape_with_its_header_row_on_every_page(lines, form, settings):
    sheet = sheet_of(ledger_xlsx(lines, form, settings))

    assert ("landscape", 9, "$3:$3") == (
        sheet.page_setup.orientation,
        int(sheet.page_setup.paperSize),
        sheet.print_title_rows,
    )


def test_the_same_lines_give_the_same_bytes(lines, form, settings, monkeypatch):
    first = ledger_xlsx(lines, form, settings)
    monkeypatch.setattr("time.localtime", lambda *_: (2030, 1, 1, 0, 0, 0, 1, 1, 0))

    assert first == ledger_xlsx(lines, form, settings)


def test_a_csv_opens_in_a_spreadsheet_and_runs_nothing(lines, form, settings):
    content = ledger_csv(lines, form, settings)

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert content.startswith(b"\xef\xbb\xbf")
    assert ["登记号", "'=1+1"] == [rows[0][0], rows[2][2]]
    assert ["2026-03-05", "12000.00", "质量", "李明　2026年3月6日", "一\n二"] == rows[1][3:8]
