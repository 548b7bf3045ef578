"""`formflow grant`: what an applicant learns, who answers, and how a consent ends."""

from __future__ import annotations

import json

import pytest
from tests.support import papers

ACTORS = ("security", "zhang", "wang", "limin")


@pytest.fixture
def people(line, monkeypatch):
    """Does a command as somebody; the workspace has one entry, XKH-2026-0001."""
    monkeypatch.delenv("FORMFLOW_TOKEN", raising=False)
    paper = papers.make("new_customer.docx", line.folder / "papers", 1)
    assert 0 == line.run("process", str(paper)).status
    line.run("user", "add", "limin", "--name", "李明", "--role", "clerk")
    line.run("user", "add", "zhang", "--name", "张三", "--role", "salesperson", "--department", "销售部")
    line.run("user", "add", "wang", "--name", "王总", "--role", "head", "--department", "销售部")
    tokens = {who: line.lines("user", "token", who, "--label", "t")[0]["token"] for who in ACTORS}

    def act(who, *arguments, lang="en"):
        monkeypatch.setenv("FORMFLOW_TOKEN", tokens[who])
        return line.run(*arguments, lang=lang)

    return act


def test_the_answer_is_the_same_whether_the_number_exists_or_not(people):
    there = people("zhang", "grant", "ask", "XKH-2026-0001", "--reason", "核对")
    gone = people("zhang", "grant", "ask", "XKH-2026-0009", "--reason", "核对")

    assert (0, "R-0001: handed in\n", "") == (there.status, there.out, there.err)
    assert (0, "R-0002: handed in\n", "") == (gone.status, gone.out, gone.err)
    assert "R-0003：已提交" in people("zhang", "grant", "ask", "x", "--reason", "y", lang="zh").out


def test_the_head_consents_for_five_working_days_and_recalls(people):
    people("zhang", "grant", "ask", "xkh-2026-1", "--reason", "核对")
    (asked,) = people("wang", "grant", "list", "--json").out.splitlines()
    assert ("R-0001", "open") == (json.loads(asked)["request"], json.loads(asked)["state"])
    told = people("wang", "grant", "consent", "R-0001", "--json")
    (made,) = map(json.loads, told.out.splitlines())
    assert ("consented", "wang") == (made["state"], made["by"])
    assert made["until"] > made["at"][:10]
    assert "张三 may read XKH-2026-0001" not in told.out
    assert "has answered" in people("wang", "grant", "refuse", "R-0001", "--reason", "x").err
    recalled = people("wang", "grant", "recall", "R-0001", "--reason", "调岗")
    assert (0, "R-0001: the consent is recalled\n") == (recalled.status, recalled.out)
    assert "" == people("zhang", "grant", "list", "--json").out

    (listed,) = people("zhang", "grant", "list", "--all", "--json").out.splitlines()
    assert ("recalled", "调岗") == (json.loads(listed)["state"], json.loads(listed)["because"])


def test_a_consent_needs_an_entry(people):
    people("zhang", "grant", "ask", "XKH-2026-0009", "--reason", "核对")
    told = people("wang", "grant", "consent", "R-0001")

    assert (2, True) == (told.status, "has no entry" in told.err)
    assert 0 == people("wang", "grant", "refuse", "R-0001", "--reason", "没有此号").status


@pytest.mark.parametrize("who", ["zhang", "limin", "security"])
def test_nobody_else_answers(people, who):
    people("zhang", "grant", "ask", "XKH-2026-0001", "--reason", "核对")

    assert 2 == people(who, "grant", "consent", "R-0001").status
    assert 2 == people(who, "grant", "refuse", "R-0001", "--reason", "x").status


def test_a_request_that_one_may_not_answer_is_told_like_one_that_is_not_there(people):
    people("zhang", "grant", "ask", "XKH-2026-0001", "--reason", "核对")
    there, gone = (people("security", "grant", "consent", request).err for request in ("R-0001", "R-0002"))

    assert gone == there.replace("R-0001", "R-0002")
    assert "R-0001" in people("security", "grant", "list", "--json").out
    assert "" == people("limin", "grant", "list", "--json").out


def test_who_read_what_is_for_auditor_and_security_officer(people):
    assert 0 == people("security", "grant", "reads").status
    assert "may not see who read what" in people("limin", "grant", "reads").err


def test_requests_are_told_in_both_languages(people):
    people("zhang", "grant", "ask", "XKH-2026-0001", "--reason", "核对")

    assert "待答复" in people("wang", "grant", "list", lang="zh").out
    told = people("wang", "grant", "consent", "R-0001", "--until", "2099-01-01", lang="zh")
    assert "R-0001：张三 可查阅 XKH-2026-0001 至 2099-01-01\n" == told.out
