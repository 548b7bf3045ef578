from __future__ import annotations

import io

import docx
import pytest
from tests.unit.documents.visible import W, visible

from formflow.documents.templates.annotate import annotate
from formflow.documents.templates.check import check_template
from formflow.errors import TemplateError


def test_each_problem_stands_as_a_comment_on_its_paragraph(template, form):
    def build(document):
        document.add_table(rows=1, cols=2).cell(0, 1).text = "{{ amont }}"
        document.sections[0].header.paragraphs[0].text = "{{ entry.nubmer }}"

    path = template("好 {{ customer_name }}", "｛｛ area ｝｝", build=build)
    problems = check_template(path, form)

    document = docx.Document(io.BytesIO(annotate(path.read_bytes(), problems)))

    texts = {}
    for paragraph in document.element.body.iter(f"{W}p"):
        for start in paragraph.iter(f"{W}commentRangeStart"):
            comment = document.comments.get(int(start.get(f"{W}id")))
            texts[comment.text] = "".join(t.text for t in paragraph.iter(f"{W}t"))
    assert {
        "no field 'amont' in form small; did you mean amount?": "{{ amont }}",
        "full-width braces ｛｛; switch to half-width input and write {{ }} or {% %}": "｛｛ area ｝｝",
        "header 1, paragraph 1 “{{ entry.nubmer }}”: no field 'nubmer' in entry in form small;"
        " did you mean number?": "好 {{ customer_name }}",
    } == texts


def test_the_copy_says_what_the_template_says(template, form):
    path = template("{{ amont }}", "文")

    assert visible(path.read_bytes()) == visible(annotate(path.read_bytes(), check_template(path, form)))


def test_what_is_no_word_document_cannot_be_annotated():
    with pytest.raises(TemplateError, match="not a Word document"):
        annotate(b"no", [])
