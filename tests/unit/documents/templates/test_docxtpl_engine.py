"""docxtpl as the second engine: its own features work, values come out whole, and nothing breaks out."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.shared import Mm
from docxtpl import DocxTemplate, Listing, RichText, RichTextParagraph
from tests.unit.documents.templates.test_against_docxtpl import CASES, png
from tests.unit.documents.visible import pictures, visible

from formflow.documents.templates.check import check_template
from formflow.documents.templates.display import Shown
from formflow.documents.templates.docxtpl_engine import DocxtplTemplate
from formflow.documents.templates.render import render_document, render_returned
from formflow.documents.templates.rich import Picture, Symbol
from formflow.documents.templates.template import Template
from formflow.errors import TemplateError
from formflow.model import Record


def filled(path, **context):
    return DocxtplTemplate.load(path).render(context)


def body(content):
    return visible(content)["word/document.xml"]


def said(path, form):
    return [str(problem) for problem in check_template(path, form)]


@pytest.fixture
def by_docxtpl(form):
    """The form whose template t.docx docxtpl fills."""
    return replace(form, documents={"registered": ("t.docx",)}, engines={"t.docx": "docxtpl"})


@pytest.mark.parametrize("name", [name for name in CASES if name != "InlineImage"])
def test_a_template_is_filled_as_docxtpl_fills_it(tmp_path, name):
    build, make = CASES[name]
    document = docx.Document()
    build(document)
    path = tmp_path / "t.docx"
    document.save(str(path))
    theirs = DocxTemplate(str(path))
    theirs.render(make(theirs), autoescape=True)
    theirs.save(str(tmp_path / "theirs.docx"))

    assert visible((tmp_path / "theirs.docx").read_bytes()) == visible(filled(path, **make(theirs)))


FEATURES = {
    "set": ("{% set total = 2 * 3 + n %}{{ total }}", "7"),
    "set block": ("{% set x %}甲{{ name }}{% endset %}{{ x }}乙", "甲a & <b>乙"),
    "namespace": ("{% set ns = namespace(sum=0) %}{% for i in range(4) %}{% set ns.sum = ns.sum + i %}{% endfor %}{{ ns.sum }}", "6"),
    "with": ("{% with x = '甲' %}{{ x }}{% endwith %}", "甲"),
    "macro": ("{% macro box(x, on=false) %}{{ '☑' if on else '☐' }}{{ x }}{% endmacro %}{{ box('甲', on=true) }}{{ box(name) }}", "☑甲☐a & <b>"),
    "call": ("{% macro m() %}〔{{ caller() }}〕{% endmacro %}{% call m() %}甲{% endcall %}", "〔甲〕"),
    "filter block": ("{% filter upper %}abc{% endfilter %}", "ABC"),
    "methods of a text": ("{{ name.upper() }}{{ ', '.join(['x', 'y']) }}{{ '{:.2f}'.format(1.5) }}", "A & <B>x, y1.50"),
    "methods of a value": ("{{ shown.split('-')[0] }}{{ shown.text[-2:] }}{{ shown['label'] }}", "202605日期"),
    "methods of a group": ("{% for k, v in group.items() %}{{ k }}={{ v }};{% endfor %}", "a=1;b=2;"),
    "lists that grow": ("{% set l = [] %}{% for i in range(3) %}{% set _ = l.append(i) %}{% endfor %}{{ l|join }}", "012"),
    "dictionaries": ("{{ {'a': '甲'}[k] }}{{ dict(a='乙').a }}", "甲乙"),
    "cycler": ("{% set c = cycler('甲', '乙') %}{% for i in range(3) %}{{ c.next() }}{% endfor %}", "甲乙甲"),
    "our filters": ("{{ 12000|大写金额 }}{{ '2026-03-05'|年月日 }}{{ '13800138000'|脱敏 }}{{ none|可空('无') }}", "人民币壹万贰仟元整2026年3月5日138****8000无"),
    "Jinja's filters": ("{{ [1, 2, 3, 4]|batch(2)|map('sum')|join('+') }}{{ 'a b'|title|center(7) }}{{ 1234567|filesizeformat }}", "3+7  A B  1.2 MB"),
    "recursive loop": ("{% for x in tree recursive %}{{ x.n }}{{ loop(x.of) }}{% endfor %}", "123"),
    "a name that is not there": ("{{ later|default('无') }}{% if later is defined %}有{% endif %}", "无"),
    "markup in a tag": ("{% if name == 'a & <b>' %}{{ 'x & y' }}{% endif %}", "x & y"),
    "yes, no and nothing": ("{{ true }}{{ false }}{{ none }}", "是否"),
}  # fmt: skip


@pytest.mark.parametrize("name", FEATURES)
def test_what_the_compiled_engine_does_not_take_is_filled(template, name):
    text, expected = FEATURES[name]
    values = {
        "name": "a & <b>",
        "n": 1,
        "k": "a",
        "shown": Shown(text="2026-03-05", value="2026-03-05", label="日期"),
        "group": {"a": 1, "b": 2},
        "tree": [{"n": 1, "of": [{"n": 2, "of": []}]}, {"n": 3, "of": []}],
    }

    assert [expected] == body(filled(template(text), **values))


def test_markup_control_characters_and_braces_in_values_come_out_whole_and_are_never_read_for_tags(template):
    def build(document):
        document.core_properties.title = "题 {{ x }}"
        document.sections[0].footer.paragraphs[0].text = "{{ x }}"

    value = "a & b <w:p> {{ y }} {% if %} {_{ 甲\x02乙 ”"
    dropped = []

    content = DocxtplTemplate.load(template("{{ x }}", build=build)).render({"x": value}, dropped=dropped)

    shown = value.replace("\x02", "")
    assert {"word/document.xml": [shown], "word/footer1.xml": [shown]} == visible(content)
    assert f"题 {shown}" == docx.Document(io.BytesIO(content)).core_properties.title
    assert {shown} == set(dropped)


def test_a_title_is_cut_where_word_cuts_it_and_stays_on_one_line(template):
    def build(document):
        document.core_properties.title = "{{ x }}"

    content = filled(template("{{ x }}", build=build), x="甲\f" * 200)

    assert ("甲 " * 200)[:255] == docx.Document(io.BytesIO(content)).core_properties.title


def with_footnotes(path):
    """A document of two sections with a footnote."""
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="2"><w:p><w:r><w:t>注 {{ x }}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    document = docx.Document()
    document.add_section()
    document.save(str(path))
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["word/footnotes.xml"] = notes.encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode()
    )
    rels = "word/_rels/document.xml.rels"
    members[rels] = members[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"'
        b' Target="footnotes.xml"/></Relationships>',
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def test_a_footnote_is_filled_once_however_many_sections_there_are(tmp_path):
    content = filled(with_footnotes(tmp_path / "t.docx"), x="{{ 7 * 7 }}")

    assert ["注 {{ 7 * 7 }}"] == visible(content)["word/footnotes.xml"]


def test_rows_cells_paragraphs_and_runs_repeat_and_give_way(template):
    def build(document):
        table = document.add_table(rows=3, cols=4)
        table.cell(0, 0).text = "{%tr for r in rows %}"
        for cell, text in zip(
            table.rows[1].cells, ("{{ r }}", "{%tc if yes %}", "有", "{%tc endif %}"), strict=True
        ):
            cell.text = text
        table.cell(2, 0).text = "{%tr endfor %}"

    content = filled(
        template("{%p if not yes %}", "无", "{%p endif %}", "甲{%r if yes %}乙{%r endif %}", build=build),
        rows=["一", "二"],
        yes=True,
    )

    assert [
        "甲乙",
        [[(["一"], "", "", ""), (["有"], "", "", "")], [(["二"], "", "", ""), (["有"], "", "", "")]],
    ] == body(content)


def test_rich_text_made_in_the_template_takes_any_value(template):
    path = template(
        "前{{r RichText(name, bold=true, color='C00000') }}后",
        "{% set t = R('甲') %}{% set _ = t.add(name, italic=true, style=name) %}{{r t }}",
        "{{p RP(name, parastyle='Quote') }}",
        "{{ Listing(name) }}{{r RichText('链', url_id=build_url_id('https://example.org/?a=1&b=2')) }}",
    )  # fmt: skip
    name = 'a & <b>" {_{ \x01\n行'

    content = filled(path, name=name)

    shown = 'a & <b>" {_{ \n行'
    assert [f"前{shown}后", f"甲{shown}", shown, f"{shown}链"] == body(content)
    document = docx.Document(io.BytesIO(content))
    assert [None, True, None] == [run.bold for run in document.paragraphs[0].runs if run.text.strip()]
    assert "Quote" == document.paragraphs[2].style.name
    assert any("?a=1&b=2" in link.target_ref for link in document.part.rels.values() if link.is_external)


def test_values_of_docxtpl_from_python_are_printed(template):
    rich = RichText("粗", bold=True)
    paragraph = RichTextParagraph("段", parastyle="Quote")

    content = filled(
        template("{{r rich }}", "{{p paragraph }}", "{{ list }}"),
        rich=rich,
        paragraph=paragraph,
        list=Listing("一\n二"),
    )

    assert ["粗", "段", "一\n二"] == body(content)


def test_pictures_stand_in_body_header_and_loops(template):
    def build(document):
        document.sections[0].header.paragraphs[0].text = "{{ seal }}"

    seal = Picture(data=png(), height_mm=7, description="章", link="https://example.org")
    bare = Picture(data=b"\xff\xd8" + JPEG, width_mm=10)

    content = filled(
        template("{{ seal }}{% for n in names %}{{ seal|wide(30) }}{{ n }}{% endfor %}{{ code }}{{ bare }}", build=build),
        seal=seal, names="甲乙", code=Symbol(text="FF:XKH"), bare=bare,
    )  # fmt: skip

    shapes = docx.Document(io.BytesIO(content)).inline_shapes
    assert [Mm(14), Mm(30), Mm(30), Mm(18), Mm(10)] == [shape.width for shape in shapes]
    assert [png()] * 3 == pictures(content)[:3]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"r:embed" in package.read("word/header1.xml")


JPEG = bytes.fromhex("ffc0000b080010002001011100") + b"\xff\xd9"
"""A frame header of 32 by 16 pixels, grey, with neither JFIF nor Exif before it."""


def test_a_picture_can_be_fixed_on_the_page(template):
    content = filled(template("{{ seal|at(23, 13) }}甲"), seal=Picture(data=png(), width_mm=20))

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        xml = package.read("word/document.xml").decode()
    assert "wp:anchor" in xml and f"<wp:posOffset>{Mm(23)}</wp:posOffset>" in xml and "wp:inline" not in xml
    assert ["甲"] == body(content)


def clause(folder, name="clause.docx", text="条款 & 第一条"):
    document = docx.Document()
    document.add_paragraph(text, style="List Number")
    document.add_table(rows=1, cols=2).cell(0, 1).text = "表"
    document.add_picture(io.BytesIO(png()))
    document.save(str(folder / name))


def test_a_subdocument_brings_its_text_tables_lists_and_pictures(template, tmp_path):
    clause(tmp_path)

    content = filled(template("前", "{{p new_subdoc('clause.docx') }}", "后"))

    assert ["前", "条款 & 第一条", [[([""], "", "", ""), (["表"], "", "", "")]], "", "后"] == body(content)
    assert [png()] == pictures(content)
    assert content == filled(template("前", "{{p new_subdoc('clause.docx') }}", "后"))


def test_a_subdocument_whose_tags_nobody_fills_is_refused(template, tmp_path):
    clause(tmp_path, text="{{ name }}")

    with pytest.raises(TemplateError, match=r"clause.docx: its tags would not be filled"):
        filled(template("{{p new_subdoc('clause.docx') }}"))


@pytest.mark.parametrize(
    "name",
    [
        "../other.docx",
        "/etc/passwd",
        "C:\\x.docx",
        "..",
        "clause.doc",
        ".hidden.docx",
        "link.docx",
        "a/b.docx",
    ],
)
def test_a_subdocument_is_a_file_of_the_templates_folder_and_no_other(template, tmp_path, name):
    clause(tmp_path.parent, "other.docx")
    (tmp_path / "link.docx").symlink_to(tmp_path.parent / "other.docx")

    with pytest.raises(TemplateError, match=r"is no name of a \.docx in the templates' folder") as error:
        filled(template("{{p new_subdoc(name) }}"), name=name)

    assert "t.docx: body, paragraph 1 “{{p new_subdoc(name) }}”" in str(error.value)


BREAKS = {
    "{{ ''.__class__ }}": "__class__ begins with an underscore",
    "{{ x['__class__'] }}": "__class__ begins with an underscore",
    "{{ x._private }}": "_private begins with an underscore",
    "{{ x|attr('__class__') }}": "is unsafe",
    "{{ [x]|map(attribute='__class__')|first }}": "is unsafe",
    "{{ '{0.__class__}'.format(x) }}": "is unsafe",
    "{{ x.format.__globals__ }}": "__globals__ begins with an underscore",
    "{{ new_subdoc.__self__ }}": "__self__ begins with an underscore",
    "{{ RichText('x').xml }}": "is unsafe",
    "{{ seal.data }}": "is unsafe",
    "{{ range(10**9)|list }}": "Range too big",
    "{{ 10**(10**10) }}": "too large",
    "{{ 'x' * 10**9 }}": "too large",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "recursion",
    "{% for a in l recursive %}{{ loop(l) }}{% endfor %}": "recursion",
    "{% include '/etc/passwd' %}": "other files cannot be loaded",
    "{% import 'os' as os %}": "other files cannot be loaded",
    "{% extends 'x' %}": "other files cannot be loaded",
    "{% autoescape false %}{{ x }}{% endautoescape %}": "values are always escaped",
    "{{ x|safe }}": "No filter named 'safe'",
    "{{ l|random }}": "No filter named 'random'",
    "{{ lipsum() }}": "no value 'lipsum'",
    "{{ l }}": "cannot be printed",
    "{{ x.upper }}": "cannot be printed",
    "{{ nowhere }}": "no value 'nowhere'",
}  # fmt: skip


@pytest.mark.parametrize("text", BREAKS)
def test_a_template_that_tries_to_break_out_is_refused_with_its_place(template, text):
    with pytest.raises(TemplateError) as error:
        filled(template("第一段 {{ x }}", text), x="xx", l=[1], seal=Picture(data=png()))

    assert "t.docx: body, paragraph 2 “" in str(error.value)
    assert BREAKS[text] in str(error.value)


def test_a_document_does_not_grow_without_bounds(template):
    with pytest.raises(TemplateError, match=r"t\.docx: body, .*grows beyond 50000000 characters"):
        filled(template("{% for i in range(90000) %}{{ x * 1000 }}{% endfor %}"), x="x")


def test_text_that_a_broken_structure_would_lose_is_an_error(template):
    def build(document):
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text = "{% if yes %}甲"
        document.add_paragraph("乙{% endif %}")

    with pytest.raises(TemplateError, match="not well-formed"):
        filled(template(build=build), yes=False)


def test_what_a_template_changes_in_its_context_stays_with_it(template):
    rows = [{"a": 1}]

    filled(template("{% set _ = rows.append(2) %}{% set _ = rows[0].update(a=2) %}"), rows=rows)

    assert [{"a": 1}] == rows


def test_the_same_values_give_the_same_bytes_in_every_process(template, tmp_path):
    clause(tmp_path)
    path = template("{{ x }}{{p new_subdoc('clause.docx') }}", "{{ seal }}")
    program = (
        "import sys, hashlib, pathlib; from formflow.documents.templates.docxtpl_engine import DocxtplTemplate as T;"
        "from formflow.documents.templates.rich import Symbol;"
        "c = T.load(pathlib.Path(sys.argv[1])).render({'x': '甲', 'seal': Symbol(text='A')});"
        "print(hashlib.sha256(c).hexdigest())"
    )

    def elsewhere():
        return subprocess.run(
            [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
        ).stdout.strip()

    content = filled(path, x="甲", seal=Symbol(text="A"))
    assert [hashlib.sha256(content).hexdigest()] * 2 == [elsewhere(), elsewhere()]


def test_a_form_says_which_engine_fills_its_template(template, by_docxtpl, form, entry, settings):
    path = template(
        "{% set n = entry.number %}{{ n }} {{ customer_name.strip() }}", "{{ step.leader.title }}"
    )

    assert ["XB-2026-0001 甲<公司>", "主管领导"] == body(render_document(path, entry, by_docxtpl, settings))
    with pytest.raises(TemplateError, match="set engine: docxtpl"):
        render_document(path, entry, form, settings)
    record = Record(form=form.id, values=entry.values)
    returned = render_returned(
        template("{% set n = 1 %}{{ n }}"), record, (), by_docxtpl, entry.receipt, settings
    )
    assert ["1"] == body(returned)


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("{{ custmer_name }}", "table 1 R1C2 “{{ custmer_name }}”", "did you mean customer_name?"),
        ("{% set x = entry.nubmer %}{{ x }}", "table 1 R1C2", "did you mean number?"),
        ("{{ customer_name.upper() }}{{ custmer_name.upper() }}", "table 1 R1C2", "did you mean customer_name?"),
        ("{% for f in findings %}{{ f.artcle }}{% endfor %}", "table 1 R1C2", "did you mean article?"),
        ("{{ customer_name|captal }}", "table 1 R1C2", "No filter named 'captal'"),
        ("{{ customer_name ! }}", "table 1 R1C2", "unexpected char '!'"),
        ("{% for f in findings %}", "", "write {% endfor %}"),
        ("{{ customer_name", "table 1 R1C2", "unexpected"),
        ("{% set x = 1 / 0 %}", "table 1 R1C2", "cannot be filled with a full sample"),
        ("{{ findings[0].article }}", "", "cannot be filled with a blank sample"),
    ],
)  # fmt: skip
def test_a_check_names_each_problem_with_its_place(template, by_docxtpl, text, place, told):
    def build(document):
        document.add_table(rows=1, cols=2).cell(0, 1).text = text

    problems = said(template("{{ customer_name }}", build=build), by_docxtpl)

    assert [True] == [told in problem for problem in problems]
    assert place in problems[0]


def test_what_fits_has_no_problem(template, by_docxtpl):
    path = template(
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(customer_name) }}{% set a = amount|float * 2 %}{{ a }}"
    )

    assert [] == said(path, by_docxtpl)


def test_tags_in_parts_that_docxtpl_does_not_fill_are_told(tmp_path, by_docxtpl):
    path = with_footnotes(tmp_path / "t.docx")
    content = path.read_bytes()
    path.write_bytes(content)

    assert ["no field 'x' in form small"] == [p.split("”: ")[1].split(";")[0] for p in said(path, by_docxtpl)]


@pytest.mark.parametrize(
    "text",
    ["{% set x = 1 %}", "{{ customer_name.upper() }}", "{{ 1 + 1 }}", "{% macro m() %}{% endmacro %}", "{{ 'x'|center(9) }}",
     "{% with x = 1 %}{% endwith %}", "{% if 1 is odd or 1 is lower %}{% endif %}", "{{ {'a': 1} }}"],
)  # fmt: skip
def test_the_compiled_engine_names_the_tag_that_only_docxtpl_takes(template, form, text):
    with pytest.raises(TemplateError) as error:
        Template.load(template(text))

    assert "paragraph 1" in str(error.value) and "set engine: docxtpl" in str(error.value)


def test_what_neither_engine_takes_is_not_promised(template):
    with pytest.raises(TemplateError) as error:
        Template.load(template("{% include 'x' %}"))

    assert "docxtpl" not in str(error.value)


def test_what_is_no_word_document_is_one_problem(tmp_path, by_docxtpl):
    path = tmp_path / "t.docx"
    path.write_bytes(b"no")

    assert 1 == len(said(path, by_docxtpl))


def test_docxtpl_is_loaded_only_where_it_is_asked_for():
    program = "import sys, formflow.documents.templates.check; print('docxtpl' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "False" == done.stdout.strip()
