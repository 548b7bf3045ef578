"""What lies in a blank's package: names, locks, lists, fonts, symbols."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from lxml import etree

from formflow.documents.blanks.face import encoded, lines_of, width_of
from formflow.documents.blanks.fill import filling, records_in
from formflow.documents.blanks.make import FORMATS, make_blank
from formflow.documents.qr import picture, symbol
from formflow.errors import UsageError
from formflow.forms.layout import blank_layout
from formflow.forms.load import load_forms
from formflow.values.blankcode import parse_blank_code

FORMS = load_forms(Path(__file__).parents[4] / "schemas")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RECORD = {
    "customer_name": "华南实业（深圳）有限公司",
    "first_trade_on": "2026-03-05",
    "customer_type": "other",
    "credit_limit": None,
    "leader": {"present": True, "name": "李明", "date": "2026-03-06"},
}


def part(data: bytes, name: str):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_form_and_record_give_the_same_bytes(format):
    first = make_blank(FORMS["new_customer"], format, records=[RECORD])

    assert first == make_blank(FORMS["new_customer"], format, records=[RECORD])


def test_word_controls_are_tagged_titled_and_cannot_be_deleted():
    root = part(make_blank(FORMS["complaint"], "docx"), "word/document.xml")
    controls = [sdt.find(f"{W}sdtPr") for sdt in root.iter(f"{W}sdt")]
    tags = {c.find(f"{W}tag").get(f"{W}val"): c.find(f"{W}alias").get(f"{W}val") for c in controls}

    assert {"sdtLocked"} == {c.find(f"{W}lock").get(f"{W}val") for c in controls}
    assert "客户名称" == tags["customer_name"]
    assert {f"channel:{id}" for id in FORMS["complaint"].field("channel").options} < tags.keys()
    assert len(controls) == len({c.find(f"{W}id").get(f"{W}val") for c in controls})


def test_word_lets_nothing_but_controls_be_filled_in():
    settings = part(make_blank(FORMS["complaint"], "docx"), "word/settings.xml")
    protection = settings.find(f"{W}documentProtection")

    assert ("forms", "1") == (protection.get(f"{W}edit"), protection.get(f"{W}enforcement"))


def test_a_word_date_is_a_date_picker_with_its_day():
    root = part(make_blank(FORMS["new_customer"], "docx", records=[RECORD]), "word/document.xml")
    days = [date.get(f"{W}fullDate") for date in root.iter(f"{W}date") if date.get(f"{W}fullDate")]

    assert ["2026-03-05T00:00:00Z", "2026-03-06T00:00:00Z"] == days


def test_excel_has_a_name_for_each_field_and_locks_all_else():
    book = openpyxl.load_workbook(io.BytesIO(make_blank(FORMS["complaint"], "xlsx")))
    sheet = book.worksheets[0]
    places = {id: name.attr_text.split("!")[1].replace("$", "") for id, name in book.defined_names.items()}
    marker = places.pop("formflow.complaint")
    covered = {cell for merged in sheet.merged_cells.ranges for cell in list(merged.cells)[1:]}
    cells = [c for row in sheet.iter_rows() for c in row if (c.row, c.column) not in covered]
    unlocked = {cell.coordinate for cell in cells if not cell.protection.locked}

    assert {item.id for item in FORMS["complaint"].fields} == places.keys()
    assert set(places.values()) == unlocked
    assert sheet[marker].protection.locked
    assert (True, None) == (sheet.protection.sheet, sheet.protection.password)


def test_an_excel_log_is_one_table_with_checks_and_a_frozen_heading():
    sheet = openpyxl.load_workbook(io.BytesIO(make_blank(FORMS["invoice_dispatch"], "xlsx"))).worksheets[0]
    heading = next(row for row in sheet.iter_rows() if row[0].value == "序号")[0].row
    checks = {check.type: str(check.sqref) for check in sheet.data_validations.dataValidation}

    assert f"C{heading + 1}" == sheet.freeze_panes
    assert {"date", "decimal", "list"} == checks.keys()
    assert all(f":{c[0]}{heading + 100}" in area for area in checks.values() for c in area.split()[:1])
    assert not [merged for merged in sheet.merged_cells.ranges if merged.min_row > heading]


def test_an_excel_list_offers_the_options_as_they_print():
    book = openpyxl.load_workbook(io.BytesIO(make_blank(FORMS["new_customer"], "xlsx")))
    shown = [row[0].value for row in book["选项"].iter_rows(max_col=1) if row[0].value]

    assert "hidden" == book["选项"].sheet_state
    assert "☐企业　　☐事业单位　　☐个人　　☐其他" == shown[0]
    assert "☑企业　　☐事业单位　　☐个人　　☐其他" == shown[1]


def test_a_field_named_like_a_cell_gets_another_name():
    from formflow.forms.controlnames import sheet_name

    assert ["_a1", "_r", "amount", "head.date"] == [sheet_name(n) for n in ("a1", "r", "amount", "head:date")]


def test_a_pdf_embeds_its_font_and_says_what_every_field_is():
    pdf = pikepdf.open(io.BytesIO(make_blank(FORMS["new_customer"], "pdf")))
    form = pdf.Root.AcroForm
    fields = {str(field.T): field for field in form.Fields}
    descendant = form.DR.Font.FFSans.DescendantFonts[0]

    assert "/FontFile3" in descendant.FontDescriptor
    assert "客户名称" == str(fields["customer_name"].TU)
    assert ["企业", "事业单位", "个人", "其他"] == [str(kid.TU) for kid in fields["customer_type"].Kids]
    assert form.NeedAppearances is False or not bool(form.NeedAppearances)


def test_what_shows_in_a_pdf_field_is_drawn():
    pdf = pikepdf.open(io.BytesIO(make_blank(FORMS["new_customer"], "pdf", records=[RECORD])))
    field = next(f for f in pdf.Root.AcroForm.Fields if str(f.T) == "customer_name")
    look = field.AP.N.read_bytes().decode("ascii")

    assert f"<{encoded('华南实业（深圳）有限公司')}> Tj" in look


def test_a_character_that_the_font_lacks_prints_as_a_printers_mark():
    assert encoded("〓") == encoded("\U00020000") == "3013"


def test_lines_break_where_the_room_ends():
    lines = lines_of("客户反映到货有渗漏\n现场拍照", 10, 40)

    assert ["客户反映", "到货有渗", "漏", "现场拍照"] == lines
    assert max(width_of(line, 10) for line in lines) <= 40


@pytest.mark.parametrize("rendition", ["docx", "pdf"])
def test_the_symbol_on_a_page_says_form_version_and_page(rendition):
    zxingcpp = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    form = FORMS["visit_plan"]
    data = make_blank(form, rendition)
    if rendition == "docx":
        shown = image.open(io.BytesIO(zipfile.ZipFile(io.BytesIO(data)).read("word/media/image1.png")))
    else:
        import pypdfium2

        shown = pypdfium2.PdfDocument(data)[0].render(scale=200 / 72).to_pil()
    codes = [parse_blank_code(found.text) for found in zxingcpp.read_barcodes(shown.convert("L"))]

    assert [("visit_plan", blank_layout(form).version, rendition, "record", 1, 1)] == [
        (c.form, c.version, c.rendition, c.kind, c.page, c.pages) for c in codes
    ]


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_modules_are_at_least_two_thirds_of_a_millimetre(form):
    from formflow.values.blankcode import BlankCode

    blank = blank_layout(form)
    code = BlankCode(form=form.id, version=blank.version, rendition="pdf", kind=blank.kind)
    left, _, right, _ = blank.pages[0].qr

    assert (right - left) / len(symbol(str(code))) / 72 * 25.4 >= 0.67


def test_a_picture_of_a_symbol_is_a_png():
    assert picture("FF1/B/A").startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({"customer_nam": "x"}, "did you mean 'customer_name'"),
        ({"payment": "gold"}, "one of cash, transfer"),
        ({"first_trade_on": "5.3.2026"}, "a date like 2026-03-05"),
        ({"leader": "李明"}, "an object"),
        ({"product": 1.5}, "a text"),
    ],
)
def test_a_record_that_does_not_fit_is_refused_with_what_was_expected(record, told):
    with pytest.raises(UsageError, match=told):
        filling(blank_layout(FORMS["new_customer"]), [record])


def test_a_form_takes_one_record():
    with pytest.raises(UsageError, match="2 records"):
        filling(blank_layout(FORMS["complaint"]), [{}, {}])


def test_records_are_found_however_they_are_handed_over():
    form = FORMS["complaint"]
    values = {"product": "甲醇"}
    told = (
        {"form": "complaint", "values": values},
        {"records": [{"form": "complaint", "values": values}]},
        values,
        [values],
    )

    assert [[values]] * 4 == [records_in(item, form) for item in told]
    with pytest.raises(UsageError, match="not of complaint"):
        records_in({"form": "fax_in", "values": {}}, form)
