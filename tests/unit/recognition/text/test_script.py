"""One script a page: a stray traditional character is the simplified one that looks like it."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2")
pytest.importorskip("opencc")

from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.text.script import in_one_script


def _spelled(text, sure=0.8, **more):
    return Spelled(tuple(Glyph(sign, 0.5, sure, **more) for sign in text))


_PAGE = _spelled("广州市华南实业有限公司产品质量投诉记录", 0.99)


def _folded(line):
    return in_one_script([_PAGE, line])[1]


def test_a_stray_traditional_character_on_a_simplified_page_is_folded():
    assert "黄" == _folded(_spelled("黃")).text


@pytest.mark.parametrize(("sure", "expected"), [(0.984, "黄"), (0.985, "黃")])
def test_one_that_was_read_beyond_doubt_may_be_a_name(sure, expected):
    assert expected == _folded(_spelled("黃", sure)).text


@pytest.mark.parametrize(("second", "expected"), [("黄", 0.9), ("苗", 0.6)])
def test_a_folded_character_is_as_sure_as_both_readings_of_it_together(second, expected):
    [glyph] = _folded(_spelled("黃", 0.6, second=second, second_sure=0.3)).glyphs

    assert pytest.approx(expected) == glyph.sure


@pytest.mark.parametrize(("second", "expected"), [("靜", 0.9), ("静", 0.9), ("青", 0.6), ("", 0.6)])
def test_a_character_is_as_sure_as_both_its_scripts_together(second, expected):
    [glyph] = _folded(_spelled("静", 0.6, second=second, second_sure=0.3)).glyphs

    assert ("静", pytest.approx(expected)) == (glyph.text, glyph.sure)


@pytest.mark.parametrize("text", ["后", "里", "Φ", "A", "3", "囍", "〔"])
def test_what_both_scripts_have_or_neither_has_stays(text):
    assert text == _folded(_spelled(text)).text


@pytest.mark.parametrize(("traditional", "expected"), [(2, "黄黄"), (3, "黃黃黃")])
def test_a_page_with_more_than_a_tenth_of_traditional_characters_is_left_as_it_is(traditional, expected):
    assert expected == _folded(_spelled("黃" * traditional)).text


def test_a_page_without_chinese_is_left_as_it_is():
    lines = [_spelled("ABS 275"), Spelled()]

    assert lines == in_one_script(lines)
