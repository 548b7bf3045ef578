"""In whatever order the pages of a batch were scanned: the same records, or a person is asked."""

from __future__ import annotations

import functools
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.support.pages import document, renumbered

from formflow.documents.blanks.make import make_blank
from formflow.extraction.extract import extract
from formflow.forms.load import load_forms
from formflow.limits import Limits
from formflow.model import Part
from formflow.readers.pdf.document import read_pdf

FORMS = load_forms(Path(__file__).parents[2] / "schemas")
MIXED = {"pages-mixed", "page-missing", "page-doubled"}


def _plan(name, rows=24):
    told = [
        {
            "customer": f"{name}的客户{n}",
            "place": "深圳",
            "purpose": "拜访",
            "topic": "价格",
            "method": "乘车",
        }
        for n in range(rows)
    ]
    return {"date": "2026-03-05", "salesperson": name, "rows": told}


@functools.cache
def _paper(form: str, name: str) -> tuple[Part, ...]:
    """The pages of one filled blank; of a visit plan three, of the others one."""
    filled = {
        "visit_plan": _plan(name),
        "complaint": {"customer_name": f"{name}化工有限公司", "product": "甲醇", "recorder": name},
        "fax_access": {"applicant": name, "fax_no": "收传〔2026〕1号", "reason": "核对"},
    }[form]
    return read_pdf(make_blank(FORMS[form], "pdf", records=[filled]), Limits())


def _read(parts):
    """What each record holds, with the codes of its doubts, in no particular order."""
    told = []
    for candidate in extract(document(*renumbered(parts)), FORMS):
        values = sorted((id, reading.text) for id, reading in candidate.readings.items())
        rows = [row["customer"].text for row in candidate.rows.get("rows", ())]
        told.append((candidate.form, values, rows, [doubt.code for doubt in candidate.doubts]))
    return sorted(told, key=repr)


PLAN, OTHER = _paper("visit_plan", "李明"), _paper("visit_plan", "王五")
DIFFERENT = (*PLAN, *_paper("complaint", "赵六"), *_paper("fax_access", "钱七"))
WHOLE = _read(DIFFERENT)


@settings(deadline=None, max_examples=40)
@given(st.permutations(DIFFERENT))
def test_any_order_of_the_pages_of_different_papers_gives_the_same_records(pages):
    assert WHOLE == _read(pages)


@settings(deadline=None, max_examples=40)
@given(st.permutations(PLAN), st.permutations(OTHER))
def test_copies_that_lie_behind_each_other_are_whole_or_asked_about(one, other):
    read = _read([*one, *other])

    assert _read([*PLAN, *OTHER]) == [(*told[:3], []) for told in read]
    assert [page.name for page in one] == [page.name for page in other] or all(told[3] for told in read)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from([*PLAN, *OTHER]), min_size=1, max_size=5, unique_by=id))
def test_pages_that_cannot_make_whole_copies_are_always_asked_about(pages):
    assume(len(pages) % len(PLAN))

    assert any(MIXED & set(told[3]) for told in _read(pages))
