"""Packages written as one XML file."""

import base64
import io
import zipfile

import pytest
from lxml import etree

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.packages.flat_opc import packed
from formflow.readers.read import read_bytes

PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"
TYPES = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}


def flat(package: bytes) -> bytes:
    """A package as one XML file: XML parts as elements, the others in base64."""
    parts = ""
    with zipfile.ZipFile(io.BytesIO(package)) as members:
        for name in members.namelist():
            if name == "[Content_Types].xml":
                continue
            data = members.read(name)
            kind = TYPES.get(name, "application/xml")
            if name.endswith((".xml", ".rels")):
                inside = etree.tostring(etree.fromstring(data)).decode()
                held = f"<pkg:xmlData>{inside}</pkg:xmlData>"
            else:
                held = f"<pkg:binaryData>{base64.b64encode(data).decode()}</pkg:binaryData>"
            parts += f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}">{held}</pkg:part>'
    return f'<?xml version="1.0"?><pkg:package xmlns:pkg="{PKG}">{parts}</pkg:package>'.encode()


def test_a_letter_and_a_workbook_are_read(tmp_path):
    from docx import Document
    from openpyxl import Workbook

    letter, book = Document(), Workbook()
    letter.add_paragraph("客户名称：华南")
    book.active["A1"] = "客户"
    letter.save(tmp_path / "a.docx")
    book.save(tmp_path / "a.xlsx")
    read_letter = read_bytes(flat((tmp_path / "a.docx").read_bytes()), "a.doc", Limits())
    read_book = read_bytes(flat((tmp_path / "a.xlsx").read_bytes()), "a.xls", Limits())

    assert [line.text for line in read_letter.parts[0].lines] == ["客户名称：华南"]
    assert [cell.text for cell in next(read_book.parts[0].tables).cells] == ["客户"]
    assert read_letter.media_type.endswith("wordprocessingml.document")


def test_binary_parts_are_kept():
    data = f'<pkg:package xmlns:pkg="{PKG}"><pkg:part pkg:name="/a.png"><pkg:binaryData>AAEC</pkg:binaryData></pkg:part></pkg:package>'

    with zipfile.ZipFile(io.BytesIO(packed(data.encode(), Limits()))) as package:
        assert package.read("a.png") == b"\x00\x01\x02"


def test_too_many_parts_and_other_xml_are_refused():
    many = f'<p:package xmlns:p="{PKG}">' + '<p:part p:name="/a"/>' * 4 + "</p:package>"

    with pytest.raises(ReadError) as refused:
        packed(many.encode(), Limits(max_members=3))
    with pytest.raises(ReadError) as strange:
        packed(b"<invoice/>", Limits())

    assert ("too-large", "unsupported") == (refused.value.code, strange.value.code)
