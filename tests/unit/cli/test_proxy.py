"""`formflow proxy`: somebody stands in for one from a day to a day."""

from __future__ import annotations

import json

import pytest

AWAY = ("--from", "2026-01-01", "--to", "2099-01-05")


@pytest.fixture
def people(line, monkeypatch):
    monkeypatch.delenv("FORMFLOW_TOKEN", raising=False)
    line.run("user", "add", "limin", "--name", "李明", "--role", "clerk")
    line.run("user", "add", "zhang", "--name", "张三", "--role", "head")
    tokens = {
        who: line.lines("user", "token", who, "--label", "t")[0]["token"]
        for who in ("security", "admin", "limin", "zhang")
    }

    def act(who, *arguments, lang="en"):
        monkeypatch.setenv("FORMFLOW_TOKEN", tokens[who])
        return line.run(*arguments, lang=lang)

    return act


def test_a_proxy_is_given_listed_and_ended(people):
    told = people("limin", "proxy", "give", "张三", *AWAY, "--form", "发函登记表", "--reason", "出差")
    assert "P-0001: 张三 stands in for 李明 from 2026-01-01 to 2099-01-05\n" == told.out
    for who in ("limin", "zhang", "security"):
        (listed,) = people(who, "proxy", "list", "--json").out.splitlines()
        assert (["fax_out"], True) == (json.loads(listed)["forms"], json.loads(listed)["holds"])
    assert "" == people("admin", "proxy", "list", "--json").out
    assert 2 == people("zhang", "proxy", "end", "P-0001").status
    assert "P-0001：委托已终止\n" == people("limin", "proxy", "end", "P-0001", lang="zh").out

    assert "" == people("limin", "proxy", "list", "--json").out
    assert "P-0001" in people("limin", "proxy", "list", "--all").out


@pytest.mark.parametrize(
    ("who", "taker"), [("limin", "limin"), ("limin", "admin"), ("limin", "nobody"), ("admin", "zhang")]
)
def test_an_officer_and_oneself_do_not_stand_in(people, who, taker):
    told = people(who, "proxy", "give", taker, *AWAY)

    assert 2 == told.status
    assert "stand" in told.err
