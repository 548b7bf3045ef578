"""Lists side by side on one sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.extraction.conftest import REGISTER, _field

from formflow.extraction.extract import extract
from formflow.forms.spec import FieldType, Form

OUT = ["序号", "日期", "发往单位", "主题", "页数"]


@pytest.fixture
def both(forms) -> dict[str, Form]:
    """The log of sent faxes and one of received faxes."""
    received = Form(
        id="received",
        title="收传真登记簿",
        also=("传真收文登记表",),
        register=REGISTER,
        layouts=("log",),
        head=("department",),
        fields=(
            _field("department", "部门"),
            _field("received_at", "收文日期", FieldType.DATETIME, "日期"),
            _field("sender", "来文单位", FieldType.ORGANISATION, required=True),
            _field("subject", "主题", required=True),
            _field("pages", "页数", FieldType.INTEGER, required=True),
        ),
    )
    sent = replace(forms["fax"], also=("传真发文登记表",))
    return {"fax": sent, "received": received}


IN = ["序号", "收文日期", "来文单位", "主题", "页数"]


def told(document, forms) -> list[tuple[str, dict[str, str]]]:
    return [(c.form, {id: r.text for id, r in c.readings.items()}) for c in extract(document, forms)]


def test_one_list_in_two_halves_gives_its_rows_left_before_right(document, forms):
    made = document(
        表1=[
            [
                [("2026年发函登记表", 10)],
                ["部门：销售部", *[""] * 9],
                [*OUT, *OUT],
                ["1", "2026-03-05", "甲公司", "通知", "2", "3", "2026-03-07", "丙公司", "函", "1"],
                ["2", "2026-03-06", "乙公司", "函", "1", "", "", "", "", ""],
            ]
        ]
    )

    found = told(made, forms)

    assert [(form, row["recipient_org"], row["pages"], row["department"]) for form, row in found] == [
        ("fax", "甲公司", "2", "销售部"),
        ("fax", "乙公司", "1", "销售部"),
        ("fax", "丙公司", "1", "销售部"),
    ]
    assert len({candidate.position for candidate in extract(made, forms)}) == 3


@pytest.mark.parametrize("gap", [[], [""]])
@pytest.mark.parametrize(
    "titles",
    [
        [("收文登记", 5), ("发文登记", 5)],
        [("收传真登记簿", 5), ("发函登记表", 5)],
        [("传真收发登记簿", 10)],
    ],
)
def test_two_lists_side_by_side_keep_their_rows_apart(document, both, titles, gap):
    if gap:
        titles = [titles[0], ("", 1), titles[1]] if len(titles) > 1 else [(titles[0][0], 11)]
    made = document(
        表1=[
            [
                titles,
                [*IN, *gap, *OUT],
                ["1", "2026-03-05", "甲公司", "来函", "2", *gap, "1", "2026-03-06", "乙公司", "去函", "1"],
                ["2", "2026-03-06", "丙公司", "来函二", "3", *gap, "", "", "", "", ""],
            ]
        ]
    )

    assert told(made, both) == [
        ("received", {"received_at": "2026-03-05", "sender": "甲公司", "subject": "来函", "pages": "2"}),
        ("received", {"received_at": "2026-03-06", "sender": "丙公司", "subject": "来函二", "pages": "3"}),
        ("fax", {"sent_at": "2026-03-06", "recipient_org": "乙公司", "subject": "去函", "pages": "1"}),
    ]


def test_captions_tell_two_lists_apart_whose_labels_are_the_same(document, both):
    labels = ["序号", "日期", "主题", "页数", "备考"]
    made = document(
        表1=[
            [
                [("收文", 5), ("发文", 5)],
                [*labels, *labels],
                ["1", "2026-03-05", "来函", "2", "", "1", "2026-03-06", "去函", "1", ""],
            ]
        ]
    )

    assert [form for form, _ in told(made, both)] == ["received", "fax"]


def test_a_gap_between_the_columns_of_one_list_parts_nothing(document, forms):
    made = document(
        "发函登记表",
        [
            ["日期", "发往单位", "主题", "", "页数", "片区", "备注"],
            ["2026-03-05", "甲公司", "通知", "", "2", "华南", "急"],
        ],
    )

    ((_, row),) = told(made, forms)

    assert (row["recipient_org"], row["pages"], row["remarks"]) == ("甲公司", "2", "急")


def test_a_form_above_lists_side_by_side_is_read_too(document, forms, both):
    made = document(
        "新客户开发申请表",
        [["客户名称", "华南"], ["联系人", "李明"], ["申请日期", "2026-03-05"]],
        "传真收发登记簿",
        [[*IN, *OUT], ["1", "2026-03-05", "甲公司", "来函", "2", "1", "2026-03-06", "乙公司", "去函", "1"]],
    )

    assert [form for form, _ in told(made, {**forms, **both})] == ["application", "received", "fax"]
