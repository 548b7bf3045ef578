"""Whatever paper, definitions and examples hold: findings or a SchemaError, never a crash."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formflow.errors import SchemaError
from formflow.forms.load import load_form, load_forms
from formflow.forms.schema import validate
from formflow.forms.spec import FieldType
from formflow.model import Candidate, Mark, Outcome, Reading, Receipt, Record, Source
from formflow.rules.assess import assess
from formflow.rules.calendar import Calendar
from formflow.rules.decide import decide
from formflow.rules.facts import Facts
from formflow.rules.language import ExpressionError, compile
from formflow.rules.periods import due_on, months_after

FORMS = load_forms(Path(__file__).parents[2] / "schemas")
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
HERE = Source(part="body", ref="R1C1")

texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "无", "同上", "2026年3月5日", "3月5日", "1.2万元", "☑质量 □服务", "12.5吨", "李明 2026.3.6", "请填写", "0755-26881234", "〃"]
    ),
)  # fmt: skip
natives = st.one_of(
    st.none(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.decimals(),
    st.times(),
)
readings = st.builds(
    Reading,
    text=texts,
    source=st.just(HERE),
    confidence=st.floats(0, 1),
    label=texts,
    value=natives,
    mark=st.sampled_from(Mark),
    problem=st.sampled_from(["", "", "", "error-value", "conflict"]),
)


def candidates(form):
    fields = [field.id for field in form.fields if field.type is not FieldType.ROWS]
    columns = [column.id for column in form.rows_field.fields] if form.rows_field else []
    rows = (
        st.lists(st.dictionaries(st.sampled_from(columns), readings), max_size=3) if columns else st.just([])
    )
    return st.builds(
        lambda found, rows, year, row: Candidate(
            form=form.id,
            readings=found,
            rows={form.rows_field.id: tuple(rows)} if form.rows_field else {},
            year=year,
            row=row,
        ),
        st.dictionaries(st.sampled_from(fields), readings),
        rows,
        st.sampled_from([None, 2026]),
        st.sampled_from([None, 0]),
    )


def facts(received=date(2026, 3, 9)):
    at = datetime(received.year, received.month, received.day, tzinfo=UTC)
    return Facts(receipt=Receipt(at=at, name="a.docx"), today=received, calendar=Calendar())


@pytest.mark.parametrize("id", FORMS)
@given(data=st.data())
@settings(QUICK, max_examples=25)
def test_any_candidate_becomes_a_record_and_any_record_an_outcome(id, data):
    form = FORMS[id]
    candidate = data.draw(candidates(form))

    record, found = validate(candidate, form)
    findings = (*found, *assess(record, form, facts()))

    assert set(record.values) <= {field.id for field in form.fields}
    assert all(finding.message and finding.code for finding in findings)
    assert not [finding for finding in findings if finding.code == "rule-error"]
    assert decide(findings) in Outcome


@given(start=st.dates(date(1990, 1, 1), date(2090, 1, 1)), months=st.integers(-60, 60))
@QUICK
def test_a_period_ends_on_its_day_or_the_last_of_a_shorter_month(start, months):
    end = months_after(start, months)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@given(start=st.dates(date(2005, 1, 1), date(2026, 10, 1)))
@QUICK
def test_a_shift_never_shortens_a_period_and_ends_on_a_working_day(start):
    calendar = Calendar()
    end = due_on(start, months=1, calendar=calendar)

    assert end >= due_on(start, months=1, calendar=None)
    assert calendar.is_working(end)


@given(first=st.dates(date(2025, 1, 1), date(2026, 8, 1)), days=st.integers(-40, 60))
@QUICK
def test_an_application_is_rejected_exactly_after_its_due_day(first, days):
    form = FORMS["new_customer"]
    received = first + timedelta(days=days)
    record = Record(form=form.id, values={"first_trade_on": first.isoformat()})

    late = "nc-within-one-month" in {finding.code for finding in assess(record, form, facts(received))}

    assert late == (received > due_on(first, months=1, calendar=Calendar()))


@given(source=st.text(alphabet="record.ab()[]{}'\"|&=!<>+-*/ 0123,?:\n", max_size=60))
@QUICK
def test_any_text_is_an_expression_or_refused(source):
    try:
        expression = compile(source)
        expression.evaluate({"record": {"a": 1}}, {})
    except ExpressionError:
        pass


SCHEMA = (Path(__file__).parents[2] / "schemas" / "complaint.yaml").read_text(encoding="utf-8")
LINES = SCHEMA.splitlines()


@given(
    at=st.integers(0, len(LINES) - 1),
    change=st.sampled_from(["drop", "null", "list", "number", "dedent", "twice", "noise"]),
    noise=st.text(alphabet="abc:{}[]-&*!'\" 012甲#", max_size=12),
)
@settings(QUICK, max_examples=40)
def test_a_spoilt_definition_is_loaded_or_refused(tmp_path_factory, at, change, noise):
    line = LINES[at]
    key = line.partition(":")[0]
    spoilt = {
        "drop": [],
        "null": [f"{key}:"],
        "list": [f"{key}: [1, null]"],
        "number": [f"{key}: 012"],
        "dedent": [line.lstrip()],
        "twice": [line, line],
        "noise": [line + noise],
    }[change]
    path = tmp_path_factory.mktemp("s") / "complaint.yaml"
    path.write_text("\n".join([*LINES[:at], *spoilt, *LINES[at + 1 :]]), encoding="utf-8")

    try:
        form = load_form(path)
    except SchemaError as error:
        assert "complaint.yaml" in error.message.english
    else:
        assert form.id == "complaint"
