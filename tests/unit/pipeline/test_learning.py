"""Learned labels: what may be kept, and what `formflow check` says of them later."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from formflow.errors import UsageError
from formflow.forms.load import load_forms
from formflow.pipeline.learning import collisions, learned_labels, learned_of, teach
from formflow.settings import Settings
from formflow.store.store import Store

NOW = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def forms(request):
    return load_forms(request.config.rootpath / "schemas")


@pytest.fixture
def store(tmp_path):
    opened = Store.open(f"sqlite:///{tmp_path}/f.db", tmp_path / "originals")
    yield opened
    opened.close()


def told(store: Store, forms, *what: str) -> None:
    teach(store, forms, *what, by="张三", at=NOW)


def test_a_label_is_kept_once_and_written_into_the_audit_chain(store, forms):
    told(store, forms, "new_customer", "customer_name", "往来户名")
    told(store, forms, "new_customer", "customer_name", "往来户名：")

    assert learned_labels(store) == (("new_customer", "customer_name", "往来户名"),)
    assert [line.kind for line in store.audit.lines() if line.subject == "new_customer"] == ["learnt"]


@pytest.mark.parametrize(
    ("form", "field", "label", "code"),
    [
        ("new_customer", "customer_name", "联系人", "label-taken"),
        ("new_customer", "customer_name", "发函登记表", "label-taken"),
        ("new_customer", "customer_name", "：", "no-label"),
        ("new_customer", "nobody", "往来户名", "no-such-field"),
        ("nothing", "customer_name", "往来户名", "no-such-form"),
    ],
)
def test_what_would_lead_astray_is_refused(store, forms, form, field, label, code):
    with pytest.raises(UsageError) as refused:
        told(store, forms, form, field, label)

    assert refused.value.code == code
    assert learned_labels(store) == ()


def test_a_label_learned_for_one_field_is_refused_for_another_with_the_remedy(store, forms):
    told(store, forms, "new_customer", "customer_name", "往来户名")

    with pytest.raises(UsageError) as refused:
        told(store, forms, "new_customer", "billing_name", "往来 户名")

    assert "formflow review forget new_customer customer_name" in str(refused.value.remedy)


def test_a_known_label_of_the_same_field_is_nothing_new(store, forms):
    told(store, forms, "new_customer", "customer_name", "客户名称")

    assert learned_labels(store) == ()


def test_what_the_forms_have_grown_out_of_is_told(forms):
    learned = (
        ("new_customer", "customer_name", "往来户名"),
        ("new_customer", "customer_name", "联系人"),
        ("new_customer", "customer_name", "客户名称"),
        ("new_customer", "nobody", "户名"),
    )

    problems = [str(problem) for problem in collisions(forms, learned)]

    assert [
        part in problem for part, problem in zip(("contact", "by now", "nobody"), problems, strict=True)
    ] == [
        True,
        True,
        True,
    ]


def test_a_workspace_without_a_database_has_learned_nothing_and_gets_none(tmp_path):
    settings = Settings(workspace=tmp_path)

    assert learned_of(settings) == ()
    assert not list(tmp_path.iterdir())


def test_a_forgotten_label_is_gone_and_the_chain_says_so(store, forms):
    told(store, forms, "new_customer", "customer_name", "往来户名")

    assert store.aliases.forget("new_customer", "customer_name", "往来户名", by="张三", at=NOW)
    assert not store.aliases.forget("new_customer", "customer_name", "往来户名", by="张三", at=NOW)
    assert learned_labels(store) == ()
    assert [line.kind for line in store.audit.lines() if line.subject == "new_customer"] == [
        "learnt",
        "forgotten",
    ]
