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


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_step_is_decided_by_its_role_and_nobody_decides_two(office, lang, monkeypatch):
    number, comment = "XKH-2026-0001", ("--comment", "同意")
    office.be("limin")
    office.says("user", "token", "limin", "--label", "second")  # an account acts: the setting up ends
    monkeypatch.delenv("FORMFLOW_TOKEN")
    office.says("approve", number, "--by", "李明", *comment, lang=lang, expect=2)
    assert ("没有对应的账号" if lang == "zh" else "has none") in office.told
    office.be("limin")
    office.says("approve", number, "--by", "王总", *comment, lang=lang, expect=2)
    assert ("不是本人" if lang == "zh" else "somebody else") in office.told
    office.says("approve", number, *comment, lang=lang, expect=2)
    assert ("轮到销售部经理" if lang == "zh" else "sales manager's turn") in office.told
    office.be("security")
    office.says("approve", number, *comment, lang=lang, expect=2)
    assert ("无权审批" if lang == "zh" else "may not decide") in office.told
    office.says("user", "assign", "limin", "--role", "sales_manager", "--role", "market_branch")
    office.be("limin")
    office.says("approve", number, *comment, lang=lang)
    office.says("approve", number, *comment, lang=lang, expect=2)
    assert ("每人只能审批一步" if lang == "zh" else "one person, one step") in office.told

    (entry,) = office.lines("register", "show", number)
    assert [("sales_manager", "李明")] == [(one["role"], one["by"]) for one in entry["decisions"]]


def test_who_stands_in_decides_for_another_and_counts_as_both(office):
    office.be("security")
    office.says("user", "assign", "wang", "--role", "sales_manager", "--role", "market_branch")
    office.be("wang")
    office.says(
        "proxy", "give", "limin", "--from", "2026-01-01", "--to", "2099-12-31", "--form", "new_customer"
    )
    office.be("limin")
    office.says("approve", "XKH-2026-0001", "--comment", "同意")
    office.be("wang")
    office.says("approve", "XKH-2026-0001", "--comment", "同意", expect=2)

    (entry,) = office.lines("register", "show", "XKH-2026-0001")
    assert ["李明（代王总）"] == [one["by"] for one in entry["decisions"]]
