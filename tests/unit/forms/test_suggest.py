"""What a reviewer is shown beside a doubt about paper: look-alikes exchanged, never taken by themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from formflow.forms.load import load_forms
from formflow.forms.schema import validate
from formflow.forms.suggest import number_meant
from formflow.model import Candidate, Reading, Severity, Source

FORMS = load_forms(Path("schemas"))


def read(form, field, text, *, medium="scan", sure=0.99, label="", year=None, rows=""):
    """The value and the finding of a field, None where there is none."""
    source = Source(part="page 1", ref="table 1 R1C2", box=(0, 0, 9, 9), medium=medium)
    reading = Reading(text=text, source=source, confidence=sure, label=label)
    table = {rows: ({}, {field: reading})} if rows else {}
    candidate = Candidate(form=form, readings={} if rows else {field: reading}, rows=table, year=year)
    record, findings = validate(candidate, FORMS[form])
    own = [f for f in findings if f.code != "missing" and (f.field == field or f.cell == f"{rows}.1.{field}")]
    return record.values.get(field), own[0] if own else None


@pytest.mark.parametrize(
    ("form", "field", "text", "expected"),
    [
        ("new_customer", "credit_code", "91440604MA4UQBQR6H", ("91440604MA4UQ8QR6H",)),
        ("new_customer", "applied_on", "2O26-1l-03", ("2026-11-03",)),
        ("new_customer", "phone", "O755-26BB1234", ("0755-26881234",)),
        ("new_customer", "first_trade_amount", "3,OOO.OO", ("3000.00",)),
        ("new_customer", "first_trade_amount", "臺万贰仟无整", ("12000.00",)),
        ("complaint", "quantity", "l2.5吨", ("12.5吨",)),
        ("complaint", "category", "质童", ("质量",)),
        ("complaint", "category", "☑质童 ☐交货 ☐服务", ("质量",)),
        ("fax_in", "pages", "l2页", ("12",)),
        ("fax_in", "received_at", "2O26-03-05 14:3O", ("2026-03-05 14:30",)),
    ],
)
def test_a_value_that_fails_its_check_is_shown_with_what_it_may_be(form, field, text, expected):
    value, finding = read(form, field, text)

    assert value is None
    assert (Severity.RETURN, expected) == (finding.severity, finding.suggestions)


def test_a_suggestion_is_whole_whatever_unit_the_label_prints():
    _, finding = read("new_customer", "first_trade_amount", "l.2", label="首次交易金额（万元）")

    assert ("12000.00",) == finding.suggestions


@pytest.mark.parametrize("text", ["宏函〔2O26〕l2号", "宏函[20Z6]第12号", "TS-2O26-0OO1"])
def test_a_text_that_is_nearly_a_document_number_stands_and_waits(text):
    value, finding = read("fax_in", "sender_ref", text)

    assert text == value
    assert ("look-alike", Severity.RETURN) == (finding.code, finding.severity)
    assert (number_meant(text),) == finding.suggestions


@pytest.mark.parametrize(
    "text", ["宏函〔2026〕12号", "TS-2026-0001", "SO-LO-1", "见附件（OOOO）一号", "合同 2O26", "LOT-BBBB-1"]
)
def test_a_text_that_is_a_document_number_or_none_at_all_passes(text):
    assert (text, None) == read("fax_in", "sender_ref", text)


@pytest.mark.parametrize(("text", "waits"), [("2O26年3月5日", True), ("二O二六年三月五日", False)])
def test_a_day_that_reads_through_a_letter_waits_where_a_recogniser_may_have_put_it(text, waits):
    value, finding = read("new_customer", "applied_on", text)

    assert "2026-03-05" == value
    assert waits is (finding is not None)


def test_a_name_of_little_confidence_is_shown_with_the_names_that_look_like_it():
    value, finding = read("new_customer", "contact", "王土明", sure=0.6)

    assert ("王土明", "low-confidence", ("王士明",)) == (value, finding.code, finding.suggestions)
    assert ("王土明", None) == read("new_customer", "contact", "王土明")


def test_a_code_that_passes_has_no_suggestion_however_uncertain_it_is():
    _, finding = read("new_customer", "credit_code", "91440604MA4UQ8QR6H", sure=0.6)

    assert ("low-confidence", ()) == (finding.code, finding.suggestions)


def test_a_file_that_is_no_paper_is_believed_to_the_letter():
    _, finding = read("new_customer", "applied_on", "2O26-1l-03", medium="")

    assert () == finding.suggestions
    assert ("宏函〔2O26〕l2号", None) == read("fax_in", "sender_ref", "宏函〔2O26〕l2号", medium="")


def test_a_value_of_the_forms_own_table_names_its_cell():
    table = FORMS["visit_plan"].rows_field
    column = replace(table.fields[0], id="count", label="人数", type=FORMS["fax_in"].field("pages").type)
    form = replace(
        FORMS["visit_plan"],
        fields=tuple(
            replace(f, fields=(*f.fields, column)) if f is table else f for f in FORMS["visit_plan"].fields
        ),
    )
    source = Source(part="page 1", ref="table 1 R3C2", medium="scan")
    row = {"count": Reading(text="l2", source=source)}
    _, findings = validate(Candidate(form=form.id, readings={}, rows={table.id: (row, row)}), form)
    found = [finding for finding in findings if finding.suggestions]

    assert [(f"{table.id}.0.count", ("12",)), (f"{table.id}.1.count", ("12",))] == [
        (finding.cell, finding.suggestions) for finding in found
    ]
    assert {table.id} == {finding.field for finding in found}
