"""Brackets and full stops of recognised text, as Chinese print has them."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2")

import numpy as np

from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.lines import Piece, framed, gaps_within
from formflow.recognition.wording import Row, joined, with_full_stop


def _alone(text):
    return joined([Row([Piece((10, 10, 200, 30))], text, 20.0)], (0, 0, 400, 40))


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("华南实业(广州)有限公司", "华南实业（广州）有限公司"),
        ("原件(补）", "原件（补）"),
        ("原件（补)", "原件（补）"),
        ("共(3）页", "共（3）页"),
        ("(0771)7347089", "(0771)7347089"),
        ("DFDA-7042(B)", "DFDA-7042(B)"),
        ("营销函[2026〕28号", "营销函〔2026〕28号"),
        ("一个括号(没有另一半", "一个括号(没有另一半"),
    ],
)
def test_brackets_around_chinese_are_wide_and_others_stay(read, expected):
    assert expected == _alone(read)


@pytest.mark.parametrize(
    ("read", "expected"),
    [("未发现拖欠货款的情况o", "未发现拖欠货款的情况。"), ("Zhao", "Zhao"), ("型号o型", "型号o型")],
)
def test_a_last_letter_o_behind_chinese_is_a_full_stop(read, expected):
    assert expected == with_full_stop(read)


def _spaced(gap):
    """Two glyphs, 20 pixels high and wide, that far apart."""
    ink = np.zeros((40, 200), np.uint8)
    ink[10:30, 10:30] = 255
    ink[10:30, 30 + gap : 50 + gap] = 255
    area = (10, 10, 50 + gap, 30)
    left, _, right, _ = framed(area)
    places = [(middle - left) / (right - left) for middle in (20, 40 + gap)]
    glyphs = tuple(Glyph(text, place, 0.99) for text, place in zip("号对", places, strict=True))
    return "".join(glyph.text for glyph in gaps_within(Piece(area, Spelled(glyphs)), ink))


@pytest.mark.parametrize(("gap", "expected"), [(3, "号对"), (9, "号对"), (18, "号 对")])
def test_a_gap_of_a_character_on_a_line_is_a_blank(gap, expected):
    assert expected == _spaced(gap)
