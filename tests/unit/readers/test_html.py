import pytest

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.model import Line, Table
from formflow.readers.html import read_html

PAGE = """<html><head><meta charset="gb2312"><style>td{}</style><title>不是内容</title></head><body>
<h2>客户投诉记录</h2><p>填表日期：2026-03-05</p>
<table><tr><td rowspan=2>投诉
   客户</td><td colspan=2>甲公司&nbsp;&nbsp;（广州）<br>第二行</td></tr>
<tr><td>类别</td><td><input type=checkbox checked>质量 <input type=checkbox>交货</td></tr>
<tr style='display:none'><td>x</td><td>y</td><td>z</td></tr>
<tr><td>批号</td><td x:num="440305199001011">4.40305E+14</td><td><table><tr><td>内</td><td>表</td></tr></table></td></tr>
</table></body></html>"""


def test_a_page_is_a_sheet_of_lines_and_tables():
    (part,) = read_html(PAGE.encode("gb18030"), Limits())
    title, day, table = part.blocks

    assert ["客户投诉记录", "填表日期：2026-03-05"] == [title.text, day.text]
    assert isinstance(table, Table)
    assert [
        ("A3", "投诉 客户", 2, 1),
        ("B3", "甲公司  （广州）\n第二行", 1, 2),
        ("B4", "类别", 1, 1),
        ("C4", "☑质量 ☐交货", 1, 1),
        ("A5", "批号", 1, 1),
        ("B5", "440305199001011", 1, 1),
        ("C5", "内 表", 1, 1),
    ] == [(cell.source.ref, cell.text, cell.row_span, cell.column_span) for cell in table.cells]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encoding_is_found(encoding):
    (part,) = read_html("<table><tr><td>客户</td></tr></table>".encode(encoding), Limits())

    assert "客户" == next(part.tables).cells[0].text


def test_a_saved_web_archive_is_read():
    archive = (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"; type="text/html"\n\n--B\n'
        b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        b"<table><tr><td>=E5=AE=A2=E6=88=B7</td></tr></table>\n--B--\n"
    )
    (part,) = read_html(archive, Limits())

    assert "客户" == next(part.tables).cells[0].text


def test_text_without_tables_is_lines():
    (part,) = read_html("<div>一<b>二</b><p>三</div>".encode(), Limits())

    assert [Line, Line] == [type(block) for block in part.blocks]
    assert ["一二", "三"] == [line.text for line in part.lines]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (b"<table><tr>" + b"<td rowspan=900 colspan=900>x</td>" * 3 + b"</tr></table>", "too-large"),
        (b"<div>" * 240 + b"x", "corrupt"),
    ],
)
def test_a_page_that_is_none_or_too_much_is_refused(page, code):
    with pytest.raises(ReadError) as refused:
        read_html(page, Limits())

    assert code == refused.value.code


@pytest.mark.parametrize(
    "page", [b"<html><script>x</script></html>", b"<!-- nothing -->", b"<p><img src='a.png'></p>"]
)
def test_a_page_without_text_holds_no_part(page):
    assert read_html(page, Limits()) == ()


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-16"),
        ("<meta charset='utf-16'>", "utf-16"),
        ("", "utf-32"),
        ("<meta charset='iso-8859-1'>", "iso-8859-1"),
        ("", "cp1252"),
    ],
)
def test_a_page_is_decoded_whatever_it_is_written_in(head, encoding):
    (part,) = read_html(f"<html>{head}<p>Caf\u00e9 M\u00fcller\n</p></html>".encode(encoding), Limits())

    assert ["Caf\u00e9 M\u00fcller"] == [line.text for line in part.lines]


@pytest.mark.parametrize(
    "piece",
    [
        "<s>旧</s>",
        "<strike>旧</strike>",
        "<del>旧</del>",
        "<span style='text-decoration: underline line-through'>旧</span>",
        "<span style='visibility:hidden'>旧</span>",
        "<span style='mso-hide:all'>旧</span>",
        "<span style='font-size:0pt'>旧</span>",
    ],
)
def test_what_a_page_strikes_out_or_hides_is_not_content(piece):
    (part,) = read_html(f"<p>新{piece}</p><table><tr><td>值{piece}</td></tr></table>".encode(), Limits())

    assert [line.text for line in part.lines] == ["新"]
    assert [cell.text for table in part.tables for cell in table.cells] == ["值"]
