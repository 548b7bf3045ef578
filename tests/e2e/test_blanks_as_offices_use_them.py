"""Blanks as an office issues and fills them: its name and notes on them, units, opinions, and the papers issued before."""

from __future__ import annotations

import io
import subprocess
import zipfile
from dataclasses import replace

import pytest
from tests.e2e.test_blanks_round_trip import FORMS, ISSUED, flattened, made_up, read_back
from tests.support.hands import fill_docx, fill_pdf, fill_xlsx

from formflow.documents.blanks.fill import Filling, Typed
from formflow.documents.blanks.make import FORMATS, make_blank
from formflow.extraction.extract import extract
from formflow.forms.layout import blank_layout, blank_version
from formflow.forms.samples import sample_value
from formflow.forms.schema import validate
from formflow.limits import Limits
from formflow.model import Cell, Line, Table
from formflow.office.program import find_soffice
from formflow.readers.read import read_bytes

FORM = FORMS["new_customer"]
COMPANY = "华南石化销售有限公司"
HANDS = {"docx": fill_docx, "xlsx": fill_xlsx, "pdf": fill_pdf}
formats = pytest.mark.parametrize("format", FORMATS)
issued = pytest.mark.parametrize(("form", "kind"), ISSUED, ids=[f"{f.id}-{k}" for f, k in ISSUED])
FIVE_LINES = (
    "该客户由老客户介绍，二月二十日首次电话联系，二十六日上门拜访，了解其月用量与现有供应商情况。" * 4
)


def text_in(data: bytes) -> str:
    """All that stands on a file's pages, blanks left out."""
    told = []
    for part in read_bytes(data, "blank", Limits()).parts:
        for block in part.blocks:
            cells: tuple[Cell, ...] = block.cells if isinstance(block, Table) else ()
            told += [block.text] if isinstance(block, Line) else [cell.text for cell in cells]
    return "".join("".join(told).split())


def values_of(data: bytes):
    (candidate,) = extract(read_bytes(data, "blank", Limits()), FORMS)
    record, findings = validate(candidate, FORMS[candidate.form])
    return record, findings


@formats
def test_a_blank_bears_the_company_the_notes_of_the_policy_and_units(format):
    text = text_in(make_blank(FORM, format, company=COMPANY))

    for part in (
        COMPANY,
        "首次交易金额（元）",
        "信用额度（万元）",
        "需要支持栏填写需要公司给予的各种支持条件",
    ):
        assert part in text
    assert f"新客户开发申请表版式{blank_version(FORM).upper()}" in text
    assert "new_customer" not in text


@formats
def test_boxes_are_spoken_of_only_where_there_are_some(format):
    assert "打“√”" in text_in(make_blank(FORM, format))
    assert "打“√”" not in text_in(make_blank(FORMS["fax_in"], format))


@formats
@pytest.mark.parametrize(
    ("typed", "expected"),
    [("5", "50000.00"), ("8000元", "8000.00"), ("5万元", "50000.00"), ("0.8", "8000.00")],
)
def test_an_amount_is_read_in_the_unit_that_the_blank_prints(format, typed, expected):
    blank = blank_layout(FORM)
    filled = Filling({"credit_limit": Typed(typed), "first_trade_amount": Typed("48000")})
    record, _ = values_of(HANDS[format](make_blank(FORM, format), blank, filled))

    assert (expected, "48000.00") == (record.values["credit_limit"], record.values["first_trade_amount"])


def test_an_amount_on_a_print_is_read_in_the_unit_that_stands_there():
    record = {
        **dict.fromkeys(("customer_name", "billing_name"), "华南实业有限公司"),
        "credit_limit": "50000.00",
    }
    data = flattened(make_blank(FORM, "pdf", records=[record]))
    typed = flattened(_typed(make_blank(FORM, "pdf", records=[{**record, "credit_limit": None}]), "5"))

    assert "50000.00" == values_of(data)[0].values["credit_limit"]
    assert "50000.00" == values_of(typed)[0].values["credit_limit"]


def _typed(data: bytes, text: str) -> bytes:
    return fill_pdf(data, blank_layout(FORM), Filling({"credit_limit": Typed(text)}), looks=False)


@formats
def test_a_column_of_amounts_is_read_in_its_unit(format):
    form = FORMS["invoice_dispatch"]
    fields = tuple(replace(f, unit="万元") if f.id == "amount" else f for f in form.fields)
    assert {"amount"} <= {f.id for f in fields}
    other = replace(form, fields=fields)
    rows = made_up(form, "log", 5)
    data = make_blank(other, format, kind="log", records=rows)
    read = [
        validate(candidate, other)[0].values.get("amount")
        for candidate in extract(read_bytes(data, "blank", Limits()), {**FORMS, form.id: other})
    ]

    assert [row.get("amount") for row in rows] == read


@formats
def test_an_opinion_is_kept_with_the_signature_it_stands_above(format):
    said = "先款后货，同意认定。"
    filled = Filling({"leader": Typed("李明", on="2026年3月6日")})
    data = HANDS[format](make_blank(FORM, format), blank_layout(FORM), filled)
    record, _ = values_of(_with_opinion(data, format, said))

    assert {"present": True, "name": "李明", "date": "2026-03-06"} == record.values["leader"]
    assert said in record.sources["leader"].text


@formats
def test_an_opinion_without_a_name_is_asked_about(format):
    _, findings = values_of(_with_opinion(make_blank(FORM, format), format, "同意认定。"))

    assert "unsigned-opinion" in {finding.code for finding in findings if finding.field == "leader"}


def _with_opinion(data: bytes, format: str, said: str) -> bytes:
    """The blank with an opinion typed above the signature of 批示."""
    if format == "xlsx":
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(data))
        place = book.defined_names["leader.opinion"].attr_text.split("!")[1].replace("$", "")
        book.worksheets[0][place].value = said
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    if format == "pdf":
        import pikepdf

        with pikepdf.open(io.BytesIO(data)) as pdf:
            (field,) = (f for f in pdf.Root.AcroForm.Fields if str(f.get("/T", "")) == "leader:opinion")
            field.V = pikepdf.String(said)
            out = io.BytesIO()
            pdf.save(out)
            return out.getvalue()
    from lxml import etree

    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            if member == "word/document.xml":
                root = etree.fromstring(content)
                tags = {t.get(f"{w}val"): t.getparent() for t in root.iter(f"{w}tag")}
                properties = tags["leader:opinion"]
                properties.remove(properties.find(f"{w}showingPlcHdr"))
                next(properties.getparent().iter(f"{w}t")).text = said
                content = etree.tostring(root)
            target.writestr(member, content)
    return out.getvalue()


def test_a_page_number_of_a_word_blank_is_counted_by_word():
    footer = zipfile.ZipFile(io.BytesIO(make_blank(FORM, "docx"))).read("word/footer1.xml").decode()

    assert 'w:instr=" PAGE "' in footer
    assert 'w:instr=" NUMPAGES "' in footer


@issued
@formats
def test_a_blank_of_the_first_revision_is_still_read(form, kind, format):
    records = made_up(form, kind, 6, none=True)
    data = _as_first_issued(make_blank(form, format, kind=kind, records=records, revision=1), form, format)

    assert f"{form.id}{blank_version(form, kind, 1)}" in text_in(data)
    assert records == read_back(data)


def _as_first_issued(data: bytes, form, format: str) -> bytes:
    """With the marker's name as the first revision had it, without the form's id."""
    if format == "pdf":
        import pikepdf

        with pikepdf.open(io.BytesIO(data)) as pdf:
            (field,) = (f for f in pdf.Root.AcroForm.Fields if str(f.get("/T", "")).startswith("formflow"))
            field.T = pikepdf.String("formflow")
            out = io.BytesIO()
            pdf.save(out)
            return out.getvalue()
    old, new = (
        (f"formflow:{form.id}", "formflow") if format == "docx" else (f"formflow.{form.id}", "formflow")
    )
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for member in source.namelist():
            target.writestr(member, source.read(member).replace(old.encode(), new.encode()))
    return out.getvalue()


@issued
def test_a_flattened_blank_of_the_first_revision_that_nobody_filled_in_holds_no_record(form, kind):
    assert [] == read_back(flattened(make_blank(form, "pdf", kind=kind, revision=1)))


@pytest.mark.slow
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_five_lines_in_every_long_field_leave_a_blank_on_its_one_page(tmp_path):
    import pypdfium2

    record = {item.id: sample_value(item) for item in FORM.fields}
    record |= dict.fromkeys(("development", "evaluation", "support_needed"), FIVE_LINES)
    (tmp_path / "filled.docx").write_bytes(make_blank(FORM, "docx", company=COMPANY, records=[record]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "filled.docx")], check=True, capture_output=True, timeout=240)
    document = pypdfium2.PdfDocument(tmp_path / "filled.pdf")
    pages = len(document)
    document.close()

    assert 1 == pages
