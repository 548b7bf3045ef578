"""The papers of a batch: parted at separators, put together by identity, in order; and what is doubtful of them."""

from __future__ import annotations

import pytest
from tests.support.pages import line, page, table

from formflow.model import Part
from formflow.pages.doubts import findings
from formflow.pages.packets import papers, stretches
from formflow.values.blankcode import BlankCode


def _code(page, pages, form="complaint", rendition="pdf"):
    return BlankCode(
        form=form, version="0a1b2c3d", rendition=rendition, kind="record", page=page, pages=pages
    )


def _batch(*told):
    """Pages by what they say: a code, a foot, `|` for a separator, `-` for a blank back, else their only line."""
    parts = []
    for number, said in enumerate(told, start=1):
        if said == "|":
            parts.append(page(number, "分隔页"))
        elif said == "-":
            parts.append(page(number))
        elif isinstance(said, BlankCode):
            parts.append(page(number, f"page {number}", code=said))
        elif said.startswith("第"):
            parts.append(page(number, f"page {number}", foot=said))
        else:
            parts.append(page(number, said))
    return parts


def _numbers(parts):
    return [
        [int(part.name.split()[1]) for part in paper.parts] for paper in papers(parts) if not paper.separator
    ]


def _codes(parts):
    return [
        finding.code for paper in papers(parts) for sheets in paper.sheets for finding in findings(sheets)
    ]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([_code(2, 2), _code(1, 2)], [[2, 1]]),
        ([_code(1, 2), "-", _code(2, 2), "-", _code(1, 1, "fax_out"), "-"], [[1, 2, 3, 4], [5, 6]]),
        ([_code(2, 2), "背面手写", _code(1, 2)], [[3, 1, 2]]),
        ([_code(1, 2), _code(1, 2, "fax_out"), _code(2, 2), _code(2, 2, "fax_out")], [[1, 3], [2, 4]]),
        ([_code(1, 1), "|", "附件"], [[1], [3]]),
        ([_code(1, 2), "|", _code(2, 2)], [[1], [3]]),
        (["甲", "乙", "|", "-", "丙"], [[1, 2], [4, 5]]),
        (["|", "|", "甲", "|"], [[3]]),
        (["第 3 页 共 3 页", "第 1 页 共 3 页", "-", "第 2 页 共 3 页"], [[2, 3, 4, 1]]),
        (["第 2 页 共 2 页", "甲", "第 1 页 共 2 页"], [[1, 2, 3]]),
        (["第 2 页 共 3 页", "第 1 页 共 3 页"], [[1, 2]]),
    ],
    ids=[
        "reversed",
        "duplex",
        "written-back",
        "interleaved",
        "separated",
        "separated-copy",
        "plain",
        "bare-separators",
        "printed",
        "not-all-printed",
        "printed-missing",
    ],
)
def test_pages_are_parted_into_papers_and_put_in_order(told, expected):
    assert expected == _numbers(_batch(*told))


def test_a_blank_back_is_no_separator():
    assert 1 == len(stretches(_batch(_code(1, 1), "-", _code(1, 1), "-")))


def test_the_order_in_which_parts_are_given_does_not_matter():
    parts = _batch(_code(1, 2), _code(1, 2), _code(2, 2), "|", "甲")

    assert papers(parts) == papers(parts[::-1])


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([_code(2, 2), _code(1, 2)], []),
        ([_code(1, 2)], ["page-missing"]),
        ([_code(1, 2), _code(1, 2), _code(2, 2), _code(2, 2)], ["pages-mixed", "pages-mixed"]),
        ([_code(1, 2), "|", _code(2, 2)], ["page-missing", "page-missing"]),
        (["第 1 页 共 3 页", "第 3 页 共 3 页"], ["page-missing"]),
        (["第 2 页", "甲"], []),
    ],
)
def test_what_is_not_whole_is_asked_about(told, expected):
    assert expected == _codes(_batch(*told))


def test_a_page_scanned_twice_is_asked_about_and_set_aside():
    parts = [page(1, "同", code=_code(1, 2)), page(2, "同", code=_code(1, 2)), page(3, "x", code=_code(2, 2))]
    (paper,) = papers(parts)

    assert (["page-doubled"], ["page 1", "page 3"], ["page 2"]) == (
        _codes(parts),
        [part.name for part in paper.parts],
        [part.name for part in paper.spare],
    )


def test_pages_of_a_printed_spreadsheet_follow_the_symbol_on_its_first():
    sheet = _code(1, 1, rendition="xlsx")
    parts = [
        page(1, "收传真登记簿", code=sheet, foot="第 1 页 共 3 页"),
        page(2, table(2, [["一", "二"]]), foot="第 3 页 共 3 页"),
        page(3, table(3, [["一", "二"]]), foot="第 2 页 共 3 页"),
    ]

    assert ([[1, 3, 2]], []) == (_numbers(parts), _codes(parts))


def test_a_page_that_ran_over_stays_with_the_page_it_ran_over_from():
    mark = "complaint 0a1b2c3d        第 1 页 共 1 页"
    parts = [page(1, "客户投诉记录", foot=mark), page(2, line(2, "续写的情况描述"), foot=mark)]

    assert [[1, 2]] == _numbers(parts)


def test_two_copies_in_print_are_two_papers():
    mark = "complaint 0a1b2c3d        第 1 页 共 1 页"
    parts = [page(number, "客户投诉记录", foot=mark) for number in (1, 2)]

    assert [[1], [2]] == _numbers(parts)


def test_sheets_and_stories_are_one_paper():
    parts = [Part(name="body", kind="story", blocks=()), Part(name="header 1", kind="story", blocks=())]

    assert [tuple(parts)] == [paper.parts for paper in papers(parts)]
