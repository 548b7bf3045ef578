"""Captions at the left of rows without rulings are no part of a row."""

from __future__ import annotations

from formflow.recognition.unruled.captions import without_captions

from .test_bands import piece, row

_HIGH = 30
_ROWS = [
    row(100, (300, "客户名称"), (520, "华南实业")),
    row(160, (300, "联系电话"), (520, "020-8888")),
    row(220, (300, "单位地址"), (520, "中山大道")),
    row(280, (300, "产品名称"), (520, "苯乙烯")),
]


def _captions(rows):
    captions, rest = without_captions(rows, _HIGH)
    return ["".join(one.spelled.text for one in band.pieces) for band in captions], rest


def test_a_caption_is_taken_from_the_row_that_it_stands_beside():
    rows = [_ROWS[0], [piece("客户信息", 100, 160), *_ROWS[1]], *_ROWS[2:]]

    assert (["客户信息"], _ROWS) == _captions(rows)


def test_characters_below_each_other_are_one_caption():
    rows = [
        _ROWS[0],
        [piece("客", 100, 145)],
        [piece("户", 100, 190), *_ROWS[1]],
        *_ROWS[2:],
    ]

    assert (["客户"], _ROWS) == _captions(rows)


def test_what_reaches_below_the_labels_is_no_caption():
    rows = [piece("二、客户信息", 200, 60)], *_ROWS

    assert ([], list(rows)) == _captions(rows)


def test_two_rows_are_too_few_to_tell_labels_from_captions():
    rows = [[piece("客户信息", 100, 100), *_ROWS[0]], _ROWS[1]]

    assert ([], rows) == _captions(rows)


def test_headings_below_each_other_in_the_middle_make_no_caption_of_what_stands_left_of_them():
    rows = [row(60 * number, (600, "产品情况")) for number in range(4)]
    rows.append(row(240, (100, "电话"), (320, "020-8888")))

    assert ([], rows) == _captions(rows)
