from datetime import date

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from formflow.limits import Limits
from formflow.model import Line
from formflow.readers.read import read


def row(number: int, *cells: str, properties: str = "") -> str:
    return f'<row r="{number}" {properties}>{"".join(cells)}</row>'


def c(ref: str, value: object, *, kind: str = "n", style: int = 0, formula: str = "") -> str:
    f = f"<f>{formula}</f>" if formula else ""
    v = "" if value is None else f"<v>{value}</v>"
    return f'<c r="{ref}" t="{kind}" s="{style}">{f}{v}</c>'


def text(ref: str, content: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{content}</t></is></c>'


def sheet(*rows: str, before: str = "", after: str = "") -> str:
    return f"{before}<sheetData>{''.join(rows)}</sheetData>{after}"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (c("A1", 3), ("3", 3, "")),
        (c("A1", "3.0"), ("3", 3, "")),
        (c("A1", "1.38E+10"), ("13800000000", 13800000000, "")),
        (c("A1", "1.3800138E10"), ("13800138000", 13800138000, "")),
        (c("A1", "9.14403E+17"), ("914403000000000000", 9.14403e17, "precision-lost")),
        (c("A1", "1234567890123456"), ("1234567890123456", 1234567890123456, "precision-lost")),
        (c("A1", "123456789012345"), ("123456789012345", 123456789012345, "")),
        (c("A1", "20260305", style=1), ("20260305", None, "")),
        (c("A1", "0.1"), ("0.1", 0.1, "")),
        (c("A1", 0, kind="s"), ("共享", None, "")),
        (c("A1", 1, kind="s"), ("留下", None, "")),
        (c("A1", "结果", kind="str", formula="A2"), ("结果", None, "")),
        (c("A1", 1, kind="b"), ("TRUE", True, "")),
        (c("A1", "#N/A", kind="e"), ("#N/A", None, "error-value")),
        (c("A1", None, formula="TODAY()"), ("", None, "no-cached-value")),
        (c("A1", "", formula="TODAY()"), ("", None, "no-cached-value")),
        (c("A1", 46086, style=1, formula="TODAY()"), ("2026-03-05", date(2026, 3, 5), "")),
        (c("A1", "2026-03-05", kind="d"), ("2026-03-05", date(2026, 3, 5), "")),
        (text("A1", "一_x000D_\n二"), ("一\n二", None, "")),
        ('<c r="A1"><v>x</v></c>', ("x", None, "")),
    ],
)
def test_a_cell_reads_as_it_shows(xlsx, first_cell, cell, expected):
    strings = (
        "<si><t>共享</t><rPh><t>gòng</t></rPh></si>"
        "<si><r><rPr><strike/></rPr><t>划掉</t></r><r><t>留下</t></r></si>"
    )
    found = first_cell(xlsx(sheet(row(1, cell, text("B1", "x"))), formats=("yyyy-mm-dd",), strings=strings))

    assert expected == (found.text, found.value, found.problem)


def test_an_empty_text_result_is_blank_and_nothing_is_wrong(xlsx, first_cell):
    cell = first_cell(xlsx(sheet(row(1, c("A1", "", kind="str", formula='""'), text("B1", "x")))))

    assert (cell.text, cell.problem) == ("x", "")


def test_a_struck_out_cell_is_blank(xlsx, text_of):
    struck = "<font/><font><strike/></font>"
    cells = row(1, text("A1", "x"), c("B1", 5, style=1), text("C1", "y"))

    assert text_of(xlsx(sheet(cells), fonts=struck)) == ["x", "", "y"]


def test_the_table_covers_the_used_range_and_refs_are_absolute(xlsx, only_table, shape):
    table = only_table(xlsx(sheet(row(5, text("C5", "甲"), text("D5", "乙")), row(6, text("D6", "丙")))))

    assert shape(table) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, ""), (1, 1, 1, 1, "丙")]
    assert [cell.source.ref for cell in table.cells] == ["C5", "D5", "C6", "D6"]
    assert table.source.ref == "C5:D6"


def test_merged_cells_come_once_and_blank_ones_widen_the_range(xlsx, only_table, shape):
    merges = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B2:D3"/></mergeCells>'
    table = only_table(xlsx(sheet(row(1, text("A1", "题")), row(2, text("A2", "意见")), after=merges)))

    assert (0, 0, 1, 2, "题") in shape(table)
    assert (1, 1, 2, 3, "") in shape(table)
    assert (table.rows, table.columns) == (3, 4)


def test_a_merge_over_whole_rows_does_not_widen_the_range(xlsx, only_table):
    merges = '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>'
    table = only_table(xlsx(sheet(row(1, text("A1", "题")), row(2, text("B2", "x")), after=merges)))

    assert (table.rows, table.columns) == (2, 2)


def test_hidden_rows_and_columns_are_left_out(xlsx, only_table, shape):
    columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
    merges = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    table = only_table(
        xlsx(
            sheet(
                row(1, text("A1", "甲"), text("B1", "藏"), text("C1", "乙")),
                row(2, text("A2", "合"), properties='hidden="1"'),
                row(3, text("C3", "丙")),
                before=columns,
                after=merges,
            )
        )
    )

    assert (table.rows, table.columns) == (2, 2)
    assert [cell for cell in shape(table) if cell[4]] == [
        (0, 0, 1, 1, "甲"),
        (0, 1, 1, 1, "乙"),
        (1, 1, 1, 1, "丙"),
    ]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_left_out(xlsx, state):
    assert xlsx(sheet(row(1, text("A1", "x"))), state=state).parts == ()


def test_dates_of_1904_books_are_dates(xlsx, first_cell):
    document = xlsx(
        sheet(row(1, c("A1", 44624, style=1))),
        formats=("yyyy-mm-dd",),
        properties='<workbookPr date1904="1"/>',
    )

    assert date(2026, 3, 5) == first_cell(document).value


def test_rows_without_references_count_on(xlsx, only_table, shape):
    table = only_table(
        xlsx("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>")
    )

    assert shape(table) == [(0, 0, 1, 1, "1"), (0, 1, 1, 1, "2"), (1, 0, 1, 1, "3"), (1, 1, 1, 1, "")]


def test_a_name_for_one_cell_is_a_control(xlsx):
    names = (
        "<definedNames><definedName name='客户名称'>'表1'!$B$1</definedName>"
        "<definedName name='合并'>表1!$A$2:$B$2</definedName><definedName name='区'>表1!$A$1:$B$2</definedName>"
        "<definedName name='_xlnm.Print_Area'>表1!$A$1</definedName><definedName name='公式'>1+1</definedName></definedNames>"
    )
    merges = '<mergeCells><mergeCell ref="A2:B2"/></mergeCells>'
    document = xlsx(sheet(row(1, text("B1", "华南")), row(2, text("A2", "乙")), after=merges), book=names)

    assert [(control.name, control.value, control.source.ref) for control in document.parts[0].controls] == [
        ("客户名称", "华南", "B1"),
        ("合并", "乙", "A2"),
    ]


XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def anchored(content: str, row_: int, column: int) -> str:
    def corner(name: str) -> str:
        return f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:row>{row_}</xdr:row></xdr:{name}>"

    return (
        f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}"><xdr:twoCellAnchor>{corner("from")}{corner("to")}{content}'
        "</xdr:twoCellAnchor></xdr:wsDr>"
    )


def test_a_picture_lies_in_the_merged_cell_it_covers(xlsx, only_table):
    merges = '<mergeCells><mergeCell ref="B1:D1"/></mergeCells>'
    body = sheet(row(1, text("A1", "签字")), after=merges + '<drawing r:id="rId1"/>')
    table = only_table(xlsx(body, drawing=anchored("<xdr:pic/>", 0, 2)))

    assert [cell.source.ref for cell in table.cells if cell.pictures] == ["B1"]


def test_the_text_of_a_shape_is_a_line(xlsx):
    shape = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>收传真</a:t></a:r><a:r><a:t>登记簿</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    body = sheet(row(2, text("A2", "x")), after='<drawing r:id="rId1"/>')
    line = xlsx(body, drawing=anchored(shape, 0, 0)).parts[0].blocks[0]

    assert isinstance(line, Line)
    assert line.text == "收传真登记簿"


def test_a_million_formatted_rows_cost_nothing(xlsx, only_table):
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 60_000))
    table = only_table(xlsx(sheet(row(1, text("A1", "x")), rows)))

    assert len(table.cells) == 1


def test_a_stray_note_far_away_keeps_only_what_is_written(xlsx, only_table, shape):
    table = only_table(xlsx(sheet(row(1, text("A1", "甲")), row(1048576, text("XFD1048576", "乙")))))

    assert shape(table) == [(0, 0, 1, 1, "甲"), (1, 1, 1, 1, "乙")]
    assert table.cells[1].source.ref == "XFD1048576"


def test_a_workbook_of_openpyxl_reads_as_made(tmp_path, only_table):
    book = openpyxl.Workbook()
    page = book.active
    page["A1"], page["B1"], page["A2"], page["B2"] = "日期", date(2026, 3, 5), "金额", 1234.5
    page["B2"].number_format = "#,##0.00"
    book.defined_names["金额"] = DefinedName("金额", attr_text="Sheet!$B$2")
    book.save(tmp_path / "a.xlsx")

    document = read(tmp_path / "a.xlsx", limits=Limits())

    assert [cell.text for cell in only_table(document).cells] == ["日期", "2026-03-05", "金额", "1,234.50"]
    assert [control.value for control in document.parts[0].controls] == ["1,234.50"]


FILTER = '<autoFilter ref="A1:A3"><filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn></autoFilter>'


@pytest.mark.parametrize(("after", "expected"), [(FILTER, 1), ('<autoFilter ref="A1:A3"/>', 0), ("", 0)])
def test_rows_that_a_filter_hides_are_left_out_and_counted(xlsx, text_of, after, expected):
    rows = (
        row(1, text("A1", "题"))
        + row(2, text("A2", "藏"), properties='hidden="1"')
        + row(3, text("A3", "见"))
    )
    document = xlsx(sheet(rows, after=after))

    assert (text_of(document), document.parts[0].filtered) == (["题", "见"], expected)


def test_rows_that_the_filter_of_a_table_hides_are_counted(xlsx):
    rows = row(1, text("A1", "题")) + row(2, text("A2", "藏"), properties='hidden="1"')
    table = f'<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{FILTER}</table>'
    document = xlsx(
        sheet(rows), links={"rId1": ("table", "../tables/t1.xml")}, members={"xl/tables/t1.xml": table}
    )

    assert document.parts[0].filtered == 1


def test_strict_namespaces_and_days_in_iso_form_read_like_the_usual_ones(xlsx, first_cell):
    strict = (
        '<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData><row r="1">'
        '<c r="A1" t="d"><v>2026-03-05T00:00:00</v></c></row></sheetData></worksheet>'
    )
    cell = first_cell(xlsx("", members={"xl/worksheets/sheet1.xml": strict}))

    assert (cell.text, cell.value) == ("2026-03-05", date(2026, 3, 5))


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "worksheets\\sheet1.xml", "./worksheets/Sheet1.xml"]
)
def test_targets_are_found_however_they_are_written(xlsx, text_of, target):
    document = xlsx(sheet(row(1, text("A1", "x"))), book_links={"rId1": ("worksheet", target)})

    assert text_of(document) == ["x"]


def test_comments_are_not_read(xlsx, text_of):
    comments = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><commentList>'
        '<comment ref="A1"><text><t>批注</t></text></comment></commentList></comments>'
    )
    document = xlsx(
        sheet(row(1, text("A1", "x"))),
        links={"rId1": ("comments", "../comments1.xml")},
        members={"xl/comments1.xml": comments},
    )

    assert text_of(document) == ["x"]
