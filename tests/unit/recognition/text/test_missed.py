"""What was passed over or read twice shows in where the characters stand."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2")

from tests.unit.recognition.conftest import np

from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.pieces import Piece, framed
from formflow.recognition.text.missed import misses_a_character

_TOP, _SIDE = 40, 30


def _misses(text, places, drawn=()):
    """Whether a piece misses a character whose signs stand at these places, with ink in these columns besides."""
    ink = np.zeros((120, 600), np.uint8)
    for place in places:
        ink[_TOP : _TOP + _SIDE, place - 10 : place + 10] = 255
    for left, right, rows in drawn:
        ink[_TOP : _TOP + rows, left:right] = 255
    area = (min(places) - 15, _TOP, max(places) + 15, _TOP + _SIDE)
    left, _, right, _ = framed(area)
    glyphs = (
        Glyph(sign, (place - left) / (right - left), 0.99) for sign, place in zip(text, places, strict=True)
    )
    return misses_a_character(Piece(area, Spelled(tuple(glyphs))), ink)


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [([(150, 170, 30)], True), ([], False), ([(150, 170, 3)], False), ([(158, 161, 30)], False)],
    ids=["a character", "a gap", "a line to write on", "a stroke"],
)
def test_ink_with_the_room_of_a_character_between_two_is_one_that_was_passed_over(drawn, expected):
    assert expected == _misses("胶季度", [130, 190, 220], drawn)


def test_a_digit_needs_half_the_room():
    assert _misses("第栋", [130, 175], [(148, 158, 30)])
    assert not _misses("第4栋", [130, 152, 175])


@pytest.mark.parametrize("text", ["（公司", "W5司", "AB司"])
def test_beside_marks_and_letters_it_is_not_known_how_much_room_is_theirs(text):
    assert not _misses(text, [130, 190, 220], [(150, 170, 30)])


@pytest.mark.parametrize(
    ("text", "step", "expected"),
    [("请请", 16, True), ("请请", 30, False), ("11", 14, False), ("请清", 16, False)],
)
def test_one_character_read_twice_stands_twice_in_one_place(text, step, expected):
    assert expected == _misses(text, [130, 130 + step])


def test_a_piece_of_one_character_misses_none():
    assert not _misses("无", [130])
