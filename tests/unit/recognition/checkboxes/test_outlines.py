"""Drawn checkboxes and what is in them."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import cv2, np, page

from formflow.recognition.checkboxes.outlines import Box, boxes_of, on_page


def _ink(draw):
    picture = page(400, 200)
    cv2.rectangle(picture, (100, 80), (130, 110), 0, 2)
    draw(picture)
    return ((picture < 128) * 255).astype(np.uint8)


def _only(ink):
    [box] = [box for box in boxes_of(ink, np.zeros_like(ink)) if box.right - box.left > 24]
    return box


def test_an_empty_box_is_not_ticked():
    assert _only(_ink(lambda picture: None)).ticked is False


def test_a_tick_that_reaches_out_of_its_box_is_a_tick():
    def tick(picture):
        cv2.polylines(picture, [np.array([(104, 92), (113, 106), (138, 70)])], False, 0, 3)

    assert _only(_ink(tick)).ticked is True


def test_a_black_box_is_ticked():
    assert _only(_ink(lambda picture: cv2.rectangle(picture, (100, 80), (130, 110), 0, -1))).ticked is True


@pytest.mark.parametrize(("side", "expected"), [(4, False), (6, None), (10, True)])
def test_a_little_ink_in_the_middle_is_for_a_person_to_judge(side, expected):
    def blot(picture):
        cv2.rectangle(picture, (113, 93), (113 + side - 1, 93 + side - 1), 0, -1)

    assert expected == _only(_ink(blot)).ticked


@pytest.mark.parametrize("off", [(0, 2), (-3, 1), (4, -4)])
def test_a_known_box_is_judged_at_its_place_though_the_page_lies_some_pixels_off(off):
    def tick(picture):
        cv2.polylines(picture, [np.array([(108, 95), (113, 102), (122, 86)])], False, 0, 2)

    blank = _ink(lambda picture: None)
    known = _only(blank)
    here, ticked = (np.roll(_ink(draw), off, axis=(1, 0)) for draw in (lambda picture: None, tick))

    assert on_page(here, known, blank).ticked is False
    assert on_page(ticked, known, blank).dark == _only(ticked).dark


def test_a_known_box_that_is_not_drawn_on_the_page_is_none():
    blank = _ink(lambda picture: None)

    assert on_page(np.zeros((200, 400), np.uint8), _only(blank), blank) is None


def _found(draw):
    ink = np.zeros((200, 400), np.uint8)
    draw(ink)
    return [box.ticked for box in boxes_of(ink, np.zeros_like(ink))]


def _disc(radius):
    """A disc as type has it; OpenCV's own has a lone pixel at each of its four ends."""

    def draw(ink):
        y, x = np.mgrid[: ink.shape[0], : ink.shape[1]]
        ink[np.hypot(x - 200, y - 100) <= radius + 0.5] = 255

    return draw


def _ring(radius):
    return lambda ink: cv2.circle(ink, (200, 100), radius, 255, 2)


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        (_ring(14), [False]),
        (_ring(6), [False]),
        (lambda ink: (_ring(14)(ink), _disc(5)(ink)), [True]),
        (_disc(14), [True]),
        (lambda ink: cv2.rectangle(ink, (180, 80), (210, 110), 255, -1), [True]),
        (lambda ink: cv2.rectangle(ink, (180, 80), (210, 110), 255, 2), [False]),
    ],
    ids=["a ring", "a small ring", "a ring with its disc", "a disc", "a black square", "a square"],
)
def test_rings_discs_and_squares_of_the_size_of_a_character_are_boxes(draw, expected):
    assert expected == _found(draw)


@pytest.mark.parametrize(
    "draw",
    [
        lambda ink: cv2.ellipse(ink, (200, 100), (14, 14), 0, 40, 320, 255, 2),
        lambda ink: cv2.rectangle(ink, (180, 80), (240, 110), 255, 2),
        lambda ink: cv2.rectangle(ink, (180, 60), (240, 120), 255, 2),
        lambda ink: cv2.rectangle(ink, (180, 80), (188, 88), 255, 2),
        lambda ink: cv2.polylines(ink, [np.array([(180, 110), (195, 80), (210, 110)])], True, 255, 2),
        lambda ink: (
            cv2.rectangle(ink, (180, 80), (210, 110), 255, 2),
            cv2.rectangle(ink, (185, 78), (205, 84), 0, -1),
        ),
        _ring(30),
    ],
    ids=[
        "an open ring",
        "an oblong",
        "too large",
        "too small",
        "a triangle",
        "an open square",
        "a large ring",
    ],
)
def test_what_is_not_closed_or_not_of_that_size_is_no_box(draw):
    assert [] == _found(draw)


@pytest.mark.parametrize(("lost", "expected"), [(8, [False]), (16, [])])
def test_a_square_may_have_lost_a_quarter_of_a_side_and_not_half(lost, expected):
    def draw(ink):
        cv2.rectangle(ink, (180, 80), (210, 110), 255, 2)
        ink[84 : 84 + lost, 176:186] = 0

    assert expected == _found(draw)


def test_what_belongs_to_the_rulings_is_no_box():
    ink = np.zeros((200, 400), np.uint8)
    cv2.rectangle(ink, (180, 80), (210, 110), 255, 2)

    assert [] == boxes_of(ink, ink)


def test_a_box_that_the_next_character_touches_is_found_without_it():
    ink = np.zeros((200, 400), np.uint8)
    cv2.rectangle(ink, (100, 80), (130, 110), 255, 2)
    cv2.line(ink, (131, 95), (160, 95), 255, 2)
    cv2.line(ink, (145, 80), (145, 110), 255, 2)

    [box] = boxes_of(ink, np.zeros_like(ink))

    assert (False, pytest.approx((99, 131), abs=2)) == (box.ticked, (box.left, box.right))
    assert box.blot[2] > 155


@pytest.mark.parametrize(("dark", "expected"), [(0.12, False), (0.121, None), (0.239, None), (0.24, True)])
def test_between_an_eighth_and_a_quarter_of_ink_a_person_must_look(dark, expected):
    assert expected is Box(0, 0, 30, 30, dark, (0, 0, 30, 30)).ticked


@pytest.mark.parametrize(("off", "there"), [(5, True), (9, False)])
def test_a_known_box_is_looked_for_a_few_pixels_around_its_place(off, there):
    blank = _ink(lambda picture: None)

    assert there is (on_page(np.roll(blank, off, axis=1), _only(blank), blank) is not None)


def test_a_known_box_at_the_page_s_corner_is_looked_for_on_the_page_only():
    ink = np.zeros((200, 400), np.uint8)
    cv2.rectangle(ink, (1, 1), (29, 29), 255, 2)

    box = on_page(ink, Box(0, 0, 31, 31, 0.0, (0, 0, 31, 31)), ink)

    assert box is not None
    assert box.ticked is False


def _ringed(*, filled=False, touching=False, off=(0, 0)):
    """A thin ring, perhaps with a disc in it, and the stroke of a character that touches it."""
    ink = np.zeros((200, 400), np.uint8)
    cv2.circle(ink, (114, 94), 13, 255, -1 if filled else 1)
    if touching:
        cv2.line(ink, (127, 94), (160, 94), 255, 2)
    return np.roll(ink, off, axis=(1, 0))


@pytest.mark.parametrize("touching", [False, True])
@pytest.mark.parametrize(("filled", "expected"), [(False, False), (True, True)])
@pytest.mark.parametrize("off", [(0, 0), (3, -2)])
def test_a_known_ring_is_judged_where_it_lies(touching, filled, expected, off):
    known = Box(101, 81, 128, 108, 0.0, (101, 81, 128, 108))

    here = _ringed(filled=filled, touching=touching, off=off)

    assert expected is on_page(here, known, _ringed(touching=touching)).ticked


def test_a_known_ring_of_which_half_is_missing_is_none():
    known, here = Box(101, 81, 128, 108, 0.0, (101, 81, 128, 108)), _ringed()
    here[:, 114:] = 0

    assert on_page(here, known, _ringed()) is None
