"""Labels that a person taught, beside those of the forms."""

from __future__ import annotations

import pytest

from formflow.extraction.extract import extract
from formflow.extraction.labels.learned import field_of, is_label, owner, taught


def test_a_learned_label_leads_to_its_field(document, forms):
    made = document(
        "新客户开发申请表", [["往来户名", "华南实业"], ["申请日期", "2026-03-05"], ["联系人", "李明"]]
    )

    (before,) = extract(made, forms)
    (after,) = extract(made, taught(forms, (("application", "customer_name", "往来户名"),)))

    assert "customer_name" not in before.readings
    assert after.readings["customer_name"].text == "华南实业"


def test_a_learned_column_leads_to_the_column_of_the_forms_own_table(document, forms):
    made = document(
        "业务去向表",
        [["日期", "2026-03-05", "业务员", "李明"]],
        [["拜会何人", "地点", "时间", "目的"], ["甲公司", "广州", "9:00", "签约"]],
    )

    (candidate,) = extract(made, taught(forms, (("plan", "rows.customer", "拜会何人"),)))

    assert [row["customer"].text for row in candidate.rows["rows"]] == ["甲公司"]


@pytest.mark.parametrize(
    "learned",
    [
        ("application", "customer_name", "联系人"),
        ("application", "no_such_field", "往来户名"),
        ("no_such_form", "customer_name", "往来户名"),
    ],
)
def test_what_fits_the_forms_no_longer_is_left_out(forms, learned):
    assert taught(forms, (learned,)) == forms


@pytest.mark.parametrize(
    ("label", "expected"),
    [("联系人：", "contact"), ("1、联 系 人（必填）", "contact"), ("往来户名", None)],
)
def test_a_label_belongs_to_the_field_that_goes_by_it_however_it_is_printed(forms, label, expected):
    assert expected == owner(forms["application"], label)


@pytest.mark.parametrize(
    ("text", "expected"), [("往来户名", True), ("（）", True), ("：", False), ("长" * 41, False)]
)
def test_only_a_short_text_with_words_is_a_label(text, expected):
    assert expected == is_label(text)


def test_a_field_is_found_by_its_path(forms):
    assert field_of(forms["plan"], "rows.customer").label == "访问客户"
    assert field_of(forms["plan"], "rows") is None
