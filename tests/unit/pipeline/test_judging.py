"""What becomes of a record before and after its rules."""

from __future__ import annotations

import pytest

from formflow.model import Candidate, Finding, Record, Severity
from formflow.pipeline.judging import judge


@pytest.fixture
def form(office):
    return office.context.forms["new_customer"]


@pytest.mark.parametrize("severity", [Severity.REFER, Severity.REJECT])
def test_a_form_that_lacks_something_takes_no_number_whatever_else_the_rules_say(form, severity):
    said = (
        Finding(code="a", severity=Severity.RETURN, message="评价过于简单"),
        Finding(code="b", severity=severity, message="逾期"),
    )
    values = {field.id: "x" for field in form.required()}
    candidate = Candidate(form=form.id, readings={}, position="body")
    record = Record(form=form.id, values=values, sources={}, position="body")
    judged = judge(candidate, record, (), form, word=None, assess=lambda: said)

    assert "return" == judged.fate
    assert said == judged.findings
