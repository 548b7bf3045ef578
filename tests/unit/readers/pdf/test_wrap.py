import pytest

from formflow.readers.pdf.lines import Item, TextLine
from formflow.readers.pdf.wrap import broken_numbers, join_lines, usual_padding

SIZE = 10.0


def width_of(text: str) -> float:
    """Chinese glyphs are as wide as high, others half as wide."""
    return sum(SIZE if character >= "\u2e80" else SIZE / 2 for character in text)


def line(text: str, x: float, top: float) -> TextLine:
    items = []
    for character in text:
        right = x + width_of(character)
        items.append(Item(x, top, right, top + SIZE, character, SIZE))
        x = right
    return TextLine(items, top + SIZE / 2)


def joined(*texts: str, right: float, align: float = 0.0, padding: float | None = None) -> str:
    """The text of a cell with 2 points of padding; `align` 0 sets its lines to the left, 0.5 in the middle, 1 to the right."""
    lines = [
        line(text, 2.0 + align * (right - 4.0 - width_of(text)), 12.0 * number)
        for number, text in enumerate(texts)
    ]
    return join_lines(lines, 0.0, right, padding)


@pytest.mark.parametrize(
    ("lines", "right", "expected"),
    [
        (("客户名", "称"), 34, "客户名称"),
        (("客户名", "称"), 54, "客户名\n称"),
        (("一二三。", "四"), 44, "一二三。四"),
        (("销函", "〔2026〕"), 54, "销函〔2026〕"),
        (("abc", "defgh"), 30, "abc defgh"),
        (("abc", "de"), 40, "abc\nde"),
        (("□月结", "■支票"), 34, "□月结 ■支票"),
        (("一二三", "、四"), 44, "一二三、四"),
    ],
)
def test_a_line_wrapped_when_what_follows_had_no_room(lines, right, expected):
    assert expected == joined(*lines, right=right)


@pytest.mark.parametrize("align", [0.5, 1.0])
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("转财务部", "一份", "加急"), "转财务部一份\n加急"),
        (("加急", "转财务部", "一份"), "加急\n转财务部一份"),
    ],
)
def test_room_is_left_on_both_sides_of_a_line_that_is_not_set_to_the_left(align, lines, expected):
    assert expected == joined(*lines, right=44, align=align)


def test_an_indented_paragraph_is_no_centred_text():
    lines = [line("一二三", 22.0, 0.0), line("四五六七八", 2.0, 12.0), line("九", 2.0, 24.0)]

    assert "一二三四五六七八九" == join_lines(lines, 0.0, 54.0)


@pytest.mark.parametrize(("padding", "expected"), [(None, "加急共份"), (2.0, "加急\n共份")])
def test_the_padding_of_the_table_tells_how_wide_a_cell_is_inside(padding, expected):
    assert expected == joined("加急", "共份", right=54, align=0.5, padding=padding)


@pytest.mark.parametrize(
    ("lines", "right", "expected"),
    [
        (("2026-03-", "05"), 44, "2026-03-05"),
        (("139110", "51234"), 36, "13911051234"),
        (("宏函〔2026〕1", "2号"), 64, "宏函〔2026〕12号"),
        (("天函", "〔", "2026〕", "9号"), 34, "天函〔2026〕9号"),
        (("0771-", "748653", "4、0898－", "8113473"), 57, "0771-748653 4、0898－8113473"),
        (("2026.8.2", "16时10分"), 80, "2026.8.2\n16时10分"),
    ],
)
def test_what_is_kept_together_wraps_as_one_however_many_lines_it_takes(lines, right, expected):
    assert expected == joined(*lines, right=right, align=0.5, padding=2.0)


def test_figures_after_a_hyphen_are_not_broken_apart_but_end_there():
    assert "26-8-17 17:45" == joined("26-8-17", "17:45", right=40)


def test_a_bracket_that_ends_a_page_goes_on_on_the_next():
    assert "营销函〔" == joined("营销函", "〔", right=56, align=0.5, padding=2.0)


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        ((5.5,) * 5, None),
        ((0.2, 5.5, 5.5, 9.0, 12.0, 20.0), 5.5),
        ((-3.0, 5.5, 5.6, 5.5, 7.0, 9.0, 11.0), 5.5),
    ],
)
def test_the_padding_of_a_table_is_where_text_begins_in_several_cells(gaps, expected):
    assert expected == usual_padding(gaps)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["索赔金额（元）:１３７０", "０．００"], {0}),
        (["金额：13,7", "00.00"], {0}),
        (["索赔金额（元）:1370.00", "受理人:毛霞"], set()),
        (["产品：环己酮", "12"], set()),
    ],
    ids=["full width", "at a comma", "another label", "no number above"],
)
def test_a_number_outside_tables_may_go_on_in_digits_below_it(texts, expected):
    lines = [line(text, 60, 100 + 12 * number) for number, text in enumerate(texts)]

    assert expected == {number for number, one in enumerate(lines) if id(one) in broken_numbers(lines)}


def test_digits_that_begin_elsewhere_or_further_down_are_no_rest():
    lines = [line("金额：1370", 60, 100), line("12", 120, 112), line("0.00", 60, 140)]

    assert set() == broken_numbers(lines)
