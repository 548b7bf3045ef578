import docx as python_docx
import pytest

from formflow.model import Line
from formflow.readers.read import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def parts_of(document):
    return [
        (part.name, [block.text for block in part.blocks if isinstance(block, Line)])
        for part in document.parts
    ]


def section(first: str = "") -> str:
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:headerReference w:type="first" r:id="rId2"/>'
        f'<w:headerReference w:type="even" r:id="rId3"/><w:footerReference r:id="rId4"/>{first}</w:sectPr>'
    )


STORIES = (
    ("header", "hdr", p("眉")),
    ("header", "hdr", p("首页眉")),
    ("header", "hdr", p("偶页眉")),
    ("footer", "ftr", p("脚")),
)


def test_headers_and_footers_that_no_page_shows_are_not_read(docx):
    assert parts_of(docx(p("正文") + section(), *STORIES)) == [
        ("header 1", ["眉"]),
        ("body", ["正文"]),
        ("footer 1", ["脚"]),
    ]


def test_a_title_page_shows_its_own_header(docx):
    document = docx(p("正文") + section("<w:titlePg/>"), *STORIES)

    assert [part.name for part in document.parts] == ["header 1", "header 2", "body", "footer 1"]


def test_footnotes_are_a_part_of_their_own(docx):
    notes = (
        f'<w:footnote w:type="separator">{p("——")}</w:footnote><w:footnote w:id="1">{p("注一")}</w:footnote>'
    )

    assert parts_of(docx(p("正文"), ("footnotes", "footnotes", notes))) == [
        ("body", ["正文"]),
        ("footnotes", ["注一"]),
    ]


BOX = "<w:txbxContent>{}</w:txbxContent>"


def boxed(text: str) -> str:
    choice = f"<w:drawing><wp:anchor><wps:wsp><wps:txbx>{BOX.format(p(text))}</wps:txbx></wps:wsp></wp:anchor></w:drawing>"
    fallback = f"<w:pict><v:shape><v:textbox>{BOX.format(p(text))}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_whatever_its_alternatives(docx):
    assert parts_of(docx(f"<w:p>{boxed('框')}</w:p>" + p("正文"))) == [
        ("body", ["正文"]),
        ("text box 1", ["框"]),
    ]


def test_a_text_box_over_an_empty_cell_is_what_is_written_in_it(docx, text_of):
    body = f"<w:tbl><w:tr><w:tc>{p('客户')}</w:tc><w:tc><w:p>{boxed('华南')}</w:p></w:tc></w:tr></w:tbl>"

    assert text_of(docx(body)) == ["客户", "华南"]


def test_a_text_box_over_a_prompt_stands_in_its_cell_too(docx, text_of):
    prompted = f"<w:tc>{p('请填写')}<w:p>{boxed('华南')}</w:p></w:tc>"

    assert text_of(docx(f"<w:tbl><w:tr><w:tc>{p('客户')}</w:tc>{prompted}</w:tr></w:tbl>")) == [
        "客户",
        "请填写\n\n华南",
    ]


PICTURE = "<w:r><w:drawing><wp:inline><a:graphic><pic:pic/></a:graphic></wp:inline></w:drawing></w:r>"


def test_a_picture_is_kept_where_it_is_anchored(docx, first_cell):
    cell = first_cell(docx(f"<w:tbl><w:tr><w:tc><w:p>{PICTURE}</w:p></w:tc></w:tr></w:tbl>"))

    assert [picture.kind for picture in cell.pictures] == ["picture"]
    assert cell.pictures[0].source.ref == "table 1 R1C1"


def test_a_paragraph_with_nothing_but_a_picture_is_a_block(docx):
    (line,) = docx(f"<w:p>{PICTURE}</w:p>").parts[0].lines

    assert (line.text, len(line.pictures)) == ("", 1)


def test_an_unsigned_signature_line_is_no_picture(docx):
    line = '<w:pict><v:shape><v:imagedata/><o:signatureline issignatureline="t"/></v:shape></w:pict>'

    assert docx(f"<w:p><w:r>{line}</w:r></w:p>" + p("甲")).parts[0].blocks[0].pictures == ()


def test_strict_namespaces_read_like_the_usual_ones(docx, text_of):
    def strict(xml: str) -> str:
        return xml.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )

    assert text_of(docx(p("正文"), wrap=strict)) == ["正文"]


def test_a_document_of_python_docx_reads_in_order(tmp_path):
    made = python_docx.Document()
    made.add_paragraph("前")
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合"
    made.add_paragraph("后")
    path = tmp_path / "x.docm"
    made.save(path)

    document = read(path)
    first, grid, last = document.parts[0].blocks

    assert (first.text, last.text, document.reader, document.name) == ("前", "后", "docx/3", "x.docm")
    assert [(c.row, c.column, c.column_span) for c in grid.cells] == [(0, 0, 2), (1, 0, 1), (1, 1, 1)]


SCRIBBLE = "<w:r><w:drawing><wp:anchor><wps:wsp><wps:spPr><a:custGeom/></wps:spPr></wps:wsp></wp:anchor></w:drawing></w:r>"
INK = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wpi"><w:drawing><wp:inline><wps:contentPart r:id="x"/></wp:inline>'
    "</w:drawing></mc:Choice><mc:Fallback><w:drawing><wp:inline><pic:pic/></wp:inline></w:drawing></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
VML = "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"
ANCHORED = "<w:r><w:drawing><wp:anchor><a:graphic><pic:pic/></a:graphic></wp:anchor></w:drawing></w:r>"


@pytest.mark.parametrize(
    ("signature", "kind"), [(SCRIBBLE, "ink"), (INK, "ink"), (VML, "picture"), (ANCHORED, "picture")]
)
def test_whatever_is_drawn_in_a_signature_cell_counts_once(docx, first_cell, signature, kind):
    cell = first_cell(docx(f"<w:tbl><w:tr><w:tc><w:p>{signature}</w:p></w:tc></w:tr></w:tbl>"))

    assert [picture.kind for picture in cell.pictures] == [kind]


def test_a_text_box_of_an_old_program_is_read(docx):
    box = f"<w:r><w:pict><v:shape><v:textbox>{BOX.format(p('框'))}</v:textbox></v:shape></w:pict></w:r>"

    assert parts_of(docx(p("正文") + f"<w:p>{box}</w:p>")) == [("body", ["正文"]), ("text box 1", ["框"])]


def test_automatic_numbers_are_no_text(docx, text_of):
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = (
        f"<w:tbl><w:tr><w:tc><w:p>{number}</w:p></w:tc><w:tc>{p('甲')}</w:tc></w:tr></w:tbl>"
        f"<w:p>{number}<w:r><w:t>客户名称</w:t></w:r></w:p>"
    )

    assert text_of(docx(body)) == ["", "甲", "客户名称"]


def test_a_package_without_relationships_is_read_by_its_usual_names(package):
    body = f'<w:document xmlns:w="{W}"><w:body>{p("正文")}</w:body></w:document>'
    path = package({"[Content_Types].xml": "<Types/>", "word/document.xml": body})

    (line,) = read(path).parts[0].lines

    assert line.text == "正文"
