"""A letter gives the clerk a row to confirm, never values that pass unseen."""

from __future__ import annotations

from pathlib import Path

from formflow.extraction.letters import letter_candidate
from formflow.forms.load import load_forms
from formflow.forms.schema import validate
from formflow.model import Document, DoubtReason, Line, Part, Source

_FORM = load_forms(Path("schemas"))["fax_in"]
_LETTER = (
    "华南实业（深圳）有限公司",
    "华实函〔2026〕12号",
    "关于调整三月份交货计划的函",
    "南方石化化工销售有限公司：",
    "贵公司三月份订单请顺延五日。",
    "华南实业（深圳）有限公司",
    "2026年3月5日",
)


def _letter(*pages):
    parts = []
    for number, lines in enumerate(pages, start=1):
        place = Source(part=f"page {number}", ref="line", medium="fax-fine")
        parts.append(
            Part(name=place.part, kind="page", blocks=tuple(Line(text=text, source=place) for text in lines))
        )
    return Document(digest="0", media_type="image/tiff", name="a.tif", reader="scan/1", parts=tuple(parts))


def _row(document, **known):
    candidate = letter_candidate(document, _FORM, received="2026-03-06T09:15", **known)
    assert candidate is not None
    return candidate


def test_sender_reference_and_subject_are_suggested():
    readings = _row(_letter(_LETTER)).readings

    assert ("华南实业（深圳）有限公司", "华实函〔2026〕12号", "关于调整三月份交货计划的函") == tuple(
        readings[id].text for id in ("sender", "sender_ref", "subject")
    )


def test_what_is_suggested_waits_for_a_person():
    candidate = _row(_letter(_LETTER))
    _, findings = validate(candidate, _FORM)

    assert (DoubtReason.GUESSED,) == candidate.readings["sender"].doubts
    assert {"sender", "sender_ref", "subject"} <= {finding.field for finding in findings}


def test_pages_are_counted_without_blank_backs():
    assert "2" == _row(_letter(_LETTER, (), ("附件",))).readings["pages"].text


def test_the_receipt_is_the_fax_server_s_where_it_noted_one():
    assert (
        "2026-03-05 14:30" == _row(_letter(_LETTER), sent_at="2026-03-05T14:30").readings["received_at"].text
    )


def test_a_number_in_the_tags_is_the_sender_s_fax_number():
    assert "+86 755 26881234" == _row(_letter(_LETTER), sender="+86 755 26881234").readings["fax_number"].text


def test_whom_a_letter_is_addressed_to_is_not_its_sender():
    readings = _row(_letter(("南方石化化工销售有限公司：", "请查收。"))).readings

    assert "sender" not in readings


def test_blank_paper_gives_nothing():
    assert letter_candidate(_letter(()), _FORM, received="2026-03-06T09:15") is None
