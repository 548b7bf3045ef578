"""A day behind the day of receipt is asked about, unless the definition says that it may be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from formflow.forms.future import future_days
from formflow.forms.load import load_forms

FORMS = load_forms(Path("schemas"))
TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("form", "values", "asked"),
    [
        ("complaint", {"received_on": "2026-03-05"}, []),
        ("complaint", {"received_on": "2026-03-06"}, ["received_on"]),
        ("complaint", {"received_on": "2028-03-05"}, ["received_on"]),
        ("visit_plan", {"date": "2026-03-06", "submitted_at": "2026-03-05T23:59"}, []),
        ("visit_plan", {"submitted_at": "2026-03-06T08:10"}, ["submitted_at"]),
        ("follow_up", {"last_on": "2026-03-06", "next_on": "2026-04-01"}, ["last_on"]),
        ("fax_out", {"head": {"present": True, "name": "李明", "date": "2026-03-07"}}, ["head"]),
        ("fax_out", {"head": {"present": True, "name": "李明", "date": None}}, []),
        ("complaint", {"received_on": None}, []),
    ],
)
def test_a_day_that_cannot_have_come_yet_is_asked_about(form, values, asked):
    found = future_days(values, FORMS[form], TODAY)

    assert asked == [finding.field for finding in found]
    assert all("2026-03-05" in finding.message and finding.english for finding in found)
