"""What a value's parts say of it is kept: the least of their confidence, and the whole of their place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formflow.extraction.extract import extract
from formflow.model import Document, DoubtReason, Line, Table

HEADER = ["日期", "发往单位", "主题", "页数", "片区"]


def unsure(document: Document, text: str, sure: float) -> Document:
    """The document with one text recognised with so much confidence."""

    def lowered(block: Line | Table) -> Line | Table:
        if isinstance(block, Line):
            return replace(block, confidence=sure) if block.text == text else block
        cells = (replace(cell, confidence=sure) if cell.text == text else cell for cell in block.cells)
        return replace(block, cells=tuple(cells))

    parts = (replace(part, blocks=tuple(map(lowered, part.blocks))) for part in document.parts)
    return replace(document, parts=tuple(parts))


@pytest.mark.parametrize(("day", "expected"), [("3月5日", 0.6), ("2026年3月5日", 1.0)])
def test_a_day_is_no_surer_than_the_year_it_takes_from_the_title(document, forms, day, expected):
    title = "2026年度发函登记表"
    made = unsure(document(title, [HEADER, [day, "甲公司", "通知", "2", "华南"]]), title, 0.6)

    (candidate,) = extract(made, forms)

    assert expected == candidate.readings["sent_at"].confidence
    assert 0.6 == candidate.readings["year"].confidence
    assert 1.0 == candidate.readings["subject"].confidence


def test_a_signature_is_no_surer_than_the_day_below_it(document, forms):
    made = document(
        "新客户开发申请表",
        [["客户名称", "甲公司"], ["申请日期", "2026-03-01"], ["批示", "李明"], ["申请日期", "2026-03-05"]],
    )

    (candidate,) = extract(unsure(made, "2026-03-05", 0.6), forms)

    assert "2026-03-05" in candidate.readings["leader"].text
    assert 0.6 == candidate.readings["leader"].confidence


def test_a_value_in_several_cells_lies_in_the_box_around_them(document, forms):
    made = document(
        "新客户开发申请表",
        [
            ["申请日期", "2026年", "3月", "5日"],
            [("客户名称", 1), ("甲公司", 3)],
            [("联系人", 1), ("李明", 3)],
        ],
    )
    (part,) = made.parts
    title, table = part.blocks
    cells = tuple(
        replace(cell, source=replace(cell.source, box=(cell.column * 50, 10, cell.column * 50 + 50, 30)))
        for cell in table.cells
    )

    (candidate,) = extract(
        replace(made, parts=(replace(part, blocks=(title, replace(table, cells=cells))),)), forms
    )

    assert (50, 10, 200, 30) == candidate.readings["applied_on"].source.box


def _on_one_line(document, forms, weak, **more):
    """The readings of two labels with their values on one line, of which one place is not sure of its character."""
    text = "申请编号：A-17   申请日期：2026-03-01"
    made = document("新客户开发申请表", text, [["客户名称", "甲公司"], ["联系人", "李明"]])
    sure = tuple(0.3 if number == text.index(weak) else 0.99 for number in range(len(text)))
    (part,) = made.parts
    title, line, table = part.blocks
    line = replace(line, confidence=0.3, character_confidence=sure, **more)
    made = replace(made, parts=(replace(part, blocks=(title, line, table)),))
    (candidate,) = extract(made, forms)
    return candidate.readings["no"].confidence, candidate.readings["applied_on"].confidence


@pytest.mark.parametrize(
    ("weak", "expected"),
    [("编", (0.99, 0.99)), ("：", (0.99, 0.99)), ("A", (0.3, 0.99)), ("7", (0.3, 0.99)), ("03", (0.99, 0.3))],
)
def test_a_value_beside_others_is_as_sure_as_its_own_characters(document, forms, weak, expected):
    assert expected == _on_one_line(document, forms, weak)


def test_a_text_whose_characters_are_not_known_one_by_one_is_as_sure_as_the_whole(document, forms):
    assert (0.3, 0.3) == _on_one_line(document, forms, "编", text="申请编号：A-17   申请日期：2026-03-011")


def test_a_value_that_stands_twice_is_as_sure_as_the_less_sure_of_the_two(document, forms):
    text = "联系人：李明   介绍人：李明"
    made = document("新客户开发申请表", text, [["客户名称", "甲公司"], ["申请日期", "2026-03-01"]])
    (part,) = made.parts
    title, line, table = part.blocks
    sure = (*(0.99,) * (len(text) - 1), 0.4)
    line = replace(line, confidence=0.4, character_confidence=sure)

    (candidate,) = extract(replace(made, parts=(replace(part, blocks=(title, line, table)),)), forms)

    assert 0.4 == candidate.readings["contact"].confidence


@pytest.mark.parametrize("weak", ["客尸名称：甲公司", "客户名称：甲公司"])
def test_what_a_repaired_label_leads_to_is_doubted_however_sure_its_own_characters_are(document, forms, weak):
    text = f"{weak}   联系人：李明"
    made = document("新客户开发申请表", text, [["申请日期", "2026-03-01"], ["产品", "PVC"], ["电话", "1"]])
    (part,) = made.parts
    title, line, *rest = part.blocks
    source = replace(line.source, medium="scan")
    line = replace(
        line, confidence=0.9, character_confidence=(0.9, *(0.99,) * (len(text) - 1)), source=source
    )

    (candidate,) = extract(replace(made, parts=(replace(part, blocks=(title, line, *rest)),)), forms)

    expected = () if weak.startswith("客户") else (DoubtReason.LABEL_REPAIRED,)
    assert expected == candidate.readings["customer_name"].doubts
