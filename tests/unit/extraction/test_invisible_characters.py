"""Notes on values whose text held characters that nobody sees."""

from dataclasses import replace

from formflow.extraction.extract import extract
from formflow.model import Severity


def test_a_value_from_a_cleaned_place_carries_a_note_in_both_languages(document, forms):
    made = document("新客户开发申请表", [["客户名称", "华南实业", "联系人", "李明"]])
    (part,) = made.parts
    (candidate,) = extract(replace(made, parts=(replace(part, cleaned=("table 2 R1C2",)),)), forms)
    (note,) = candidate.doubts

    assert (note.code, note.severity, note.field) == ("hidden-characters", Severity.NOTE, "customer_name")
    assert "客户名称" in note.message and "customer_name" in note.english


def test_a_value_of_a_forms_own_table_is_named_by_its_row(document, forms):
    rows = [
        ["访问客户", "地点", "时间", "目的"],
        ["甲公司", "广州", "9:00", "回访"],
        ["乙公司", "佛山", "14:00", "催款"],
    ]
    made = document("业务去向表", [["日期", "2026-03-02", "业务员", "李明"]], rows)
    (part,) = made.parts
    (candidate,) = extract(replace(made, parts=(replace(part, cleaned=("table 3 R3C2",)),)), forms)

    assert [(note.field, note.cell) for note in candidate.doubts] == [("rows", "rows.2.place")]


def test_a_document_without_any_is_told_nothing(document, forms):
    (candidate,) = extract(document("新客户开发申请表", [["客户名称", "华南实业", "联系人", "李明"]]), forms)

    assert candidate.doubts == ()
