from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn

from formflow.documents.stamps.numbered import Numbered
from formflow.documents.stamps.stamp import StampCells, Stamped, stamp, stamp_all
from formflow.readers.sniff import Kind

NUMBER = "收传〔2026〕1号"


def stamped(document) -> docx.document.Document:
    out = io.BytesIO()
    document.save(out)
    result = stamp(out.getvalue(), Kind.DOCX, number=NUMBER, cells=StampCells())
    assert (True, ".docx", "") == (result.stamped, result.suffix, result.problem)
    return docx.Document(io.BytesIO(result.data))


def headers(document) -> list[list[str]]:
    """For each section: the text of its default, first and even header."""
    return [
        [
            "/".join(p.text for p in h.paragraphs if p.text)
            for h in (s.header, s.first_page_header, s.even_page_header)
        ]
        for s in document.sections
    ]


def test_a_document_without_a_header_gets_one():
    assert f"登记号：{NUMBER}" == headers(stamped(docx.Document()))[0][0]


def test_a_header_keeps_its_text():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "本公司 & 页眉"

    assert f"登记号：{NUMBER}/本公司 & 页眉" == headers(stamped(document))[0][0]


def test_every_kind_of_page_of_every_section_shows_the_number():
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].header.paragraphs[0].text = "一"
    second = document.add_section(WD_SECTION.NEW_PAGE)
    second.different_first_page_header_footer = True
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "二"

    line = f"登记号：{NUMBER}"
    assert [[f"{line}/一", "", line], [f"{line}/二", line, line]] == headers(stamped(document))


def test_each_row_of_a_log_shows_its_number_where_its_text_stands():
    document = docx.Document()
    table = document.add_table(rows=4, cols=2)
    for row, text in zip(table.rows, ("主题", "函一", "函二", "函三"), strict=True):
        row.cells[0].text = text
    out = io.BytesIO()
    document.save(out)
    numbered = [
        Numbered(number=f"SC-{row}", part="body", table=1, row=row, text=text)
        for row, text in ((2, "函一"), (3, "函二"), (4, "别的行"))
    ]

    result = stamp_all(out.getvalue(), Kind.DOCX, numbered, None)

    again = docx.Document(io.BytesIO(result.data))
    assert ["", "\nSC-2", "\nSC-3", ""] == [row.cells[1].text for row in again.tables[0].rows]
    assert "登记号：SC-2、SC-3、SC-4" == headers(again)[0][0]


def test_the_number_moves_no_text_of_the_header():
    header = stamped(docx.Document()).sections[0].header

    assert [True, False] == [
        p._p.pPr is not None and p._p.pPr.find(qn("w:framePr")) is not None for p in header.paragraphs
    ]


def test_all_other_members_stay_as_they_were_compressed():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "一"
    out = io.BytesIO()
    document.save(out)

    result = stamp(out.getvalue(), Kind.DOCX, number=NUMBER, cells=StampCells())

    with zipfile.ZipFile(out) as before, zipfile.ZipFile(io.BytesIO(result.data)) as after:
        changed = [i.filename for i in before.infolist() if after.getinfo(i.filename).CRC != i.CRC]
    assert ["word/header1.xml"] == changed


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"plain"])
def test_what_cannot_be_stamped_comes_back_unchanged_and_says_why(data):
    result = stamp(data, Kind.DOCX, number=NUMBER, cells=StampCells())

    assert (data, False, True) == (result.data, result.stamped, bool(result.problem))


def test_a_kind_without_a_stamp_comes_back_unchanged():
    result = stamp(b"old", Kind.DOC, number=NUMBER, cells=StampCells())

    assert Stamped(data=b"old", suffix=".doc", stamped=False, problem="no stamp for doc") == result
