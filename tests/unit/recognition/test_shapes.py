"""Signs that are no characters, and characters that only look like them."""

from __future__ import annotations

import pytest

from formflow.recognition.shapes import is_slash, scribbles, small_mark

from .conftest import cv2, np, page

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
