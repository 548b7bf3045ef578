import pytest

from formflow.errors import ReadError
from formflow.readers.read import read

ROWS = "客户,金额\n华南,1\n粤西,2\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_is_read(tmp_path, text_of, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(ROWS.encode(encoding))

    assert text_of(read(path)) == ["客户", "金额", "华南", "1", "粤西", "2"]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_the_separator_is_found(tmp_path, only_table, separator):
    path = tmp_path / "a.csv"
    path.write_text(
        "标题，有逗号\n" + ROWS.replace(",", separator) + "x,y" + separator + "3\n", encoding="utf-8"
    )
    table = only_table(read(path))

    assert 2 <= table.columns <= 3
    assert next(cell.text for cell in table.cells if (cell.row, cell.column) == (1, 1)) == "金额"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('甲,"一\r\n二"\n乙,2\n', ["甲", "一\n二", "乙", "2"]),
        ('甲,"说""好"""\n乙,2\n', ["甲", '说"好"', "乙", "2"]),
        ('甲,="007"\n乙,2\n', ["甲", "007", "乙", "2"]),
        ("sep=;\n甲;乙,丙\n", ["甲", "乙,丙"]),
        ("题\n甲,乙\n丙\n", ["题", "", "甲", "乙", "丙", ""]),
        ("甲,乙\n1,2\n,\n\n", ["甲", "乙", "1", "2"]),
        ("只有一列\n第二行\n", ["只有一列", "第二行"]),
    ],
)
def test_values_read_as_a_spreadsheet_shows_them(tmp_path, text_of, content, expected):
    path = tmp_path / "a.csv"
    path.write_bytes(content.encode())

    assert expected == text_of(read(path))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", "这是一个文本文件。\n" * 3, "corrupt"),
        ("a.docx", ROWS, "corrupt"),
        ("a.pdf", ROWS, "corrupt"),
        ("a.txt", "贵公司：\n感谢支持。\n", "unsupported"),
        ("a.json", ROWS, "unsupported"),
    ],
)
def test_text_that_is_no_table_is_refused(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ReadError) as refused:
        read(path)

    assert code == refused.value.code


def test_cells_are_named_as_in_a_sheet(tmp_path, only_table):
    path = tmp_path / "a.tsv"
    path.write_text("a\tb\nc\td\n", encoding="utf-8")
    table = only_table(read(path))

    assert [cell.source.ref for cell in table.cells] == ["A1", "B1", "A2", "B2"]
