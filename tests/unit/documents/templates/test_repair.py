from __future__ import annotations

import pytest

from formflow.documents.templates.repair import repair


@pytest.mark.parametrize(
    ("filled", "expected"),
    [
        ("<w:tc><w:tcPr/></w:tc>", "<w:tc><w:tcPr/><w:p/></w:tc>"),
        ("<w:tc><w:p/><w:tbl/></w:tbl></w:tc>", "<w:tc><w:p/><w:tbl/></w:tbl><w:p/></w:tc>"),
        ('<w:hdr xmlns:w="x"></w:hdr>', '<w:hdr xmlns:w="x"><w:p/></w:hdr>'),
        ('<w:hdr xmlns:w="x"><w:p/></w:hdr>', '<w:hdr xmlns:w="x"><w:p/></w:hdr>'),
        ("<w:tr><w:trPr><w:a/></w:trPr></w:tr>", ""),
        ("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid></w:tbl>", ""),
        ("<w:tr><w:tc><w:p/></w:tc></w:tr>", "<w:tr><w:tc><w:p/></w:tc></w:tr>"),
    ],
)
def test_cells_boxes_and_headers_end_in_a_paragraph_and_empty_rows_go(filled, expected):
    assert expected == repair(filled, loops=False, tables_vary=False)


def test_drawings_of_a_loop_are_numbered_anew():
    filled = '<wp:docPr id="7" name="a"/><wp:docPr id="7" name="a"/>'

    assert '<wp:docPr id="1" name="a"/><wp:docPr id="2" name="a"/>' == repair(
        filled, loops=True, tables_vary=False
    )
