"""QR symbols are found where they stand, on clean paper and on a fax."""

from __future__ import annotations

import pytest

pytest.importorskip("zxingcpp")

import segno

from formflow.recognition.codes import codes_on

from .conftest import np, page

_TEXT = "FF1/complaint/0a1b2c3d/pdf/record/1/2"


def _printed(scale=5, left=400, top=300):
    symbol = segno.make(_TEXT, error="m", micro=False)
    dark = np.array([[bool(module) for module in row] for row in symbol.matrix])
    dots = np.kron(np.where(dark, 0, 255), np.ones((scale, scale))).astype(np.uint8)
    grey = page(900, 700)
    grey[top : top + dots.shape[0], left : left + dots.shape[1]] = dots
    return grey, (left, top, left + dots.shape[1], top + dots.shape[0])


def test_a_symbol_is_read_with_its_place():
    grey, place = _printed()

    [(text, area)] = codes_on(grey)

    assert (_TEXT, pytest.approx(place, abs=5)) == (text, area)


def test_a_symbol_under_specks_is_read_once_they_are_taken_out():
    grey, place = _printed()
    rng = np.random.default_rng(5)
    grey[rng.random(grey.shape) < 0.2] = 0
    grey[rng.random(grey.shape) < 0.2] = 255

    [(text, area)] = codes_on(grey)

    assert (_TEXT, pytest.approx(place, abs=8)) == (text, area)


def test_the_place_of_a_symbol_that_had_to_be_enlarged_is_in_the_page_s_own_pixels():
    grey, place = _printed(scale=2)
    rng = np.random.default_rng(2)
    noisy = np.clip(grey.astype(int) + rng.normal(0, 70, grey.shape), 0, 255).astype(np.uint8)

    [(text, area)] = codes_on(noisy)

    assert (_TEXT, pytest.approx(place, abs=5)) == (text, area)


def test_a_page_without_a_symbol_has_none():
    assert [] == codes_on(page(400, 400))
