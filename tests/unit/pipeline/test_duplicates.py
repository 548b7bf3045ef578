"""The same form in another file is asked about; another form is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formflow.model import RecordState
from formflow.pipeline.decisions import review
from formflow.pipeline.duplicates import is_same
from formflow.store.reviews import ReviewAction

COMPLAINT = {
    "投诉日期": "2026年3月3日",
    "客户名称": "佛山市宏达化工有限公司",
    "产品名称": "树脂",
    "记录人": "李明",
    "投诉类别": "交货",
    "投诉内容": "到货延误",
}


def form_of(**more):
    labels = COMPLAINT | more
    return ("客户投诉记录,\n" + "".join(f"{label},{value}\n" for label, value in labels.items())).encode()


def codes(record):
    return [finding.code for finding in record.findings]


def test_the_same_form_in_another_file_waits_and_names_the_entry(office):
    office.drop("a.csv", form_of())
    again = office.drop("b.csv", form_of(联系电话="0757-22330168")).records[0]

    assert (RecordState.REVIEW, ["likely-duplicate"]) == (again.state, codes(again))
    assert "TS-2026-0001" in again.findings[0].message and "TS-2026-0001" in again.findings[0].english
    assert ["TS-2026-0001"] == office.numbers()


def test_what_a_person_says_is_another_one_takes_a_number_with_a_note(office):
    office.drop("a.csv", form_of())
    again = office.drop("b.csv", form_of(投诉内容="又到货延误")).records[0]
    accepted = review(again.id, ReviewAction.ACCEPT, office.context, by="李明").records[0]

    assert "TS-2026-0002" == accepted.number
    assert ["note"] == [f.severity.value for f in accepted.findings if f.code == "likely-duplicate"]


@pytest.mark.parametrize(
    "differs", [{"投诉日期": "2026年3月4日"}, {"产品名称": "助剂"}, {"客户名称": "江门市德威化工有限公司"}]
)
def test_another_day_product_or_customer_is_another_complaint(office, differs):
    office.drop("a.csv", form_of())
    office.drop("b.csv", form_of(**differs))

    assert ["TS-2026-0001", "TS-2026-0002"] == office.numbers()


@pytest.mark.parametrize("written", ["TS-2026-0001", "ts－2026－1"])
def test_a_form_that_bears_a_number_of_its_own_register_is_asked_about(office, written):
    office.drop("a.csv", form_of())
    again = office.drop("b.csv", form_of(投诉编号=written, 投诉日期="2026年3月5日")).records[0]

    assert ["likely-duplicate"] == codes(again)
    assert "表上写有 TS-2026-0001" in again.findings[0].message


def test_a_day_that_has_not_come_yet_waits_and_is_taken_when_a_person_says_so(office):
    waits = office.drop("a.csv", form_of(投诉日期="2026年3月6日")).records[0]
    accepted = review(waits.id, ReviewAction.ACCEPT, office.context, by="李明").records[0]

    assert (RecordState.REVIEW, ["future-day"]) == (waits.state, codes(waits))
    assert "2026-03-06" == office.store.register.find(accepted.number).values["received_on"]


def test_a_void_entry_is_no_duplicate(office):
    office.drop("a.csv", form_of())
    office.store.register.void("TS-2026-0001", reason="误登", by="李明", at=office.now)
    office.drop("b.csv", form_of(联系电话="0757-22330168"))

    assert ["TS-2026-0001", "TS-2026-0002"] == office.numbers()


def test_two_copies_in_one_file_are_one_entry_and_a_question(office):
    both = form_of() + b"\n\n" + form_of(联系电话="0757-22330168")
    records = office.drop("两份.csv", both).records

    assert [RecordState.REGISTERED, RecordState.REVIEW] == [record.state for record in records]
    assert ["likely-duplicate"] == codes(records[1])


def test_without_an_identity_only_all_values_together_tell(office):
    form = replace(office.context.forms["complaint"], identity=())
    one = {"customer_name": "甲", "product": "树脂"}

    assert is_same(form, one, dict(one))
    assert not is_same(form, one, one | {"product": "助剂"})
    assert not is_same(form, {}, {})
