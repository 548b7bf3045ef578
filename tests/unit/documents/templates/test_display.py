from __future__ import annotations

import pytest

from formflow.documents.templates.display import show, show_rows
from formflow.forms.spec import Field, FieldType


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        (FieldType.DATE, "2026-03-05", "2026年3月5日"),
        (FieldType.DATETIME, "2026-03-05T14:30", "2026年3月5日 14:30"),
        (FieldType.DATETIME, "2026-03-05", "2026年3月5日"),
        (FieldType.MONEY, "1234567.80", "¥1,234,567.80"),
        (FieldType.INTEGER, 3, "3"),
        (FieldType.QUANTITY, {"amount": "12.5", "unit": "吨"}, "12.5吨"),
        (FieldType.SIGNATURE, {"present": True, "name": "李明", "date": "2026-03-06"}, "李明　2026年3月6日"),
        (FieldType.SIGNATURE, {"present": True, "name": None, "date": None}, "（已签）"),
        (FieldType.SIGNATURE, {"present": False, "name": None, "date": None}, ""),
        (FieldType.DATE, "不是日期", "不是日期"),
        (FieldType.MONEY, "NaN", "NaN"),
        (FieldType.TEXT, ["意外"], "['意外']"),
    ],
)
def test_a_value_is_shown_as_an_office_writes_it(type_, value, expected):
    field = Field(id="f", label="项", type=type_)

    assert expected == show(field, {"f": value}).text


def test_a_choice_shows_its_label_and_its_boxes(form):
    shown = show(form.field("category"), {"category": "quality"})

    assert ("质量", "☑质量 ☐服务", True) == (shown.text, shown.boxes, shown == "quality")


def test_a_blank_choice_shows_empty_boxes(form):
    assert "☐质量 ☐服务" == show(form.field("category"), {}).boxes


@pytest.mark.parametrize(("values", "expected"), [({}, ""), ({"amount": None}, "无")])
def test_blank_is_empty_and_declared_none_is_said_and_both_are_nothing(form, values, expected):
    shown = show(form.field("amount"), values)

    assert (expected, False) == (shown.text, bool(shown))


def test_rows_are_shown_by_column(form):
    rows = show_rows(form.field("rows"), {"rows": [{"customer": "一"}, {}]})

    assert ["一", ""] == [row["customer"].text for row in rows]
