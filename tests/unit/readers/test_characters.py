"""What every reader's text goes through."""

import unicodedata

import pytest

from formflow.model import Cell, Control, Line, Part, Source, Table
from formflow.readers.characters import cleaned
from formflow.readers.read import read


def line(text: str, **more) -> Part:
    place = Source(part="body", ref="paragraph 1")
    return Part(name="body", kind="story", blocks=(Line(text=text, source=place, **more),))


def read_anew(text: str, **more) -> tuple[Line, tuple[str, ...]]:
    (part,) = cleaned((line(text, **more),))
    (found,) = part.lines
    return found, part.cleaned


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("张\u202e三\u202c", "张三"),
        ("\u2066广州\u2069", "广州"),
        ("华\u200b南\ufeff", "华南"),
        ("甲\x1b[2J乙", "甲[2J乙"),
        ("甲\x9b乙\x00", "甲乙"),
        ("甲\U000e0041乙", "甲乙"),
        ("甲\u3164乙\u2063", "甲乙"),
    ],
)
def test_what_nobody_sees_is_taken_out_and_its_place_is_told(written, kept):
    found, places = read_anew(written)

    assert (found.text, places) == (kept, ("paragraph 1",))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("佛山市⼈⺠塑料", "佛山市人民塑料"),
        ("⻚数：3⻋", "页数：3车"),
        ("ﬁne", "fine"),
        ("☑\ufe0f质量", "☑质量"),
        ("上\u2028下\x0b底\r\n完\x85", "上\n下\n底\n完\n"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("\t甲\n乙 ㊣①²", "\t甲\n乙 ㊣①²"),
    ],
)
def test_what_only_looks_otherwise_becomes_plain_without_a_word(written, kept):
    found, places = read_anew(written)

    assert (found.text, places) == (kept, ())


def test_every_radical_that_has_a_character_becomes_it():
    radicals = [chr(code) for code in range(0x2E80, 0x2FD6) if unicodedata.name(chr(code), "")]
    left = [radical for radical in radicals if "RADICAL" in unicodedata.name(read_anew(radical)[0].text)]

    assert left == ["⺀"]


def test_underlines_and_confidences_move_with_their_characters():
    found, _ = read_anew(
        "a\u200bﬁ丨", underlined=((0, 2), (2, 3), (1, 2)), character_confidence=(0.1, 0.2, 0.3, 0.4)
    )

    assert found.text == "afi丨"
    assert found.underlined == ((0, 1), (1, 3))
    assert found.character_confidence == (0.1, 0.3, 0.3, 0.4)


def test_cells_tables_in_them_and_controls_are_cleaned():
    place = Source(part="body", ref="table 1 R1C1")
    inner = Table(
        rows=1,
        columns=1,
        cells=(Cell(row=0, column=0, text="⼈\u200e", source=Source(part="body", ref="inner")),),
        source=place,
    )
    cell = Cell(row=0, column=0, text="⼈", source=place, tables=(inner,))
    control = Control(name="a", title="", kind="text", value="甲\u202e", source=place)
    table = Table(rows=1, columns=1, cells=(cell,), source=place)
    (part,) = cleaned((Part(name="body", kind="story", blocks=(table,), controls=(control,)),))
    (found,) = part.tables

    assert (found.cells[0].text, found.cells[0].tables[0].cells[0].text) == ("人", "人")
    assert part.controls[0].value == "甲"
    assert part.cleaned == ("table 1 R1C1", "inner")


def test_plain_parts_stay_the_very_same():
    part = line("客户名称：广州华南\t3 吨\n①②")

    assert cleaned((part,))[0] is part


def test_a_workbook_s_escapes_and_a_text_s_marks_go_the_same_way(xlsx, tmp_path):
    workbook = xlsx(
        '<sheetData><row r="1"><c r="B1" t="inlineStr"><is><t>a_x001B_[2J_xD800_</t></is></c></row></sheetData>'
    )
    path = tmp_path / "a.csv"
    path.write_text("名称,电话\n⼴州\u202e,1\n", encoding="utf-8")
    table = read(path).parts[0]

    assert workbook.parts[0].cleaned == ("B1",)
    assert next(workbook.parts[0].tables).cells[0].text == "a[2J\ufffd"
    assert (next(table.tables).cells[2].text, table.cleaned) == ("广州", ("A2",))
