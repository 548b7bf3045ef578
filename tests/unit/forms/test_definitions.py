"""The definitions that formflow ships are those of the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.forms.load import load_forms
from formflow.rules.calendar import Calendar
from formflow.rules.check import check_rules

SCHEMAS = Path(__file__).parents[3] / "schemas"
FORMS = load_forms(SCHEMAS)

SERIES = {
    "new_customer": "XKH", "fax_in": "SC", "fax_out": "FC", "complaint": "TS", "visit_plan": "QX", "reception": "JD",
    "follow_up": "GJ", "satisfaction": "MY", "hse_report": "PJ", "fax_access": "CY", "project": "LX",
    "store_visit": "BF", "invoice_dispatch": "FP", "freight_claim": "SP",
}  # fmt: skip

REQUIRED = {
    "new_customer": "applied_on salesperson area customer_name billing_name first_trade_on development evaluation support_needed",
    "fax_in": "received_at sender subject pages area handed_over_on",
    "fax_out": "recipient_org fax_number subject pages handler department area head",
    "complaint": "received_on customer_name product category description recorder",
    "visit_plan": "date salesperson rows",
}

FIELDS = {
    "new_customer": "application_no applied_on salesperson department area customer_name billing_name credit_code contact"
    " phone address customer_type first_trade_on first_trade_amount product monthly_amount credit_limit payment"
    " development evaluation support_needed sales_manager market_branch leader",
    "fax_in": "received_at handed_over_on registered_on sender sender_ref fax_number subject pages area recipient"
    " signed_by location remarks department year clerk",
    "fax_out": "recipient_org recipient fax_number document_no subject pages handler department area head sent_at"
    " confirmation original_returned_on clerk remarks",
    "complaint": "complaint_no received_on channel customer_name contact phone area order_no product batch_no quantity"
    " category description demand claim_amount recorder cause responsible_department action hse_report_no satisfied"
    " closed_on closed_by",
    "visit_plan": "date salesperson submitted_at supervisor rows",
}


def test_every_kind_has_its_series():
    assert {id: form.register.series for id, form in FORMS.items()} == SERIES


@pytest.mark.parametrize("id", FIELDS)
def test_the_fields_of_the_contract_are_there_and_the_required_ones_required(id):
    form = FORMS[id]

    assert set(FIELDS[id].split()) <= {field.id for field in form.fields}
    assert set(REQUIRED[id].split()) == {field.id for field in form.required()}


@pytest.mark.parametrize(
    ("form", "number"),
    [
        ("new_customer", "XKH-2026-0001"),
        ("fax_in", "收传〔2026〕1号"),
        ("fax_out", "发传〔2026〕1号"),
        ("complaint", "TS-2026-0001"),
    ],
)
def test_numbers_are_printed_as_the_contract_prints_them(form, number):
    register = FORMS[form].register

    assert number == register.number.format(series=register.series, year=2026, serial=1)


def test_a_visit_has_six_elements():
    rows = FORMS["visit_plan"].rows_field

    assert rows is not None
    assert [column.id for column in rows.fields] == [
        "customer",
        "place",
        "time",
        "purpose",
        "topic",
        "method",
    ]
    assert all(column.required for column in rows.fields)


@pytest.mark.parametrize("id", FORMS)
def test_the_rules_are_right_and_every_example_comes_out_as_expected(id):
    assert [str(problem) for problem in check_rules(FORMS[id], Calendar())] == []


def test_every_rule_is_shown_at_its_edge():
    for form in FORMS.values():
        for rule in form.rules:
            answers = {example.expect for example in rule.examples}

            assert "holds" in answers, rule.id
            assert answers - {"holds", "skip"}, rule.id
            assert all(case for case in (rule.article, rule.message, rule.english)), rule.id


def test_the_rules_of_the_contract_are_all_there():
    expected = (
        "nc-within-one-month nc-name-is-billing-name nc-no-trade-in-3-years nc-not-recognised-before nc-story-complete"
        " nc-target-customer fi-within-one-day fi-sequence fo-signed-before-sending fo-number-before-sending"
        " fo-original-returned cp-quality-needs-report cp-route cp-respond vp-before-morning-meeting vp-six-elements"
    ).split()

    assert set(expected) <= {rule.id for form in FORMS.values() for rule in form.rules}
