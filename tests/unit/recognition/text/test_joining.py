"""Brackets and full stops of recognised text, as Chinese print has them."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2")

import numpy as np

from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.pieces import Piece, framed, gaps_within
from formflow.recognition.text.joining import (
    Row,
    has_document_year,
    joined,
    lost_a_bracket,
    with_document_year,
    with_full_stop,
)


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


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("粤函(2026]12号", "粤函〔2026〕12号"),
        ("粤函【2026】12号", "粤函〔2026〕12号"),
        ("粤函[ 2026 〕 12号", "粤函〔2026〕 12号"),
        ("粤函〔2026 12号", "粤函〔2026〕12号"),
        ("粤函12026〕12号", "粤函〔2026〕12号"),
        ("粤函八2026 12号", "粤函〔2026〕12号"),
        ("粤函\n[2026]12号", "粤函〔2026〕12号"),
        ("粤函(2026)12号", "粤函(2026)12号"),
        ("粤函(2026年)12号", "粤函（2026年）12号"),
        ("粤函(1826)12号", "粤函(1826)12号"),
        ("去年(2026)产量", "去年(2026)产量"),
        ("ABS(2026)12号", "ABS(2026)12号"),
    ],
)
def test_the_year_of_a_document_s_number_stands_in_its_own_brackets(read, expected):
    assert expected == _alone(read)


@pytest.mark.parametrize(
    ("text", "expected"), [("粤函〔2026〕12号", True), ("粤函〔2026〕", False), ("粤函(2026)12号", False)]
)
def test_a_document_s_year_is_one_in_its_brackets_before_its_number(text, expected):
    assert expected is has_document_year(text)


def _rows(*rows, area=(0, 0, 400, 200)):
    """Rows of 20 pixels height as (text, left, right)."""
    pieces = [(Piece((left, 30 * n, right, 30 * n + 20)), text) for n, (text, left, right) in enumerate(rows)]
    return joined([Row([piece], text, 20.0) for piece, text in pieces], area)


@pytest.mark.parametrize(("right", "expected"), [(366, "华南实业有限公司"), (365, "华南实业\n有限公司")])
def test_a_row_that_had_room_for_the_next_character_ended_there(right, expected):
    assert expected == _rows(("华南实业", 10, right), ("有限公司", 10, 90))


@pytest.mark.parametrize(("right", "expected"), [(331, "see annex"), (330, "see\nannex")])
def test_a_latin_word_wraps_as_a_whole_and_leaves_a_blank(right, expected):
    assert expected == _rows(("see", 10, right), ("annex", 10, 90))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("0755-2688", "1234", "0755-26881234"),
        ("1380013", "8000", "13800138000"),
        ("13800138000", "13900139000", "13800138000\n13900139000"),
        ("共3", "45", "共3\n45"),
    ],
    ids=["a telephone number", "a mobile number", "two numbers", "too short for a number"],
)
def test_digits_that_are_no_number_of_their_own_go_on_in_the_next_row(first, second, expected):
    assert expected == _rows((first, 10, 200), (second, 10, 90))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2026-03-05", "14:30", "2026-03-05 14:30"),
        ("2026年3月5日", "14时30分", "2026年3月5日 14时30分"),
        ("☐质量", "☑交货", "☐质量 ☑交货"),
        ("2026年3月", "14时", "2026年3月14时"),
    ],
    ids=["a day and its hour", "in words", "boxes", "a month and no hour"],
)
def test_a_full_row_keeps_its_day_from_its_hour_and_its_boxes_apart(first, second, expected):
    assert expected == _rows((first, 10, 385), (second, 10, 90))


def test_a_bracket_left_open_at_the_end_of_a_row_goes_on():
    assert "华南实业（广州）" == _rows(("华南实业（", 10, 150), ("广州）", 10, 90))


def test_centred_rows_are_free_at_the_right_as_at_the_left():
    assert "华南实业有限公司" == _rows(("华南实业", 100, 290), ("有限公司", 110, 280))


def test_a_cell_without_rows_has_no_text():
    assert "" == joined([], (0, 0, 400, 40))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("传真夹一)", True),
        ("传真夹(一）", False),
        ("天函202678号", True),
        ("天函2026 61号", True),
        ("天函2026  61号", True),
        ("2026采字第61号", True),
        ("2026年第61号", False),
        ("(2026)采字第61号", False),
        ("天函[202661号", True),
        ("天函〔2026〕61号", False),
        ("2026年3月5日", False),
        ("1)已换货；2）已致歉", False),
        ("(1)已换货", False),
        ("〔2026", True),
    ],
)
def test_a_bracket_without_its_partner_or_a_bare_year_before_a_number_shows_what_was_lost(text, expected):
    assert expected == lost_a_bracket(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("天函202678号", "天函〔2026〕78号"),
        ("天函2026  61号", "天函〔2026〕61号"),
        ("天函[202661号", "天函〔2026〕61号"),
        ("天函2026] 61号", "天函〔2026〕61号"),
        ("关于天函C 20266号的复函", "关于天函〔2026〕6号的复函"),
        ("天函2026号", "天函2026号"),
        ("天函〔2026〕61号", "天函〔2026〕61号"),
        ("人民路20261号", "人民路20261号"),
        ("HT202661号", "HT202661号"),
    ],
)
def test_the_brackets_of_a_document_year_are_put_back_where_only_they_can_be_missing(text, expected):
    assert expected == with_document_year(text)
