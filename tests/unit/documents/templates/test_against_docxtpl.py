"""Every feature of docxtpl, filled by docxtpl and by us: the same visible text."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing, RichText, RichTextParagraph
from tests.unit.documents.visible import pictures, visible

from formflow.documents.templates.template import Template
from formflow.errors import TemplateError

Make = Callable[[DocxTemplate], dict[str, Any]]


def png(width: int = 4, height: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def paragraphs(*texts: str) -> Callable[[Document], None]:
    def build(document: Document) -> None:
        for text in texts:
            document.add_paragraph(text)

    return build


def table(*rows: tuple[str, ...]) -> Callable[[Document], None]:
    def build(document: Document) -> None:
        made = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    return build


def broken_runs(document: Document) -> None:
    paragraph = document.add_paragraph()
    for piece in ("甲{", "{ na", "me ", "}", "} 乙 {", "% if yes %", "}是{% else %}否{% end", "if %", "}。"):
        paragraph.add_run(piece).bold = len(piece) % 2 == 0


def escaped_delimiters(document: Document) -> None:
    for delimiter in ("{_%", "%_}", "{_{", "}_}"):
        document.add_paragraph(f"左{delimiter}右")
    document.add_paragraph("{a_{hello")


def header_and_footer(document: Document) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = "页眉 {{ name }} {% if yes %}是{% endif %}"
    section.footer.paragraphs[0].text = "页脚 {% for r in rows %}{{ r.name }}，{% endfor %}"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "首页 {{ company }}"
    document.add_paragraph("{{ name }}")


def styled(document: Document) -> None:
    paragraph = document.add_paragraph("前{{r rich }}后{{ name }}")
    paragraph.runs[0].bold = True
    document.add_paragraph("{%r if yes %}有{%r endif %}无")


def nested_table(document: Document) -> None:
    outer = document.add_table(rows=3, cols=2)
    outer.cell(0, 0).text = "{%tr for r in rows %}"
    outer.cell(1, 0).text = "{{ r.name }}"
    inner = outer.cell(1, 1).add_table(rows=3, cols=1)
    inner.cell(0, 0).text = "{%tr for i in r.items_ %}"
    inner.cell(1, 0).text = "{{ i }}"
    inner.cell(2, 0).text = "{%tr endfor %}"
    outer.cell(1, 1).add_paragraph("完")
    outer.cell(2, 0).text = "{%tr endfor %}"


def inside_a_cell(document: Document) -> None:
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "{%p for r in rows %}"
    cell.add_paragraph("{{ loop.index }}/{{ loop.length }} {{ r.name }}{% if not loop.last %}；{% endif %}")
    cell.add_paragraph("{%p endfor %}")
    cell.add_paragraph("完")


def plain(**values: Any) -> Make:
    return lambda _: values


ROWS = [{"name": "甲", "items_": ["一", "二"], "n": 3}, {"name": "乙", "items_": [], "n": 12}]
COMMON: dict[str, Any] = {"name": "张三", "yes": True, "no": False, "rows": ROWS, "company": "华南实业"}

CASES: dict[str, tuple[Callable[[Document], None], Make]] = {
    "values and conditions": (
        paragraphs(
            "{{ name }}",
            "{{name}}，{{ rows[0].name }}，{{ rows[1]['name'] }}",
            "{% if no %}一{% elif yes %}二{% else %}三{% endif %}",
            "{{ '有' if yes else '无' }}",
            "{% if rows and not no and name == '张三' %}甲{% endif %}",
            "{% if 'a' < 'b' %}小{% endif %}{% if rows|length >= 2 %}多{% endif %}",
            "{% if name in ['张三', '李四'] %}在{% endif %}",
            "{{ name ~ '先生' }}",
        ),
        plain(**COMMON),
    ),
    "smart quotes": (paragraphs("{% if name == “张三” %}是{% endif %}{{ ‘甲’ }}"), plain(**COMMON)),
    "runs that Word broke": (broken_runs, plain(**COMMON)),
    "braces to be printed": (escaped_delimiters, plain()),
    "comments": (
        paragraphs("甲{# 注 #}乙", "{#p 整段 #}", "丙", "{# 含 {{ name }} #}丁"),
        plain(**COMMON),
    ),
    "paragraph loops": (
        paragraphs(
            "{%p for r in rows %}",
            "{{ loop.index }}. {{ r.name }}",
            "{%p if r.items_ %}",
            "{%p for i in r.items_ %}",
            "  {{ i }}",
            "{%p endfor %}",
            "{%p else %}",
            "  无",
            "{%p endif %}",
            "{%p endfor %}",
        ),
        plain(**COMMON),
    ),
    "a loop over whole paragraphs": (
        paragraphs("始{% for r in rows %}", "段 {{ r.name }}", "{% endfor %}终"),
        plain(**COMMON),
    ),
    "a loop in a line": (
        paragraphs("{% for r in rows %}{{ r.name }}{% if not loop.last %}、{% endif %}{% endfor %}。"),
        plain(**COMMON),
    ),
    "a loop with a condition": (
        paragraphs("{% for r in rows if r.n > 5 %}{{ loop.index }}{{ r.name }}{% else %}无{% endfor %}"),
        plain(**COMMON),
    ),
    "an empty loop": (
        paragraphs("{% for r in empty %}{{ r }}{% else %}没有{% endfor %}"),
        plain(empty=[]),
    ),
    "numbers of a range": (paragraphs("{% for i in range(1, 4) %}{{ i }}{% endfor %}"), plain()),
    "pairs": (
        paragraphs("{% for a, b in pairs %}{{ a }}={{ b }};{% endfor %}", "{{ pairs[0][1] }}"),
        plain(pairs=[("甲", 1), ("乙", 2)]),
    ),
    "paragraphs joined": (
        paragraphs(
            "我住在{% if yes -%}", "城里", "{%- else -%}", "乡下", "{%- endif %}，很好。", "{{ name }}"
        ),
        plain(**COMMON),
    ),
    "blanks taken away within a paragraph": (
        paragraphs("甲 {%- if yes %} 乙 {% endif -%} 丙", "丁 {{- name -}} 戊", "己"),
        plain(**COMMON),
    ),
    "paragraphs of tags joined": (
        paragraphs(
            "My house is located",
            "{%- if no -%}",
            " in urban area",
            "{%- else -%}",
            " in countryside",
            "{%- endif -%}",
            " and I love it.",
            "next",
        ),
        plain(**COMMON),
    ),
    "loops within loops merged": (
        table(
            ("{%tr for i in range(2) %}", "", ""),
            ("{%tr for j in range(3) %}", "", ""),
            ("{% vm %}{{ i }}", "{{ j }}", "x{{ loop.index }}"),
            ("{%tr endfor %}", "", ""),
            ("{%tr endfor %}", "", ""),
        ),
        plain(),
    ),
    "table rows": (
        table(
            ("序号", "名称"),
            ("{%tr for r in rows %}", ""),
            ("{{ loop.index }}", "{{ r.name }}"),
            ("{%tr endfor %}", ""),
            ("合计", "{{ rows|length }}"),
        ),
        plain(**COMMON),
    ),
    "table rows under a condition": (
        table(("{%tr if no %}", ""), ("甲", "乙"), ("{%tr endif %}", ""), ("丙", "{{ name }}")),
        plain(**COMMON),
    ),
    "nested loops in a row": (
        table(
            ("{%tr for r in rows %}", ""),
            ("{{ r.name }}", "{% for i in r.items_ %}{{ i }}{% if not loop.last %}，{% endif %}{% endfor %}"),
            ("{%tr endfor %}", ""),
        ),
        plain(**COMMON),
    ),
    "rows within rows": (
        table(
            ("{%tr for r in rows %}", ""),
            ("{{ r.name }}", "总"),
            ("{%tr for i in r.items_ %}", ""),
            ("", "{{ i }}"),
            ("{%tr endfor %}", ""),
            ("{%tr endfor %}", ""),
        ),
        plain(**COMMON),
    ),
    "table cells": (
        table(
            ("名", "{%tc for r in rows %}", "{{ r.name }}", "{%tc endfor %}"),
            ("数", "{%tc for r in rows %}", "{{ r.n }}", "{%tc endfor %}"),
        ),
        plain(**COMMON),
    ),
    "a table made of values": (
        table(
            ("", "{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"),
            ("{%tr for l in lines %}", "", "", ""),
            ("{{ l.label }}", "{%tc for v in l.values_ %}", "{{ v }}", "{%tc endfor %}"),
            ("{%tr endfor %}", "", "", ""),
        ),
        plain(
            columns=["水果", "蔬菜", "石头"],
            lines=[
                {"label": "黄", "values_": ["蕉", "椒", "黄铁"]},
                {"label": "红", "values_": ["果", "茄", "朱砂"]},
            ],
        ),
    ),
    "colours of cells": (
        table(
            ("{%tr for r in rows %}", ""),
            ("{% cellbg r.bg %}{{ r.t }}", "文"),
            ("{%tr endfor %}", ""),
        ),
        plain(rows=[{"bg": "FF0000", "t": "急"}, {"bg": "8888FF", "t": "缓"}]),
    ),
    "spans": (
        table(("{% colspan n %}{{ name }}", "乙"), ("丙", "丁")),
        plain(n=2, name="甲"),
    ),
    "vertical merging": (
        table(
            ("{%tr for r in rows %}", ""),
            ("{{ r.name }}", "{% vm %}{{ company }}"),
            ("{%tr endfor %}", ""),
        ),
        plain(**COMMON),
    ),
    "horizontal merging": (
        table(
            ("{%tc for r in rows %}", "{% hm %}标题", "{%tc endfor %}"),
            ("{%tc for r in rows %}", "{{ r.name }}", "{%tc endfor %}"),
        ),
        plain(**COMMON),
    ),
    "paragraphs in a cell": (inside_a_cell, plain(**COMMON)),
    "tables in a cell": (nested_table, plain(**COMMON)),
    "header and footer": (header_and_footer, plain(**COMMON)),
    "markup in values": (
        paragraphs("{{ name }}，{{ name|e }}，{{ rows[0] }}", "{% if name == '<b>' %}x{% endif %}"),
        plain(name="a<b & \"c\" 'd' > e", rows=["&amp;"]),
    ),
    "lines, tabs, paragraphs and pages in a text": (
        paragraphs("始{{ text }}终", "末"),
        plain(text="一\n二\t三\a另一段\n续\f另一页"),
    ),
    "Listing": (
        paragraphs("{{ listing }}"),
        plain(listing=Listing("一\n二 <&>\a三\t四")),
    ),
    "RichText": (
        styled,
        lambda _: {"rich": _mixed(), **COMMON},
    ),
    "RichText of several paragraphs": (
        paragraphs("甲{{r rich }}乙"),
        plain(rich=RichText("一\n二\a三\f四", size=20)),
    ),
    "RichText under a condition": (
        paragraphs("{%p if rich %}", "{{r rich }}", "{%p endif %}"),
        plain(rich=RichText("有", style="Strong")),
    ),
    "RichTextParagraph": (
        paragraphs("前", "{{p rich }}", "后"),
        lambda _: {"rich": _styled_paragraphs()},
    ),
    "InlineImage": (
        paragraphs("图{{ image }}后", "{% for r in rows %}{{ r.image }}{{ r.name }}{% endfor %}"),
        lambda template: {
            "image": InlineImage(template, io.BytesIO(png()), width=Mm(20)),
            "rows": [
                {"name": n, "image": InlineImage(template, io.BytesIO(png(n)), height=Mm(9))} for n in (5, 6)
            ],
        },
    ),
    "filters": (
        paragraphs(
            "{{ t|upper }}{{ t|lower }}{{ t|title }}{{ t|capitalize }}{{ ' x '|trim }}",
            "{{ missing|default('无') }}{{ ''|d('空', true) }}",
            "{{ n|round(1) }}{{ n|int }}{{ '3'|int }}{{ -3|abs }}",
            "{{ l|join(', ') }}{{ l|first }}{{ l|last }}{{ l|length }}{{ l|sort|join('') }}{{ l|sum }}",
            "{{ t|replace('b', 'z') }}{{ l|reverse|list|join }}",
            "{% for k, v in d|dictsort %}{{ k }}{{ v }}{% endfor %}{% for k, v in d|items %}{{ k }}{{ v }}{% endfor %}",
            "{{ o|map(attribute='n')|join('+') }}{{ o|selectattr('n', 'gt', 1)|map(attribute='n')|join }}",
        ),
        plain(t="aBc d", n=3.14159, l=[3, 1, 2], d={"b": 1, "a": 2}, o=[{"n": 1}, {"n": 2}]),
    ),
    "kept blanks": (paragraphs("  a {{ name }}  b  {% if yes %} c {% endif %} d "), plain(**COMMON)),
}


def _mixed() -> RichText:
    rich = RichText("粗", bold=True)
    rich.add("<斜>\n行\t列", italic=True, color="#ff0000", font="宋体")
    return rich


def _styled_paragraphs() -> RichTextParagraph:
    rich = RichTextParagraph()
    rich.add("第一段", parastyle="Quote")
    mixed = RichText("粗", bold=True)
    mixed.add("细")
    rich.add(mixed, parastyle="List Bullet")
    return rich


WITH_VALUES_OF_DOCXTPL = frozenset(
    (
        "Listing",
        "RichText",
        "RichText of several paragraphs",
        "RichText under a condition",
        "RichTextParagraph",
        "InlineImage",
    )
)
"""Cases whose context holds docxtpl's own values: they are for the engine that is docxtpl."""


@pytest.mark.parametrize("name", sorted(WITH_VALUES_OF_DOCXTPL))
def test_a_value_of_docxtpl_is_refused_by_the_compiled_engine_that_names_the_other(
    tmp_path: Path, name: str
) -> None:
    build, make = CASES[name]
    document = docx.Document()
    build(document)
    path = tmp_path / "t.docx"
    document.save(str(path))

    with pytest.raises(TemplateError, match=r"of docxtpl stands here; set engine: docxtpl"):
        Template.load(path).render(make(DocxTemplate(str(path))))


@pytest.mark.parametrize("name", [name for name in CASES if name not in WITH_VALUES_OF_DOCXTPL])
def test_the_same_text_is_visible_as_with_docxtpl(tmp_path: Path, name: str) -> None:
    build, make = CASES[name]
    document = docx.Document()
    build(document)
    path = tmp_path / "t.docx"
    document.save(str(path))
    theirs = DocxTemplate(str(path))
    context = make(theirs)
    theirs.render(context, autoescape=True)
    theirs.save(str(tmp_path / "theirs.docx"))

    ours = Template.load(path).render(make(DocxTemplate(str(path))))

    expected = (tmp_path / "theirs.docx").read_bytes()
    assert visible(expected) == visible(ours)
    assert pictures(expected) == pictures(ours)


def test_braces_to_be_printed_may_be_broken_into_runs(tmp_path: Path) -> None:
    document = docx.Document()
    for delimiter in ("{_%", "%_}", "{_{", "}_}"):
        paragraph = document.add_paragraph()
        for character in delimiter:
            paragraph.add_run(character)
    document.save(str(tmp_path / "t.docx"))

    shown = visible(Template.load(tmp_path / "t.docx").render({}))

    assert ["{%", "%}", "{{", "}}"] == shown["word/document.xml"]
