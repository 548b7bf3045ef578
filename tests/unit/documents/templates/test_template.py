from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import docx
import pytest
from docxtpl import DocxTemplate

from formflow.documents.templates.template import Template
from formflow.errors import TemplateError


def texts(content: bytes) -> list[object]:
    """Paragraph texts, tables as lists of rows of cells, then the header's paragraphs."""
    document = docx.Document(io.BytesIO(content))
    shown: list[object] = []
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            shown += [[docx.table._Cell(cell, block).text for cell in row._tr.tc_lst] for row in block.rows]
        else:
            shown.append(block.text)
    return [*shown, [p.text for section in document.sections for p in section.header.paragraphs]]


def split_runs(document):
    paragraph = document.add_paragraph("甲 {{")
    paragraph.add_run(" na")
    paragraph.add_run("me }").bold = True
    paragraph.add_run("} 乙 {% if yes")
    paragraph.add_run(" %}是{% else %}否{% en")
    paragraph.add_run("dif %}{# note #}。{_{ 字面 }_}")
    document.sections[0].header.paragraphs[0].text = "编号 {{ name }}"


def paragraphs(document):
    for text in (
        "{%p for r in rows %}",
        "{{ loop.index }}、{{ r.name }}",
        "{%p endfor %}",
        "{%p if no %}",
        "没有",
        "{%p endif %}",
        "{% if yes %}",
        "跨段",
        "{% endif %}",
        "“{{ name if name == “甲” else ‘乙’ }}”",
        "{% for c in cells %}{{ c }}{% if not loop.last %}、{% endif %}{% endfor %}",
        "{{ many }}",
        "并入",
        "{%- if yes %}前段{% endif %}",
    ):
        document.add_paragraph(text)


def tables(document):
    table = document.add_table(rows=4, cols=3)
    for row, texts_ in enumerate(
        (
            ("{%tc for c in cells %}", "{{ c }}", "{%tc endfor %}"),
            ("{%tr for r in rows %}", "", ""),
            ("{% vm %}合并", "{{ r.name }}", "{% cellbg r.colour %}{{ loop.index }}"),
            ("{%tr endfor %}", "", ""),
        )
    ):
        for column, text in enumerate(texts_):
            table.cell(row, column).text = text
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "{% colspan 2 %}宽"
    cell = table.cell(1, 0)
    cell.text = "{%p if no %}"
    cell.add_paragraph("没有")
    cell.add_paragraph("{%p endif %}")


def runs(document):
    paragraph = document.add_paragraph("前{%r if yes %}")
    paragraph.add_run("粗").bold = True
    paragraph.add_run("{%r endif %}后")


CONTEXT = {
    "name": "甲&<乙>",
    "yes": True,
    "no": False,
    "rows": [{"name": "一", "colour": "FF0000"}, {"name": "二", "colour": "00FF00"}],
    "cells": ["子", "丑", "寅"],
    "many": "第一行\n第二行\t制表",
}


@pytest.mark.parametrize("build", [split_runs, paragraphs, tables, runs])
def test_a_template_shows_what_docxtpl_would_show(template, build):
    path = template(build=build)
    reference = DocxTemplate(path)
    reference.render(CONTEXT, autoescape=True)
    out = io.BytesIO()
    reference.save(out)

    assert texts(out.getvalue()) == texts(Template.load(path).render(CONTEXT))


def test_a_tag_keeps_the_format_of_the_run_it_begins_in_and_the_rest_keeps_its_own(template):
    def build(document):
        paragraph = document.add_paragraph("{{ na")
        paragraph.add_run("me }}后").bold = True

    content = Template.load(template(build=build)).render({"name": "甲"})

    shown = [(run.text, run.bold) for run in docx.Document(io.BytesIO(content)).paragraphs[0].runs]
    assert [("甲", None), ("后", True)] == shown


def test_a_value_with_lines_in_a_paragraph_tag_becomes_a_paragraph_each(template):
    content = Template.load(template("{{p text }}")).render({"text": "一\n\n二"})

    assert ["一", "二", [""]] == texts(content)


def test_control_characters_are_taken_out_and_reported(template):
    dropped: list[str] = []

    content = Template.load(template("{{ a }}")).render({"a": "甲\x01\x0b乙\ufffe\ud800"}, dropped=dropped)

    assert (["甲\n乙", [""]], ["甲\x0b乙"]) == (texts(content), dropped)


def test_an_unknown_name_says_where_and_what_is_near(template):
    path = template("一", "{{ entry.number }}")

    with pytest.raises(TemplateError) as error:
        Template.load(path).render({"entry": {"nmber": "1"}})

    assert "t.docx: body, paragraph 2 “{{ entry.number }}”" in error.value.message.english
    assert "did you mean nmber?" == error.value.remedy.english


def test_a_fault_in_a_table_is_named_by_row_and_cell(template):
    def build(document):
        table = document.add_table(rows=2, cols=2)
        table.cell(1, 1).text = "{{ a.b }}"

    with pytest.raises(TemplateError, match="body, table 1 R2C2"):
        Template.load(template(build=build)).render({"a": {}})


def test_a_list_cannot_be_printed(template):
    with pytest.raises(TemplateError, match="loop over it"):
        Template.load(template("{{ a }}")).render({"a": [1]})


def test_an_optional_name_may_be_missing(template):
    path = template("{{ a|optional }}{{ b.c|optional('—') }}")

    assert ["—", [""]] == texts(Template.load(path).render({"b": {}}))


def test_a_loop_that_ends_at_another_level_is_refused(template):
    def build(document):
        document.add_paragraph("{% for a in b %}")
        document.add_table(rows=1, cols=1).cell(0, 0).text = "{% endfor %}"

    with pytest.raises(TemplateError, match="well-formed"):
        Template.load(template(build=build)).render({"b": [1, 2]})


def test_a_document_that_grows_without_bound_is_refused(template):
    path = template(
        "{% for a in b %}{% for c in b %}{% for d in b %}"
        + "字" * 100
        + "{% endfor %}{% endfor %}{% endfor %}"
    )

    with pytest.raises(TemplateError, match="grows beyond"):
        Template.load(path).render({"b": list(range(200))})


def test_names_are_those_the_context_must_hold(template):
    path = template(
        "{{ a.b }}{% for f in fs %}{{ f.x }}{{ loop.index }}{% endfor %}{% if c|optional %}{% endif %}"
    )

    assert {"a.b", "fs", "fs[].x", "c"} == Template.load(path).names()


def test_untouched_members_stay_as_they_were_compressed(template):
    path = template("{{ a }}")
    with zipfile.ZipFile(path) as archive:
        before = {i.filename: (i.CRC, i.compress_size) for i in archive.infolist()}

    with zipfile.ZipFile(io.BytesIO(Template.load(path).render({"a": 1}))) as archive:
        after = {i.filename: (i.CRC, i.compress_size) for i in archive.infolist()}

    assert set(before) == set(after)
    assert {"word/document.xml"} == {name for name in before if before[name] != after[name]}


def test_the_same_context_gives_the_same_bytes_in_another_process(template):
    path = template("{{ a }}")
    program = (
        "import sys, hashlib, pathlib; from formflow.documents.templates.template import Template;"
        "print(hashlib.sha256(Template.load(pathlib.Path(sys.argv[1])).render({'a': '甲'})).hexdigest())"
    )

    digests = {subprocess.check_output([sys.executable, "-c", program, str(path)]) for _ in range(2)}

    assert 1 == len(digests)


def test_a_template_is_compiled_once_for_the_same_content(template):
    path = template("{{ a }}")

    assert Template.load(path) is Template.load(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"plain text"])
def test_what_is_no_word_document_is_refused_by_name(tmp_path, content):
    path = tmp_path / "x.docx"
    path.write_bytes(content)

    with pytest.raises(TemplateError, match=r"x\.docx: not a Word document"):
        Template.load(path)


def test_a_missing_template_is_refused_by_name(tmp_path):
    with pytest.raises(TemplateError, match=r"none\.docx"):
        Template.load(tmp_path / "none.docx")
