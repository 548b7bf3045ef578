"""Controls that nobody has touched, whatever they say of themselves, and what lists and dates mean."""

from datetime import date

import pytest


def t(text: str, style: str = "") -> str:
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f"<w:r>{properties}<w:t>{text}</w:t></w:r>"


def sdt(content: str, properties: str = "<w:text/>") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def cell(content: str) -> str:
    return f"<w:tbl><w:tr><w:tc><w:p>{content}</w:p></w:tc></w:tr></w:tbl>"


GLOSSARY = (
    "glossaryDocument",
    "glossaryDocument",
    '<w:docParts><w:docPart><w:docPartPr><w:name w:val="P1"/></w:docPartPr>'
    "<w:docPartBody><w:p><w:r><w:t>写上 对方单位</w:t></w:r></w:p></w:docPartBody></w:docPart></w:docParts>",
)
STYLES = (
    "styles",
    "styles",
    '<w:style w:type="character" w:styleId="a3"><w:name w:val="Placeholder Text"/></w:style>',
)
NAMED = '<w:placeholder><w:docPart w:val="P1"/></w:placeholder><w:text/>'
ABSENT = '<w:placeholder><w:docPart w:val="P2"/></w:placeholder><w:text/>'
LIST = (
    '<w:dropDownList><w:listItem w:displayText="选择一项。" w:value=""/>'
    '<w:listItem w:displayText="质量" w:value="quality"/><w:listItem w:value="服务"/></w:dropDownList>'
)


@pytest.mark.parametrize(
    ("content", "properties", "expected"),
    [
        (t("写上对方单位"), NAMED, ""),
        (t("华南实业"), NAMED, "华南实业"),
        (t("华南实业", "a3"), NAMED, "华南实业"),
        (t("公司抬头", "a3"), ABSENT, ""),
        (t("公司抬头", "a3") + t("华南"), ABSENT, "公司抬头华南"),
        (t("选择一项。"), LIST, ""),
        (t("质量"), LIST, "质量"),
        (t("quality"), LIST, "质量"),
        (t("服务"), LIST, "服务"),
        (t("华南"), '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/><w:text/>', "华南"),
    ],
)
def test_a_control_reads_as_filled_in_or_not_at_all(docx, first_cell, content, properties, expected):
    document = docx(cell(sdt(content, properties)), GLOSSARY, STYLES)
    (control,) = document.parts[0].controls

    assert expected == first_cell(document).text
    assert control.placeholder == (not expected)


def test_a_block_control_that_shows_its_prompt_is_no_line(docx):
    body = sdt(f"<w:p>{t('写上对方单位')}</w:p>", NAMED)

    assert docx(body, GLOSSARY).parts[0].blocks == ()


def test_a_row_that_is_a_prompt_throughout_is_blank(docx, text_of):
    row = f"<w:tr><w:tc><w:p>{t('加一行')}</w:p></w:tc></w:tr>"
    document = docx(f"<w:tbl>{sdt(row, '<w:showingPlcHdr/>')}</w:tbl>")

    assert text_of(document) == [""]
    assert [control.placeholder for control in document.parts[0].controls] == [True]


def test_a_picture_control_without_a_picture_of_ones_own_is_no_signature(docx, first_cell):
    icon = "<w:r><w:drawing><wp:inline><a:graphic><pic:pic/></a:graphic></wp:inline></w:drawing></w:r>"

    assert first_cell(docx(cell(sdt(icon, "<w:showingPlcHdr/><w:picture/>")))).pictures == ()
    assert len(first_cell(docx(cell(sdt(icon, "<w:picture/>")))).pictures) == 1


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("3月5日", date(2026, 3, 5)),
        ("05/03/2026", date(2026, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("2026年3月6日", None),
        ("三月五日", None),
        ("2026年3月", None),
    ],
)
def test_the_day_a_date_control_keeps_counts_where_its_text_says_the_same(docx, first_cell, shown, expected):
    found = first_cell(docx(cell(sdt(t(shown), '<w:date w:fullDate="2026-03-05T00:00:00Z"/>'))))

    assert (found.text, found.value) == (shown, expected)


def test_items_of_a_repeating_section_are_rows(docx, text_of):
    w15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'

    def item(text: str) -> str:
        row = f"<w:tr><w:tc><w:p>{sdt(t(text))}</w:p></w:tc></w:tr>"
        return sdt(row, f"<w15:repeatingSectionItem {w15}/>")

    document = docx(f"<w:tbl>{sdt(item('甲') + item('乙'), f'<w15:repeatingSection {w15}/>')}</w:tbl>")

    assert text_of(document) == ["甲", "乙"]
    assert [control.value for control in document.parts[0].controls] == ["甲", "乙"]


def test_a_box_that_disagrees_with_its_glyph_is_told_outside_tables_too(docx):
    box = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'

    (line,) = docx(f"<w:p>{sdt(t('☐'), box)}{t('质量')}</w:p>").parts[0].lines

    assert (line.text, line.problem) == ("☑质量", "checkbox-disagrees")


@pytest.mark.parametrize("content", ["\u2002" * 5, ""])
def test_a_legacy_text_field_nobody_typed_in_is_blank(docx, first_cell, content):
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="f"/><w:textInput/></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText>FORMTEXT</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{t(content)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

    assert first_cell(docx(cell(field))).text.strip() == ""
