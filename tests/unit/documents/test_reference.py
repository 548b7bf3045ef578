"""The reference of the template syntax says what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from formflow.documents.templates.check import sample_context
from formflow.documents.templates.filters import FILTERS
from formflow.documents.templates.grammar import LOOP, SHOWN
from formflow.forms.load import load_forms

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/reference/templates.md").read_text(encoding="utf-8")
TOLD = set(re.findall(r"`([^`]+)`", PAGE))


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_every_filter_is_told(name):
    assert name in TOLD


def test_every_name_of_a_context_is_told():
    form = load_forms(ROOT / "schemas")["new_customer"]
    context = sample_context(form, full=True)
    names = context.keys() - {field.id for field in form.fields} - {"record", "step"}
    parts = {key for name in ("entry", "receipt", "office", "form", "history") for key in context[name]} | {
        key for name in ("findings", "checks", "reasons", "steps") for key in context[name][0]
    }

    assert set() == {name for name in names | parts | LOOP if name not in TOLD}


def test_every_part_of_a_value_is_told():
    assert set() == {name for name in SHOWN if f"….{name}" not in TOLD}
