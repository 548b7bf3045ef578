import pytest
from tests.support import papers

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.office import converter
from formflow.office.converter import shared
from formflow.readers import xls
from formflow.readers.docx.document import read_docx
from formflow.readers.read import read_bytes
from formflow.readers.via_office import read_as_docx
from formflow.readers.xls import read_values, read_xls
from formflow.readers.xlsx.workbook import read_xlsx

LIMITS = Limits(seconds=60)


def texts(parts) -> list[str]:
    return [cell.text for part in parts for table in part.tables for cell in table.cells if cell.text]


@pytest.fixture(scope="module")
def letter(tmp_path_factory) -> bytes:
    from docx import Document

    path = papers.make("new_customer.docx", tmp_path_factory.mktemp("papers"), 3)
    document = Document(str(path))
    document.add_paragraph()  # A document always ends with a paragraph; LibreOffice's .doc export relies on it.
    document.save(str(path))
    return path.read_bytes()


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> bytes:
    """A workbook with a currency, a date, a merged title, a hidden row and column, and a hidden sheet."""
    from datetime import date

    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "登记"
    sheet.append(["客户投诉记录", None, None, None])
    sheet.merge_cells("A1:D1")
    sheet.append(["投诉日期", date(2026, 3, 5), "索赔金额", 1200.5])
    sheet["D2"].number_format = '"¥"#,##0.00'
    sheet.append(["隐藏", "行", None, None])
    sheet.row_dimensions[3].hidden = True
    sheet.append(["产品", "丁苯橡胶", "密", "批号"])
    sheet.column_dimensions["C"].hidden = True
    workbook.create_sheet("草稿").append(["不看"])
    workbook["草稿"].sheet_state = "hidden"
    path = tmp_path_factory.mktemp("books") / "a.xlsx"
    workbook.save(path)
    return path.read_bytes()


@pytest.mark.parametrize("to", ["doc", "rtf", "odt"])
def test_a_text_document_reads_as_its_docx_does(letter, to):
    converted = shared().convert(letter, "docx", to, seconds=60)
    document = read_bytes(converted, f"a.{to}", LIMITS)

    assert texts(read_docx(letter, LIMITS)) == texts(document.parts)


@pytest.mark.parametrize("to", ["xls", "ods"])
def test_a_workbook_reads_as_its_xlsx_does(book, to):
    converted = shared().convert(book, "xlsx", to, seconds=60)
    document = read_bytes(converted, f"a.{to}", LIMITS)

    assert texts(read_xlsx(book, LIMITS)) == texts(document.parts)


def test_without_an_office_a_binary_workbook_still_gives_values_and_hides_what_is_hidden(monkeypatch, book):
    converted = shared().convert(book, "xlsx", "xls", seconds=60)
    monkeypatch.setattr(converter, "find_soffice", lambda: None)
    monkeypatch.setattr(converter, "_shared", converter.Converter())

    expected = ["客户投诉记录", "投诉日期", "2026-03-05", "1200.5", "产品", "丁苯橡胶", "批号"]
    assert expected == texts(read_xls(converted, "xls", LIMITS))


def test_a_long_log_is_not_converted(monkeypatch, book):
    converted = shared().convert(book, "xlsx", "xls", seconds=60)
    monkeypatch.setattr(xls, "_LARGE_BYTES", 1000)

    assert read_values(converted, LIMITS) == read_xls(converted, "xls", LIMITS)


def test_without_an_office_a_text_document_is_refused_with_the_remedy(monkeypatch):
    monkeypatch.setattr(converter, "find_soffice", lambda: None)
    monkeypatch.setattr(converter, "_shared", converter.Converter())

    with pytest.raises(ReadError) as refused:
        read_as_docx(b"{\\rtf1 x}", "rtf", LIMITS)

    assert "no-office" == refused.value.code


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_a_damaged_workbook_is_refused(content):
    with pytest.raises(ReadError) as refused:
        read_values(content, LIMITS)

    assert "corrupt" == refused.value.code


def test_word_2003_xml_is_read_under_the_name_of_a_document(letter):
    made = shared().convert(letter, "docx", "xml", seconds=60)
    document = read_bytes(made, "a.doc", LIMITS)

    assert texts(document.parts) == texts(read_docx(letter, LIMITS))


@pytest.mark.parametrize(("to", "name"), [("xls", "Workbook"), ("doc", "WordDocument")])
def test_streams_named_in_other_letters_are_the_same(letter, book, to, name):
    made = shared().convert(
        letter if to == "doc" else book, "docx" if to == "doc" else "xlsx", to, seconds=60
    )
    shouted = made.replace(name.encode("utf-16-le"), name.upper().encode("utf-16-le"))

    assert shouted != made
    assert texts(read_bytes(shouted, f"a.{to}", LIMITS).parts) == texts(
        read_bytes(made, f"a.{to}", LIMITS).parts
    )
