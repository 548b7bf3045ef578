"""Characters that dance about their line are written; those that stand on it are printed."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import cv2, np, page

from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.pieces import Piece
from formflow.recognition.text.handwriting import baseline_deviation, is_written, written_by_hand


def _line(shifts, top=100):
    ink = np.zeros_like(page())
    for number, shift in enumerate(shifts):
        x = 200 + 40 * number
        cv2.rectangle(ink, (x, top + shift), (x + 28, top + 30 + shift), 255, 4)
    left, right = 198, 200 + 40 * len(shifts) - 10
    edge = 5
    places = [
        (200 + 40 * number + 14 - left + edge) / (right - left + 2 * edge) for number in range(len(shifts))
    ]
    spelled = Spelled(tuple(Glyph("实", place, 1.0) for place in places))
    return Piece((left, top - 12, right, top + 44), spelled), ink


@pytest.mark.parametrize(
    ("shifts", "expected"),
    [([0] * 8, False), ([0, 1, 0, 1, 0, 1, 0, 1], False), ([3, -4, 5, -3, 4, -5, 2, -3], True)],
)
def test_a_page_is_written_where_its_characters_dance(shifts, expected):
    piece, ink = _line(shifts)

    assert expected == written_by_hand([piece, piece], ink)


def test_a_leaning_line_of_print_is_print():
    piece, ink = _line([0, 1, 2, 3, 4, 5, 6, 7])

    assert not written_by_hand([piece, piece], ink)


def test_a_short_line_proves_nothing():
    piece, ink = _line([5, -5, 5])

    assert baseline_deviation(piece, ink) is None


def test_a_step_in_a_line_of_print_is_no_dance():
    piece, ink = _line([0, 0, 0, 0, 0, 6, 6, 6, 6, 6])

    assert baseline_deviation(piece, ink) < 0.03


def test_a_long_dancing_line_makes_a_page_written_by_itself():
    dancing, ink = _line([3, -4, 5, -3, 4, -5, 2, -3])

    assert written_by_hand([dancing], ink)


def test_one_dancing_line_of_few_characters_does_not_make_a_page_written():
    dancing, ink = _line([3, -4, 5, -3, 4, -5, 2])

    assert not written_by_hand([dancing], ink)


def test_two_dancing_lines_among_many_printed_ones_do_not_make_a_page_written():
    dancing, ink = _line([3, -4, 5, -3, 4, -5, 2])
    still, below = _line([0] * 8, top=300)

    assert written_by_hand([dancing] * 2 + [still] * 18, ink | below)
    assert not written_by_hand([dancing] * 2 + [still] * 19, ink | below)


@pytest.mark.parametrize(
    ("written", "printed", "expected"), [(1, 8, True), (1, 9, False), (3, 60, True), (2, 60, False)]
)
def test_a_long_dancing_line_among_many_printed_ones_is_an_accident(written, printed, expected):
    dancing, ink = _line([3, -4, 5, -3, 4, -5, 2, -3])
    still, below = _line([0] * 8, top=300)

    assert expected is written_by_hand([dancing] * written + [still] * printed, ink | below)


@pytest.mark.parametrize(("shifts", "expected"), [([1, 0] * 4, False), ([3, -4, 5, -3, 4, -5, 2], True)])
def test_a_line_by_itself_is_written_only_where_it_dances_wildly(shifts, expected):
    assert expected is is_written(*_line(shifts))


@pytest.mark.parametrize("text", ["一", "口", "A", "8"])
def test_flat_characters_and_latin_ones_have_no_middle_to_compare(text):
    piece, ink = _line([3, -4, 5, -3, 4, -5, 2])
    piece.spelled = Spelled(tuple(Glyph(text, glyph.place, 1.0) for glyph in piece.spelled.glyphs))

    assert baseline_deviation(piece, ink) is None
