from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from formflow.documents.templates.check import check_template
from formflow.forms.load import load_forms

ROOT = Path(__file__).parents[4]
FORMS = load_forms(ROOT / "schemas")
NAMED = sorted(
    {(id, name) for id, form in FORMS.items() for names in form.documents.values() for name in names}
)


def test_every_problem_of_a_template_is_found_at_once(template, form):
    path = template(
        "{{ custmer_name }}", "{% for f in findings %}{{ f.artcle }}{% endfor %}", "{{ entry.nubmer }}"
    )

    problems = [str(problem) for problem in check_template(path, form)]

    assert [
        "no field 'custmer_name' in form small; did you mean customer_name?",
        "no field 'artcle' in findings in form small; did you mean article?",
        "no field 'nubmer' in entry in form small; did you mean number?",
    ] == [problem.split("”: ")[1] for problem in problems]
    assert "t.docx: body, paragraph 1 “{{ custmer_name }}”" in problems[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{% for f in entry %}{{ f }}{% endfor %}", "is no list"),
        ("{{ findings.article }}", "loop over it"),
        ("{{ rows }}", "cannot be filled with a full sample"),
        ("{% for r in rows %}{{ r.custmer }}{% endfor %}", "did you mean customer?"),
        ("{{ amount.txt }}", "did you mean text?"),
        ("{{ findings[0].article }}", "cannot be filled with a blank sample"),
        ("{{ x", "is not closed"),
    ],
)
def test_what_would_fail_later_is_found_now(template, form, text, told):
    problems = check_template(template(text), form)

    assert [True] == [told in str(problem) for problem in problems]


@pytest.mark.parametrize(
    "text",
    ["{{ later|optional }}", "{% if later is defined %}有{% endif %}", "{{ rows|length }}{{ amount.boxes }}"],
)
def test_what_fits_has_no_problem(template, form, text):
    assert [] == check_template(template(text), form)


CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    "text",
    [
        *("{{ a", "{% if x %}", "{% endfro %}", "｛｛ a ｝｝", "{{ 1 + }}", "{% set a = 1 %}", "{{ rows }}", "{{ a|captal }}"),
        *("{{ findings[0].article }}", "{% for x in entry %}{{ x }}{% endfor %}", "{{tr a }}", "{% vm %}"),
        *("{% raw %}", "{% for a in b recursive %}{% endfor %}", "{{ _a }}", "{{ loop.index }}", "{{ 1 is nil }}"),
    ],
)  # fmt: skip
def test_every_problem_is_told_in_both_languages(template, form, text):
    problems = check_template(template(text), form)

    told = [(problem.message, *filter(None, [problem.remedy])) for problem in problems]
    assert told and all(CHINESE.search(said.chinese) for both in told for said in both)
    assert not any(CHINESE.search(said.english) for both in told for said in both if "｛" not in said.english)


def test_what_is_no_word_document_is_one_problem(tmp_path, form):
    path = tmp_path / "x.docx"
    path.write_bytes(b"no")

    assert ["x.docx"] == [problem.template for problem in check_template(path, form)]


@pytest.mark.parametrize(("form_id", "name"), NAMED)
def test_the_templates_that_ship_fit_the_forms_that_name_them(form_id, name):
    assert [] == [str(p) for p in check_template(ROOT / "templates" / name, FORMS[form_id])]


@pytest.mark.parametrize("form_id", sorted(FORMS))
@pytest.mark.parametrize("name", ["approval-generic.docx", "notice-returned.docx"])
def test_the_general_templates_fit_every_form(form_id, name):
    assert [] == [str(p) for p in check_template(ROOT / "templates" / name, FORMS[form_id])]


def test_the_templates_that_ship_are_what_their_script_writes(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import make_templates

    make_templates.main(tmp_path)

    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for name in (
        "layout",
        "layouts_common",
        "layouts_forms",
        "layouts_letters",
        "layouts_reports",
        "make_templates",
    ):
        sys.modules.pop(name, None)
    assert made == {path.name: path.read_bytes() for path in (ROOT / "templates").glob("*.docx")}
