"""Accounts in a database: what is done is done once, whole, and proved."""

from __future__ import annotations

import pytest
from tests.unit.store.conftest import NOW, new_account

from formflow.errors import UsageError
from formflow.people.acts import Kind
from formflow.people.secrets import hash_password
from formflow.store.reads import Read


@pytest.fixture
def people(store):
    first = [new_account("admin"), new_account("security")]
    store.people.add(first, by="@root", at=NOW, assign=True)
    return store.people


def test_a_workspace_has_no_accounts_until_the_first_are_made(store):
    assert not store.people.any()
    with pytest.raises(UsageError):
        store.people.add([new_account("li", "clerk")], by="@root", at=NOW, assign=True)

    assert not store.people.any(), "without its officers nothing was made"
    assert store.register.verify().ok


def test_what_was_done_is_folded_to_who_they_are(people):
    people.add([new_account("li", "clerk", name="李明")], by="admin", at=NOW)
    assert frozenset() == people.directory().named("李明").roles
    people.do(
        Kind.ASSIGN,
        "li",
        {"roles": ["clerk"], "areas": ["华南"], "department": "", "superior": ""},
        by="security",
        at=NOW,
    )

    li = people.directory().named("李明")
    assert ({"clerk"}, {"华南"}) == (li.roles, li.areas)
    assert [Kind.ADD, Kind.ASSIGN] * 3 == [act.kind for act in people.acts()]


def test_what_is_not_allowed_leaves_nothing_behind(people, store):
    before = store.audit.head()
    with pytest.raises(UsageError):
        people.do(Kind.RETIRE, "admin", {"reason": "x"}, by="admin", at=NOW)

    assert before == store.audit.head()
    assert 4 == len(people.acts())


def test_requests_and_proxies_are_numbered(people):
    people.add([new_account("li", "clerk")], by="@root", at=NOW, assign=True)
    ask = {"number": "收传〔2026〕3号", "reason": " 核对 "}
    first = people.do(Kind.ASK, None, ask, by="li", at=NOW)
    second = people.do(Kind.ASK, None, ask, by="li", at=NOW)

    assert ("R-0001", "R-0002") == (first.subject, second.subject)
    assert "核对" == people.directory().requests["R-0001"].reason


def test_a_password_proves_its_account_and_is_forgotten_when_it_changes(people, store):
    first, second = hash_password("first password"), hash_password("second password")
    people.set_password(Kind.PASSWORD, "admin", first, by="admin", at=NOW)
    assert "admin" == people.prove("admin", "first password").id
    people.set_password(Kind.RESET, "admin", second, by="security", at=NOW)

    for account, password in (("admin", "first password"), ("nobody", "second password")):
        with pytest.raises(UsageError) as error:
            people.prove(account, password)
        assert "wrong-password" == error.value.code
    assert people.prove("admin", "second password").one_time
    assert store.register.verify().ok


def test_a_retired_account_has_no_password(people, store):
    people.add([new_account("li", "clerk", hash=hash_password("some password"))], by="admin", at=NOW)
    assert "li" == people.prove("li", "some password").id
    people.retire("li", reason="离职", by="admin", at=NOW)

    with pytest.raises(UsageError):
        people.prove("li", "some password")
    assert store.register.verify().ok


def test_a_read_is_kept_with_its_line_and_listed_newest_first(store, people):
    for number, account in (
        ("XKH-2026-0001", "admin"),
        ("XKH-2026-0002", "security"),
        ("XKH-2026-0001", "li"),
    ):
        store.reads.note(Read(subject=number, what="show", account=account, why="area", at=NOW))

    assert ["li", "admin"] == [one.account for one in store.reads.list(subject="XKH-2026-0001")]
    assert ["XKH-2026-0002"] == [one.subject for one in store.reads.list(account="security")]
    assert 3 == sum(line.kind == "read" for line in store.audit.lines())
    assert store.register.verify().ok
