"""`formflow user`: accounts, from the first to the last, and what each officer may not do."""

from __future__ import annotations

import io
import re

import pytest

ONE_TIME = re.compile(r"one-time password of (\w+) \([^)]*\): (\S+)")


@pytest.fixture(autouse=True)
def nobody(monkeypatch):
    monkeypatch.delenv("FORMFLOW_TOKEN", raising=False)
    monkeypatch.delenv("FORMFLOW_USER", raising=False)


@pytest.fixture
def types(monkeypatch):
    def say(*lines):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return say


@pytest.fixture
def is_now(monkeypatch):
    return lambda token: monkeypatch.setenv("FORMFLOW_TOKEN", token)


def token_of(line, account, label="t", *options):
    (told,) = line.lines("user", "token", account, "--label", label, *options)
    return told["token"]


def test_the_first_account_brings_its_officers_and_passwords_are_shown_once(line):
    told = line.run("user", "add", "limin", "--name", "李明", "--role", "clerk")

    assert (0, ["limin", "admin", "security"]) == (
        told.status,
        [one[0] for one in ONE_TIME.findall(told.err)],
    )
    assert not ONE_TIME.search(told.out)
    listed = {one["account"]: one["roles"] for one in line.lines("user", "list")}
    assert {"limin": ["clerk"], "admin": ["admin"], "security": ["security"]} == listed


@pytest.mark.parametrize("role", ["admin", "security"])
def test_an_officer_who_comes_first_is_not_made_twice(line, role):
    line.run("user", "add", "wang", "--role", role)

    assert sorted(["wang", *{"admin", "security"} - {role}]) == sorted(
        one["account"] for one in line.lines("user", "list")
    )


def test_roles_that_must_be_apart_make_no_account(line):
    told = line.run("user", "add", "x", "--role", "admin", "--role", "auditor")

    assert (2, []) == (told.status, line.lines("user", "list"))
    assert "may hold no other role" in told.err


def test_a_password_is_set_by_its_owner_and_then_gives_a_token(line, types):
    told = line.run("user", "add", "limin", "--role", "clerk")
    first = dict(ONE_TIME.findall(told.err))["limin"]
    types(first)
    assert "for one use" in line.run("user", "token", "limin", "--label", "t", "--password-stdin").err
    types(first, "short")
    assert "too short" in line.run("user", "password", "limin", "--password-stdin").err
    types("wrong", "a longer password")
    assert "account or password is wrong" in line.run("user", "password", "limin", "--password-stdin").err
    types(first, "a longer password")
    assert 0 == line.run("user", "password", "limin", "--password-stdin").status
    types("a longer password")

    made = line.run("user", "token", "limin", "--label", "t", "--password-stdin")
    assert (0, True) == (made.status, made.out.startswith("fft_"))


def test_a_password_that_is_given_is_no_one_time_password(line, types):
    types("a password of mine")
    line.run("user", "add", "limin", "--role", "clerk", "--password-stdin")
    types("a password of mine")

    assert 0 == line.run("user", "token", "limin", "--label", "t", "--password-stdin").status


def test_administrator_and_security_officer_need_each_other(line, is_now):
    line.run("user", "add", "limin", "--role", "clerk")
    admin, security, clerk = (token_of(line, who) for who in ("admin", "security", "limin"))
    is_now(admin)
    made = line.run("user", "add", "zhang", "--name", "张三", "--role", "salesperson", "--area", "华南")
    assert "a security officer gives the roles" in made.err
    assert "may not give roles" in line.run("user", "assign", "zhang").err
    is_now(security)
    assert "may not keep accounts" in line.run("user", "add", "zhao", "--role", "clerk").err
    assert 0 == line.run("user", "assign", "zhang").status
    (zhang,) = [one for one in line.lines("user", "list") if one["account"] == "zhang"]
    assert (["salesperson"], ["华南"]) == (zhang["roles"], zhang["areas"])
    line.run("user", "assign", "zhang", "--area", "华东", "--area", "华北")
    line.run("user", "assign", "张三", "--role", "salesperson", "--role", "head", "--department", "销售部")
    (zhang,) = [one for one in line.lines("user", "list") if one["account"] == "zhang"]
    assert (["head", "salesperson"], ["华东", "华北"], "销售部") == (
        zhang["roles"],
        sorted(zhang["areas"]),
        zhang["department"],
    )
    line.run("user", "assign", "zhang", "--area", "")
    assert [] == next(one for one in line.lines("user", "list") if one["account"] == "zhang")["areas"]
    is_now(clerk)
    assert ["limin"] == [one["account"] for one in line.lines("user", "list")]
    for command in (
        ("add", "x"),
        ("assign", "limin"),
        ("retire", "zhang", "--reason", "x"),
        ("reset", "zhang"),
    ):
        assert 2 == line.run("user", *command).status, command


def test_a_retired_account_and_its_tokens_do_nothing_more(line, is_now):
    line.run("user", "add", "limin", "--role", "clerk")
    admin, clerk = token_of(line, "admin"), token_of(line, "limin")
    is_now(admin)
    assert 0 == line.run("user", "retire", "limin", "--reason", "离职").status
    assert "the last administrator" in line.run("user", "retire", "admin", "--reason", "离职").err
    assert ["admin", "security"] == [one["account"] for one in line.lines("user", "list")]
    assert 3 == len(line.lines("user", "list", "--retired"))
    is_now(clerk)

    assert "does not hold" in line.run("user", "list").err


def test_a_reset_gives_a_password_for_one_use(line, is_now):
    line.run("user", "add", "limin", "--role", "clerk")
    is_now(token_of(line, "admin"))
    told = line.run("user", "reset", "limin")

    assert ["limin"] == [one[0] for one in ONE_TIME.findall(told.err)]
    assert "one's own" in line.run("user", "reset", "admin").err


def test_a_token_can_be_ended_and_expires(line, is_now):
    line.run("user", "add", "limin", "--role", "clerk")
    assert "is past" in line.run("user", "token", "limin", "--label", "o", "--expires", "2020-01-01").err
    token = token_of(line, "limin", "t", "--expires", "2099-01-01")
    is_now(token)
    assert 0 == line.run("user", "token", "limin", "--label", "t", "--end").status

    assert "does not hold" in line.run("user", "list").err


def test_setting_up_ends_when_an_account_has_acted(line, is_now, monkeypatch):
    line.run("user", "add", "limin", "--role", "clerk")
    line.run("user", "add", "zhang", "--role", "salesperson")
    assert "still set up by the user" in line.run("doctor").out
    is_now(token_of(line, "limin"))
    line.run("user", "token", "limin", "--label", "second")
    monkeypatch.delenv("FORMFLOW_TOKEN")
    told = line.run("user", "add", "zhao", "--role", "clerk")

    assert (2, True) == (told.status, "has none" in told.err)
    assert "accounts: 4" in line.run("doctor").out


def test_a_workspace_without_accounts_says_so(line):
    assert "no accounts" in line.run("user", "list").out
    assert "may act in any name" in line.run("doctor").out
    assert "任何人的名义" in line.run("doctor", lang="zh").out
    for command in (("grant", "list"), ("proxy", "list")):
        told = line.run(*command)
        assert (2, True) == (told.status, "no accounts" in told.err)


@pytest.mark.parametrize("command", ["retire", "reset", "assign"])
def test_an_account_that_is_not_there_is_told(line, command):
    line.run("user", "add", "limin", "--role", "clerk")
    reason = ("--reason", "x") if command == "retire" else ()

    assert "no account nobody" in line.run("user", command, "nobody", *reason).err
    assert "没有账号 nobody" in line.run("user", command, "nobody", *reason, lang="zh").err
