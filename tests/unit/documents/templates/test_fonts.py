from __future__ import annotations

import pytest
from docx.oxml.ns import qn

from formflow.documents.templates import fonts
from formflow.documents.templates.check import check_template


def in_font(name):
    def build(document):
        run = document.add_paragraph("甲").add_run("乙 {{ customer_name }}")
        run.font.name = "Arial"
        run._r.rPr.rFonts.set(qn("w:eastAsia"), name)

    return build


@pytest.fixture(autouse=True)
def nothing_but_songti_is_installed(monkeypatch):
    monkeypatch.setattr(fonts, "installed", lambda: frozenset({"思源宋体"}))


@pytest.mark.parametrize("name", ["仿宋_GB2312", "fangsong", "宋体", "思源宋体"])
def test_a_font_of_the_office_or_of_this_machine_is_no_problem(template, form, name):
    assert [] == check_template(template(build=in_font(name)), form)


def test_a_missing_font_is_told_with_the_first_paragraph_that_asks_for_it(template, form):
    problems = check_template(template(build=in_font("方正小标宋_GBK")), form)

    assert ["body, paragraph 1 “甲乙 {{ customer_name }}”"] == [str(problem.place) for problem in problems]
    assert "font '方正小标宋_GBK' is missing" in str(problems[0].message)
    assert not problems[0].fatal


def test_a_font_written_almost_right_is_told_with_the_right_one(template, form):
    problems = check_template(template(build=in_font("仿宋GB2312")), form)

    assert ["did you mean 仿宋_GB2312?"] == [str(problem.remedy) for problem in problems]


def test_a_font_of_a_style_is_told_with_the_style(template, form):
    def build(document):
        document.styles["Quote"].font.name = "Nosuch Sans"

    problems = check_template(template("文", build=build), form)

    assert ["styles, style Quote “”"] == [str(problem.place) for problem in problems]
