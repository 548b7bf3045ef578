"""Where lines stand: the detector is shown little, and what it says comes back in the page's own pixels."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import cv2, np, page

from formflow.recognition.text.detect import find_lines, lines_by_ink, missed_characters


class Detector:
    """Finds what is darker than half grey, as sure as it is told."""

    def __init__(self, sure=1.0):
        self._sure = sure
        self.shown = []

    def likely_lines(self, canvas):
        self.shown.append(canvas.shape)
        return (canvas[0, 0] < 0).astype(np.float32) * self._sure


def _bar(picture, left, top, right, bottom):
    picture[top:bottom, left:right] = 0
    return picture


def _middles(boxes):
    return [((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in boxes]


def test_a_line_is_told_in_the_page_s_pixels_though_the_blanks_above_it_are_left_out():
    grey = _bar(_bar(page(), 200, 100, 900, 130), 400, 1500, 800, 1530)

    found = _middles(find_lines(grey, Detector()))

    assert [pytest.approx((550, 115), abs=3), pytest.approx((600, 1515), abs=3)] == found


def test_a_found_line_is_larger_than_the_blot_that_the_network_was_taught():
    [(left, top, right, bottom)] = find_lines(_bar(page(), 200, 600, 900, 630), Detector())

    assert left < 190 and top < 590 and right > 910 and bottom > 640


def test_only_the_strips_that_hold_ink_are_shown_at_half_size():
    grey = _bar(_bar(page(), 200, 100, 900, 130), 400, 370, 800, 400)
    detector = Detector()
    find_lines(grey, detector)

    assert [(1, 3, 128, 832)] == detector.shown


def test_nothing_is_looked_for_in_the_areas_that_are_taken():
    grey = _bar(_bar(page(), 200, 100, 900, 130), 400, 1500, 800, 1530)
    before = grey.copy()

    found = find_lines(grey, Detector(), [(150, 1400, 1600, 1600)])

    assert [pytest.approx((550, 115), abs=3)] == _middles(found)
    assert np.array_equal(before, grey)


def test_a_page_that_holds_nothing_outside_its_tables_costs_no_detector():
    detector = Detector()

    assert [] == find_lines(_bar(page(), 200, 100, 900, 130), detector, [(0, 0, 1654, 400)])
    assert [] == detector.shown


def test_a_page_larger_than_the_detector_sees_is_shrunk_further():
    detector = Detector()

    found = find_lines(_bar(page(4000, 600), 3000, 300, 3800, 340), detector)

    assert [(1, 3, 128, 1600)] == detector.shown
    assert [pytest.approx((3400, 320), abs=4)] == _middles(found)


@pytest.mark.parametrize(("sure", "expected"), [(0.45, 0), (0.6, 1)])
def test_a_blot_of_which_the_detector_is_not_sure_is_no_line(sure, expected):
    grey = _bar(page(), 200, 600, 900, 630)

    assert expected == len(find_lines(grey, Detector(sure)))


def test_a_hair_on_the_glass_is_no_line():
    assert [] == find_lines(_bar(page(), 200, 600, 900, 602), Detector())


def _characters(count, apart, *, high=28):
    ink = np.zeros((120, 1654), np.uint8)
    for number in range(count):
        x = 60 + number * (28 + apart)
        cv2.rectangle(ink, (x, 40), (x + 27, 40 + high - 1), 255, 2)
        cv2.line(ink, (x, 53), (x + 27, 53), 255, 2)
    return ink


@pytest.mark.parametrize(("apart", "expected"), [(13, 1), (20, 0)])
def test_characters_that_stand_close_are_a_line(apart, expected):
    assert expected == len(lines_by_ink(_characters(8, apart)))


@pytest.mark.parametrize(("count", "expected"), [(2, 0), (3, 1), (15, 1), (18, 0)])
def test_a_line_is_longer_than_a_word_and_shorter_than_two_columns(count, expected):
    assert expected == len(lines_by_ink(_characters(count, 6)))


def test_a_thin_rule_is_no_line_of_text():
    ink = np.zeros((120, 1654), np.uint8)
    ink[50:53, 100:600] = 255

    assert [] == lines_by_ink(ink)


def _square(ink, left, top, side=40):
    ink[top : top + side, left : left + side] = 255
    return left, top, left + side, top + side


def test_the_other_characters_of_a_spaced_title_are_found_beside_the_one_that_was():
    ink = np.zeros((400, 1200), np.uint8)
    signs = [_square(ink, left, 100) for left in (300, 400, 500, 600)]

    found = missed_characters([signs[1]], ink, [], 40.0)

    assert [signs[0], signs[2], signs[3]] == sorted(found)


@pytest.mark.parametrize(
    ("left", "top", "side"),
    [(500, 170, 40), (500, 110, 15), (900, 100, 40), (480, 60, 120)],
    ids=["lower", "a speck", "far off", "a stamp"],
)
def test_what_is_no_character_of_a_line_s_own_row_is_left_out(left, top, side):
    ink = np.zeros((400, 1200), np.uint8)
    line = _square(ink, 400, 100)
    _square(ink, left, top, side)

    assert [] == missed_characters([line], ink, [], 40.0)


def test_a_character_in_a_table_is_not_looked_for():
    ink = np.zeros((400, 1200), np.uint8)
    line = _square(ink, 400, 100)
    _square(ink, 500, 100)

    assert [] == missed_characters([line], ink, [(480, 90, 700, 160)], 40.0)
