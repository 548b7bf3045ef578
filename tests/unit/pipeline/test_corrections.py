"""What persons said about a record, applied to what was read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from formflow.errors import UsageError
from formflow.model import Candidate, Finding, Reading, Severity, Source
from formflow.pipeline.corrections import (
    check_field,
    corrected,
    is_accepted,
    last_decision,
    places_of,
    reading_at,
)
from formflow.store.reviews import Review, ReviewAction

AT = datetime(2026, 3, 5, tzinfo=UTC)


def review(action, field=None, new=None):
    return Review(record="r", action=ReviewAction(action), by="李明", at=AT, field=field, new=new)


def reading(text):
    return Reading(text=text, source=Source(part="body", ref="table 1 R1C2"))


@pytest.fixture
def plan(office):
    form = office.context.forms["visit_plan"]
    doubts = tuple(
        Finding(code="unsure", severity=Severity.RETURN, message="不清", field=field)
        for field in ("salesperson", "date")
    )
    read = Candidate(
        form=form.id,
        readings={"salesperson": reading("李日月"), "date": reading("3月5日")},
        rows={"rows": ({"customer": reading("甲公司")},)},
        doubts=doubts,
    )
    return read, form


def test_the_last_decision_holds_until_a_field_is_corrected():
    assert last_decision([review("accept"), review("return")]).action is ReviewAction.RETURN
    assert is_accepted([review("set", "date", "x"), review("accept")])
    assert last_decision([review("accept"), review("set", "date", "x")]) is None
    assert last_decision([]) is None


def test_a_correction_takes_the_place_of_what_was_read_and_settles_its_doubts(plan):
    read, form = plan
    made = corrected(read, [review("set", "salesperson", "李明"), review("set", "date")], form)

    assert "李明" == made.readings["salesperson"].text
    assert "date" not in made.readings
    assert () == made.doubts
    assert "李日月" == read.readings["salesperson"].text


def test_a_cell_of_the_forms_own_table_is_corrected_by_its_row_and_column(plan):
    read, form = plan
    made = corrected(
        read, [review("set", "rows.0.customer", "乙公司"), review("set", "rows.1.customer", "丙公司")], form
    )

    assert ["乙公司", "丙公司"] == [row["customer"].text for row in made.rows["rows"]]
    assert "甲公司" == reading_at(read, "rows.0.customer").text


@pytest.mark.parametrize("name", ["salesman", "rows", "rows.5.customer", "rows.0.nobody", "rows.x.customer"])
def test_a_field_that_the_form_does_not_have_is_refused(plan, name):
    with pytest.raises(UsageError) as refused:
        check_field(name, *plan)

    assert "no-such-field" == refused.value.code


def test_every_field_of_a_form_has_a_place_and_a_table_one_for_each_cell(plan):
    names = [name for name, _ in places_of(*plan)]

    assert "salesperson" in names and "rows.0.customer" in names
    assert "rows" not in names
