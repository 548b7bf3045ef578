from datetime import date, datetime, time

import pytest

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.xlsx.xml_2003 import read_sheet_xml

BOOK = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Styles><Style ss:ID="m"><NumberFormat ss:Format="Standard"/></Style></Styles>
<Worksheet ss:Name="登记"><Table><Column ss:Index="5" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">收传真登记簿</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="DateTime">2026-03-05T00:00:00.000</Data></Cell>
<Cell ss:StyleID="m"><Data ss:Type="Number">12000</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="DateTime">2026-03-05T14:30:00.000</Data></Cell><Cell><Data ss:Type="String">密</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="String">不看</Data></Cell></Row>
<Row><Cell><Data ss:Type="DateTime">1899-12-31T09:05:00.000</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="草稿"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"""


def test_values_come_with_their_types_and_places():
    (part,) = read_sheet_xml(BOOK.encode(), Limits())
    cells = [cell for cell in next(part.tables).cells if cell.text or cell.problem]

    assert "登记" == part.name
    assert [
        ("A1", "收传真登记簿", None, ""),
        ("A3", "2026-03-05", date(2026, 3, 5), ""),
        ("B3", "12,000.00", 12000, ""),
        ("D3", "2026-03-05 14:30", datetime(2026, 3, 5, 14, 30), ""),
        ("A5", "09:05", time(9, 5), ""),
        ("B5", "", None, "error-value"),
        ("C5", "TRUE", True, ""),
    ] == [(cell.source.ref, cell.text, cell.value, cell.problem) for cell in cells]
    assert 3 == cells[0].column_span


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<?xml version='1.0'?><Workbook/>", "unsupported"),
        (b"<Workbook", "corrupt"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><Workbook/>', "corrupt"),
        (BOOK.replace('ss:Index="3"', 'ss:Index="9999999"').encode(), "corrupt"),
    ],
)
def test_what_is_no_workbook_is_refused(content, code):
    with pytest.raises(ReadError) as refused:
        read_sheet_xml(content, Limits())

    assert code == refused.value.code
