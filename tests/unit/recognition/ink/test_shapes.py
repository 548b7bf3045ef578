"""Signs that are no characters, and characters that only look like them."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import cv2, np, page

from formflow.recognition.ink.shapes import is_slash, scribbles, small_mark

_USUAL = 44


def _ink(*strokes, width=2):
    ink = np.zeros_like(page(400, 200))
    for stroke in strokes:
        cv2.polylines(ink, [np.array(stroke, np.int32)], False, 255, width)
    ys, xs = np.nonzero(ink)
    return ink, (int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)


@pytest.mark.parametrize("read", ["11", "″", "#"])
def test_two_slanting_strokes_are_a_ditto_mark(read):
    ink, area = _ink([(60, 48), (52, 64)], [(72, 48), (64, 64)])

    assert "〃" == small_mark(ink, area, _USUAL, read)


@pytest.mark.parametrize(("lean", "expected"), [(9, "〃"), (2, "")], ids=["leaning", "upright"])
def test_strokes_as_high_as_a_small_digit_are_a_ditto_mark_only_where_they_lean(lean, expected):
    ink, area = _ink([(60 + lean, 42), (60, 64)], [(74 + lean, 42), (74, 64)], width=3)

    assert expected == small_mark(ink, area, _USUAL, "11")


def test_an_upright_eleven_is_a_number():
    ink, area = _ink([(60, 40), (60, 62)], [(72, 40), (72, 62)], width=3)

    assert "" == small_mark(ink, area, _USUAL, "11")


def test_a_twelve_is_a_number():
    ink, area = _ink([(54, 44), (60, 40), (60, 62)], [(70, 44), (78, 40), (80, 48), (70, 62), (82, 62)])

    assert "" == small_mark(ink, area, _USUAL, "12")


def test_a_flat_stroke_alone_is_a_dash():
    ink, area = _ink([(50, 50), (80, 50)])

    assert "—" == small_mark(ink, area, _USUAL, "一")


def test_a_long_thin_wave_is_a_signature():
    ink, _ = _ink([(40 + 10 * k, 60 + (25 if k % 2 else 0)) for k in range(16)])

    assert 1 == len(scribbles(ink))


def test_a_row_of_characters_is_no_signature():
    ink = np.zeros_like(page(400, 200))
    for x in range(40, 200, 30):
        cv2.rectangle(ink, (x, 60), (x + 24, 86), 255, 3)
        cv2.line(ink, (x, 73), (x + 24, 73), 255, 3)

    assert [] == scribbles(ink)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [((12, 30), (24, 2), True), ((18, 30), (18, 2), False), ((12, 2), (24, 30), False)],
)
def test_only_a_stroke_that_leans_to_the_right_is_a_slash(start, end, expected):
    ink = np.zeros((34, 40), np.uint8)
    cv2.line(ink, start, end, 255, 3)
    xs, ys = np.nonzero(ink.any(axis=0))[0], np.nonzero(ink.any(axis=1))[0]

    assert expected is is_slash(ink, (xs[0], ys[0], xs[-1] + 1, ys[-1] + 1), "1")


@pytest.mark.parametrize(("end", "expected"), [(162, "—"), (166, "_____"), (310, "____________")])
def test_a_flat_stroke_longer_than_a_dash_is_a_line_to_write_on(end, expected):
    ink = np.zeros((200, 400), np.uint8)
    ink[50:53, 50:end] = 255

    assert expected == small_mark(ink, (50, 50, end, 53), _USUAL, "一")


def _blots(*blots):
    ink = np.zeros((200, 400), np.uint8)
    for left, top, right, bottom in blots:
        ink[top:bottom, left:right] = 255
    lefts, tops, rights, bottoms = zip(*blots, strict=True)
    return ink, (min(lefts), min(tops), max(rights), max(bottoms))


@pytest.mark.parametrize(
    ("blots", "read"),
    [
        (((60, 40, 64, 44), (60, 54, 64, 58)), ":"),
        (((54, 40, 86, 44), (50, 66, 90, 70)), "二"),
        (((60, 60, 70, 70),), "·"),
        (((60, 60, 70, 70),), "。"),
        (((60, 60, 84, 70),), "一"),
        (((60, 40, 63, 72), (72, 40, 75, 72)), "11"),
        (((60, 60, 63, 63), (70, 60, 73, 63)), ".."),
    ],
    ids=["a colon", "二", "a point", "a full stop", "a thick stroke", "eleven", "two specks"],
)
def test_what_is_small_and_no_ditto_mark_stays_as_it_was_read(blots, read):
    ink, area = _blots(*blots)

    assert "" == small_mark(ink, area, _USUAL, read)


def test_ditto_strokes_that_grew_together_are_a_ditto_mark():
    ink, area = _blots((60, 50, 76, 66))

    assert "〃" == small_mark(ink, area, _USUAL, "H")


def test_specks_beside_a_ditto_mark_do_not_count():
    ink, area = _blots((60, 48, 63, 64), (70, 48, 73, 64), (100, 60, 102, 63))

    assert "〃" == small_mark(ink, area, _USUAL, "″.")


@pytest.mark.parametrize(("usual", "expected"), [(0, ""), (21, ""), (22, "〃")])
def test_a_mark_is_small_against_the_rows_of_its_page(usual, expected):
    ink, area = _blots((60, 48, 63, 60), (68, 48, 71, 60))

    assert expected == small_mark(ink, area, usual, "11")


def test_a_ring_around_an_option_is_a_stroke_of_the_pen_and_its_pixels_are_the_ring_alone():
    ink, _ = _blots((150, 90, 170, 110))
    cv2.ellipse(ink, (160, 100), (70, 30), 0, 0, 360, 255, 2)

    [((left, top, right, bottom), shape)] = scribbles(ink)

    assert left < 95 and top < 72 and right > 225 and bottom > 128
    assert not shape[90:110, 150:170].any()


@pytest.mark.parametrize(
    ("wide", "high", "expected"), [(90, 50, 1), (60, 50, 0), (200, 20, 0)], ids=["large", "narrow", "low"]
)
def test_a_thin_loop_is_a_stroke_of_the_pen_where_it_is_larger_than_a_character(wide, high, expected):
    ink = np.zeros((200, 400), np.uint8)
    cv2.ellipse(ink, (160, 100), (wide // 2, high // 2), 0, 0, 360, 255, 1)

    assert expected == len(scribbles(ink))


@pytest.mark.parametrize(("strokes", "expected"), [(1, 1), (3, 0)], ids=["a flourish", "characters"])
def test_a_wide_loose_blot_is_a_flourish_where_its_columns_cross_few_strokes(strokes, expected):
    """Both fill about a quarter of their frame; characters grown together have stroke above stroke."""
    ink = np.zeros((200, 400), np.uint8)
    high = 60 // strokes
    for number in range(strokes):
        y = 60 + (60 - high) * number // 2 if strokes > 1 else 60
        ink[y : y + round(15 / strokes), 40:300] = 255
    ink[60:120, 40:43] = 255
    ink[60:120, 297:300] = 255

    assert expected == len(scribbles(ink))


@pytest.mark.parametrize(("wide", "thick"), [(200, 30), (100, 8)], ids=["a bar", "no wider than a word"])
def test_a_blot_that_is_full_or_not_very_wide_is_no_flourish(wide, thick):
    ink, _ = _blots((40, 60, 40 + wide, 60 + thick), (40, 60, 44, 92), (36 + wide, 60, 40 + wide, 92))

    assert [] == scribbles(ink)


@pytest.mark.parametrize("read", ["8", "11", ""])
def test_a_leaning_stroke_is_a_slash_only_where_it_was_read_as_a_stroke(read):
    ink, area = _ink([(24, 2), (12, 30)], width=3)

    assert is_slash(ink, area, "1")
    assert not is_slash(ink, area, read)


@pytest.mark.parametrize(("lean", "expected"), [(3, False), (10, True)])
def test_an_italic_one_leans_less_than_a_slash(lean, expected):
    ink, area = _ink([(12 + lean, 2), (12, 30)], width=3)

    assert expected is is_slash(ink, area, "1")


def test_a_bent_stroke_is_no_slash():
    ink, area = _ink([(24, 4), (22, 24), (10, 34)], width=3)

    assert not is_slash(ink, area, "7")


def test_a_stroke_that_lies_more_than_it_stands_is_no_slash():
    ink, area = _ink([(60, 10), (20, 30)], width=3)

    assert not is_slash(ink, area, "/")


@pytest.mark.parametrize("at", [20, 150, 280], ids=["before it", "in it", "behind it"])
def test_a_digit_that_touches_the_line_it_is_written_on_is_no_pen_stroke(at):
    ink, _ = _ink([(20, 100), (280, 100)], [(at, 70), (at, 100)], width=3)

    assert [] == scribbles(ink)


def test_a_stroke_that_goes_up_at_both_ends_of_a_line_is_a_pen_s():
    ink, _ = _ink([(20, 70), (24, 100), (280, 100), (284, 70)], width=3)

    assert 1 == len(scribbles(ink))
