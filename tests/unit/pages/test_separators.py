"""Which sheets part papers, and which only look bare."""

from __future__ import annotations

import pytest
from tests.support.pages import line, page, table

from formflow.pages.separators import SEPARATOR_CODE, is_separator
from formflow.values.blankcode import BlankCode


@pytest.mark.parametrize(
    "word",
    [
        "分隔页",
        "隔页",
        "分页",
        "分隔纸",
        "文件分隔",
        "文 件 分 隔 页",
        "separator",
        "Batch Separator",
        "DOCUMENT SEPARATOR SHEET",
        "分隔页 Separator",
        "— 分隔页 3 —",
        "PATCH T",
        "Patch Code 2",
        "D☐cument Separat☐r",
    ],
)
def test_a_sheet_with_nothing_but_the_word_is_a_separator(word):
    assert is_separator(page(1, word))


@pytest.mark.parametrize("text", ["分隔", "separator\nsheet"])
def test_the_word_may_stand_on_several_lines(text):
    assert is_separator(page(1, *text.split("\n")))


@pytest.mark.parametrize(
    "code", [SEPARATOR_CODE, "SEPARATOR", "PATCHT", "DOC_SEPARATOR_01", "分隔页", "---SEPARATOR---"]
)
def test_a_code_that_says_so_is_enough(code):
    assert is_separator(page(1, code=code))


def test_a_large_word_may_have_small_print_beside_it():
    word, note = line(1, "分隔页", 200.0, 40.0), line(1, "放在两份表之间，一起扫描。", 700.0)

    assert is_separator(page(1, word, note))


@pytest.mark.parametrize(
    "part",
    [
        page(1),
        page(1, "本页为分隔页之后的说明"),
        page(1, "分隔页的用法", "扫描前放好"),
        page(1, line(1, "分隔页", 200.0, 12.0), "备注"),
        page(1, "客户投诉记录"),
        page(1, line(1, "分隔页", 100.0, 40.0), table(1, [["客户名称", "华南实业有限公司" * 12]])),
        page(1, code=BlankCode(form="complaint", version="0a1b2c3d", rendition="pdf", kind="record")),
        page(1, "字" * 201, code="SEPARATOR"),
    ],
    ids=["blank", "prose", "heading", "small", "form", "table", "our-blank", "code-on-a-paper"],
)
def test_a_blank_back_and_a_paper_are_none(part):
    assert not is_separator(part)
