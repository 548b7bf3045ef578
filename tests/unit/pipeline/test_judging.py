"""What becomes of a record before and after its rules."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from formflow.model import (
    Candidate,
    Finding,
    Outcome,
    Reading,
    Record,
    RecordState,
    Severity,
    Source,
)
from formflow.pipeline.jobs.read import ReadRecord
from formflow.pipeline.judging import MISSING, judge
from formflow.store.reviews import Review, ReviewAction

DOUBT = Finding(
    code="unsure", severity=Severity.RETURN, message="字迹不清", english="hard to read", field="contact"
)
LACK = Finding(code=MISSING, severity=Severity.RETURN, message="缺少客户名称", field="customer_name")


@pytest.fixture
def form(office):
    return office.context.forms["new_customer"]


@pytest.fixture
def read(form):
    """A record of that form with everything filled in; a row of a log where it has a row, with what was found."""

    def make(*found, row=None, without=()):
        values = {field.id: "x" for field in form.required() if field.id not in without}
        candidate = Candidate(
            form=form.id,
            readings={"contact": Reading(text="华甫", source=Source(part="body", ref="table 1 R1C2"))},
            position="body",
            row=row,
        )
        return ReadRecord(candidate, Record(form=form.id, values=values, position="body"), tuple(found))

    return make


def said(action):
    at = datetime(2026, 3, 5, tzinfo=UTC)
    return Review(record="r", action=ReviewAction(action), by="李明", at=at, why="已电话核实")


def no_rules():
    raise AssertionError("the rules are asked of a whole record only")


@pytest.mark.parametrize("severity", [Severity.REFER, Severity.REJECT])
def test_a_form_that_lacks_something_takes_no_number_whatever_else_the_rules_say(form, read, severity):
    told = (
        Finding(code="a", severity=Severity.RETURN, message="评价过于简单"),
        Finding(code="b", severity=severity, message="逾期"),
    )
    judged = judge(read(), form, word=None, assess=lambda: told)

    assert RecordState.RETURNED is judged.state
    assert told == judged.findings


@pytest.mark.parametrize(
    ("severity", "outcome"),
    [
        (Severity.NOTE, Outcome.ACCEPT),
        (Severity.REFER, Outcome.REFER),
        (Severity.REJECT, Outcome.REJECT),
    ],
)
def test_what_the_rules_say_of_a_whole_record_is_its_outcome_and_it_is_registered(
    form, read, severity, outcome
):
    told = (Finding(code="a", severity=severity, message="逾期"),)
    judged = judge(read(), form, word=None, assess=lambda: told)

    assert (RecordState.REGISTERED, outcome, told) == (judged.state, judged.outcome, judged.findings)


@pytest.mark.parametrize(
    ("found", "row", "state"),
    [
        ((LACK,), None, RecordState.RETURNED),
        ((LACK,), 3, RecordState.REVIEW),
        ((DOUBT,), None, RecordState.REVIEW),
        ((DOUBT, LACK), None, RecordState.REVIEW),
        ((DOUBT,), 3, RecordState.REVIEW),
    ],
)
def test_a_doubt_waits_for_a_person_and_a_form_that_only_lacks_something_goes_back(
    form, read, found, row, state
):
    judged = judge(read(*found, row=row), form, word=None, assess=no_rules)

    assert (state, Outcome.RETURN, found) == (judged.state, judged.outcome, judged.findings)


def test_a_person_may_discard_a_record_or_send_it_back_with_their_reason(form, read):
    discarded = judge(read(DOUBT), form, word=said("discard"), assess=no_rules)
    returned = judge(read(DOUBT), form, word=said("return"), assess=no_rules)

    assert (RecordState.DISCARDED, (DOUBT,)) == (discarded.state, discarded.findings)
    assert RecordState.RETURNED is returned.state
    assert ["unsure", "returned"] == [finding.code for finding in returned.findings]
    assert "李明" in returned.findings[-1].message and "已电话核实" in returned.findings[-1].english


def test_an_accepted_doubt_is_a_note_that_names_who_accepted_it_and_the_words_of_the_paper(form, read):
    judged = judge(read(DOUBT), form, word=said("accept"), assess=lambda: ())

    (note,) = judged.findings
    assert (RecordState.REGISTERED, Severity.NOTE) == (judged.state, note.severity)
    assert "李明" in note.message and "华甫" in note.message and "华甫" in note.english


def test_what_is_required_stays_missing_though_a_person_accepts_the_record(form, read):
    judged = judge(read(DOUBT, without=("customer_name",)), form, word=said("accept"), assess=no_rules)

    assert RecordState.RETURNED is judged.state
    assert [("unsure", "contact"), ("missing", "customer_name")] == [
        (finding.code, finding.field) for finding in judged.findings
    ]
