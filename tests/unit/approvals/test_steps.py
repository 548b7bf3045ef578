"""Whose turn it is and how an approval ends."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from formflow.approvals.steps import Standing, standing
from formflow.forms.spec import Form, Register, Step
from formflow.store.decisions import Decision

FORM = Form(
    id="f",
    title="表",
    fields=(),
    register=Register(series="X", number="X-{serial}"),
    approval=(Step(role="sales_manager"), Step(role="leader")),
)


def taken(*decisions):
    at = datetime(2026, 3, 5, tzinfo=UTC)
    return [
        Decision(number="X-1", step=n, role="r", decision=decision, by="李明", at=at, comment="")
        for n, decision in enumerate(decisions)
    ]


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ((), Standing(next=0, event=None)),
        (("approve",), Standing(next=1, event=None)),
        (("approve", "approve"), Standing(next=None, event="approved")),
        (("reject",), Standing(next=None, event="rejected")),
        (("approve", "reject"), Standing(next=None, event="rejected")),
        (("approve", "return"), Standing(next=None, event="returned")),
    ],
)
def test_an_approval_goes_on_until_all_approve_or_one_does_not(decisions, expected):
    assert expected == standing(FORM, taken(*decisions))


def test_a_form_without_steps_has_nothing_to_decide():
    form = Form(id="f", title="表", fields=(), register=FORM.register)

    assert Standing(next=None, event=None) == standing(form, ())
