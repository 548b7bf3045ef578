"""Whatever text comes, the search for look-alikes ends, and what it suggests is always a value of the field."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formflow.forms.fieldtypes import CLASSES, Slot
from formflow.forms.load import load_forms
from formflow.forms.spec import Field, FieldType
from formflow.model import Reading, Source
from formflow.values import Doubt
from formflow.values.lookalikes import BUDGET, LETTERS, MOST, alike, candidates

OPTIONS = next(
    field.options for field in load_forms(Path("schemas"))["complaint"].fields if field.id == "category"
)
ALIKE = "0OoDQ1lI|2Z5S8B6bG9gq4A7T末未己已巳土士人入日目曰千干于元无壹臺万年月日.,-:/ 号〔〕质量交货"
TEXTS = st.text(alphabet=ALIKE, max_size=60) | st.text(max_size=60)
WRITTEN = st.sampled_from(
    "2026-11-03 2026年3月5日 13800138000 0755-26881234 12,345.60 91440604MA4UQ8QR6H 12页 12.5吨 宏函〔2026〕12号"
    " TS-2026-0001 质量 叁万贰仟元整 王士明".split()
)
SWAPS = st.dictionaries(st.integers(0, 17), st.sampled_from(ALIKE), max_size=4)
PAPER = Source(part="page 1", ref="table 1 R1C1", medium="scan")


def misread(text: str, swaps: dict[int, str]) -> str:
    return "".join(swaps.get(place, character) for place, character in enumerate(text))


@given(TEXTS, st.integers(1, 5), st.sampled_from([(), tuple(LETTERS)]))
def test_the_search_is_bounded_and_finds_only_what_passes_and_looks_alike(text, every, foreign):
    asked = []

    def passes(made: str) -> bool:
        asked.append(made)
        return hash(made) % every == 0

    found = candidates(text, passes, foreign=foreign)

    assert len(asked) <= BUDGET
    assert len(found) <= MOST
    for made in found:
        assert made in asked
        assert made != text and len(made) == len(text)
        assert all(a == b or alike(a, b) for a, b in zip(text, made, strict=True))


@pytest.mark.parametrize("kind", [kind for kind in FieldType if kind is not FieldType.ROWS])
@settings(max_examples=40, deadline=None)
@given(
    text=TEXTS | st.builds(misread, WRITTEN, SWAPS), label=st.sampled_from(["", "金额（万元）", "数量（吨）"])
)
def test_a_suggestion_always_passes_the_type_check_and_is_another_value(kind, text, label):
    field = CLASSES[kind](
        Field(id="it", label="它", type=kind, options=OPTIONS if kind.value.startswith("choice") else {})
    )
    slot = Slot(Reading(text=text, source=PAPER, label=label), 2026)
    own = field.read(slot)
    told = field.suggestions(slot)

    assert len(told) <= MOST
    for suggestion in told:
        value = field.read(replace(slot, reading=Reading(text=suggestion, source=PAPER)))
        assert value is not None and not isinstance(value, Doubt)
        assert value != own
