import pytest


def p(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def r(content: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>" if properties else f"<w:r>{content}</w:r>"


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def m(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("inline", "expected"),
    [
        (r(t("甲") + "<w:tab/>" + t("乙")), "甲\t乙"),
        (r(t("甲") + "<w:br/>" + t("乙")), "甲\n乙"),
        (r(t("甲") + '<w:br w:type="page"/>' + t("乙")), "甲乙"),
        (r(t("0755") + "<w:noBreakHyphen/>" + t("1234")), "0755-1234"),
        (f"<w:ins>{r(t('新'))}</w:ins><w:del>{r('<w:delText>旧</w:delText>')}</w:del>", "新"),
        (f"<w:moveTo>{r(t('到'))}</w:moveTo><w:moveFrom>{r(t('从'))}</w:moveFrom>", "到"),
        (r(t("见")) + r(t("隐"), "<w:vanish/>"), "见"),
        (r(t("见")) + r(t("不隐"), '<w:vanish w:val="0"/>'), "见不隐"),
        (r(t("留")) + r(t("划"), "<w:strike/>") + r(t("掉"), "<w:dstrike/>"), "留"),
        (f'<w:hyperlink r:id="x">{r(t("链接"))}</w:hyperlink>', "链接"),
        (f"<w:smartTag><w:smartTag>{r(t('深'))}</w:smartTag></w:smartTag>", "深"),
        (f'<w:fldSimple w:instr="PAGE">{r(t("3"))}</w:fldSimple>', "3"),
        (r(t("甲") + '<w:commentReference w:id="1"/><w:footnoteReference w:id="1"/>'), "甲"),
        (
            f"<w:r><w:ruby><w:rt>{r(t('zhāng'))}</w:rt><w:rubyBase>{r(t('张'))}</w:rubyBase></w:ruby></w:r>",
            "张",
        ),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        (f"<m:oMath><m:f><m:num>{m('1')}</m:num><m:den>{m('2')}</m:den></m:f></m:oMath>", "1/2"),
        (f"<m:oMath><m:sSup><m:e>{m('10')}</m:e><m:sup>{m('3')}</m:sup></m:sSup></m:oMath>", "10^3"),
        (
            f"<m:oMath><m:f><m:num>{m('a+b')}</m:num><m:den><m:rad><m:e>{m('2')}</m:e></m:rad></m:den></m:f></m:oMath>",
            "(a+b)/(√2)",
        ),
        (r("<w:t>上\n行</w:t>"), "上 行"),
    ],
)
def test_a_paragraph_reads_as_it_shows(docx, text_of, inline, expected):
    assert [expected] == text_of(docx(p(inline)))


@pytest.mark.parametrize(
    ("inline", "expected"),
    [
        (r('<w:sym w:font="Wingdings" w:char="F0FE"/>'), "☑"),
        (r('<w:sym w:font="Wingdings" w:char="F0FD"/>'), "☑"),
        (r('<w:sym w:font="Wingdings" w:char="F0A8"/>'), "☐"),
        (r('<w:sym w:font="Wingdings" w:char="F06F"/>'), "☐"),
        (r('<w:sym w:font="Wingdings 2" w:char="F052"/>'), "☑"),
        (r('<w:sym w:font="Wingdings 2" w:char="00A3"/>'), "☐"),
        (r('<w:sym w:font="Wingdings 2" w:char="F050"/>'), "✓"),
        (r('<w:sym w:font="Segoe UI Symbol" w:char="2612"/>'), "☑"),
        (r('<w:sym w:font="MS Gothic" w:char="2610"/>'), "☐"),
        (r(t("\uf0fe甲")), "☑甲"),
        (r(t("þ"), '<w:rFonts w:ascii="Wingdings"/>'), "☑"),
        (r(t("R"), '<w:rFonts w:ascii="Wingdings 2"/>'), "☑"),
        (r(t("þ"), '<w:rFonts w:hAnsi="Wingdings"/>'), "☑"),
        (r(t("R"), '<w:rFonts w:hAnsi="Wingdings 2"/>'), "R"),
        (r(t("\uf052"), '<w:rFonts w:ascii="宋体" w:eastAsia="Wingdings 2"/>'), "☑"),
        (r(t("\uf0d6"), '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), "√"),
        (r('<w:sym w:font="Symbol" w:char="F0D6"/>'), "√"),
        (r('<w:sym w:font="Symbol" w:char="F0A8"/>' + t("甲")), "甲"),
        (r('<w:sym w:font="Wingdings 3" w:char="F070"/>' + t("甲")), "甲"),
        (r(t("þ")), "þ"),
        (r(t("□")), "□"),
    ],
)
def test_symbols_of_symbol_fonts_read_as_boxes(docx, text_of, inline, expected):
    assert [expected] == text_of(docx(p(inline)))


def field(instruction: str, result: str, data: str = "") -> str:
    return (
        r(f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar>')
        + r(f"<w:instrText>{instruction}</w:instrText>")
        + r('<w:fldChar w:fldCharType="separate"/>')
        + r(t(result))
        + r('<w:fldChar w:fldCharType="end"/>')
    )


def test_field_codes_are_not_read_and_their_results_are(docx, text_of):
    inner = field("MERGEFIELD x", "内")
    outer = (
        r('<w:fldChar w:fldCharType="begin"/>')
        + inner
        + r('<w:fldChar w:fldCharType="separate"/>')
        + r(t("外"))
        + r('<w:fldChar w:fldCharType="end"/>')
    )

    assert text_of(docx(p(r(t("日期")) + field("DATE", "3月") + outer))) == ["日期3月外"]


def test_a_field_that_never_ends_hides_nothing(docx, text_of):
    body = p(r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText>X</w:instrText>")) + p(r(t("正文")))

    assert text_of(docx(body)) == ["正文"]


def test_underlined_ranges_span_neighbouring_runs(docx):
    underlined = '<w:u w:val="single"/>'
    body = p(
        r(t("客户："))
        + r(t("  张"), underlined)
        + r(t("三  "), underlined)
        + r(t("。"), '<w:u w:val="none"/>')
    )

    (line,) = docx(body).parts[0].lines

    assert line.underlined == ((3, 9),)
    assert line.text[slice(*line.underlined[0])] == "  张三  "


def test_a_character_style_can_hide_and_underline(docx):
    styles = (
        '<w:style w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="hid"><w:basedOn w:val="base"/></w:style>'
        '<w:style w:styleId="line"><w:rPr><w:u w:val="single"/></w:rPr></w:style>'
    )
    body = p(
        r(t("密"), '<w:rStyle w:val="hid"/>')
        + r(t("显"), '<w:rStyle w:val="hid"/><w:vanish w:val="0"/>')
        + r(t("线"), '<w:rStyle w:val="line"/>')
    )

    (line,) = docx(body, ("styles", "styles", styles)).parts[0].lines

    assert (line.text, line.underlined) == ("显线", ((1, 2),))


STYLES = (
    '<w:style w:type="paragraph" w:styleId="gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="void"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="cut"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="both"><w:rPr><w:dstrike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="grey"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="dark"><w:basedOn w:val="grey"/>'
    '<w:rPr><w:color w:val="auto"/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="head"><w:tblStylePr w:type="firstRow">'
    '<w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr></w:tblStylePr></w:style>'
)


def styled(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (styled("gone", r(t("藏"))) + p(r(t("见"))), ["见"]),
        (styled("gone", r(t("藏"), "<w:b/>")) + p(r(t("见"))), ["见"]),
        (styled("void", r(t("旧")) + r(t("新"), '<w:strike w:val="0"/>')), ["新"]),
        (styled("void", r(t("旧")) + r(t("新"), '<w:rStyle w:val="cut"/>')), ["新"]),
        (styled("gone", r(t("藏"), '<w:strike w:val="0"/>')) + p(r(t("见"))), ["见"]),
        (p(r(t("旧"), '<w:rStyle w:val="both"/>') + r(t("新"))), ["新"]),
        (p(r(t("旧"), '<w:strike/><w:vanish w:val="0"/>') + r(t("新"))), ["新"]),
    ],
)
def test_text_that_a_style_hides_or_strikes_is_not_content(docx, text_of, body, expected):
    assert expected == text_of(docx(body, ("styles", "styles", STYLES)))


def test_a_style_hides_text_in_every_story(docx):
    note = f'<w:footnote w:id="2">{styled("gone", r(t("藏")))}{p(r(t("注")))}</w:footnote>'
    document = docx(p(r(t("见"))), ("styles", "styles", STYLES), ("footnotes", "footnotes", note))

    assert [[line.text for line in part.lines] for part in document.parts] == [["见"], ["注"]]


def table(cell: str, *, style: str = "", shade: str = "") -> str:
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/></w:tblPr><w:tr><w:tc><w:tcPr>{shade}</w:tcPr>'
        f"{p(cell)}</w:tc><w:tc>{p(r(t('值')))}</w:tc></w:tr></w:tbl>"
    )


def test_a_table_style_strikes_its_cells_and_nothing_behind_it(docx, text_of):
    struck = table(r(t("旧"), '<w:strike w:val="0"/>'), style="old")

    assert text_of(docx(struck + p(r(t("后"))), ("styles", "styles", STYLES))) == ["旧", "", "后"]


WHITE = '<w:color w:val="FFFFFF" w:themeColor="background1"/>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(r(t("藏"), WHITE) + r(t("见"))), ["见"]),
        (p(r(t("藏"), '<w:sz w:val="2"/>') + r(t("见"), '<w:sz w:val="16"/>')), ["见"]),
        (p(r(t("藏"), '<w:rStyle w:val="grey"/>') + r(t("见"), '<w:rStyle w:val="dark"/>')), ["见"]),
        (p(r(t("见"), WHITE + '<w:shd w:val="clear" w:fill="000000"/>')), ["见"]),
        (p(r(t("见"), WHITE + '<w:highlight w:val="blue"/>')), ["见"]),
        (
            f'<w:p><w:pPr><w:shd w:val="clear" w:fill="000000"/></w:pPr>{r(t("见"), WHITE)}</w:p>',
            ["见"],
        ),
        (table(r(t("标"), WHITE), shade='<w:shd w:val="clear" w:fill="1F4E79"/>'), ["标", "值"]),
        (table(r(t("标"), WHITE), style="head"), ["标", "值"]),
        (table(r(t("藏"), WHITE), shade='<w:shd w:val="clear" w:fill="FFFFFF"/>'), ["", "值"]),
        (p("<w:r><w:pict/></w:r>" + r(t("见"), WHITE)), ["见"]),
    ],
)
def test_white_or_tiny_text_on_paper_is_not_content(docx, text_of, body, expected):
    assert expected == text_of(docx(body, ("styles", "styles", STYLES)))


def eq(code: str, result: str = "") -> str:
    pieces = "".join(r(f'<w:instrText xml:space="preserve">{piece}</w:instrText>') for piece in code)
    begin, middle, end = (r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end"))
    return begin + pieces + middle + result + end


@pytest.mark.parametrize(
    ("inline", "expected"),
    [
        (eq(r" eq \o\ac(□,√)") + r(t("质量")), "☑质量"),
        (eq(r" EQ \o \ac(□, )") + r(t("质量")), "☐质量"),
        (eq(r"eq \x(√)"), "☑"),
        (eq(r"eq \o\ac(○,男)") + r(t("女")), "男\u20dd女"),
        (eq(r"eq \f(1,2)"), "1/2"),
        (eq(r"EQ \* jc2 \* hps10 \o\ad(\s\up 9(zhāng),张)"), "张"),
        (eq(r"eq \o(\s\up 8(甲乙),\s\do 3(丙丁))"), "甲乙丙丁"),
        (eq(r"eq \o\ac(□,√)", r(t("☐"))), "☐"),
        (eq("eq " + r"\o(" * 500) + r(t("后")), "后"),
        (r'<w:fldSimple w:instr="eq \o\ac(□,√)"/>' + r(t("质量")), "☑质量"),
    ],
)
def test_a_formula_field_without_a_result_shows_what_word_draws(docx, text_of, inline, expected):
    assert [expected] == text_of(docx(p(inline)))


def test_a_deleted_paragraph_mark_joins_two_paragraphs(docx, text_of):
    joined = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r(t('前'))}</w:p>" + p(r(t("后")))

    assert text_of(docx(joined)) == ["前后"]


def test_empty_paragraphs_are_no_blocks_but_count(docx):
    (line,) = docx(p("") + p(r(t("  "))) + p(r(t("甲")))).parts[0].lines

    assert (line.text, line.source.ref) == ("甲", "paragraph 3")
