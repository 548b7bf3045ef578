"""Every blank, in every format: issued, filled in, read back to the record that was filled in."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.support.hands import fill_docx, fill_pdf, fill_xlsx
from tests.support.records import record_of

from formflow.documents.blanks.fill import filling
from formflow.documents.blanks.make import FORMATS, make_blank
from formflow.extraction.extract import extract
from formflow.forms.layout import blank_layout
from formflow.forms.layout.blank import header_fields
from formflow.forms.load import load_forms
from formflow.forms.schema import validate
from formflow.forms.spec import FieldType
from formflow.limits import Limits
from formflow.readers.read import read_bytes

FORMS = load_forms(Path(__file__).parents[2] / "schemas")
ISSUED = [(form, kind) for form in FORMS.values() for kind in form.layouts]
issued = pytest.mark.parametrize(("form", "kind"), ISSUED, ids=[f"{f.id}-{k}" for f, k in ISSUED])
formats = pytest.mark.parametrize("format", FORMATS)
HANDS = {"docx": fill_docx, "xlsx": fill_xlsx, "pdf": fill_pdf}
Records = list[dict[str, Any]]


def made_up(form, kind, seed, *, none=False) -> Records:
    """Records as a paper may hold them: one, or the rows of a log under one header."""
    dice = random.Random(f"{form.id} {kind} {seed}")
    if kind == "record":
        return [record_of(form, dice, none=none)]
    head_ids = {item.id for item in header_fields(form)}
    head = {id: value for id, value in record_of(form, dice).items() if id in head_ids}
    rows = []
    for _ in range(dice.randrange(2, 9)):
        row = {id: v for id, v in record_of(form, dice, none=none).items() if id not in head_ids} | head
        rows.append({item.id: row[item.id] for item in form.fields if item.id in row})
    return rows


def read_back(data: bytes, *, clean: bool = True) -> Records:
    """The records of a file; where `clean`, without anything for a person to settle."""
    records = []
    for candidate in extract(read_bytes(data, "blank", Limits()), FORMS):
        record, findings = validate(candidate, FORMS[candidate.form])
        assert not clean or not findings
        records.append(dict(record.values))
    return records


def bare(value: Any) -> Any:
    """Without the blanks and line ends that setting a text on a page costs."""
    if isinstance(value, str):
        return "".join(value.split())
    if isinstance(value, list):
        return [bare(item) for item in value]
    return {id: bare(item) for id, item in value.items()} if isinstance(value, dict) else value


@issued
@formats
def test_what_is_pre_filled_is_read_back(form, kind, format):
    records = made_up(form, kind, 1, none=True)

    assert records == read_back(make_blank(form, format, kind=kind, records=records))


@issued
@formats
def test_what_another_program_fills_in_is_read_back(form, kind, format):
    records = made_up(form, kind, 2, none=format != "xlsx")
    blank = blank_layout(form, kind)
    filled = filling(blank, records)

    assert records == read_back(HANDS[format](make_blank(form, format, kind=kind), blank, filled))


@issued
@formats
def test_an_untouched_blank_holds_no_record(form, kind, format):
    assert [] == read_back(make_blank(form, format, kind=kind))


@issued
def test_a_pdf_whose_viewer_draws_the_fields_is_read_back(form, kind):
    records = made_up(form, kind, 3)
    blank = blank_layout(form, kind)
    data = fill_pdf(make_blank(form, "pdf", kind=kind), blank, filling(blank, records), looks=False)

    assert records == read_back(data)


@issued
def test_a_flattened_pdf_is_read_back(form, kind):
    records = [_short(form, record) for record in made_up(form, kind, 4, none=True)]
    data = flattened(make_blank(form, "pdf", kind=kind, records=records))

    assert bare(records) == bare(read_back(data))


@issued
def test_a_flattened_untouched_pdf_holds_no_record(form, kind):
    assert [] == read_back(flattened(make_blank(form, "pdf", kind=kind)))


def _short(form, record):
    """Texts that print whole in the narrowest column."""
    own = form.rows_field
    short = {
        item.id: "已办" if item.type is FieldType.TEXT and record[item.id] else record[item.id]
        for item in form.fields
        if item.id in record
    }
    if own is not None and own.id in short:
        texts = {item.id for item in own.fields if item.type is FieldType.TEXT}
        short[own.id] = [
            {id: "已办" if id in texts and v else v for id, v in row.items()} for row in short[own.id]
        ]
    return short


def flattened(data: bytes) -> bytes:
    """The PDF as printing to a file leaves it: what the fields show is on the page, the fields are gone."""
    import io

    import pypdfium2
    from pypdfium2.raw import FPDFPage_Flatten

    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    for page in document:
        FPDFPage_Flatten(page, 0)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@formats
def test_more_rows_than_a_page_holds_go_on_with_the_next(format):
    form = FORMS["fax_in"]
    records = [record for seed in range(6, 14) for record in made_up(form, "log", seed)]
    head = {item.id: records[0].get(item.id) for item in header_fields(form) if item.id in records[0]}
    ids = {item.id for item in header_fields(form)}
    records = [{id: v for id, v in record.items() if id not in ids} | head for record in records]

    assert len(records) > 2 * blank_layout(form).entries
    assert records == read_back(make_blank(form, format, records=records))


@pytest.mark.slow
@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_a_blank_saved_anew_by_libreoffice_is_read_back(format, tmp_path):
    records = {}
    for form, kind in ISSUED:
        name = f"{form.id}-{kind}"
        records[name] = made_up(form, kind, 5, none=True)
        file = tmp_path / f"{name}.{format}"
        file.write_bytes(make_blank(form, format, kind=kind, records=records[name]))
    files = sorted(map(str, tmp_path.glob(f"*.{format}")))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", format, "--outdir", str(tmp_path / "out"), *files],
        check=True,
        capture_output=True,
        timeout=240,
    )
    again = {name: read_back((tmp_path / "out" / f"{name}.{format}").read_bytes()) for name in records}

    assert records == again
