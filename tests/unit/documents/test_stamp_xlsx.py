from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from lxml import etree

from formflow.documents.stamp import StampCells, stamp
from formflow.documents.stamp_xlsx import with_line
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
