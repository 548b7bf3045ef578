"""Rules over a record: applied, skipped, referred, never swallowed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from formflow.forms.load import load_forms
from formflow.forms.spec import Case, Field, FieldType, Form, Register, Rule
from formflow.model import Reading, Receipt, Record, Severity, Source
from formflow.rules.assess import applied, assess, looked_at
from formflow.rules.calendar import Calendar
from formflow.rules.documents import documents_for
from formflow.rules.facts import Earlier, Facts, KnownPast, Trade

FORMS = load_forms(Path(__file__).parents[3] / "schemas")

FIELDS = (
    Field(id="day", label="日期", type=FieldType.DATE),
    Field(id="amount", label="金额", type=FieldType.MONEY),
    Field(id="note", label="说明", type=FieldType.TEXT),
)


def facts_of(received=date(2026, 3, 9), **more):
    at = datetime(received.year, received.month, received.day, 10, tzinfo=UTC)
    return Facts(receipt=Receipt(at=at, name="a.docx"), today=received, calendar=Calendar(), **more)


def findings(holds, values, **how):
    parameters = how.pop("parameters", {})
    rule = Rule(
        id="r", article="第一条", holds=holds, outcome=how.pop("outcome", "refer"), message="甲", **how
    )
    form = Form(
        id="f", title="表", fields=FIELDS, register=Register(series="F", number=""), rules=(rule,), parameters=parameters
    )  # fmt: skip
    return assess(Record(form="f", values=values), form, facts_of())


def test_a_kept_rule_says_nothing_and_a_broken_one_gives_its_outcome_article_and_field():
    assert findings("record.amount > 1.0", {"amount": "2.00"}) == ()

    (finding,) = findings("record.amount > 1.0", {"amount": "1.00"}, outcome="reject")

    assert (finding.code, finding.severity, finding.field, finding.article) == (
        "r",
        Severity.REJECT,
        "amount",
        "第一条",
    )


@pytest.mark.parametrize(
    ("holds", "values"),
    [
        ("record.amount > 1.0", {}),
        ("record.amount > 1.0", {"amount": None}),
        ("record.day < record.day", {}),
        ("values.note == 'x'", {}),
        ("values.note == null", {}),
        ("record.note != null", {}),
    ],
)
def test_a_rule_about_a_field_that_is_not_there_does_not_apply(holds, values):
    assert findings(holds, values) == ()


@pytest.mark.parametrize(
    ("holds", "values"),
    [
        ("has(record.amount)", {}),
        ("has(record.note) && record.note != null", {"note": None}),
        ("record.note != null", {"note": None}),
        ("values.note == 'x'", {"note": None}),
    ],
)
def test_a_rule_that_asks_whether_a_field_is_there_does(holds, values):
    assert [finding.code for finding in findings(holds, values)] == ["r"]


@pytest.mark.parametrize(
    ("holds", "values"),
    [
        ("record.note > 1", {"note": "x"}),
        ("has(record.amount) && record.amount > 1.0", {"amount": None}),
        ("record.note", {"note": "x"}),
        ("nonsense(record.note)", {"note": "x"}),
        ("1 +", {}),
        ("days_after(record.day, 99999999) == record.day", {"day": "2026-03-05"}),
        ("record.day == today", {"day": "nonsense"}),
    ],
)
def test_a_rule_that_cannot_be_evaluated_is_referred(holds, values):
    (finding,) = findings(holds, values)

    assert (finding.code, finding.severity) == ("rule-error", Severity.REFER)
    assert "第一条" in finding.message
    assert "rule r " in finding.english


def test_a_day_outside_the_calendar_is_referred_for_confirmation():
    (finding,) = findings("working_days_after(record.day, 1) == today", {"day": "2099-03-05"}, outcome="note")

    assert (finding.code, finding.severity) == ("r", Severity.REFER)
    assert finding.message.startswith("待确认")


def test_cases_are_asked_in_order():
    cases = (
        Case(when="record.amount > 10.0", outcome="note", message="多"),
        Case(when="record.amount > 5.0", outcome="return", message="中"),
    )
    said = [
        findings("false && has(record.amount)", {"amount": amount}, cases=cases)[0]
        for amount in ("11.00", "6.00", "1.00")
    ]

    assert [(finding.severity.value, finding.message) for finding in said] == [
        ("note", "多"),
        ("return", "中"),
        ("refer", "甲"),
    ]


def test_a_message_shows_its_calculation():
    form = FORMS["new_customer"]
    record = Record(form=form.id, values={"first_trade_on": "2026-01-15"})

    (finding,) = [
        f for f in assess(record, form, facts_of(date(2026, 2, 25))) if f.code == "nc-within-one-month"
    ]

    for part in ("2026年1月15日", "2026年2月15日", "2026年2月24日", "2026年2月25日", "逾期 1 天"):
        assert part in finding.message
    for part in ("2026-01-15", "2026-02-15", "2026-02-24", "2026-02-25", "1 day(s) late"):
        assert part in finding.english
    assert "{" not in finding.message


def test_a_message_has_no_blank_where_its_definition_folds_a_line():
    messages = [
        text
        for form in FORMS.values()
        for rule in form.rules
        for text in (rule.message, *(case.message for case in rule.cases))
    ]

    assert [] == [text for text in messages if re.search(r"[，。；：、）] +[\u4e00-\u9fff（“]", text)]


def test_rules_that_look_at_what_is_blank_do_not_apply():
    form = FORMS["new_customer"]
    record = Record(form=form.id, values={"first_trade_on": "2026-03-05"})

    assert {"nc-within-one-month", "nc-no-trade-in-3-years"} == applied(record, form, facts_of())


def test_what_the_rules_counted_can_be_shown():
    trades = (
        Trade(on=date(2023, 3, 4), name=NEW["customer_name"]),
        Trade(on=date(2024, 5, 6), name=NEW["customer_name"], amount="1200.50"),
        Trade(on=date(2025, 5, 6), name=NEW["customer_name"], sample=True),
        Trade(on=date(2026, 3, 5), name=NEW["customer_name"], amount="9.00"),
    )
    form = FORMS["new_customer"]

    look = looked_at(Record(form=form.id, values=NEW), form, facts_of(past=past(*trades)))

    assert (date(2023, 3, 5), date(2026, 3, 5)) == (look.since, look.before)
    assert [1200.5] == [trade["amount"] for trade in look.trades]
    assert looked_at(Record(form="complaint", values={}), FORMS["complaint"], facts_of()) is None


NEW = {
    "customer_name": "华南实业（深圳）有限公司",
    "billing_name": "华南实业（深圳）有限公司",
    "first_trade_on": "2026-03-05",
    "monthly_amount": "5000.00",
    "development": "经老客户介绍，拜访三次。",
    "evaluation": "信用良好。",
    "support_needed": None,
}


def codes(values, **facts):
    form = FORMS["new_customer"]
    return [
        (f.code, f.severity.value)
        for f in assess(Record(form=form.id, values=values), form, facts_of(**facts))
    ]


def past(*trades, since=date(2020, 1, 1), until=date(2026, 3, 5), **more):
    return KnownPast(trades=trades, since=since, until=until, **more)


def test_a_new_customer_with_everything_in_order_has_no_finding():
    assert codes(NEW, past=past()) == []


def test_the_transactions_that_stand_against_it_are_listed():
    trades = (
        Trade(on=date(2024, 5, 6), name=NEW["customer_name"], amount="1200.50"),
        Trade(on=date(2025, 5, 6), name=NEW["customer_name"], sample=True),
    )
    form = FORMS["new_customer"]

    (finding,) = assess(Record(form=form.id, values=NEW), form, facts_of(past=past(*trades)))

    assert finding.severity is Severity.REJECT
    assert "有 1 笔" in finding.message
    assert "2024年5月6日 华南实业（深圳）有限公司 1200.5元" in finding.message


def test_without_a_history_nobody_is_passed():
    assert codes(NEW) == [("nc-no-trade-in-3-years", "refer")]


def test_names_are_compared_as_they_are_written():
    form = FORMS["new_customer"]
    here = Source(part="body", ref="B1")
    sources = {"billing_name": Reading(text=" 华南实业(深圳)有限公司", source=here)}
    record = Record(form=form.id, values=NEW, sources=sources)

    assert [(f.code, f.severity.value) for f in assess(record, form, facts_of(past=past()))] == [
        ("nc-name-is-billing-name", "note")
    ]


def test_an_earlier_recognition_is_referred():
    earlier = Earlier(number="XKH-2025-0001", on=date(2025, 1, 2), outcome="accept", values=NEW)

    assert codes(NEW, past=past(entries={"new_customer": (earlier,)})) == [
        ("nc-not-recognised-before", "refer")
    ]


def test_a_document_with_a_condition_is_made_where_it_is_true():
    form = FORMS["complaint"]
    made = [
        documents_for("registered", Record(form=form.id, values=values), form, facts_of())
        for values in ({"category": "quality"}, {"category": "service"}, {})
    ]

    assert made[0] == ("handling-complaint.docx", "reply-complaint.docx", "report-hse.docx")
    assert made[1] == made[2] == ("handling-complaint.docx", "reply-complaint.docx")
    assert documents_for("approved", Record(form=form.id, values={}), form, facts_of()) == ()
