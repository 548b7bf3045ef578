"""Crooked, turned and photographed pages are laid flat."""

from __future__ import annotations

import pytest

from formflow.recognition.raster import Medium, Raster
from formflow.recognition.ruling import rulings_of
from formflow.recognition.straighten import straighten
from formflow.recognition.turning import rotated

from .conftest import cv2, np, page, ruled

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
