"""What a page says of its place: by its code, by the marker and the number in print, or not at all."""

from __future__ import annotations

import pytest
from tests.support.pages import line, page, table

from formflow.model import Control, Part, Picture, Source
from formflow.pages.page_marks import is_empty, leaves, page_number
from formflow.values.blankcode import BlankCode
from formflow.values.entrycode import EntryCode

MARK, NEW_MARK = "complaint 0a1b2c3d", "客户投诉记录 版式 0A1B2C3D"
"""As blanks of the first revision bear it, and as blanks do today."""
PAPER = "blank 0a1b2c3d"


def _code(page, pages, rendition="pdf"):
    return BlankCode(
        form="complaint", version="0a1b2c3d", rendition=rendition, kind="record", page=page, pages=pages
    )


def _said(part):
    (leaf,) = leaves([part])
    return leaf.paper, leaf.page, leaf.pages


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        ("第 2 页　共 3 页", (2, 3)),
        ("第2页/共3页", (2, 3)),
        ("第2页，共3页", (2, 3)),
        ("共 3 页 第 2 页", (2, 3)),
        ("第 2/3 页", (2, 3)),
        ("Page 2 of 3", (2, 3)),
        ("客户投诉记录 page 2/3", (2, 3)),
        ("第 3 页　共 2 页", (0, 0)),
        ("第 2 页", (0, 0)),
        ("2026/3", (0, 0)),
        ("第1页 共2页 第2页 共2页", (0, 0)),
    ],
)
def test_a_number_in_the_foot_says_which_of_how_many(foot, expected):
    assert ("", *expected) == _said(page(1, "客户投诉记录", foot=foot))


def test_a_number_in_the_middle_of_a_page_says_nothing():
    assert ("", 0, 0) == _said(page(1, line(1, "附件：第 2 页 共 3 页", 400.0)))


def test_a_code_says_whose_page_it_is():
    assert (PAPER, 2, 3) == _said(page(1, "x", code=_code(2, 3)))


def test_the_code_of_a_spreadsheet_leaves_the_number_to_print():
    assert (PAPER, 1, 4) == _said(page(1, "x", code=_code(1, 1, "xlsx"), foot="第 1 页　共 4 页"))


def test_the_code_of_an_entry_says_which_entry_it_is():
    code = EntryCode(series="XKH", year=2026, serial=7, page=1, pages=2)

    assert ("entry XKH/2026/7", 1, 2) == _said(page(1, "x", code=str(code)))


@pytest.mark.parametrize("mark", [MARK, NEW_MARK])
def test_a_printed_marker_and_number_say_the_same_as_a_code(mark):
    assert (PAPER, 2, 3) == _said(page(1, "x", foot=f"{mark}        第 2 页　共 3 页"))


def test_a_number_of_eight_digits_is_no_marker():
    assert ("", 2, 3) == _said(page(1, "x", foot="合同编号 20260305    第 2 页　共 3 页"))


@pytest.mark.parametrize(("name", "mark"), [("formflow", MARK), ("formflow:complaint", NEW_MARK)])
def test_a_marker_in_its_field_counts_with_the_number_in_a_table_at_the_foot(name, mark):
    field = Control(name=name, title="", kind="text", value=mark, source=Source(part="page 1", ref="control"))
    foot = page(1, "x", table(1, [["", "第 1 页 共 3 页"]], top=810.0))
    part = Part(name="page 1", kind="page", blocks=foot.blocks, size=foot.size, controls=(field,))

    assert (PAPER, 1, 3) == _said(part)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (page(2), True),
        (page(2, line(2, "·", confidence=0.3)), True),
        (
            page(
                2,
                pictures=(Picture(source=Source(part="page 2", ref="p", box=(0, 0, 595, 842)), kind="seal"),),
            ),
            True,
        ),
        (
            page(
                2,
                pictures=(
                    Picture(source=Source(part="page 2", ref="p", box=(99, 99, 200, 140)), kind="ink"),
                ),
            ),
            False,
        ),
        (page(2, "无"), False),
        (page(2, table(2, [["", ""]])), True),
        (page(2, code="x"), False),
    ],
    ids=["empty", "speck", "tinted", "signature", "word", "ruling", "code"],
)
def test_a_blank_back_is_one_with_nothing_on_it(part, expected):
    assert expected == is_empty(part)


def test_a_page_whose_rows_went_to_the_page_before_is_not_blank():
    held = page(1, "收传真登记簿", table(2, [["一", "二"]]))

    assert [False, False] == [leaf.blank for leaf in leaves([held, page(2)])]


def test_a_sheet_is_no_page():
    assert (None, 12) == (page_number(Part(name="page 1", kind="sheet", blocks=())), page_number(page(12)))
