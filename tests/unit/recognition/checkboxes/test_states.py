"""Which squares are checkboxes, what is ticked in them, and what the paper shows that nothing was read of."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import hollow, np

from formflow.recognition.checkboxes.outlines import Box
from formflow.recognition.checkboxes.states import (
    Tick,
    between,
    candidates,
    free_squares,
    marks_of,
    with_unread_marks,
)
from formflow.recognition.engine import Glyph, Spelled
from formflow.recognition.pieces import Piece, framed

_TOP, _SIDE = 100, 30
"""A row of characters that are 30 pixels wide and high and stand 40 apart, the first at 40."""


def _at(number):
    return 40 + 40 * number


def _box(number=0, dark=0.0, *, side=_SIDE, blot=None):
    left, top = _at(number), _TOP + (_SIDE - side) // 2
    place = (left, top, left + side, top + side)
    return Box(*place, dark, blot or place)


def _ink():
    return np.zeros((200, 600), np.uint8)


def _piece(text, sure=0.99, first=0):
    """A piece whose characters stand in their places; a blank in the text is one that nothing was read of."""
    area = (_at(first), _TOP, _at(first + len(text) - 1) + _SIDE, _TOP + _SIDE)
    left, _, right, _ = framed(area)
    glyphs = [
        Glyph(sign, (_at(first + n) + _SIDE / 2 - left) / (right - left), sure)
        for n, sign in enumerate(text)
        if sign != " "
    ]
    return Piece(area, Spelled(tuple(glyphs)))


def _alone(text, sure=0.99):
    return Spelled(tuple(Glyph(sign, 0.5, sure) for sign in text))


# --- Squares that may be boxes ----------------------------------------------------------------


def _candidates(draw=lambda ink: None, box=None):
    ink = _ink()
    box = box or _box(1, side=24)
    draw(hollow(ink, *box.area, wide=2))
    return candidates([_piece("国国国")], [box], ink)


def test_a_square_that_stands_in_a_row_by_itself_may_be_a_box():
    assert [_box(1, side=24)] == _candidates()


@pytest.mark.parametrize(
    "place",
    [(86, 100, 96, 101), (86, 128, 96, 130), (78, 112, 80, 118)],
    ids=["above", "below", "before"],
)
def test_a_square_with_ink_close_beside_it_is_part_of_a_character(place):
    def draw(ink):
        left, top, right, bottom = place
        ink[top:bottom, left:right] = 255

    assert [] == _candidates(draw)


def test_a_tick_that_reaches_out_of_its_box_is_no_character_around_it():
    def tick(ink):
        ink[100:103, 90:100] = 255

    box = _box(1, side=24, blot=(80, 100, 104, 127))

    assert [box] == _candidates(tick, box)


def test_a_square_outside_the_rows_is_none_and_one_in_two_pieces_is_one():
    ink = _ink()
    outside = Box(300, 20, 324, 44, 0.0, (300, 20, 324, 44))
    box = _box(1, side=24)

    assert [box] == candidates([_piece("国国国"), _piece("国国国")], [outside, box], ink)


# --- Which of them are boxes -------------------------------------------------------------------


def _marks(read, *pieces):
    """What is found where a square is read alone like that, as (number of the square, ticked, clear)."""
    boxes = list(read)
    free = free_squares(boxes, pieces)
    made = marks_of(free, {box: read[box] for box in free}, pieces)
    return [(boxes.index(mark.box), mark.ticked, mark.clear) for mark in made]


@pytest.mark.parametrize(
    ("dark", "read", "expected"),
    [
        (0.0, "□", (False, True)),
        (0.5, "☑", (True, True)),
        (0.18, "□", (True, False)),
        (0.0, "☑", (False, False)),
        (0.5, "☐", (True, False)),
    ],
    ids=["empty", "ticked", "a little ink", "empty but read as ticked", "ticked but read as empty"],
)
def test_outline_and_reading_together_say_what_is_ticked_and_whether_it_is_clear(dark, read, expected):
    assert [(0, *expected)] == _marks({_box(dark=dark): _alone(read)}, _piece("□国国"))


def test_a_character_that_is_a_square_is_no_box():
    assert [] == _marks({_box(): _alone("国")}, _piece("国国国"))


@pytest.mark.parametrize(("side", "expected"), [(20, 2), (14, 1), (52, 1)])
def test_beside_a_box_another_square_of_about_its_size_is_one_too(side, expected):
    read = {_box(0): _alone("□"), _box(3, side=side): _alone("口")}

    assert expected == len(_marks(read, _piece("□质量口交货")))


@pytest.mark.parametrize(("signs", "expected"), [("口", 0), ("口口", 2), ("口国", 0), ("Do", 2)])
def test_two_hollow_squares_of_one_size_are_boxes_and_a_lone_one_is_a_character(signs, expected):
    read = {_box(3 * number): _alone(sign) for number, sign in enumerate(signs)}
    text = "".join(f"{sign}质量" for sign in signs)

    assert expected == len(_marks(read, _piece(text)))


@pytest.mark.parametrize(
    ("dark", "side", "expected"),
    [(0.0, 27, 2), (0.5, 30, 0), (0.0, 24, 0)],
    ids=["of nearly one size", "inked", "of another size"],
)
def test_hollow_squares_are_boxes_where_they_are_twins(dark, side, expected):
    read = {_box(0): _alone("口"), _box(3, dark, side=side): _alone("口")}

    assert expected == len(_marks(read, _piece("口质量口交货")))


@pytest.mark.parametrize(("sure", "expected"), [(0.9, 0), (0.8, 1)])
def test_the_square_in_a_character_that_was_read_well_is_none_of_the_boxes(sure, expected):
    read = {_box(1): _alone("□")}

    assert expected == len(_marks(read, _piece("一邮箱", sure)))


@pytest.mark.parametrize(("shift", "expected"), [(12, 0), (14, 1)])
def test_a_square_beside_a_character_is_no_part_of_it(shift, expected):
    left = _at(1) + shift
    box = Box(left, _TOP, left + _SIDE, _TOP + _SIDE, 0.0, (left, _TOP, left + _SIDE, _TOP + _SIDE))

    assert expected == len(_marks({box: _alone("□")}, _piece("一邮箱")))


def test_a_box_below_a_character_is_in_another_row_and_no_part_of_it():
    below = Box(_at(1), 150, _at(1) + _SIDE, 180, 0.0, (_at(1), 150, _at(1) + _SIDE, 180))

    assert 1 == len(_marks({below: _alone("□")}, _piece("一邮箱")))


@pytest.mark.parametrize(("text", "expected"), [("二〇二六", 0), ("第〇项目", 1), ("2○26", 0)])
def test_a_ring_in_a_number_is_a_zero(text, expected):
    assert expected == len(_marks({_box(1): _alone("□")}, _piece(text)))


# --- What stands between them ------------------------------------------------------------------


def _between(*boxes, text="□质量□交货"):
    parts = between(_piece(text), [Tick(box, False, True) for box in boxes])
    return [part if isinstance(part, Tick) else (part.area[0], part.area[2]) for part in parts]


def test_a_row_is_cut_at_its_boxes_from_left_to_right():
    first, second = _box(0), _box(3)

    made = _between(second, first)

    assert [Tick(first, False, True), (71, 159), Tick(second, False, True), (191, 270)] == made


@pytest.mark.parametrize(("reach", "start"), [(88, 89), (89, 71)])
def test_a_tick_takes_its_room_behind_the_box_and_a_character_grown_to_it_does_not(reach, start):
    box = _box(0, blot=(40, _TOP, reach, _TOP + _SIDE))

    assert (start, 270) == _between(box)[1]


def test_a_row_that_ends_with_its_box_has_nothing_behind_it():
    assert [(40, 119), Tick(_box(2), False, True)] == _between(_box(2), text="质量□")


# --- Ink that nothing was read of --------------------------------------------------------------


def _told(text, draw, *, among_boxes=False):
    ink = _ink()
    draw(ink)
    for number, sign in enumerate(text):
        if among_boxes and sign != " ":
            hollow(ink, _at(number), _TOP, _at(number) + _SIDE, _TOP + _SIDE)
    glyphs = with_unread_marks(_piece(text), ink, among_boxes=among_boxes)
    return [(glyph.text, glyph.sure) for glyph in glyphs if glyph.sure != 0.99]


def _filled(number, rows):
    def draw(ink):
        ink[_TOP : _TOP + rows, _at(number) : _at(number) + _SIDE] = 255

    return draw


@pytest.mark.parametrize(("rows", "expected"), [(0, []), (2, []), (5, [("√", 0.7)]), (9, [("√", 0.9)])])
def test_ink_between_a_pair_of_brackets_is_a_tick_and_how_much_says_how_sure(rows, expected):
    assert expected == _told("（ ）", _filled(1, rows))


def _half_ticked(ink):
    hollow(ink, _at(2), _TOP, _at(2) + _SIDE, _TOP + _SIDE, wide=2)
    ink[_TOP + 10 : _TOP + 20, _at(2) + 13 : _at(2) + 17] = 255


def test_brackets_that_hold_a_word_or_are_no_pair_hold_no_tick():
    assert [] == _told("（是）", _filled(1, 20))
    assert [] == _told("） （", _filled(1, 20))


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        (lambda ink: hollow(ink, _at(2), _TOP, _at(2) + _SIDE, _TOP + _SIDE, wide=2), [("☐", 0.9)]),
        (_filled(2, _SIDE), [("√", 0.9)]),
        (_half_ticked, [("√", 0.7)]),
        (_filled(2, 3), []),
        (lambda ink: None, []),
    ],
    ids=["a box", "a tick", "a box with a little in it", "a line to write on", "nothing"],
)
@pytest.mark.parametrize("text", ["质量 交货", "  交货", "质量 "])
def test_among_boxes_a_sign_that_nothing_was_read_of_is_a_box_or_a_tick(text, draw, expected):
    number = text.index(" ") if text != "  交货" else 0
    shift = 40 * (number - 2)

    def moved(ink):
        shown = _ink()
        draw(shown)
        ink[:] = np.roll(shown, shift, axis=1)

    assert expected == _told(text, moved, among_boxes=True)


def test_where_no_boxes_are_such_a_sign_is_left_alone():
    assert [] == _told("质量 交货", _filled(2, _SIDE))


def test_a_piece_of_which_nothing_was_read_stays_empty():
    assert () == with_unread_marks(Piece((40, 100, 70, 130)), _ink() + 255, among_boxes=True)


@pytest.mark.parametrize(("text", "expected"), [("海口国", 0), ("□国国", 1), ("口国国", 1), ("1口国", 1)])
def test_a_lone_square_in_a_word_that_reads_on_is_its_character(text, expected):
    number = max(text.find("口"), text.find("□"))

    assert expected == len(_marks({_box(number): _alone("□")}, _piece(text)))
