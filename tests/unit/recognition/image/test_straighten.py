"""Crooked, turned and photographed pages are laid flat."""

from __future__ import annotations

import pytest
from tests.unit.recognition.conftest import cv2, np, page, ruled

from formflow.recognition.image.orientation import rotated
from formflow.recognition.image.straighten import straighten
from formflow.recognition.raster import Medium, Raster
from formflow.recognition.rulings.detect import rulings_of

XS, YS = (200, 500, 900, 1400), tuple(range(300, 1500, 80))


def _skewed(picture, degrees):
    turn = cv2.getRotationMatrix2D((picture.shape[1] / 2, picture.shape[0] / 2), degrees, 1.0)
    return cv2.warpAffine(picture, turn, picture.shape[::-1], flags=cv2.INTER_CUBIC, borderValue=255)


def _levels(grey):
    ink = ((grey < 150) * 255).astype(np.uint8)
    return [line for line in rulings_of(ink, bilevel=False).lying if line.length > 1000]


@pytest.mark.parametrize("medium", [Medium.SCAN, Medium.FAX_FINE])
@pytest.mark.parametrize("degrees", [-2.5, -0.7, 0.0, 1.8])
def test_a_crooked_page_is_laid_level(degrees, medium):
    crooked = _skewed(ruled(page(), XS, YS), degrees)
    if medium.bilevel:
        crooked = ((crooked > 128) * 255).astype(np.uint8)

    flat = straighten(Raster(grey=crooked, colour=None, medium=medium))

    assert len(YS) == len(_levels(flat.grey))


def test_a_photographed_page_is_cut_out_and_laid_flat():
    sheet = ruled(page(), XS, YS)
    source = np.array([(0, 0), (1654, 0), (1654, 2339), (0, 2339)], np.float32)
    target = np.array([(160, 120), (1700, 190), (1750, 2330), (110, 2400)], np.float32)
    warp = cv2.getPerspectiveTransform(source, target)
    photo = cv2.warpPerspective(sheet, warp, (1900, 2520), borderValue=90)

    flat = straighten(Raster(grey=photo, colour=None, medium=Medium.SCAN, known_size=False))

    assert (Medium.PHOTO, (1654, 2339), len(YS)) == (flat.medium, flat.size, len(_levels(flat.grey)))


def test_the_frame_leads_from_the_file_s_page_to_the_level_one():
    turned = rotated(Raster(grey=page(400, 200), colour=None, medium=Medium.SCAN), 1)
    frame = np.array(turned.frame()).reshape(3, 3)

    corner = frame @ (400 * 0.36, 0, 1)

    assert (0.0, 0.0) == pytest.approx(tuple(corner[:2] / corner[2]), abs=1e-3)


def _prose(rows=24):
    """A page of text without a ruling: rows of characters of different lengths."""
    picture = page(1000, 1400)
    for row in range(rows):
        for number in range(14 + row % 5):
            x, y = 120 + 40 * number, 150 + 44 * row
            cv2.rectangle(picture, (x, y), (x + 26, y + 26), 0, 3)
            cv2.line(picture, (x, y + 13), (x + 26, y + 13), 0, 3)
    return picture


def _bands(grey):
    """How many rows of ink are parted by blank lines of pixels."""
    inked = (grey < 128).sum(axis=1) > 6
    return int((np.diff(inked.astype(int)) == 1).sum())


@pytest.mark.parametrize(
    ("degrees", "quarter", "medium"),
    [
        (-3.0, 0, Medium.SCAN),
        (2.0, 1, Medium.SCAN),
        (-3.0, 1, Medium.FAX_FINE),
        (0.0, 1, Medium.SCAN),
    ],
)
def test_a_page_of_text_without_rulings_is_laid_level_though_it_lies_on_its_side(degrees, quarter, medium):
    crooked = np.rot90(_skewed(_prose(), degrees), quarter).copy()
    if medium.bilevel:
        crooked = ((crooked > 128) * 255).astype(np.uint8)

    flat = straighten(Raster(grey=crooked, colour=None, medium=medium))

    assert 24 == _bands(np.rot90(flat.grey, -quarter))


def test_a_page_that_is_level_is_left_as_it_is():
    raster = Raster(grey=ruled(page(), XS, YS), colour=None, medium=Medium.SCAN)

    assert raster is straighten(raster)


def test_an_empty_page_is_left_as_it_is():
    raster = Raster(grey=page(800, 1100), colour=None, medium=Medium.SCAN)

    assert raster is straighten(raster)


def test_a_page_of_unknown_resolution_is_taken_for_a4():
    raster = Raster(grey=page(800, 1131), colour=None, medium=Medium.PHOTO, known_size=False)

    assert (1654, 2339) == pytest.approx(straighten(raster).size, abs=1)
