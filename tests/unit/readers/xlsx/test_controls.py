"""Controls over cells, checkboxes in cells and pictures in cells."""

import pytest

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def text(ref: str, content: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{content}</t></is></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def shape(number: int, anchor: str, told: str, caption: str = "", kind: str = "Checkbox") -> str:
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t201"><v:textbox><div><font face="宋体">{caption}</font></div>'
        f'</v:textbox><x:ClientData ObjectType="{kind}"><x:Anchor>{anchor}</x:Anchor>{told}</x:ClientData></v:shape>'
    )


def vml(*shapes: str) -> str:
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel">{"".join(shapes)}</xml>'
    )


LEGACY = {"rId2": ("vmlDrawing", "../drawings/v1.vml")}
TICKED = "<x:Checked>1</x:Checked>"


def over(xlsx, drawing: str, cells: str, after: str = "", **more):
    """A sheet with these cells under a VML drawing."""
    members = {"xl/drawings/v1.vml": drawing, **more.pop("members", {})}
    links = {**LEGACY, **more.pop("links", {})}
    body = f"<sheetData>{cells}</sheetData>{after}<legacyDrawing r:id='rId2'/>"
    return xlsx(body, links=links, members=members, **more)


def test_checkboxes_stand_in_the_cell_they_lie_over(xlsx, text_of):
    drawing = vml(
        shape(1026, "1, 60, 0, 2, 1, 110, 0, 18", "", "服务"),
        shape(1025, "1, 2, 0, 2, 1, 50, 0, 18", TICKED, "质量"),
        shape(1027, "0, 0, 0, 0, 1, 0, 1, 0", "", "备注", kind="Note"),
    )

    assert text_of(over(xlsx, drawing, row(1, text("A1", "投诉类别")))) == ["投诉类别", "☑质量  ☐服务"]


def test_a_box_without_a_caption_goes_before_the_words_of_its_cell(xlsx, text_of):
    drawing = vml(shape(1025, "1, 2, 0, 2, 1, 20, 0, 18", TICKED))
    cells = row(1, text("A1", "类别"), text("B1", "质量"))

    assert text_of(over(xlsx, drawing, cells)) == ["类别", "☑质量"]


def test_a_box_that_juts_out_into_the_label_belongs_to_the_blank_beside_it(xlsx, text_of):
    drawing = vml(shape(1025, "0, 70, 0, 2, 1, 60, 0, 18", TICKED, "质量"))

    assert text_of(over(xlsx, drawing, row(1, text("A1", "类别")))) == ["类别", "☑质量"]


def test_a_box_over_a_merged_cell_stands_at_its_corner(xlsx, only_table):
    drawing = vml(shape(1025, "2, 2, 0, 2, 2, 60, 0, 18", TICKED, "质量"))
    merged = '<mergeCells><mergeCell ref="B1:D1"/></mergeCells>'
    table = only_table(over(xlsx, drawing, row(1, text("A1", "类别")), merged))

    assert [(cell.source.ref, cell.text) for cell in table.cells] == [("A1", "类别"), ("B1", "☑质量")]


def test_the_cell_linked_to_a_box_says_nothing_of_its_own(xlsx, text_of):
    drawing = vml(shape(1025, "1, 2, 0, 2, 1, 50, 0, 18", TICKED + "<x:FmlaLink>$B$1</x:FmlaLink>", "质量"))
    cells = row(1, text("A1", "类别"), '<c r="B1" t="b"><v>1</v></c>')

    assert text_of(over(xlsx, drawing, cells)) == ["类别", "☑质量"]


PROPERTIES = '<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" {}/>'
ANCHOR = (
    f'<controlPr><anchor><from xmlns:xdr="{XDR}"><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row>'
    f'<xdr:rowOff>0</xdr:rowOff></from><to xmlns:xdr="{XDR}"><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff>'
    "<xdr:row>0</xdr:row><xdr:rowOff>9525</xdr:rowOff></to></anchor></controlPr>"
)
CONTROL = f'<controls><control shapeId="1025" r:id="rId3" name="Check Box 1">{ANCHOR}</control></controls>'
CTRL_LINK = {"rId3": ("ctrlProp", "../ctrlProps/c1.xml")}


@pytest.mark.parametrize(("checked", "expected"), [('checked="Checked"', "☑质量"), ("", "☐质量")])
def test_the_properties_of_a_control_win_over_its_shape(xlsx, text_of, checked, expected):
    drawing = vml(shape(1025, "1, 2, 0, 2, 1, 50, 0, 18", TICKED, "质量"))
    members = {"xl/ctrlProps/c1.xml": PROPERTIES.format(f'objectType="CheckBox" {checked}')}
    document = over(xlsx, drawing, row(1, text("A1", "类别")), CONTROL, links=CTRL_LINK, members=members)

    assert text_of(document) == ["类别", expected]


def test_a_control_without_a_shape_takes_its_caption_from_the_drawing(xlsx, text_of):
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{a}"><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>0</xdr:row>'
        '</xdr:from><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="1025" name="c"><a:extLst><a:ext><a14:compatExt '
        'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" spid="_x0000_s1025"/></a:ext></a:extLst>'
        "</xdr:cNvPr></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>质量</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
        "</xdr:twoCellAnchor></xdr:wsDr>"
    )
    members = {"xl/ctrlProps/c1.xml": PROPERTIES.format('objectType="CheckBox" checked="Checked"')}
    body = f"<sheetData>{row(1, text('A1', '类别'))}</sheetData><drawing r:id='rId1'/>{CONTROL}"

    assert text_of(xlsx(body, drawing=drawing, links=CTRL_LINK, members=members)) == ["类别", "☑质量"]


def test_a_drop_down_shows_the_item_chosen(xlsx, text_of):
    told = "<x:Sel>2</x:Sel><x:FmlaRange>$A$2:$A$3</x:FmlaRange>"
    drawing = vml(shape(1025, "1, 2, 0, 2, 1, 50, 0, 18", told, kind="Drop"))
    cells = row(1, text("A1", "方式")) + row(2, text("A2", "电话")) + row(3, text("A3", "来访"))

    assert text_of(over(xlsx, drawing, cells))[:2] == ["方式", "来访"]


def test_a_damaged_vml_drawing_costs_its_controls_only(xlsx, text_of):
    broken = "<xml><v:shape>" + "<br>" * 3

    assert text_of(over(xlsx, broken, row(1, text("A1", "类别")))) == ["类别"]


BAGS = (
    '<FeaturePropertyBags xmlns="http://schemas.microsoft.com/office/spreadsheetml/2022/featurepropertybag">'
    '<bag type="{}"/><bag type="XFControls"><bagId k="CellControl">0</bagId></bag>'
    '<bag type="XFComplement"><bagId k="XFControls">1</bagId></bag>'
    '<bag type="XFComplements"><a k="MappedFeaturePropertyBags"><bagId>2</bagId></a></bag></FeaturePropertyBags>'
)
BOX_STYLES = (
    f'<styleSheet xmlns="{S}"><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="0"><extLst><ext>'
    '<x:xfComplement xmlns:x="http://schemas.microsoft.com/office/spreadsheetml/2022/featurepropertybag" i="0"/>'
    "</ext></extLst></xf></cellXfs></styleSheet>"
)


@pytest.mark.parametrize(
    ("bag", "expected"), [("Checkbox", ["☑", "☐", "TRUE"]), ("Other", ["TRUE", "FALSE", "TRUE"])]
)
def test_truth_values_that_show_as_checkboxes_read_as_such(xlsx, text_of, bag, expected):
    cells = row(
        1,
        '<c r="A1" s="1" t="b"><v>1</v></c>',
        '<c r="B1" s="1" t="b"><v>0</v></c>',
        '<c r="C1" t="b"><v>1</v></c>',
    )
    document = xlsx(
        f"<sheetData>{cells}</sheetData>",
        book_links={"rId9": ("FeaturePropertyBag", "featurePropertyBag/bag.xml")},
        members={"xl/featurePropertyBag/bag.xml": BAGS.format(bag), "xl/styles.xml": BOX_STYLES},
    )

    assert text_of(document) == expected


def test_a_picture_placed_in_a_cell_is_a_picture_and_no_error(xlsx, only_table):
    cells = row(
        1,
        text("A1", "签字"),
        '<c r="B1" t="e" vm="1"><v>#VALUE!</v></c>',
        '<c r="C1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
    )
    document = xlsx(
        f"<sheetData>{cells}</sheetData>",
        book_links={"rId9": ("richValueRel", "richData/richValueRel.xml")},
        members={"xl/richData/richValueRel.xml": "<x/>"},
    )

    assert [(c.text, c.problem, len(c.pictures)) for c in only_table(document).cells] == [
        ("签字", "", 0),
        ("", "", 1),
        ("", "", 1),
    ]
