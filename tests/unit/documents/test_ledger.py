from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest

from formflow.documents.ledger import ledger_csv, ledger_xlsx
from formflow.documents.sheets import page_ends
from formflow.forms.spec import Field, FieldType
from formflow.model import Entry, Finding, Outcome, Severity
from formflow.store.decisions import Decision


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
        "审批",
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

    assert [True, True, False, False] == [bool(sheet[c].font.strike) for c in ("A4", "C4", "K4", "A5")]
    assert (
        "作废：登记重复（王强，2026年4月1日）；由 XB-2026-0002 更正；补登，实际收到 2026年3月20日"
        == sheet["K4"].value
    )


def test_a_column_that_nobody_filled_in_is_left_out(entry, form, settings):
    empty = replace(entry, values={}, receipt=replace(entry.receipt, claimed_on=None))
    sheet = sheet_of(ledger_xlsx([Line(empty)], form, settings))

    assert ["登记号", "入簿日期", "核对结果", "审批"] == [cell.value for cell in sheet[3]]


def test_what_all_rows_of_a_log_have_in_common_stands_in_the_head(entry, form, settings):
    log = replace(form, head=("category",), identity=("customer_name",))
    lines = [Line(entry), Line(replace(entry, values={**entry.values, "amount": "1.00"}))]
    other = Line(replace(entry, values={**entry.values, "category": "service"}))

    together, apart = (sheet_of(ledger_xlsx(found, log, settings)) for found in (lines, [*lines, other]))

    assert "类别：质量" in together["A2"].value
    assert "类别" not in [cell.value for cell in together[3]]
    assert "类别" in [cell.value for cell in apart[3]]


def test_an_accepted_entry_with_a_note_is_told_with_its_note(entry, form, settings):
    late = Finding(code="late", severity=Severity.NOTE, message="逾期：应于 2026-11-25 前交付")
    entries = [replace(entry, outcome=Outcome.ACCEPT, findings=findings) for findings in ((late,), ())] + [
        entry
    ]

    sheet = sheet_of(ledger_xlsx(map(Line, entries), form, settings))

    assert ["有提示：逾期：应于 2026-11-25 前交付", "符合规定", "不符合规定：超过1个月"] == [
        sheet.cell(row, 9).value for row in (4, 5, 6)
    ]


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([], "待审批"),
        ([("approve", "同意")], "同意（罗总，2026年4月2日）"),
        ([("reject", "先款后货")], "不同意（罗总，2026年4月2日）：先款后货"),
    ],
)
def test_what_was_decided_has_a_column(entry, form, settings, decisions, expected):
    taken = [
        Decision(
            number=entry.number,
            step=0,
            role="leader",
            decision=decision,
            by="罗总",
            at=datetime(2026, 4, 2, 2, tzinfo=UTC),
            comment=comment,
        )
        for decision, comment in decisions
    ]
    decided = {entry.number: taken}

    sheet = sheet_of(ledger_xlsx([Line(entry)], form, settings, decided=decided))
    rows = list(
        csv.reader(
            io.StringIO(ledger_csv([Line(entry)], form, settings, decided=decided).decode("utf-8-sig"))
        )
    )

    assert expected == sheet["J4"].value
    assert expected == rows[1][rows[0].index("审批")]


def test_a_form_of_many_fields_keeps_the_rest_in_one_column_with_their_labels(entry, form, settings):
    more = tuple(Field(id=f"f{n}", label=f"第{n}项", type=FieldType.TEXT) for n in range(12))
    values = {**entry.values, **{f"f{n}": f"值{n}" for n in range(12)}}

    sheet = sheet_of(
        ledger_xlsx([Line(replace(entry, values=values))], replace(form, fields=form.fields + more), settings)
    )

    titles = [cell.value for cell in sheet[3]]
    shown = "".join(str(cell.value) for cell in sheet[4])
    assert len(titles) <= 15
    assert all(f"值{n}" in shown for n in range(12))
    assert "第11项：值11" in sheet.cell(4, titles.index("其他内容") + 1).value


def test_the_book_is_one_page_of_a4_landscape_wide_with_its_title_on_every_page(lines, form, settings):
    sheet = sheet_of(ledger_xlsx(lines, form, settings))

    assert ("landscape", 9, "$1:$3") == (
        sheet.page_setup.orientation,
        int(sheet.page_setup.paperSize),
        sheet.print_title_rows,
    )
    assert (True, 1, 0) == (
        sheet.sheet_properties.pageSetUpPr.fitToPage,
        sheet.page_setup.fitToWidth,
        sheet.page_setup.fitToHeight,
    )
    assert "第 &P 页　共 &N 页" == sheet.oddFooter.center.text.replace('&""', "")


def test_a_long_text_widens_its_column_before_its_row_grows(entry, form, settings):
    long = replace(entry, values={**entry.values, "customer_name": "长" * 120})

    sheet = sheet_of(ledger_xlsx([Line(long)], form, settings))

    assert sheet.row_dimensions[4].height <= 4 * 14.5 + 4


@pytest.mark.parametrize(
    ("heights", "expected"),
    [
        ([20.0] * 5, []),
        ([20.0] * 11, [8]),
        ([20.0] * 20, [10]),
        ([20.0] * 21, [10, 18]),
        ([100.0, 100.0, 100.0, 20.0], [2]),
        ([300.0, 20.0], [1]),
    ],
)
def test_a_last_page_never_holds_one_row_where_the_page_before_can_give_some(heights, expected):
    assert expected == page_ends(heights, 200.0)


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
