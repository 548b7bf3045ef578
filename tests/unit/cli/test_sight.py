"""Who is shown an entry: by role, by area, by consent, and what is said where it is not shown."""

from __future__ import annotations

import json

import pytest
from tests.support import papers

from formflow.cli import acting
from formflow.cli.app import App
from formflow.people.actor import area_key
from formflow.people.acts import Kind
from formflow.people.roles import MAY, Power, Role
from formflow.store.people import NewAccount

NUMBER = "XKH-2026-0001"


def account(id, *roles, area, department=""):
    given = {
        "name": id,
        "login": id,
        "department": department,
        "superior": "",
        "hash": "h",
        "one_time": False,
    }
    return NewAccount(id=id, roles=roles, areas=(area,), **given)


@pytest.fixture
def office(line, monkeypatch):
    """One entry, and an account for every role, in its area and in another's; `shows(who)` is what they are told."""
    monkeypatch.delenv("FORMFLOW_TOKEN", raising=False)
    assert 0 == line.run("process", str(papers.make("new_customer.docx", line.folder / "papers", 1))).status
    app = App(str(line.folder), "en")
    area = app.store.register.find(NUMBER).values["area"]
    assert area_key(area)
    made = [account(f"{role.value}-own", role.value, area=area) for role in Role]
    made += [account(f"{role.value}-other", role.value, area="别处", department="销售部") for role in Role]
    app.store.people.add(made, by="@root", at=app.clock(), assign=True)

    def shows(who, number=NUMBER):
        monkeypatch.setattr(acting, "machine_user", lambda: who)
        return line.run("register", "show", number, "--json")

    line.app, line.shows = app, shows
    yield line
    app.store.close()


def test_every_role_is_shown_its_own_area_or_all_or_nothing(office):
    seen = {}
    for role in Role:
        for place in ("own", "other"):
            told = office.shows(f"{role.value}-{place}")
            seen[role.value, place] = told.status == 0 and json.loads(told.out)["number"] == NUMBER
    expected = {
        (role.value, place): Power.READ_ALL in MAY[role] or (place == "own" and Power.READ in MAY[role])
        for role in Role
        for place in ("own", "other")
    }

    assert expected == seen
    reads = {(one.account, one.why) for one in office.app.store.reads.list()}
    shown = {f"{role}-{place}" for (role, place), there in expected.items() if there}
    assert shown == {account for account, _ in reads}
    assert {("salesperson-own", "area"), ("clerk-other", "role")} <= reads
    assert office.app.store.register.verify().ok


def test_what_may_not_be_seen_is_told_like_what_is_not_there(office):
    hidden, gone = office.shows("salesperson-other"), office.shows("salesperson-other", "XKH-2026-0009")

    assert (hidden.status, hidden.out) == (gone.status, gone.out)
    assert hidden.err.replace(NUMBER, "N") == gone.err.replace("XKH-2026-0009", "N")
    assert () == office.app.store.reads.list()


def test_a_consent_shows_the_entry_until_it_expires_or_is_recalled(office, monkeypatch):
    people, now = office.app.store.people, office.app.clock()
    ask = {"number": NUMBER, "reason": "核对"}
    until = {"until": now.date().isoformat(), "entry": NUMBER}
    for request in ("R-0001", "R-0002"):
        people.do(Kind.ASK, None, ask, by="salesperson-other", at=now)
        people.do(Kind.CONSENT, request, until, by="head-other", at=now)
        assert 0 == office.shows("salesperson-other").status
        assert ("salesperson-other", "consent") == (
            office.app.store.reads.list()[0].account,
            office.app.store.reads.list()[0].why,
        )
        if request == "R-0001":
            people.do(Kind.RECALL, request, {"reason": "调岗"}, by="head-other", at=now)
            assert 2 == office.shows("salesperson-other").status
    from datetime import timedelta

    monkeypatch.setattr(App, "clock", property(lambda self: lambda: now + timedelta(days=1)))

    assert 2 == office.shows("salesperson-other").status
    assert 0 == office.shows("salesperson-own").status
