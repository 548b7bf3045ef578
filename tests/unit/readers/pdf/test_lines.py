import pytest

from formflow.readers.pdf.lines import Item, cluster, render


def items(text: str, x: float = 0.0, top: float = 0.0, size: float = 10.0, gap: float = 0.0) -> list[Item]:
    """Glyphs of a line: Chinese ones as wide as high, others half as wide."""
    found = []
    for character in text:
        width = size if character >= "\u2e80" else size / 2
        found.append(Item(x, top, x + width, top + size, character, size))
        x += width + gap
    return found


@pytest.mark.parametrize(
    ("gap", "expected"),
    [(0.0, "客户"), (3.0, "客户"), (5.0, "客 户"), (10.0, "客 户"), (13.0, "客   户")],
)
def test_a_gap_between_chinese_glyphs_is_a_blank_from_half_a_glyph_on(gap, expected):
    assert expected == render(items("客户", gap=gap))


@pytest.mark.parametrize(("gap", "expected"), [(0.5, "ab"), (2.5, "a b"), (20.0, "a    b")])
def test_a_gap_between_latin_words_is_a_blank_from_a_quarter_on(gap, expected):
    assert expected == render(items("ab", gap=gap))


def test_glyphs_of_uneven_height_stay_on_one_line():
    mixed = [*items("客", top=0), *items("1", x=10, top=2, size=8), *items("户", x=14, top=0.5)]

    assert [render(line.items) for line in cluster(mixed)] == ["客1户"]


def test_lines_set_tight_stay_apart():
    assert [render(line.items) for line in cluster([*items("上", top=0), *items("下", top=10)])] == [
        "上",
        "下",
    ]


def test_a_tall_field_joins_the_line_beside_it():
    field = Item(40, 0, 100, 40, "一\n二", 12, field=True)

    assert [render(line.items) for line in cluster([*items("内容", top=12), field])] == ["内容    一\n二"]
