"""Tracked changes, comments and what is struck out: the document as it will be once they are accepted."""

import pytest


def t(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def p(content: str, mark: str = "") -> str:
    properties = f"<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>" if mark else ""
    return f"<w:p>{properties}{content}</w:p>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def test_a_deleted_cell_is_gone_and_an_inserted_one_is_there(docx, only_table, shape):
    table = only_table(
        docx(
            tbl(
                row(tc(p(t("客户"))), tc(p(t("旧")), "<w:cellDel w:id='1'/>"), tc(p(t("新")), "<w:cellIns/>"))
            )
        )
    )

    assert shape(table) == [(0, 0, 1, 1, "客户"), (0, 1, 1, 1, "新")]


@pytest.mark.parametrize("properties", ["<w:ins w:id='1'/>", ""])
def test_an_inserted_row_is_read(docx, text_of, properties):
    assert text_of(docx(tbl(row(tc(p(t("甲"))), properties=properties)))) == ["甲"]


def test_a_paragraph_that_moved_away_leaves_no_line(docx, first_cell):
    cell = first_cell(
        docx(
            tbl(row(tc(p(t("前")) + p(f"<w:moveFrom>{t('走')}</w:moveFrom>", "<w:moveFrom/>") + p(t("后")))))
        )
    )

    assert cell.text == "前\n后"


def test_a_moved_paragraph_is_read_where_it_went(docx, text_of):
    marked = (
        '<w:moveFromRangeStart w:id="1" w:name="m"/>'
        + p(f"<w:moveFrom>{t('正文')}</w:moveFrom>", "<w:moveFrom/>")
        + '<w:moveFromRangeEnd w:id="1"/>'
        + p(t("中"))
        + '<w:moveToRangeStart w:id="2" w:name="m"/>'
        + p(f"<w:moveTo>{t('正文')}</w:moveTo>", "<w:moveTo/>")
        + '<w:moveToRangeEnd w:id="2"/>'
    )

    assert text_of(docx(marked)) == ["中", "正文"]


def test_half_a_deleted_field_hides_nothing(docx, text_of):
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = p(f"<w:del>{begin}{end}</w:del>{t('甲')}") + p(f"{begin}<w:del>{end}</w:del>{t('乙')}")

    assert text_of(docx(body)) == ["甲", "乙"]


def test_a_commented_passage_is_read_without_its_comment(docx, text_of):
    body = p(
        '<w:commentRangeStart w:id="0"/>' + t("金额") + '<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r>'
    )
    comments = ("comments", "comments", f'<w:comment w:id="0">{p(t("请核对"))}</w:comment>')

    assert text_of(docx(body, comments)) == ["金额"]


def test_an_insertion_that_was_deleted_again_is_not_read(docx, text_of):
    assert text_of(docx(p(t("留") + f"<w:ins><w:del>{t('去')}</w:del>{t('增')}</w:ins>"))) == ["留增"]


def test_options_struck_out_leave_the_one_that_is_meant(docx, first_cell):
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>服务</w:t></w:r>"

    assert first_cell(docx(tbl(row(tc(p(t("质量／") + struck)))))).text == "质量／"
