import pytest

from formflow.readers.packages.symbols import glyph, shown


@pytest.mark.parametrize(
    ("code", "font", "expected"),
    [
        (0xF0FE, "Wingdings", "☑"),
        (0xFE, "wingdings", "☑"),
        (0xF06F, "Wingdings", "☐"),
        (0xF052, "Wingdings 2", "☑"),
        (0xF0A3, "Wingdings 2", "☐"),
        (0xF0E0, "Wingdings", ""),
        (0xF0FE, "", "☑"),
        (0x2611, "Segoe UI Symbol", "☑"),
        (0x4E00, "SimSun", "一"),
    ],
)
def test_a_code_shows_as_its_fonts_glyph(code, font, expected):
    assert expected == glyph(code, font)


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("\uf0a8质量", "", "☐质量"),
        ("þ质量", "Wingdings", "☑质量"),
        ("2026", "Wingdings", "2026"),
        ("\uf0e8x", "", "x"),
    ],
)
def test_only_symbols_change_in_a_text(text, font, expected):
    assert expected == shown(text, font)
