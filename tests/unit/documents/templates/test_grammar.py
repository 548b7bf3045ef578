from __future__ import annotations

import pytest

from formflow.documents.templates.template import Template
from formflow.errors import TemplateError


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ a.b() }}", "a call"),
        ("{{ ''.join(a) }}", "a call"),
        ("{{ a.__class__ }}", "underscore"),
        ("{{ a['__class__'] }}", "underscore"),
        ("{{ _a }}", "underscore"),
        ("{{ 'a' * 9 }}", "Mul"),
        ("{{ 9 ** 9 }}", "Pow"),
        ("{% set a = 1 %}", "{% set %}"),
        ("{% include 'x' %}", "{% include %}"),
        ("{% import 'x' as y %}", "{% import %}"),
        ("{% extends 'x' %}", "{% extends %}"),
        ("{% macro m() %}{% endmacro %}", "{% macro %}"),
        ("{% filter upper %}{% endfilter %}", "{% filter %}"),
        ("{% for a in b recursive %}{% endfor %}", "recursive"),
        ("{{ a|attr('x') }}", "no filter 'attr'"),
        ("{{ a|captal }}", "did you mean capital?"),
        ("{{ a is callable }}", "no test 'callable'"),
        ("{{ self }}", "self is not allowed"),
        ("{{ a|safe }}", "no filter 'safe'"),
        ("{{ '%1000000d'|format(a) }}", "no filter 'format'"),
        ("{% for n in range(a) %}{% endfor %}", "a call"),
        ("{% for n in range(99999) %}{% endfor %}", "a call"),
    ],
)
def test_only_names_filters_comparisons_if_and_for_are_allowed(template, text, told):
    with pytest.raises(TemplateError) as error:
        Template.load(template(text))

    assert told in str(error.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ a", "is not closed"),
        ("{% if a %}", "write {% endif %}"),
        ("{% for a in b %}{% endfro %}", "did you mean endfor?"),
        ("｛｛ a ｝｝", "half-width"),
        ("{{ a ｝}", "full-width braces ｝}"),
        ("{%p if a %}{%p endif %}", "two tags"),
        ("{%tr for a in b %}", "stands in no table"),
        ("{% vm %}", "stands in no table"),
        ("{{tr a }}", "cannot be a value"),
        ("{% raw %}{{ a }}{% endraw %}", "{% raw %} is not allowed"),
        ("{{ a \ufdd0 }} \ufdd1", "U+FDD0"),
    ],
)
def test_a_wrong_tag_is_told_with_its_place_and_a_remedy(template, text, told):
    with pytest.raises(TemplateError) as error:
        Template.load(template("第一段", text))

    assert "t.docx: body, paragraph 2" in str(error.value)
    assert told in str(error.value)


def test_every_problem_is_told_at_once(template):
    with pytest.raises(TemplateError) as error:
        Template.load(template("{{ a", "｛｛ b ｝｝"))

    assert ["body, paragraph 1", "body, paragraph 2"] == [
        line.split(": ")[1].split(" “")[0] for line in error.value.message.english.splitlines()
    ]


@pytest.mark.parametrize("name", ["items", "keys", "values", "get"])
def test_a_key_is_found_before_any_method_of_the_same_name(template, name):
    content = Template.load(template(f"{{% if a.{name} == 1 %}}有{{% endif %}}")).render({"a": {name: 1}})

    assert b"PK" == content[:2]


@pytest.mark.parametrize("expression", ["a.items", "a.text.upper", "l.append", "l.index"])
def test_no_method_of_a_value_can_be_reached(template, expression):
    with pytest.raises(TemplateError, match="no value"):
        Template.load(template(f"{{{{ {expression} }}}}")).render({"a": {"text": "x"}, "l": [1]})


def test_text_beside_a_row_tag_is_told_but_not_fatal(template):
    def build(document):
        table = document.add_table(rows=2, cols=2)
        table.cell(0, 0).text = "{%tr if a %}"
        table.cell(0, 1).text = "丢失"
        table.cell(1, 0).text = "{%tr endif %}"

    problems = Template.load(template(build=build)).problems

    assert [("“丢失” stands beside {%tr … %} and is lost", False)] == [
        (str(p.message), p.fatal) for p in problems
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{{ l|map(attribute='__class__')|list|join }}",
        "{{ l|selectattr('__class__')|list|length }}",
        "{{ l|sort(attribute='__class__')|length }}",
        "{{ l|sum(attribute='__class__') }}",
        "{{ l|max(attribute='__class__') }}",
        "{{ l|map('attr', '__class__')|list|length }}",
    ],
)
def test_filters_that_look_up_attributes_find_nothing_of_an_object(template, text):
    with pytest.raises(TemplateError):
        Template.load(template(text)).render({"l": ["a", "b"]})
