"""Light, specks, streaks and seals: what goes with them and what has to stay."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import cv2, np, page

from formflow.recognition.image.clean import (
    evened,
    ink_of,
    red_stamps,
    unspecked,
    unstreaked,
    without_grey_areas,
    without_stamps,
)
from formflow.recognition.raster import Medium, Raster


def _fax(grey):
    return Raster(grey=grey, colour=None, medium=Medium.FAX_FINE)


def _streak(start=0, end=1000, share=1.0):
    grey = page(600, 1000)
    grey[start:end, 300:302] = 0
    if share < 1.0:
        grey[:: round(1 / (1 - share)), 300:302] = 255
    return grey


# --- Streaks ----------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [1.0, 0.75, 0.5])
def test_a_streak_from_end_to_end_of_a_fax_is_taken_out(share):
    assert 255 == unstreaked(_fax(_streak(share=share))).grey.min()


@pytest.mark.parametrize(
    ("start", "end"), [(30, 1000), (0, 970)], ids=["begins below the edge", "ends above the edge"]
)
def test_what_reaches_only_one_edge_is_no_streak(start, end):
    grey = _streak(start, end)

    assert np.array_equal(grey, unstreaked(_fax(grey)).grey)


def test_a_streak_takes_nothing_of_a_stroke_that_is_broader_than_itself():
    grey = _streak()
    grey[480:520, 296:308] = 0

    left = unstreaked(_fax(grey)).grey

    assert 0 == left[480:520, 296:308].max()
    assert 255 == left[:470].min()


@pytest.mark.parametrize(("left", "right"), [(299, 303), (298, 302), (300, 304), (301, 305)])
def test_a_streak_takes_nothing_of_a_thin_upright_that_it_touches(left, right):
    grey = _streak(share=0.75)
    grey[480:510, left:right] = 0

    cleaned = unstreaked(_fax(grey)).grey

    assert 0 == cleaned[480:510, left:right].max()
    assert 255 == cleaned[:478].min()


def test_a_ruling_under_a_streak_stays():
    grey = _streak(share=0.75)
    grey[300:700, 301:303] = 0

    left = unstreaked(_fax(grey)).grey

    assert 0 == left[310:690, 301].max()
    assert 255 == left[:250].min()
    assert 255 == left[750:].min()


def test_a_scanner_draws_no_streaks():
    raster = Raster(grey=_streak(), colour=None, medium=Medium.SCAN)

    assert raster is unstreaked(raster)


# --- Specks -----------------------------------------------------------------------------------


def _dotted(wide, high, apart):
    """A stroke, and that far to its right a blot."""
    grey = page(200, 100)
    grey[20:80, 40:44] = 0
    grey[50 : 50 + high, 44 + apart : 44 + apart + wide] = 0
    return unspecked(grey), (slice(50, 50 + high), slice(44 + apart, 44 + apart + wide))


@pytest.mark.parametrize(
    ("wide", "high", "apart", "goes"),
    [
        (5, 1, 10, True),
        (5, 1, 9, False),
        (3, 2, 60, False),
        (3, 3, 60, False),
        (3, 1, 3, True),
        (3, 1, 2, False),
        (2, 2, 3, False),
    ],
)
def test_the_smaller_a_blot_the_nearer_to_others_it_is_a_speck(wide, high, apart, goes):
    cleaned, place = _dotted(wide, high, apart)

    assert goes == bool((cleaned[place] == 255).all())
    assert 0 == cleaned[20:80, 40:44].max()


@pytest.mark.parametrize(("step", "stays"), [(3, True), (4, True), (5, False)])
def test_dots_in_a_row_are_a_stroke_and_apart_they_are_specks(step, stays):
    grey = page(200, 100)
    grey[50:52, 60 : 60 + 8 * step : step] = grey[50:52, 61 : 61 + 8 * step : step] = 0

    assert stays == bool((unspecked(grey) < 140).any())


def test_an_empty_page_of_a_fax_stays_empty():
    grey = page(200, 100)

    assert np.array_equal(grey, unspecked(grey))


# --- Light ------------------------------------------------------------------------------------


def test_a_shadow_over_the_page_goes_and_the_type_in_it_stays():
    grey = np.tile(np.linspace(250, 120, 600).astype(np.uint8), (400, 1))
    for y in range(50, 350, 60):
        for x in range(40, 560, 60):
            grey[y : y + 20, x : x + 3] = 20

    even = evened(Raster(grey=grey, colour=None, medium=Medium.PHOTO))

    assert 235 < np.median(even[:, 20:120]) and 235 < np.median(even[:, -120:-20])
    assert even[55:65, 521].max() < 100


@pytest.mark.parametrize(("tone", "drawn"), [(205, True), (235, False)])
def test_a_thin_light_ruling_is_ink_and_the_grain_of_paper_is_not(tone, drawn):
    even = np.full((100, 200), 248, np.uint8)
    even[50:53, 20:180] = tone

    assert drawn == bool(ink_of(even, bilevel=False)[51, 40:160].all())


# --- Seals ------------------------------------------------------------------------------------


def _sealed(tone, radius=80, text=15):
    """A ring over two strokes of type, one below it and one beside it."""
    even = np.full((400, 400), 245, np.uint8)
    cv2.circle(even, (200, 200), radius, tone, 12)
    cv2.circle(even, (200, 200), radius // 3, tone, -1)
    even[195:201, 60:340] = text
    even[380:384, 60:340] = text
    return even


def test_a_seal_that_was_scanned_in_grey_is_bleached_and_the_type_below_it_stays():
    bleached, mask = without_grey_areas(_sealed(120))

    assert bleached[110:125, 195:205].min() > 200
    assert 15 == bleached[195:201, 60:340].max()
    assert mask[115:125, 195:205].all()
    assert not mask[370:, :].any()


def test_the_points_of_a_seal_s_star_go_with_it():
    even = _sealed(120)
    star = np.array([(200, 60), (224, 140), (176, 140)])
    cv2.fillPoly(even, [star], 120)

    assert without_grey_areas(even)[0][60:100, 180:220].min() > 200


@pytest.mark.parametrize(("tone", "radius"), [(40, 80), (220, 80), (120, 30)], ids=["black", "pale", "small"])
def test_what_is_black_or_nearly_white_or_no_larger_than_a_character_is_no_seal(tone, radius):
    even = _sealed(tone, radius)

    bleached, mask = without_grey_areas(even)

    assert mask is None
    assert np.array_equal(even, bleached)


def test_the_shading_of_a_cell_is_bleached_and_hides_nothing():
    even = np.full((400, 400), 245, np.uint8)
    even[100:220, 50:350] = 190
    even[150:156, 80:200] = 20

    bleached, mask = without_grey_areas(even)

    assert mask is None
    assert bleached[105:145, 60:340].min() > 240
    assert 20 == bleached[150:156, 82:198].max()


def _coloured(radius=60, ink=(40, 40, 200)):
    colour = np.full((400, 400, 3), 250, np.uint8)
    cv2.circle(colour, (200, 200), radius, ink, 8)
    colour[198:203, 60:340] = 15
    return colour


@pytest.mark.parametrize(
    ("radius", "ink", "found"),
    [(60, (40, 40, 200), True), (60, (200, 60, 40), False), (30, (40, 40, 200), False)],
    ids=["a red seal", "a blue one", "a red character"],
)
def test_a_stamp_is_red_and_larger_than_a_character(radius, ink, found):
    assert found == (red_stamps(_coloured(radius, ink)) is not None)


def test_in_red_light_a_red_stamp_is_paper_and_black_stays_black():
    colour = _coloured()
    grey = cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY)

    made = without_stamps(Raster(grey=grey, colour=colour, medium=Medium.SCAN), red_stamps(colour))

    assert grey[136:144, 198:202].max() < 100
    assert made.grey[136:144, 198:202].min() > 190
    assert 15 == made.grey[200, 60:340].max()


def test_a_page_without_colour_has_no_red_stamp():
    raster = _fax(page(100, 100))

    assert red_stamps(None) is None
    assert raster is without_stamps(raster, None)


def test_the_rulings_of_a_table_that_a_bad_copy_blurred_to_grey_are_no_seal():
    even = page()
    for y in range(300, 1500, 120):
        even[y : y + 6, 200:1400] = 130
    for x in (200, 700, 1394):
        even[300:1386, x : x + 6] = 130

    bleached, seals = without_grey_areas(even)

    assert seals is None
    assert np.array_equal(even, bleached)
