"""Drawn checkboxes and what is in them."""

from __future__ import annotations

import pytest

from formflow.recognition.ticks import boxes_of, on_page

from .conftest import cv2, np, page


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

    known = _only(_ink(lambda picture: None))
    here, ticked = (np.roll(_ink(draw), off, axis=(1, 0)) for draw in (lambda picture: None, tick))

    assert on_page(here, known).ticked is False
    assert on_page(ticked, known).dark == _only(ticked).dark


def test_a_known_box_that_is_not_drawn_on_the_page_is_none():
    known = _only(_ink(lambda picture: None))

    assert on_page(np.zeros((200, 400), np.uint8), known) is None
