"""What an empty PDF prints in a cell, in the order of the paper."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("cv2")

import numpy as np
import pikepdf
import pypdfium2

from formflow.recognition.checkboxes.outlines import Box
from formflow.recognition.layouts.printed import Sign, boxes_in, reading_order, signs_of, text_in

_CELL = (100, 100, 500, 220)


def _signs(text, left=110, top=110, wide=30):
    return [
        Sign(sign, (left + wide * n, top, left + wide * n + 28, top + 28))
        for n, sign in enumerate(text)
        if sign != " "
    ]


def _box(number, dark=0.0, top=112):
    left = 112 + 30 * number
    return Box(left, top, left + 24, top + 24, dark, (left, top, left + 24, top + 24))


def test_signs_are_read_by_where_they_stand_whatever_their_order_in_the_file():
    words, boxes = _signs(" 质量 交货"), _signs("□  □")

    assert "☐质量☐交货" == text_in(_CELL, [*words, *boxes], [])


def test_rows_are_lines_from_top_to_bottom():
    assert "甲方\n乙方" == text_in(_CELL, [*_signs("乙方", top=160), *_signs("甲方")], [])


@pytest.mark.parametrize(("down", "expected"), [(16, "甲a乙"), (17, "甲 乙\na")])
def test_a_sign_that_stands_lower_belongs_to_the_row_that_its_middle_is_near(down, expected):
    low = Sign("a", (140, 110 + down, 168, 138 + down))

    assert expected == text_in(_CELL, [*_signs("甲 乙"), low], [])


@pytest.mark.parametrize(("wide", "expected"), [(34, "甲乙"), (36, "甲 乙")])
def test_a_quarter_of_a_character_is_a_blank(wide, expected):
    assert expected == text_in(_CELL, _signs("甲乙", wide=wide), [])


@pytest.mark.parametrize("sign", ["q", "o", "\uf0a8", "口", "□"])
def test_a_drawn_box_is_one_whatever_its_font_calls_it(sign):
    assert "☐质量" == text_in(_CELL, _signs(f"{sign}质量"), [_box(0)])


@pytest.mark.parametrize(("aside", "expected"), [(2, "☐"), (3, "☐q")])
def test_a_box_may_be_drawn_a_little_beside_its_sign(aside, expected):
    box = _box(0)
    sign = Sign("q", (box.right + aside - 4, 112, box.right + aside + 4, 136))

    assert expected == text_in(_CELL, [sign], [box])


@pytest.mark.parametrize("sign", ["日", "国", "回"])
def test_a_square_in_a_character_is_part_of_it(sign):
    assert f"{sign}期" == text_in(_CELL, _signs(f"{sign}期"), [_box(0)])


def test_a_box_that_is_only_drawn_stands_in_its_place():
    assert "☐质量☐交货" == text_in(_CELL, _signs(" 质量 交货"), [_box(0), _box(3)])


def test_what_is_filled_is_no_box_of_an_empty_form():
    assert "质量" == text_in(_CELL, _signs(" 质量"), [_box(0, dark=0.9)])


def test_only_what_has_its_middle_in_the_cell_is_its_text():
    outside = [*_signs("甲", left=87), *_signs("乙", top=205), *_signs("丙", left=85)]

    assert "甲\n乙" == text_in((101, 100, 500, 220), outside, [_box(20)])


def _page(turn=0, crop=(0, 0, 300, 200)):
    document = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier
    )
    page = document.add_blank_page(page_size=(300, 200))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = document.make_stream(b"BT /F1 36 Tf 72 100 Td (A B) Tj ET")
    page.CropBox = pikepdf.Array(crop)
    page.Rotate = turn
    out = io.BytesIO()
    document.save(out)
    return pypdfium2.PdfDocument(out.getvalue())[0]


@pytest.mark.parametrize(
    ("crop", "left", "base"), [((0, 0, 300, 200), 200, 278), ((36, 0, 300, 150), 100, 139)]
)
def test_the_signs_of_a_page_stand_where_the_page_as_it_is_seen_has_them(crop, left, base):
    first, second = signs_of(_page(crop=crop))

    assert ("A", "B") == (first.text, second.text)
    assert pytest.approx(left, abs=4) == first.area[0]
    assert 120 == pytest.approx(second.area[0] - first.area[0], abs=2)
    assert first.area[1] < base - 40 < base <= first.area[3]


def test_the_signs_of_a_page_that_is_turned_are_not_told():
    assert [] == signs_of(_page(turn=90))


@pytest.mark.parametrize("tops", [(29, 30, 31), (31, 30, 29), (30, 29, 31)])
def test_boxes_of_one_row_are_read_from_left_to_right_though_they_stand_a_pixel_apart(tops):
    row = [(100 * x, top, 100 * x + 28, top + 28) for x, top in zip((1, 2, 3), tops, strict=True)]
    below = (50, 75, 78, 103)

    assert [1, 2, 3, 0] == reading_order([below, *row])


def test_boxes_are_where_they_are_drawn_or_where_the_file_sets_them_in_the_order_of_the_text():
    signs = _signs("○电 ○话")
    ink = np.zeros((300, 600), np.uint8)
    ink[114:134, 112:160] = 255  # The ring and the character that it touches.

    assert "☐电 ☐话" == text_in(_CELL, signs, [_box(3)])
    assert [(112, 114, 138, 134), (202, 112, 226, 136)] == boxes_in(_CELL, signs, [_box(3)], ink)


def test_a_numeral_is_no_box():
    assert "二〇二六" == text_in(_CELL, _signs("二〇二六"), [])
    assert [] == boxes_in(_CELL, _signs("二〇二六"), [], np.zeros((300, 600), np.uint8))
