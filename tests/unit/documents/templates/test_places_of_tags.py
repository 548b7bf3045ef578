"""Tags where Word keeps more than words: field codes, WordArt, links, breaks, notes, controls, numbered lists."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from formflow.documents.templates.media import Media, Picture
from formflow.documents.templates.template import Template
from formflow.errors import TemplateError

_SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "v": "urn:schemas-microsoft-com:vml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    }.items()
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
NUMBERING = (
    f'<w:numbering {_SPACES}><w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="3"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num></w:numbering>'
)


def p(text, properties=""):
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def field(*codes, result="旧"):
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    texts = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return f"<w:p>{marks[0]}{texts}{marks[1]}<w:r><w:t>{result}</w:t></w:r>{marks[2]}</w:p>"


@pytest.fixture
def template(tmp_path):
    """A template of that body, with further members."""

    def make(*blocks, **members):
        body = f"<w:document {_SPACES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"
        path = tmp_path / "t.docx"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("[Content_Types].xml", _TYPES)
            package.writestr("word/document.xml", body)
            for name, content in members.items():
                package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
        return path

    return make


@pytest.fixture
def fill(template):
    """The body of a template filled with a context."""

    def run(*blocks, context=None, **members):
        made = Template.load(template(*blocks, **members)).render(context or {})
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            run.members = {name: package.read(name).decode() for name in package.namelist()}
        return re.search("<w:body>(.*)</w:body>", run.members["word/document.xml"])[1]

    return run


def test_a_field_code_is_filled_whatever_runs_it_is_cut_into_and_worked_out_anew(fill):
    body = fill(field(' HYPERLINK "http://a.example/{{ nu', "m }}", '" '), context={"num": "7"})

    assert ' HYPERLINK "http://a.example/7" ' in body
    assert 'w:fldCharType="begin" w:dirty="true"' in body
    assert "{{" not in body


def test_a_value_cannot_end_the_argument_of_a_field_code(fill):
    body = fill(field(' IF "{{ a }}" = "1" "是" "否" '), context={"a": '" \\o 1\n2'})

    assert 'IF "\\&#34; \\\\o 1 2" = "1"' in body


def test_a_simple_field_wordart_and_alternative_texts_are_filled(fill):
    body = fill(
        '<w:p><w:fldSimple w:instr=" REF {{ a }} "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>',
        '<w:p><w:r><w:pict><v:shape id="s" alt="{{ a }}的章"><v:textpath string="{{ a }}"/></v:shape></w:pict></w:r></w:p>',
        context={"a": "机<密"},
    )

    assert 'w:instr=" REF 机&lt;密 "' in body
    assert 'alt="机&lt;密的章"' in body and 'string="机&lt;密"' in body


@pytest.mark.parametrize("target", ["mailto:{{ num }}@example.com", "http://a.example/%7B%7B%20num%20%7D%7D"])
def test_a_tag_in_the_target_of_a_link_is_refused_with_its_paragraph(template, target):
    link = '<w:p><w:hyperlink r:id="rId9"><w:r><w:t>写信</w:t></w:r></w:hyperlink></w:p>'
    rels = f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId9" Type="x" Target="{target}"/></Relationships>'
    path = template(p("一"), link, **{"word/_rels/document.xml.rels": rels})

    with pytest.raises(TemplateError, match="body, paragraph 2 “写信”: a tag stands in the target of a link"):
        Template.load(path)


def test_a_tag_in_a_part_that_is_not_filled_is_told(template):
    path = template(p("{{ a }}"), **{"word/charts/chart1.xml": "<c><v>{{ a }}</v></c>"})
    (problem,) = Template.load(path).problems

    assert "word/charts/chart1.xml" == problem.place.part
    assert not problem.fatal


def test_breaks_beside_a_tag_are_made_in_every_pass(fill):
    section = "<w:pPr><w:sectPr><w:pgSz/></w:sectPr></w:pPr>"
    page = '<w:p><w:r><w:br w:type="page"/></w:r><w:r><w:t>{%p endfor %}</w:t></w:r></w:p>'
    sections = fill(p("{%p for n in range(2) %}"), p("{{ n }}"), p("{%p endfor %}", section))
    pages = fill(p("{%p for n in range(2) %}"), p("{{ n }}"), page)

    assert 2 == sections.count("<w:sectPr><w:pgSz/></w:sectPr>")
    assert ["0", "br", "1", "br"] == re.findall(r"(?<=>)\d(?=<)|(?<=<w:)br", pages)


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ("<w:drawing/>", "a picture stands beside"),
        ('<w:footnoteReference w:id="2"/>', "a footnote stands beside"),
        ('<w:commentReference w:id="1"/>', "a comment stands beside"),
    ],
)
def test_what_goes_with_a_tags_paragraph_is_told(template, beside, told):
    tag = f"<w:p><w:r><w:t>{{%p if a %}}</w:t></w:r><w:r>{beside}</w:r></w:p>"
    (problem,) = Template.load(template(tag, p("x"), p("{%p endif %}"))).problems

    assert told in str(problem.message)
    assert not problem.fatal


def test_a_field_that_ends_beside_a_tag_is_refused(template):
    begin, end = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>',
        '<w:fldChar w:fldCharType="end"/>',
    )
    tag = f"<w:p><w:r><w:t>{{%p if a %}}</w:t></w:r><w:r>{end}</w:r></w:p>"

    with pytest.raises(TemplateError, match=r"paragraph 2 .*a field begins or ends beside"):
        Template.load(template(begin, tag, p("x"), p("{%p endif %}")))


def test_a_control_shows_what_is_filled_in(fill):
    control = (
        '<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent>'
        "<w:r><w:t>{{ a }}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    untouched = control.replace("{{ a }}", "单击此处")
    body = fill(control, untouched, context={"a": "甲"})

    assert 1 == body.count("<w:showingPlcHdr/>") == body.count("<w:dataBinding")
    assert body.index("甲") < body.index("<w:showingPlcHdr/>")


@pytest.mark.parametrize(
    ("around", "left"),
    [
        ("<w:tbl><w:tr><w:tc><w:tcPr/>{}</w:tc></w:tr></w:tbl>", "<w:sdtContent><w:p/></w:sdtContent>"),
        ("{}", "<w:sdtContent><w:p/></w:sdtContent>"),
    ],
)
def test_a_control_that_was_emptied_keeps_a_paragraph(fill, around, left):
    inside = p("{%p if a %}") + p("x") + p("{%p endif %}")
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    assert left in fill(around.format(control), context={"a": False})


def test_what_a_loop_copies_has_ids_of_its_own(fill):
    body = fill(
        p("{%p for n in range(3) %}"),
        '<w:p><w:bookmarkStart w:id="5" w:name="b"/><w:commentRangeStart w:id="1"/><w:r><w:t>{{ n }}</w:t></w:r>'
        '<w:commentRangeEnd w:id="1"/><w:bookmarkEnd w:id="5"/><w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:r><w:pict><v:shape id="盒 3"/></w:pict></w:r></w:p>'
        '<w:sdt><w:sdtPr><w:id w:val="9"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>',
        p("{%p endfor %}"),
    )

    for once in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "footnoteReference"):
        assert 1 == body.count(f"<w:{once} "), once
    assert 3 == len(set(re.findall(r'<v:shape id="([^"]+)"', body)))
    assert 3 == len(set(re.findall(r'<w:id w:val="(\d+)"', body)))


def test_numbered_lists_begin_anew_in_each_pass_of_the_outer_loop(fill):
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    body = fill(
        p("{%p for g in groups %}"),
        p("{%p for i in g.list %}"),
        p("{{ i }}", numbered),
        p("{%p endfor %}"),
        p("{%p endfor %}"),
        context={"groups": [{"list": ["a", "b"]}, {"list": ["c"]}, {"list": ["d"]}]},
        **{"word/numbering.xml": NUMBERING},
    )

    assert ["7", "7", "8", "9"] == re.findall(r'<w:numId w:val="(\d+)"', body)
    assert 2 == fill.members["word/numbering.xml"].count('<w:startOverride w:val="3"/>')


def test_a_list_of_one_loop_counts_on(fill):
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    body = fill(
        p("{%p for n in range(3) %}"),
        p("{{ n }}", numbered),
        p("{%p endfor %}"),
        **{"word/numbering.xml": NUMBERING},
    )

    assert ["7", "7", "7"] == re.findall(r'<w:numId w:val="(\d+)"', body)


def test_deleted_text_is_left_out_with_its_tags(fill):
    deleted = '<w:del w:id="2" w:author="甲"><w:r><w:delText>{{ oldname }}</w:delText></w:r></w:del>'
    body = fill(f"<w:p><w:r><w:t>{{{{ name }}}}</w:t></w:r>{deleted}</w:p>", context={"name": "甲"})

    assert "oldname" not in body and "<w:del " not in body


@pytest.mark.parametrize("tag", ["{%tr for x in d -%}", "{%tr for x in d %}"])
def test_dashes_of_a_row_tag_strip_nothing(fill, tag):
    rows = "".join(f"<w:tr><w:tc>{p(text)}</w:tc></w:tr>" for text in (tag, "{{ x }}", "{%tr endfor -%}"))
    body = fill(f"<w:tbl><w:tblGrid/>{rows}</w:tbl>", p("尾"), context={"d": ["一", "二"]})

    assert ["一", "二", "尾"] == re.findall(r"<w:t(?: [^>]*)?>([^<]+)</w:t>", body)


@pytest.mark.parametrize(("n", "expected"), [(0, "1"), (3, "3"), ("", "1")])
def test_a_span_of_nothing_merges_nothing(fill, n, expected):
    cell = f"<w:tc><w:tcPr/>{p('{% colspan n %}跨')}</w:tc>"
    body = fill(f"<w:tbl><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl>", context={"n": n})

    assert f'<w:gridSpan w:val="{expected}"/>' in body


def test_a_merged_cell_may_hold_several_paragraphs(fill):
    rows = (
        f"<w:tr><w:tc>{p('{%tr for x in d %}')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{p('{% vm %}一段')}{p('二段')}</w:tc><w:tc>{p('{{ x }}')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{p('{%tr endfor %}')}</w:tc></w:tr>"
    )
    body = fill(f"<w:tbl><w:tblGrid/>{rows}</w:tbl>", context={"d": [1, 2]})

    assert ["restart", "continue"] == re.findall(r'<w:vMerge w:val="(\w+)"', body)
    assert (1, 1) == (body.count("一段"), body.count("二段"))


def test_a_merge_outside_a_loop_says_so(template):
    cell = f"<w:tbl><w:tblGrid/><w:tr><w:tc>{p('{% vm %}a')}</w:tc></w:tr></w:tbl>"

    with pytest.raises(TemplateError, match="stands in no loop"):
        Template.load(template(cell))


def test_loops_that_multiply_beyond_bounds_are_refused(template):
    inner = (
        "{% for b in range(1000) %}{% for c in range(1000) %}{% if a %}x{% endif %}{% endfor %}{% endfor %}"
    )

    with pytest.raises(TemplateError, match="loops inside one another make 1000000"):
        Template.load(template(p("{% for a in range(1000) %}" + inner + "{% endfor %}")))


def test_a_jpeg_without_jfif_is_a_picture_and_another_file_says_why_it_is_none():
    frame = b"\xff\xdb\x00\x04\x00\x00" + b"\xff\xc0\x00\x11\x08\x00\x48\x00\x90" + bytes(10)
    drawn = Media().drawing(Picture(data=b"\xff\xd8" + frame + b"\xff\xd9"))

    assert f'cx="{144 * 12700}" cy="{72 * 12700}"' in drawn
    with pytest.raises(ValueError, match=r"\(no PNG, JPEG, GIF, BMP or TIFF\)"):
        Media().drawing(Picture(data=b"no picture"))


def test_brackets_nested_too_deeply_are_told(template):
    deep = "(" * 400 + "a" + ")" * 400

    with pytest.raises(TemplateError, match="nested too deeply"):
        Template.load(template(p("{{ " + deep + " }}")))
