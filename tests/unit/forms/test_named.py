"""A form answers to its id, its titles and the series of its book, however they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import UsageError
from formflow.forms.load import load_forms
from formflow.forms.named import form_named

FORMS = load_forms(Path(__file__).resolve().parents[3] / "schemas")


@pytest.mark.parametrize(
    ("name", "id"),
    [("complaint", "complaint"), ("Complaint", "complaint"), ("客户投诉记录", "complaint"), ("ＴＳ", "complaint"),
     ("收传真登记簿", "fax_in"), ("收 传真 登记簿", "fax_in"), ("xkh", "new_customer")],
)  # fmt: skip
def test_a_form_is_found_by_any_of_its_names(name, id):
    assert id == form_named(FORMS, name).id


@pytest.mark.parametrize("form", FORMS.values(), ids=str)
def test_every_title_and_other_title_finds_its_form(form):
    titles = [title for other in FORMS.values() if other is not form for title in other.titles]

    assert {form.id} == {form_named(FORMS, title).id for title in form.titles if title not in titles}


@pytest.mark.parametrize(
    ("name", "near"),
    [("complant", "complaint"), ("客户投诉表单", "complaint"), ("新客户申请", "new_customer")],
)
def test_an_unknown_form_is_answered_with_the_nearest_in_both_languages(name, near):
    with pytest.raises(UsageError) as refused:
        form_named(FORMS, name)

    assert f"did you mean {near!r}" in refused.value.english
    assert f"是否指 {FORMS[near].title}（{near}）" in refused.value.chinese


def test_a_form_that_nothing_is_like_is_answered_with_what_there_is():
    with pytest.raises(UsageError) as refused:
        form_named(FORMS, "zzzz")

    assert "known: " in refused.value.english and "现有：" in refused.value.chinese
