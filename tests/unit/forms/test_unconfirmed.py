"""What a person must confirm of values that were recognised from pixels."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from formflow.forms.load import load_forms
from formflow.forms.schema import validate
from formflow.model import Candidate, Reading, Source

_FORM = load_forms(Path("schemas"))["new_customer"]


def _codes(field, text, *, medium, sure, form=_FORM):
    place = Source(part="page 1", ref="table 1 R1C2", box=(0, 0, 9, 9), medium=medium)
    reading = Reading(text=text, source=place, confidence=sure)
    record, findings = validate(Candidate(form=form.id, readings={field: reading}), form)
    assert field in record.values
    return [finding.code for finding in findings if finding.field == field]


@pytest.mark.parametrize(("field", "text"), [("first_trade_on", "2026-03-05"), ("credit_limit", "1,200.00")])
def test_days_and_amounts_on_a_standard_fax_always_wait(field, text):
    assert ["coarse-fax"] == _codes(field, text, medium="fax-standard", sure=1.0)
    assert [] == _codes(field, text, medium="fax-fine", sure=1.0)


def test_a_name_on_a_standard_fax_passes_where_it_is_sure():
    assert [] == _codes("contact", "李明", medium="fax-standard", sure=0.97)


@pytest.mark.parametrize(("sure", "expected"), [(0.79, ["low-confidence"]), (0.8, [])])
def test_a_value_below_the_threshold_stands_with_its_finding(sure, expected):
    assert expected == _codes("contact", "李明", medium="scan", sure=sure)


def test_a_form_sets_its_own_threshold():
    strict = replace(_FORM, confidence=0.95)

    assert ["low-confidence"] == _codes("contact", "李明", medium="scan", sure=0.9, form=strict)
