import pytest


def t(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def sdt(content: str, properties: str = "<w:text/>", tag: str = "k", alias: str = "名") -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{alias}"/><w:tag w:val="{tag}"/>{properties}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def tc(content: str) -> str:
    return f"<w:tc>{content}</w:tc>"


PARAGRAPH = "<w:p>{}</w:p>"
POSITIONS = {
    "inline": PARAGRAPH.format(sdt(t("值"))),
    "block": sdt(PARAGRAPH.format(t("值"))),
    "inline in a cell": table(tc(PARAGRAPH.format(sdt(t("值"))))),
    "block in a cell": table(tc(sdt(PARAGRAPH.format(t("值"))))),
    "around a cell": table(sdt(tc(PARAGRAPH.format(t("值"))))),
    "around a row": f"<w:tbl>{sdt('<w:tr>' + tc(PARAGRAPH.format(t('值'))) + '</w:tr>')}</w:tbl>",
    "nested": PARAGRAPH.format(sdt(sdt(t("值")), "<w:group/>")),
}


@pytest.mark.parametrize("position", POSITIONS)
def test_a_content_control_is_read_in_every_position(docx, text_of, position):
    document = docx(POSITIONS[position])
    (control,) = document.parts[0].controls

    assert text_of(document) == ["值"]
    assert (
        control.name,
        control.title,
        control.kind,
        control.value,
        control.placeholder,
    ) == ("k", "名", "text", "值", False)


@pytest.mark.parametrize("position", POSITIONS)
def test_an_untouched_prompt_is_no_text(docx, text_of, position):
    body = POSITIONS[position].replace("<w:text/>", "<w:showingPlcHdr/><w:text/>").replace("值", "单击此处")
    document = docx(body)
    controls = document.parts[0].controls

    if position != "around a row":
        assert "".join(text_of(document)) == ""
        assert [(control.value, control.placeholder) for control in controls] == [("单击此处", True)]


def checkbox(state: str, shown: str) -> str:
    properties = (
        f'<w14:checkbox><w14:checked w14:val="{state}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    )
    return sdt(t(shown), properties)


@pytest.mark.parametrize(
    ("state", "shown", "expected", "problem"),
    [
        ("1", "☒", "☑", ""),
        ("0", "☐", "☐", ""),
        ("true", "☑", "☑", ""),
        ("0", "☒", "☐", "checkbox-disagrees"),
        ("1", "☐", "☑", "checkbox-disagrees"),
    ],
)
def test_a_checkbox_control_reads_as_its_state(docx, first_cell, state, shown, expected, problem):
    cell = first_cell(docx(table(tc(PARAGRAPH.format(checkbox(state, shown) + t("质量"))))))

    assert (expected + "质量", problem) == (cell.text, cell.problem)


def test_a_drop_down_a_date_and_a_picture_have_their_kinds(docx):
    body = "".join(
        PARAGRAPH.format(sdt(t("x"), properties))
        for properties in (
            "<w:dropDownList/>",
            "<w:comboBox/>",
            "<w:date/>",
            "<w:picture/>",
            "<w:richText/>",
            "",
        )
    )

    assert [c.kind for c in docx(body).parts[0].controls] == ["choice", "choice", "date", "text", "text"]


def legacy(data: str, result: str = "") -> str:
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{t(result)}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="f"/>{data}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:instrText>FORM</w:instrText></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("data", "result", "text", "kind"),
    [
        ("<w:textInput/>", "张三", "张三", "text"),
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "", "☑", "checkbox"),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "", "☑", "checkbox"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "", "☐", "checkbox"),
        (
            '<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>',
            "",
            "乙",
            "choice",
        ),
        ('<w:ddList><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>', "", "甲", "choice"),
        ('<w:ddList><w:result w:val="9"/><w:listEntry w:val="甲"/></w:ddList>', "", "甲", "choice"),
    ],
)
def test_a_legacy_field_shows_its_value(docx, text_of, data, result, text, kind):
    document = docx(PARAGRAPH.format(legacy(data, result)))
    (control,) = document.parts[0].controls

    assert [text] == text_of(document)
    assert ("f", kind, text, False) == (control.name, control.kind, control.value, control.placeholder)


def test_a_legacy_text_field_of_blanks_is_not_filled_in(docx):
    (control,) = docx(PARAGRAPH.format(legacy("<w:textInput/>", "\u2002\u2002"))).parts[0].controls

    assert control.placeholder
