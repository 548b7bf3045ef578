"""What an expression mentions."""

from __future__ import annotations

import pytest

from formflow.rules.tokens import mentions


def members(source):
    return {(m.variable, m.member, m.guard) for m in mentions(source).members}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("record.a > 1", {("record", "a", "")}),
        ("record . a > 1", {("record", "a", "")}),
        ('record["a"] > 1', {("record", "a", "")}),
        ("record['a'] > 1", {("record", "a", "")}),
        ("has(record.a)", {("record", "a", "has")}),
        ("record.a == null", {("record", "a", "null")}),
        ("null != record.a", {("record", "a", "null")}),
        ("record.a.b.c == 1", {("record", "a", "")}),
        ("record.a.getHours() == 1", {("record", "a", "")}),
        ("'record.a' == x", set()),
        ('"say \\"record.a\\"" == x', set()),
        ("r'\\' + record.a", {("record", "a", "")}),
        ("'''record.a''' + record.b", {("record", "b", "")}),
        ("1 // record.a\n+ record.b", {("record", "b", "")}),
        ("x.record.a == 1", {("x", "record", "")}),
        ("f(record)", set()),
        ("record.rows.all(r, has(r.a))", {("record", "rows", ""), ("record.rows[]", "a", "has")}),
        ("f(1).map(t, t.a)", {("", "a", "")}),
    ],
)
def test_members_are_found_wherever_they_stand_and_nowhere_else(source, expected):
    assert members(source) == expected


def test_a_computed_name_is_told():
    assert mentions("record[parameters.field] == 1").loose == {"record"}
