"""Who a command acts as: the owner of a token, the account of the machine's user, and no other name."""

from __future__ import annotations

import pytest

from formflow.cli import acting
from formflow.cli.app import App
from formflow.errors import UsageError


@pytest.fixture
def app(line, monkeypatch):
    monkeypatch.delenv("FORMFLOW_TOKEN", raising=False)
    monkeypatch.delenv("FORMFLOW_USER", raising=False)
    monkeypatch.setattr(acting, "machine_user", lambda: "lm")
    return lambda: App(str(line.folder), "en")


def refused(app, by=None):
    with pytest.raises(UsageError) as error:
        app().person(by)
    return error.value.code


def test_without_accounts_any_name_is_taken(app, monkeypatch):
    assert "谁" == app().person("谁")
    monkeypatch.setenv("FORMFLOW_USER", "某人")
    assert "某人" == app().person(None)


def test_with_accounts_the_users_own_name_and_no_other_is_taken(app, line, monkeypatch):
    line.run("user", "add", "limin", "--name", "李明", "--role", "clerk", "--login", "lm")

    assert ["李明"] * 3 == [app().person(by) for by in (None, "李 明", "limin")]
    assert "not-yourself" == refused(app, "张三")
    monkeypatch.setenv("FORMFLOW_USER", "张三")
    assert "not-yourself" == refused(app)


def test_a_user_of_the_machine_without_an_account_is_nobody(app, line):
    line.run("user", "add", "limin", "--name", "李明", "--role", "clerk", "--login", "another")

    assert "no-account" == refused(app)
    assert "no-account" == refused(app, "李明")


def test_what_the_environment_says_of_the_user_counts_for_nothing(line, monkeypatch):
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "lm")
    line.run("user", "add", "limin", "--name", "李明", "--role", "clerk", "--login", "lm")

    assert "no-account" == refused(lambda: App(str(line.folder), "en"))


def test_a_token_is_stronger_than_the_user_of_the_machine(app, line, monkeypatch):
    line.run("user", "add", "limin", "--name", "李明", "--role", "clerk")
    line.run("user", "add", "zhang", "--name", "张三", "--role", "salesperson")
    (made,) = line.lines("user", "token", "zhang", "--label", "t")
    monkeypatch.setenv("FORMFLOW_TOKEN", made["token"])

    assert "张三" == app().person("张三")
    assert "not-yourself" == refused(app, "李明")
    monkeypatch.setenv("FORMFLOW_TOKEN", "fft_wrong")
    assert "bad-token" == refused(app)
