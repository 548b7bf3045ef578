"""What of straight ink is a ruling: told by where it ends, what stands beside it and what it meets."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import hollow, np

from formflow.recognition.rulings.detect import rulings_of

XS, YS = (100, 400, 800), (100, 180, 260, 340)
_SIZE = (900, 900)


def _ink(xs=XS, ys=YS):
    """A grid whose rulings are exactly three pixels wide, as ink."""
    ink = np.zeros(_SIZE, np.uint8)
    for y in ys:
        ink[y - 1 : y + 2, xs[0] - 1 : xs[-1] + 2] = 255
    for x in xs:
        ink[ys[0] - 1 : ys[-1] + 2, x - 1 : x + 2] = 255
    return ink


def _standing(ink, at, *, bilevel=False):
    """Begin and end of the upright rulings that stand at a place, to the nearest ten pixels."""
    lines = rulings_of(ink, bilevel=bilevel).standing
    return [(round(line.start, -1), round(line.end, -1)) for line in lines if abs(line.at - at) < 5]


def _lying(ink, at, *, bilevel=False):
    lines = rulings_of(ink, bilevel=bilevel).lying
    return [(round(line.start, -1), round(line.end, -1)) for line in lines if abs(line.at - at) < 5]


def test_an_upright_ruling_stands_only_in_the_rows_in_which_it_is_drawn():
    ink = _ink()
    ink[183:258, 390:410] = 0

    assert [(100, 180), (260, 340)] == sorted(_standing(ink, 400))


def test_strokes_of_characters_below_each_other_end_before_the_level_rulings_and_are_none():
    ink = _ink()
    for top in YS[:-1]:
        ink[top + 15 : top + 66, 600:604] = 255

    assert [] == _standing(ink, 602)


@pytest.mark.parametrize(("short_of", "expected"), [(0, [(100, 340)]), (14, [])])
def test_an_upright_ruling_of_a_scan_reaches_the_level_ones(short_of, expected):
    ink = _ink(XS[::2])
    for top, bottom in ((100, 180), (180, 260), (260, 340)):
        ink[top + short_of : bottom - short_of, 600:603] = 255

    assert expected == _standing(ink, 601)


@pytest.mark.parametrize(("sealed", "expected"), [(True, [(100, 340)]), (False, [(100, 260)])])
def test_an_upright_ruling_goes_on_under_a_seal(sealed, expected):
    ink = _ink(XS[::2])
    ink[100:340, 600:603] = 255
    seal = np.zeros_like(ink)
    seal[322:360, 560:640] = 255
    ink[322:336, 600:603] = 0

    lines = rulings_of(ink, bilevel=False, hidden=seal if sealed else None).standing

    assert expected == [
        (round(line.start, -1), round(line.end, -1)) for line in lines if abs(line.at - 601) < 5
    ]


def test_on_a_fax_neighbours_speak_for_a_stretch_that_lost_half_its_ink():
    ink = _ink()
    ink[198:240, 395:406] = 0

    assert [(100, 340)] == _standing(ink, 400, bilevel=True)
    assert [(100, 180), (260, 340)] == sorted(_standing(ink, 400))


@pytest.mark.parametrize(("long", "expected"), [(150, []), (210, [(100, 310)])])
def test_an_upright_line_that_meets_no_level_one_is_a_ruling_from_two_centimetres_on(long, expected):
    ink = np.zeros(_SIZE, np.uint8)
    ink[100 : 100 + long, 500:503] = 255

    assert expected == _standing(ink, 501)


@pytest.mark.parametrize(("bilevel", "long", "streaks"), [(False, 395, 0), (False, 410, 1), (True, 410, 0)])
def test_a_very_long_upright_line_that_crosses_nothing_is_dirt_on_a_scanner_s_glass(bilevel, long, streaks):
    ink = np.zeros(_SIZE, np.uint8)
    ink[100 : 100 + long, 500:503] = 255

    rulings = rulings_of(ink, bilevel=bilevel)

    assert (streaks, 1 - streaks) == (len(rulings.streaks), len(rulings.standing))


def _crowded(ink, left, right):
    """Rows of characters four pixels above and below the level ruling at 180."""
    for x in range(left, right, 24):
        hollow(ink, x, 155, x + 20, 176)
        hollow(ink, x, 185, x + 20, 206)
    return ink


def test_a_level_stroke_between_close_rows_is_a_ruling_where_it_spans_two_upright_ones():
    assert [(100, 800)] == _lying(_crowded(_ink(), 110, 790), 180)


@pytest.mark.parametrize("end", [500, 760])
def test_a_level_stroke_between_close_rows_that_spans_nothing_is_no_ruling(end):
    ink = _ink((100, 400, 800), (100, 260, 340))
    ink[179:182, 140:end] = 255

    assert [(140, end)] == _lying(ink, 180)
    assert [] == _lying(_crowded(ink, 110, 790), 180)


@pytest.mark.parametrize(
    ("gap", "expected"), [((420, 460), [(100, 800)]), ((420, 480), [(100, 420), (480, 800)])]
)
def test_a_break_of_a_fifth_of_an_inch_is_closed_and_a_longer_one_is_not(gap, expected):
    ink = _ink()
    ink[175:186, slice(*gap)] = 0

    assert expected == sorted(_lying(ink, 180))


@pytest.mark.parametrize(
    ("gap", "expected"),
    [((450, 600), [(100, 800)]), ((400, 550), [(100, 800)]), ((403, 797), [(100, 400)])],
    ids=["begins and ends anywhere", "begins at an upright ruling", "from one upright ruling to another"],
)
def test_what_a_fax_lost_begins_anywhere_and_a_merged_cell_at_an_upright_ruling(gap, expected):
    ink = _ink()
    ink[175:186, slice(*gap)] = 0

    assert expected == [line for line in _lying(ink, 180, bilevel=True) if line[1] - line[0] > 20]


@pytest.mark.parametrize(("end", "expected"), [(875, 1), (892, 2)])
def test_a_loss_longer_than_an_inch_lies_free_at_both_ends(end, expected):
    ink = np.zeros((500, 1400), np.uint8)
    for y in YS:
        ink[y - 1 : y + 2, 100:1300] = 255
    for x in (101, 500, 900, 1298):
        ink[100:340, x - 1 : x + 2] = 255
    ink[175:186, 600:end] = 0

    assert expected == len(_lying(ink, 180, bilevel=True))


def test_the_scraps_of_a_ruling_are_not_made_one_over_a_loss():
    ink = _ink((100, 800), YS)
    ink[175:186, 103:797] = 0
    for left in (200, 350, 500, 650):
        ink[179:182, left : left + 60] = 255

    assert 4 == len(_lying(ink, 180, bilevel=True))


@pytest.mark.parametrize(("lower", "rulings"), [(3, 1), (9, 2)])
def test_pieces_that_lie_a_few_pixels_lower_are_of_one_ruling(lower, rulings):
    ink = np.zeros(_SIZE, np.uint8)
    ink[179:182, 100:450] = 255
    ink[179 + lower : 182 + lower, 480:800] = 255

    assert rulings == len(rulings_of(ink, bilevel=False).lying)


def test_a_black_bar_is_no_ruling():
    ink = np.zeros(_SIZE, np.uint8)
    ink[300:330, 100:800] = 255

    assert () == rulings_of(ink, bilevel=False).lying


def test_strokes_at_the_top_of_a_row_of_characters_are_no_ruling_of_a_scan():
    ink = np.zeros((400, 700), np.uint8)
    for left in range(200, 480, 28):
        ink[150:154, left : left + 26] = 255
        for stroke in (left + 3, left + 20):
            ink[154:176, stroke : stroke + 6] = 255

    assert () == rulings_of(ink, bilevel=False).lying
    assert 1 == len(rulings_of(ink, bilevel=True).lying)
