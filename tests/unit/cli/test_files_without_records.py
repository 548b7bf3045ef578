"""A file that waits without a record: what is told of it, and how a clerk gets rid of it."""

from __future__ import annotations

import pytest

EMPTY = "客户投诉记录,,,\n投诉日期,,客户名称,\n产品名称,,记录人,\n投诉类别,□质量 □交货,投诉内容,\n"


@pytest.fixture
def empty(line):
    """An empty complaint form that somebody dropped; the id it waits under."""
    (line.folder / "空表.csv").write_text(EMPTY, encoding="utf-8")
    line.run("process", str(line.folder / "空表.csv"))
    (waits,) = line.lines("review", "list")
    return waits["record"]


@pytest.mark.parametrize("format", ["docx", "xlsx", "pdf"])
@pytest.mark.parametrize("form", ["new_customer", "fax_in", "visit_plan"])
def test_an_issued_blank_that_nobody_filled_in_says_so(line, form, format):
    blank = line.folder / f"blank.{format}"
    line.run("blank", form, "--format", format, "-o", str(blank))
    line.run("process", str(blank))
    (waits,) = line.lines("review", "list")

    assert ("unfilled-form", [form]) == (waits["waits"], waits["unfilled"])


@pytest.mark.parametrize(
    ("lang", "told"),
    [("zh", "空白表，未填写：客户投诉记录"), ("en", "an empty form, nothing was found filled in")],
)
def test_an_empty_form_is_told_in_the_list_and_when_it_is_shown(line, empty, lang, told):
    assert told in line.run("review", "list", lang=lang).out
    assert told in line.run("review", "show", empty, lang=lang).out


def test_an_empty_form_can_be_discarded_once(line, empty):
    assert 0 == line.run("review", "discard", empty, "--why", "空表").status
    again = line.run("review", "discard", empty)

    assert [] == line.lines("review", "list")
    assert 2 == again.status


@pytest.mark.parametrize("action", ["accept", "return"])
def test_what_an_empty_form_does_not_allow_is_refused_with_the_way_out(line, empty, action):
    refused = line.run("review", action, empty)

    assert 2 == refused.status
    assert f"review set {empty} form" in refused.err


def test_saying_what_form_an_empty_form_is_tells_that_it_holds_nothing(line, empty):
    said = line.run("review", "set", empty, "form", "complaint")

    assert "nothing was found filled in" in said.out


def test_a_file_that_is_no_form_can_be_shown_and_discarded(line):
    (line.folder / "信.csv").write_text("各位同事：\n明天开会。\n", encoding="utf-8")
    line.run("process", str(line.folder / "信.csv"))
    (waits,) = line.lines("review", "list")
    shown = line.run("review", "show", waits["record"], lang="zh").out

    assert "没有认出表单" in shown
    assert f"review discard {waits['record']}" in shown
    assert 0 == line.run("review", "discard", waits["record"]).status
    assert [] == line.lines("review", "list")
