"""What `formflow check` says of rules before any form arrives."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.forms.load import load_form
from formflow.rules.calendar import Calendar
from formflow.rules.check import check_rules

DEFINITION = """\
form: letter
title: 来信登记表
register: {series: LX, number: "{series}-{year}-{serial:04}"}
parameters: {days: 3}
fields:
  sent_on: {label: 来信日期, type: date}
  pages: {label: 页数, type: integer}
  rows: {label: 明细, type: rows, fields: {item: {label: 项目, type: text}}}
rules:
  - id: a-b
    article: 第一条
    holds: HOLDS
    shows: {SHOWS}
    else: {outcome: note, message: "MESSAGE"}
    examples:
      - EXAMPLE
"""


def problems(
    tmp_path: Path,
    holds="record.pages > 1",
    shows="",
    message="页数 {pages}",
    example="{given: {pages: 2}, expect: holds}",
):
    path = tmp_path / "letter.yaml"
    text = DEFINITION.replace("HOLDS", f"'{holds}'").replace("SHOWS", shows)
    path.write_text(text.replace("MESSAGE", message).replace("EXAMPLE", example), encoding="utf-8")
    return [str(problem) for problem in check_rules(load_form(path), Calendar())]


def test_a_right_rule_has_no_problem(tmp_path):
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"holds": "record.pges > 1"}, "record.pges is no field of letter; did you mean pages?"),
        ({"holds": 'record["pges"] > 1'}, "did you mean pages?"),
        ({"holds": "has(record.pges)"}, "did you mean pages?"),
        ({"holds": "values.pges > 1"}, "did you mean pages?"),
        ({"holds": "record.rows.all(r, r.itm == record.pages)"}, "record.rows[].itm is no field"),
        ({"holds": "parameters.dys > 1"}, "parameters.dys is no parameter; letter has days; did you mean days?"),
        ({"holds": "receipt.onn == today"}, "receipt.onn is no field"),
        ({"holds": "recrd.pages > 1"}, "no variable recrd"),
        ({"holds": "month_after(record.sent_on, 1) > today"}, "no function month_after; did you mean months_after?"),
        ({"holds": "record[values.pages] > 1"}, "with a computed name"),
        ({"holds": "record.rows.all(record, true)"}, "which is taken"),
        ({"holds": "record.pages >"}, "is no expression"),
        ({"holds": "record.pages > \"3\""}, "cannot be evaluated with a full sample"),
        ({"holds": "record.sent_on > 3"}, "cannot be evaluated with a full sample"),
        ({"holds": "record.pages"}, "expected true or false"),
        ({"message": "{pags}"}, "no field or `shows` {pags}; did you mean pages?"),
        ({"message": "{pages"}, "expected '}' before end of string"),
        ({"shows": "due: today"}, "shows.due stands in no message"),
        ({"shows": "due: tody", "message": "{due}"}, "no variable tody; expected parameters, receipt, record, today, values, written; did you mean today?"),
        ({"example": "{given: {pages: 1}, expect: holds}"}, "letter.yaml:16: rule a-b, example: expected holds, got note (页数 1)"),
        ({"example": "{given: {pages: 2}, expect: note}"}, "expected note, got holds"),
        ({"example": "{given: {pags: 2}, expect: holds}"}, "given.pags is not known; did you mean pages?"),
        ({"example": "{given: {pages: 2}, recieved: 2026-01-01, expect: holds}"}, "did you mean received?"),
        ({"example": "{given: {pages: 2}, expect: hold}"}, "expect: hold; expected one of holds, skip"),
        ({"example": "{given: {pages: 2}}"}, "expect: nothing"),
        ({"example": "{given: {sent_on: 2026-02-30}, expect: holds}"}, "not written as it should be"),
        ({"example": "{given: [], expect: holds}"}, "not written as it should be"),
        ({"example": "{given: {pages: '2'}, expect: holds}"}, "not written as it should be"),
        ({"example": "{given: {pages: 2}, received: soon, expect: holds}"}, "not written as it should be"),
        ({"example": "{given: {pages: 2}, history: [{on: 2026-01-01}], expect: holds}"}, "not written as it should be"),
        ({"example": "{given: {pages: 2}, history: 3, expect: holds}"}, "not written as it should be"),
        ({"example": "{given: {pages: 2}, taken: {a: mine}, expect: holds}"}, "not written as it should be"),
        ({"example": "{given: {pages: 2}, parameters: {dys: 2}, expect: holds}"}, "not written as it should be"),
    ],
)  # fmt: skip
def test_every_mistake_is_told_with_its_place_and_the_nearest_name(tmp_path, changed, said):
    found = problems(tmp_path, **changed)

    assert any(said in problem for problem in found), found
    assert all("letter.yaml:" in problem for problem in found)
