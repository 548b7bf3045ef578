"""Expressions: sandboxed, bounded, with errors of ours."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from formflow.errors import CalendarError
from formflow.rules.language import MAX_ITEMS, MAX_LENGTH, ExpressionError, compile


def value(source, functions=None, **variables):
    return compile(source).evaluate(variables, functions or {})


DAY = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("record.day <= later", True),
        ("later - record.day > duration('23h')", True),
        ("record.amount >= 1000", True),
        ("record.count == 3.0", True),
        ("has(record.none)", True),
        ("record.none == null", True),
        ("has(record.other)", False),
        ("has(record.other) && record.other > 1", False),
        ("record.name + '（深圳）'", "华南（深圳）"),
        ("record.list.filter(x, x > 1).map(x, x * 2)", [4, 6]),
        ("later.getDate()", 6),
    ],
)
def test_days_amounts_names_and_nulls_compare_as_they_should(source, expected):
    record = {"day": DAY, "amount": 1000.0, "count": 3, "none": None, "name": "华南", "list": [1, 2, 3]}

    assert value(source, record=record, later=datetime(2026, 3, 6, tzinfo=UTC)) == expected


@pytest.mark.parametrize(
    "source", ["1 +", "", "'a", "a.b.", "f(", "/* a */ 1", "(" * 900 + ")" * 900, "a ? b", "import os"]
)
def test_what_is_no_expression_is_refused(source):
    with pytest.raises(ExpressionError):
        compile(source)


@pytest.mark.parametrize(
    "source",
    [
        "record.missing > 1",
        "record.name > 1",
        "nothing",
        "unknown(1)",
        "1 / 0",
        "9223372036854775807 + 1",
        "int('x')",
        "record.name.matches('(')",
        "[1][5]",
    ],
)
def test_what_cannot_be_evaluated_is_an_error_of_ours(source):
    with pytest.raises(ExpressionError):
        value(source, record={"name": "甲"})


@pytest.mark.parametrize(
    "source",
    [
        "__import__('os')",
        "record.__class__",
        "open('/etc/passwd')",
        "().__class__",
        "eval('1')",
        "record.name.__len__()",
    ],
)
def test_nothing_of_python_can_be_reached(source):
    with pytest.raises(ExpressionError):
        value(source, record={"name": "甲"})


def test_an_expression_has_a_longest_length():
    compile("1" + " " * (MAX_LENGTH - 1))

    with pytest.raises(ExpressionError, match="characters"):
        compile("1" + " " * MAX_LENGTH)


@pytest.mark.parametrize(
    "source",
    ["a.map(x, a.map(y, x))", "a.all(x, a.exists(y, y == x))", "a.filter(x, (a.map(y, y).size() > 1))"],
)
def test_a_loop_inside_a_loop_is_refused(source):
    with pytest.raises(ExpressionError, match="inside a loop"):
        compile(source)


def test_loops_one_after_another_are_fine():
    assert value("a.filter(x, x > 1).map(x, x + 1).exists(x, x == 4)", a=[1, 2, 3]) is True


@pytest.mark.parametrize(
    "source",
    [
        "size(record.rows.map(a, record.rows).map(b, b + b + b + b).map(c, c + c + c + c)) > 0",
        "[l].map(z, z+z+z+z+z+z+z+z+z+z)[0].map(z, z+z+z+z+z+z+z+z+z+z)[0].map(z, z+z)[0].size() > 0",
        "[[[l].map(z, z+z+z+z+z+z)[0]].map(z, z+z+z+z+z+z)[0]].map(z, z+z+z+z+z+z)[0].size() > 0",
        "[l].map(z, [z,z,z,z,z,z,z]).map(z, [z,z,z,z,z,z,z]).map(z, [z,z,z,z,z,z,z]).size() > 0",
        "trades.map(t, trades_of(record)).map(t, t + t).size() > 0",
    ],
)
def test_maps_that_could_fill_the_memory_are_refused_before_anything_is_evaluated(source):
    with pytest.raises(ExpressionError) as raised:
        compile(source)

    assert "too-much" == raised.value.code


def test_a_map_that_writes_its_elements_out_is_fine():
    compile(
        "a.map(t, text(t.date) + ' ' + t.name + (t.amount == null ? '' : ' ' + text(t.amount) + '元')).size()"
    )


def test_what_an_expression_is_given_is_bounded():
    with pytest.raises(ExpressionError, match="items"):
        value("record.rows.size()", record={"rows": [1] * (MAX_ITEMS + 1)})
    with pytest.raises(ExpressionError, match="characters"):
        value("record.text.size()", record={"text": "x" * 200_001})


def test_a_hostile_pattern_costs_no_time():
    started = time.perf_counter()

    assert value("text.matches('^(a+)+$')", text="a" * 5000 + "!") is False
    with pytest.raises(ExpressionError):
        value("text.matches('(.{1,900}){1,900}')", text="a" * 5000)
    assert time.perf_counter() - started < 2


def test_an_error_of_a_function_keeps_its_type_and_is_not_printed(capfd):
    def fails(_):
        raise CalendarError("no 2099")

    with pytest.raises(CalendarError):
        value("f(1) == 2 || true", {"f": fails})
    with pytest.raises(ExpressionError):
        value("f(1, 2) == null", {"f": lambda one: one})
    assert capfd.readouterr() == ("", "")


def test_an_expression_tells_what_it_uses():
    expression = compile("has(record.a) && f(record.b) && rows.all(r, r.c > today)")

    assert expression.variables == {"record", "rows", "today"}
    assert expression.functions == {"f"}
