"""The view of a document as blocks of slots."""

from __future__ import annotations

import pytest

from formflow.extraction.slots import unwrap


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  一行 ", "  一行 "),
        ("熔融指数\n  偏高", "熔融指数偏高"),
        ("South\nTrading", "South Trading"),
        ("合同A\n12", "合同A12"),
        ("原因：\n1、装车\n(2) 运输", "原因：\n1、装车\n(2) 运输"),
        ("\n①第一", "①第一"),
        ("第一段\n\n第二段", "第一段第二段"),
    ],
    ids=[
        "one line",
        "wrapped",
        "Latin words",
        "a letter and a number",
        "list",
        "nothing above",
        "an empty line",
    ],
)
def test_lines_on_a_page_only_break_before_the_items_of_a_list(text, expected):
    assert expected == unwrap(text)
