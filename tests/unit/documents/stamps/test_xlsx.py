from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from lxml import etree

from formflow.documents.stamps.numbered import Numbered
from formflow.documents.stamps.stamp import StampCells, stamp, stamp_all
from formflow.documents.stamps.xlsx import with_line
from formflow.readers.sniff import Kind

LINE = "登记号：SC-1"


def stamped(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    result = stamp(out.getvalue(), Kind.XLSX, number="SC-1", cells=StampCells())
    assert (True, ".xlsx") == (result.stamped, result.suffix)
    return result.data


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "&R&9登记号：1"),
        ("&L左&C中", "&L左&C中&R&9登记号：1"),
        ("&L左&R右 && 右", "&L左&R右 && 右\n&9登记号：1"),
        ("&R右&L左", "&R右\n&9登记号：1&L左"),
        ("&L甲&&R乙", "&L甲&&R乙&R&9登记号：1"),
    ],
)
def test_the_line_stands_at_the_end_of_the_right_section(header, expected):
    assert expected == with_line(header, "登记号：1")


def test_every_sheet_shows_the_number_in_its_printed_header():
    book = openpyxl.Workbook()
    book.create_sheet("二").oddHeader.right.text = "机密"

    again = openpyxl.load_workbook(io.BytesIO(stamped(book)))

    assert [LINE, f"机密\n{LINE}"] == [sheet.oddHeader.right.text for sheet in again]


def test_the_header_stands_where_the_schema_wants_it():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "a"
    sheet.add_table(openpyxl.worksheet.table.Table(displayName="T", ref="A1:A2"))
    sheet.row_breaks.append(openpyxl.worksheet.pagebreak.Break(id=1))

    with zipfile.ZipFile(io.BytesIO(stamped(book))) as archive:
        root = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))

    names = [etree.QName(child).localname for child in root]
    assert ["headerFooter", "rowBreaks", "tableParts"] == names[names.index("headerFooter") :]


def test_a_header_without_room_leaves_the_workbook_as_it_was():
    book = openpyxl.Workbook()
    book.active.oddHeader.left.text = "长" * 250
    out = io.BytesIO()
    book.save(out)

    result = stamp(out.getvalue(), Kind.XLSX, number="SC-1", cells=StampCells())

    assert (out.getvalue(), False) == (result.data, result.stamped)


def a_log() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "3月"
    for row in (("收传真登记簿",), ("日期", "主题", "页数"), ("3月5日", "函一", 1), ("3月6日", "函二")):
        sheet.append(row)
    return book


def numbered(book, *rows: int) -> openpyxl.Workbook:
    out = io.BytesIO()
    book.save(out)
    places = [Numbered(number=f"SC-{n}", part=book.active.title, row=row) for n, row in enumerate(rows, 1)]
    result = stamp_all(out.getvalue(), Kind.XLSX, places, None)
    assert (True, "") == (result.stamped, result.problem)
    return openpyxl.load_workbook(io.BytesIO(result.data))


def test_every_row_shows_its_number_in_a_column_behind_the_others():
    book = a_log()
    book.create_sheet("别的")

    again = numbered(book, 3, 4)

    sheet = again["3月"]
    assert [None, "登记号", "SC-1", "SC-2"] == [sheet.cell(row, 4).value for row in range(1, 5)]
    assert "函二" == sheet["B4"].value
    assert "登记号：SC-1、SC-2" == sheet.oddHeader.right.text
    assert [] == [cell for row in again["别的"].iter_rows() for cell in row if cell.value]


def test_the_column_stands_behind_merged_cells_and_is_seen_and_printed():
    book = a_log()
    sheet = book.active
    sheet.merge_cells("C3:E4")
    sheet.print_area = "A1:E4"
    sheet.column_dimensions.group("F", "H", hidden=True)

    sheet = numbered(book, 3, 4)["3月"]

    assert ["登记号", "SC-1", "SC-2"] == [sheet.cell(row, 6).value for row in range(2, 5)]
    assert (False, True) == (sheet.column_dimensions["F"].hidden, sheet.column_dimensions["G"].hidden)
    assert "'3月'!$A$1:$F$4" == sheet.print_area


def test_a_number_takes_an_empty_cells_place_and_the_looks_of_its_neighbour():
    book = a_log()
    sheet = book.active
    for column in (3, 4):
        sheet.cell(3, column).font = openpyxl.styles.Font(name="宋体", size=7 + column)
    sheet["D3"].value = None

    cell = numbered(book, 3)["3月"]["D3"]

    assert ("SC-1", 10) == (cell.value, cell.font.size)


def test_a_header_without_room_costs_only_the_header_where_the_rows_show_their_numbers():
    book = a_log()
    book.active.oddHeader.left.text = "长" * 250

    assert "SC-1" == numbered(book, 3)["3月"]["D3"].value


def test_many_numbers_are_told_as_a_span():
    again = numbered(a_log(), 1, 2, 3, 4)

    assert "登记号：SC-1 至 SC-4，共 4 件" == again["3月"].oddHeader.right.text
