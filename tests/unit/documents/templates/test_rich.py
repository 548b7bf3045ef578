from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree
from tests.unit.documents.templates.test_against_docxtpl import png
from tests.unit.documents.visible import W, pictures, visible

from formflow.documents.templates.media import Picture
from formflow.documents.templates.rich import Blocks, RichText
from formflow.documents.templates.template import Template
from formflow.errors import TemplateError


def body(content: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def styled(path: Path, text: str) -> Path:
    document = docx.Document()
    run = document.add_paragraph().add_run(text)
    run.font.name, run.bold = "仿宋", True
    document.save(str(path))
    return path


def test_a_run_goes_on_behind_a_picture_with_the_look_it_began_with(tmp_path):
    template = Template.load(styled(tmp_path / "t.docx", "签字：{{ seal }}　日期：{{ seal }}完"))

    root = body(template.render({"seal": Picture(data=png(), width_mm=20, description="章")}))

    runs = [
        (("".join(t.text or "" for t in r.iter(f"{W}t"))), r.find(f"{W}rPr/{W}b")) for r in root.iter(f"{W}r")
    ]
    assert [("签字：", True), ("", False), ("　日期：", True), ("", False), ("完", True)] == [
        (text, bold is not None) for text, bold in runs
    ]


def test_the_same_picture_is_stored_once_and_each_showing_has_an_id_of_its_own(tmp_path, template):
    path = template("{% for n in names %}{{ seal }}{{ n }}{% endfor %}")
    seal = Picture(data=png(), height_mm=10)

    content = Template.load(path).render({"seal": seal, "names": ["甲", "乙"]})

    ids = [d.get("id") for d in body(content).iter("{*}docPr")]
    assert [png(), png()] == pictures(content)
    assert 2 == len(set(ids))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert 1 == sum(name.startswith("word/media/formflow-") for name in package.namelist())
        assert None is package.testzip()


def test_pictures_give_the_same_bytes_every_time(template):
    made = Template.load(template("{{ seal }}{{ rich }}"))
    context = {
        "seal": Picture(data=png(), width_mm=5, link="https://example.com/?a=1&b=2"),
        "rich": RichText().add("网站", link="https://example.com/x", color="#0000FF"),
    }

    assert made.render(context) == made.render(context)


def test_a_picture_in_a_header_belongs_to_the_header(template):
    def build(document):
        document.sections[0].header.paragraphs[0].text = "{{ seal }}"

    content = Template.load(template("文", build=build)).render({"seal": Picture(data=png())})

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        rels = package.read("word/_rels/header1.xml.rels")
    assert b"media/formflow-" in rels
    assert docx.Document(io.BytesIO(content)).sections[0].header.part.related_parts


def test_word_opens_rich_text_with_links(template):
    content = Template.load(template("{{ rich }}")).render(
        {
            "rich": RichText()
            .add("不予认定", bold=True, size=12, font="黑体")
            .add(" <链接>", link="https://example.com")
        }
    )

    paragraph = docx.Document(io.BytesIO(content)).paragraphs[0]
    assert "不予认定 <链接>" == paragraph.text
    assert ["https://example.com"] == [link.address for link in paragraph.hyperlinks]
    (run,) = (run for run in paragraph.runs if run.text == "不予认定")
    assert (True, 12.0, "黑体") == (run.bold, run.font.size.pt, run.font.name)


def test_whole_paragraphs_take_the_place_of_their_tag(template):
    blocks = Blocks("<w:p><w:r><w:t>一</w:t></w:r></w:p><w:p><w:r><w:t>二</w:t></w:r></w:p>", "一二")

    shown = visible(Template.load(template("前", "{{p part }}", "后")).render({"part": blocks}))

    assert ["前", "一", "二", "后"] == shown["word/document.xml"]


def test_whole_paragraphs_in_a_line_are_refused_with_the_tag_to_write(template):
    with pytest.raises(TemplateError, match=r"write \{\{p"):
        Template.load(template("{{ part }}")).render({"part": Blocks("<w:p/>")})


def test_what_is_no_picture_is_refused_with_its_place(template):
    with pytest.raises(TemplateError, match=r"body, paragraph 1 .*not a picture"):
        Template.load(template("{{ seal }}")).render({"seal": Picture(data=b"no picture")})


def test_markup_in_a_value_stays_text_whoever_brings_it(template):
    from markupsafe import Markup

    shown = visible(Template.load(template("{{ a }}")).render({"a": Markup("<w:br/>")}))

    assert ["<w:br/>"] == shown["word/document.xml"]


@pytest.mark.parametrize("text", ["{{ 'a'|replace('a', b)|replace('b', b)|replace('b', b) }}"])
def test_a_chain_of_filters_cannot_fill_the_memory(template, text):
    with pytest.raises(TemplateError, match="more than 1000000 characters"):
        Template.load(template(text)).render({"b": "b" * 1000})


def test_a_title_of_the_file_itself_is_filled(template):
    def build(document):
        document.core_properties.title = "审批单 {{ number }}"

    content = Template.load(template("文", build=build)).render({"number": "XKH-1 <&>"})

    assert "审批单 XKH-1 <&>" == docx.Document(io.BytesIO(content)).core_properties.title
