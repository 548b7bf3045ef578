"""Rulings go off a page, characters beside them stay."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import np

from formflow.recognition.rulings.detect import Ruling
from formflow.recognition.rulings.erase import ruling_pixels, seal_remains

_AT = 100
_STANDING = Ruling(_AT, 50, 450, 4)
_RULED = slice(50, 450), slice(_AT - 2, _AT + 2)


def _ink(*strokes):
    """An upright ruling, and strokes as top, bottom, left and right."""
    ink = np.zeros((500, 300), np.uint8)
    ink[_RULED] = 255
    for top, bottom, left, right in strokes:
        ink[top:bottom, left:right] = 255
    return ink


def _left(ink, *, lying=False):
    """What is left of the ink."""
    if lying:
        return ink & ~ruling_pixels(ink.T.copy(), [_STANDING], []).T
    return ink & ~ruling_pixels(ink, [], [_STANDING])


@pytest.mark.parametrize("lying", [False, True])
def test_nothing_is_left_of_a_ruling_nor_of_the_grey_at_its_edges(lying):
    ink = _ink()
    mask = ruling_pixels(ink.T.copy(), [_STANDING], []).T if lying else ruling_pixels(ink, [], [_STANDING])

    assert not _left(ink, lying=lying).any()
    assert mask[60:440, _AT - 4 : _AT + 4].all()


@pytest.mark.parametrize("lying", [False, True])
def test_the_stroke_of_a_character_that_meets_a_ruling_stays(lying):
    stroke = (200, 216, _AT + 2, _AT + 6)

    assert (_left(_ink(stroke), lying=lying)[200:216, _AT + 3 : _AT + 6] > 0).all()


def test_a_dot_beside_a_ruling_stays_though_it_hangs_together_with_nothing_else():
    dots = [(top, top + 4, _AT + 2, _AT + 6) for top in (200, 210, 220)]

    assert [True] * 3 == [_left(_ink(*dots))[top : top + 4, _AT + 3 : _AT + 6].all() for top, *_ in dots]


def test_bold_type_set_close_to_a_ruling_stays():
    lines = [(top, top + 22, _AT + 4, _AT + 8) for top in (150, 180, 210, 240)]
    left = _left(_ink(*lines))

    assert all((left[top:bottom, first:last] > 0).all() for top, bottom, first, last in lines)


def test_what_makes_a_ruling_s_edge_rough_goes_with_it():
    specks = [(top, top + 2, _AT + 2, _AT + 5) for top in range(60, 440, 37)]

    assert not _left(_ink(*specks)).any()


def test_a_stroke_that_crosses_a_ruling_stays_on_either_side():
    left = _left(_ink((200, 204, _AT - 12, _AT + 12)))

    assert (left[200:204, _AT - 12 : _AT - 3] > 0).all()
    assert (left[200:204, _AT + 3 : _AT + 12] > 0).all()


def test_a_ruling_that_strays_goes_all_the_same():
    ink = np.zeros((500, 300), np.uint8)
    for y in range(50, 450):
        at = _AT + round(4 * (y - 250) / 200)
        ink[y, at - 2 : at + 2] = 255

    assert not _left(ink).any()


def test_a_character_where_a_fax_broke_the_ruling_stays():
    ink = _ink()
    ink[200:320] = 0
    ink[240:262, _AT - 1 : _AT + 2] = 255

    assert (_left(ink)[240:262, _AT - 1 : _AT + 2] > 0).all()


@pytest.mark.parametrize(
    ("stroke", "gone"),
    [
        ((200, 209, _AT + 2, _AT + 9), True),
        ((200, 214, _AT + 2, _AT + 9), False),
        ((300, 309, _AT + 2, _AT + 9), False),
    ],
    ids=["a bit under the seal", "a character", "far from the seal"],
)
def test_bits_of_ink_where_a_seal_crossed_a_ruling_go(stroke, gone):
    ink, seal = _ink(stroke), np.zeros((500, 300), np.uint8)
    seal[190:230, 60:140] = 255
    rulings = ruling_pixels(ink, [], [_STANDING])

    assert gone == (not (ink & ~rulings & ~seal_remains(ink, rulings, seal)).any())
