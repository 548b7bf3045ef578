"""An office takes up accounts from the command line alone, in both languages, and its books stay proved."""

from __future__ import annotations

import json
import re

import pytest


@pytest.fixture
def office(clerk, monkeypatch):
    """The clerk's command line, and a way to be somebody."""
    monkeypatch.delenv("FORMFLOW_TOKEN", raising=False)
    monkeypatch.delenv("FORMFLOW_USER", raising=False)
    clerk.says("process", clerk.paper("new_customer.docx"))
    clerk.says("user", "add", "limin", "--name", "李明", "--role", "clerk", lang="zh")
    clerk.says("user", "add", "wang", "--name", "王总", "--role", "head", "--department", "销售部")
    clerk.says("user", "add", "zhang", "--name", "张三", "--role", "salesperson", "--department", "销售部")
    tokens = {
        who: clerk.lines("user", "token", who, "--label", "t")[0]["token"]
        for who in ("admin", "security", "limin", "wang", "zhang")
    }
    clerk.be = lambda who: monkeypatch.setenv("FORMFLOW_TOKEN", tokens[who])
    return clerk


@pytest.mark.parametrize(
    ("lang", "handed_in", "consented", "sound"),
    [
        ("zh", "R-0001：已提交", "R-0001：张三 可查阅 XKH-2026-0001 至 2099-12-31", "完好"),
        ("en", "R-0001: handed in", "R-0001: 张三 may read XKH-2026-0001 until 2099-12-31", "all sound"),
    ],
)
def test_consent_is_asked_for_given_and_recalled(office, lang, handed_in, consented, sound):
    office.be("zhang")
    assert handed_in == office.says("grant", "ask", "XKH-2026-0001", "--reason", "核对", lang=lang).strip()
    office.says("grant", "consent", "R-0001", lang=lang, expect=2)
    office.be("wang")
    told = office.says("grant", "consent", "R-0001", "--until", "2099-12-31", lang=lang)
    assert consented == told.strip()
    office.says("grant", "recall", "R-0001", "--reason", "调岗", lang=lang)

    assert sound in office.says("register", "verify", lang=lang)


def test_officers_are_made_once_and_need_each_other(office):
    office.be("admin")
    office.says("user", "add", "zhao", "--name", "赵敏", "--role", "clerk")
    assert re.search(r"one-time password of zhao \(赵敏\): \S+", office.told)
    office.says("user", "assign", "zhao", expect=2)
    office.be("security")
    office.says("user", "assign", "zhao")

    listed = {
        one["account"]: one["roles"]
        for one in map(json.loads, office.says("user", "list", "--json").splitlines())
    }
    assert ["clerk"] == listed["zhao"]
    assert "all sound" in office.says("register", "verify")
