"""Which form a text is the title of."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.extraction.labels.index import Forms
from formflow.forms.load import load_forms

_KNOWN = Forms(load_forms(Path("schemas")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("调查评价报告编号    暂无", None),
        ("*调查评价报告编号 PJ-2026-0075", None),
        ("质量投诉调查评价报告", "hse_report"),
        ("质量投诉调查评价报告    编号：3", "hse_report"),
    ],
)
def test_a_label_with_its_value_is_no_title_of_the_form_that_it_begins_with(text, expected):
    form = _KNOWN.title_in(text)

    assert expected == (form and form.id)
