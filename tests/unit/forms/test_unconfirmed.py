"""What a person must confirm of values that were recognised from pixels."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from formflow.documents.templates.missing import missing_of
from formflow.forms.load import load_forms
from formflow.forms.schema import validate
from formflow.forms.spec import LEAST_CONFIDENCE
from formflow.model import Candidate, DoubtReason, Mark, Reading, Severity, Source

_FORM = load_forms(Path("schemas"))["new_customer"]


def _codes(field, text, *, medium, sure, form=_FORM):
    place = Source(part="page 1", ref="table 1 R1C2", box=(0, 0, 9, 9), medium=medium)
    reading = Reading(text=text, source=place, confidence=sure)
    record, findings = validate(Candidate(form=form.id, readings={field: reading}), form)
    assert field in record.values
    return [finding.code for finding in findings if finding.field == field]


@pytest.mark.parametrize(("medium", "told"), [("", "推定"), ("scan", "识别把握不足（50%）")])
def test_of_a_file_in_which_nothing_was_recognised_no_recognition_is_doubted(medium, told):
    place = Source(part="page 1", ref="table 1 R1C2", box=(0, 0, 9, 9), medium=medium)
    how = {"confidence": 0.5} if medium else {"doubts": (DoubtReason.GUESSED,)}
    reading = Reading(text="李明", source=place, **how)
    record, findings = validate(Candidate(form=_FORM.id, readings={"contact": reading}), _FORM)
    (finding,) = (finding for finding in findings if finding.field == "contact")
    (lack,) = missing_of(_FORM, [finding], record.sources)

    assert told in finding.message
    assert ("识别" in finding.message, "字迹不清" == lack["problem"]) == (bool(medium), bool(medium))


@pytest.mark.parametrize(("field", "text"), [("first_trade_on", "2026-03-05"), ("credit_limit", "1,200.00")])
def test_days_and_amounts_on_a_standard_fax_always_wait(field, text):
    assert ["coarse-fax"] == _codes(field, text, medium="fax-standard", sure=1.0)
    assert [] == _codes(field, text, medium="fax-fine", sure=1.0)


def test_a_name_on_a_standard_fax_passes_where_it_is_sure():
    assert [] == _codes("contact", "李明", medium="fax-standard", sure=0.97)


@pytest.mark.parametrize(("sure", "expected"), [(0.79, ["low-confidence"]), (0.8, [])])
def test_a_value_below_the_threshold_stands_with_its_finding(sure, expected):
    assert expected == _codes("contact", "李明", medium="fax-fine", sure=sure)


@pytest.mark.parametrize(("sure", "expected"), [(0.75, ["low-confidence"]), (0.76, [])])
@pytest.mark.parametrize("medium", ["scan", "photo"])
def test_a_scan_needs_to_be_less_sure_than_a_fax(medium, sure, expected):
    assert expected == _codes("contact", "李明", medium=medium, sure=sure)


def test_a_form_sets_its_own_threshold():
    strict = replace(_FORM, confidence=0.95)

    assert ["low-confidence"] == _codes("contact", "李明", medium="scan", sure=0.9, form=strict)


@pytest.mark.parametrize(
    ("sure", "expected"), [(LEAST_CONFIDENCE, ["low-confidence"]), (LEAST_CONFIDENCE + 0.01, [])]
)
def test_no_form_lets_a_value_pass_that_was_hardly_recognised(sure, expected):
    lax = replace(_FORM, confidence=0.5)

    assert expected == _codes("contact", "李明", medium="scan", sure=sure, form=lax)


@pytest.mark.parametrize("medium", ["", "scan"])
def test_a_doubted_value_waits_however_sure_its_characters_are_and_says_why(medium):
    place = Source(part="page 1", ref="table 1 R1C2", medium=medium)
    doubts = (DoubtReason.SEAL_OVER, DoubtReason.CUT_OFF)
    reading = Reading(text="李明", source=place, doubts=doubts)
    lax = replace(_FORM, confidence=0.0)
    record, findings = validate(Candidate(form=_FORM.id, readings={"contact": reading}), lax)
    [finding] = (finding for finding in findings if finding.field == "contact")

    assert ("李明", "low-confidence") == (record.values["contact"], finding.code)
    assert ["读取存疑"] == [lack["problem"] for lack in missing_of(_FORM, [finding], record.sources)]
    assert finding.message == (
        "“联系人”（李明）：有印章或笔迹压住文字；文字可能超出单元格或压住表线，请对照原件核对。"
    )
    assert finding.english == (
        "联系人 (李明): a seal or a pen stroke lies over it; its text may be cut off or go through a ruling;"
        " compare it with the paper."
    )


def test_a_value_that_is_doubted_and_unsure_says_both():
    place = Source(part="page 1", ref="table 1 R1C2", medium="scan")
    reading = Reading(text="李明", source=place, confidence=0.6, doubts=(DoubtReason.BY_HAND,))
    _, findings = validate(Candidate(form=_FORM.id, readings={"contact": reading}), _FORM)
    [finding] = (finding for finding in findings if finding.field == "contact")

    assert "手写；识别把握不足（60%）" in finding.message


@pytest.mark.parametrize(("text", "expected"), [("李明", []), ("李明 2026年3月6日", ["coarse-fax"])])
def test_the_day_of_a_signature_on_a_standard_fax_waits_too(text, expected):
    assert expected == _codes("leader", text, medium="fax-standard", sure=1.0)


def _signed(form, field, **more):
    """The value of a blank place to sign and the finding about it."""
    place = Source(part="page 1", ref="table 1 R1C2", box=(0, 0, 9, 9), medium="fax-fine")
    reading = Reading(text="签字：     日期：", source=place, **more)
    form = load_forms(Path("schemas"))[form]
    record, findings = validate(Candidate(form=form.id, readings={field: reading}), form)
    own = [(finding.code, finding.severity) for finding in findings if finding.field == field]
    return record.values.get(field), own


@pytest.mark.parametrize(("mark", "code"), [(Mark.UNKNOWN, "signature-unknown"), (Mark.SEAL, "seal-alone")])
@pytest.mark.parametrize(
    ("form", "field", "severity"),
    [("fax_out", "head", Severity.RETURN), ("new_customer", "leader", Severity.NOTE)],
)
def test_where_a_signature_is_asked_for_a_person_says_whether_a_seal_is_one(
    form, field, severity, mark, code
):
    assert (None, [(code, severity)]) == _signed(form, field, mark=mark)


def test_a_rule_that_looks_at_a_signature_asks_for_it():
    form = load_forms(Path("schemas"))["fax_out"]
    optional = tuple(replace(field, required=False) if field.id == "head" else field for field in form.fields)
    place = Source(part="page 1", ref="R1C2", medium="fax-fine")
    candidate = Candidate(form=form.id, readings={"head": Reading(text="", source=place, mark=Mark.UNKNOWN)})
    _, findings = validate(candidate, replace(form, fields=optional))

    assert Severity.RETURN in [finding.severity for finding in findings if finding.field == "head"]


def test_a_pens_ink_on_a_page_with_greys_is_a_signature():
    assert ({"present": True, "name": None, "date": None}, []) == _signed("fax_out", "head", mark=Mark.INK)
