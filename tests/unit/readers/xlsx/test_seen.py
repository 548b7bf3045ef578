"""What of a workbook nobody sees is no content, and what shows over its cells is."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.table import Table

from formflow.limits import Limits
from formflow.readers.read import read_bytes

WHITE = Color(rgb="FFFFFFFF")


def shown(build: Callable[[Workbook], object]) -> list[str]:
    """The texts of a workbook with 见 in A1, changed by `build`."""
    workbook = Workbook()
    workbook.active["A1"] = "见"
    build(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    document = read_bytes(buffer.getvalue(), "a.xlsx", Limits())
    return [cell.text for table in document.parts[0].tables for cell in table.cells if cell.text]


def written(
    value: object = "藏", fill: PatternFill | None = None, number: str = "", **font: object
) -> Callable[[Workbook], None]:
    def build(workbook: Workbook) -> None:
        cell = workbook.active["B2"]
        cell.value, cell.font = value, Font(**font)
        if fill is not None:
            cell.fill = fill
        if number:
            cell.number_format = number

    return build


def solid(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


@pytest.mark.parametrize(
    "build",
    [
        written(color=WHITE),
        written(color=Color(theme=0)),
        written(color=Color(indexed=9)),
        written(color=WHITE, fill=solid("FFFFFFFF")),
        written(color="FF1F4E79", fill=solid("FF1F4E79")),
        written(12.5, color=WHITE),
        written(sz=1),
        written(strike=True),
        written(number=";;;"),
        written(number="0;-0;;"),
        written(12.5, number=";;;"),
    ],
)
def test_text_in_the_colour_of_its_cell_or_without_size_or_format_is_not_content(build):
    assert shown(build) == ["见"]


@pytest.mark.parametrize(
    "build",
    [
        written(color=WHITE, fill=solid("FF1F4E79")),
        written(color=Color(theme=0, tint=-0.5)),
        written(color=WHITE, fill=PatternFill("gray125")),
        written(color="FFFF0000"),
        written(sz=6),
        written(number="0;-0;;@"),
        written(number="@"),
    ],
)
def test_text_that_stands_out_from_its_cell_is_content(build):
    assert shown(build) == ["见", "藏"]


def test_white_text_stays_where_a_table_or_a_condition_may_colour_the_cell():
    def of_table(workbook: Workbook) -> None:
        written(color=WHITE)(workbook)
        workbook.active["A2"] = "头"
        workbook.active.add_table(Table(displayName="T", ref="A2:B3"))

    def conditional(workbook: Workbook) -> None:
        written(color=WHITE)(workbook)
        rule = CellIsRule(operator="equal", formula=["1"], fill=solid("FF000000"))
        workbook.active.conditional_formatting.add("B2", rule)

    assert (shown(of_table), shown(conditional)) == (["见", "头", "藏"], ["见", "藏"])


@pytest.mark.parametrize(("height", "expected"), [(0.01, ["见"]), (0.05, ["见"]), (4, ["见", "行"])])
def test_a_row_without_height_is_hidden(height, expected):
    def build(workbook: Workbook) -> None:
        workbook.active["A2"] = "行"
        workbook.active.row_dimensions[2].height = height

    assert shown(build) == expected


def test_zeros_that_a_sheet_does_not_show_are_not_content():
    def build(workbook: Workbook) -> None:
        workbook.active.append([0, 5, False])
        workbook.active.sheet_view.showZeros = False

    assert shown(build) == ["见", "5", "FALSE"]


XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def shape(text: str, first: tuple[int, int], last: tuple[int, int]) -> str:
    corners = "".join(
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:row>{row}</xdr:row></xdr:{name}>"
        for name, (row, column) in (("from", first), ("to", last))
    )
    return (
        f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}"><xdr:twoCellAnchor>{corners}'
        f"<xdr:sp><xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
        "</xdr:twoCellAnchor></xdr:wsDr>"
    )


ROWS = (
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>客户</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>产品</t></is></c><c r="D2" t="inlineStr"><is><t>吨</t></is></c></row>'
    '</sheetData><mergeCells><mergeCell ref="B1:C1"/></mergeCells><drawing r:id="rId1"/>'
)


@pytest.mark.parametrize(
    ("first", "last", "in_cell"),
    [
        ((1, 1), (1, 1), True),
        ((0, 1), (0, 2), True),
        ((0, 1), (1, 1), False),
        ((0, 0), (0, 0), False),
        ((5, 1), (5, 1), False),
    ],
)
def test_a_shape_within_an_empty_cell_is_what_is_written_in_it(xlsx, first, last, in_cell):
    (part,) = xlsx(ROWS, drawing=shape("华南", first, last)).parts
    texts = [cell.text for table in part.tables for cell in table.cells]

    assert ("华南" in texts, [line.text for line in part.lines]) == (in_cell, [] if in_cell else ["华南"])
