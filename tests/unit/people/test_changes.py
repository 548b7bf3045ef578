"""Who may do what to accounts, consents and proxies, and what never happens."""

from __future__ import annotations

import pytest
from tests.unit.people.conftest import Town

from formflow.errors import UsageError
from formflow.people.changes import check_whole

ASKED = {"roles": [], "areas": [], "department": "", "superior": "", "sha256": "", "one_time": False}
CONSENT = {"until": "2026-03-12", "entry": "收传〔2026〕3号"}
AWAY = {"since": "2026-03-05", "until": "2026-03-09", "forms": [], "reason": ""}


def refused(town, *what, **detail):
    with pytest.raises(UsageError) as error:
        town.do(*what, **detail)
    return error.value.code


def asks(town, by="zhang"):
    town.do("ask", "R-0001", by, number="收传〔2026〕3号", reason="核对")


@pytest.mark.parametrize("by", ["security", "audit", "zhang", "wang", "li"])
def test_only_an_administrator_makes_and_retires_accounts(town, by):
    assert "forbidden" == refused(town, "add", "zhao", by, name="赵", login="", **ASKED)
    assert "forbidden" == refused(town, "retire", "li", by, reason="离职")
    town.add("zhao", by="admin")
    town.do("retire", "zhao", "admin", reason="离职")


@pytest.mark.parametrize("by", ["admin", "audit", "zhang", "wang", "li"])
def test_only_a_security_officer_gives_roles(town, by):
    with pytest.raises(UsageError) as error:
        town.assign("zhang", "clerk", by=by)

    assert "forbidden" == error.value.code


def test_an_account_has_no_role_before_a_security_officer_gave_it(town):
    town.add("zhao", "clerk", by="admin")
    assert frozenset() == town.directory.accounts["zhao"].roles

    town.assign("zhao", "clerk")
    assert {"clerk"} == town.directory.accounts["zhao"].roles


def test_nobody_gives_roles_to_themselves(town):
    town.assign("zhang", "security")
    with pytest.raises(UsageError) as error:
        town.assign("security", "clerk")

    assert "own-roles" == error.value.code


@pytest.mark.parametrize("officer", ["admin", "security"])
def test_the_last_administrator_and_security_officer_stay(town, officer):
    assert "last-officer" == refused(town, "retire", officer, "admin", reason="离职")
    town.assign("zhang", "security")
    if officer == "admin":
        with pytest.raises(UsageError) as error:
            town.assign("admin", "clerk")
        assert "last-officer" == error.value.code
    else:
        town.do("retire", "security", "admin", reason="离职")


def test_a_workspace_without_an_administrator_is_not_whole():
    town = Town()
    town.add("security", "security")
    with pytest.raises(UsageError):
        check_whole(town.directory)


def test_whoever_sets_up_may_do_both_until_an_account_has_acted():
    town = Town()
    town.add("admin", "admin")
    town.add("security", "security")
    assert "@root" == town.directory.opener
    assert "no-such-account" == refused(town, "add", "li", "@other", name="李明", login="", **ASKED)
    town.settle()

    assert "" == town.directory.opener
    assert "no-such-account" == refused(town, "add", "li", "@root", name="李明", login="", **ASKED)


@pytest.mark.parametrize(
    ("subject", "given", "code"),
    [
        ("李明", {}, "name-taken"),
        ("zhao", {"name": "李 明"}, "name-taken"),
        ("zhao", {"name": "li"}, "name-taken"),
        ("zhao", {"login": "zs"}, "login-taken"),
        ("li", {}, "account-taken"),
        ("R-0001", {}, "bad-account"),
        ("@root", {}, "bad-account"),
        ("", {}, "bad-account"),
        ("a b", {}, "bad-account"),
        ("zhao", {"roles": ["auditor", "clerk"]}, "roles-apart"),
    ],
)
def test_an_account_is_one_persons(town, subject, given, code):
    detail = {"name": subject, "login": "", **ASKED, **given}

    assert code == refused(town, "add", subject, "admin", **detail)


def test_the_id_of_a_retired_account_is_not_used_again_and_its_name_is(town):
    town.do("retire", "li", "admin", reason="离职")

    assert "account-taken" == refused(town, "add", "li", "admin", name="李明", login="", **ASKED)
    town.add("li2", name="李明", by="admin")


def test_superiors_go_in_no_circle(town):
    town.assign("zhang", "salesperson", superior="wang")
    with pytest.raises(UsageError) as error:
        town.assign("wang", "head", superior="zhang")

    assert "superior-loop" == error.value.code


def test_a_password_is_its_owners_and_a_reset_is_told(town):
    assert "forbidden" == refused(town, "password", "li", "admin", sha256="")
    assert "forbidden" == refused(town, "reset", "li", "security", sha256="")
    assert "own-reset" == refused(town, "reset", "admin", "admin", sha256="")
    town.do("reset", "admin", "security", sha256="")
    reset = town.do("reset", "li", "admin", sha256="").accounts["li"]

    assert (True, "admin") == (reset.one_time, reset.reset_by)
    assert not town.do("password", "li", "li", sha256="").accounts["li"].one_time


def test_a_token_is_its_owners_and_holds_until_it_is_ended(town):
    told = {"label": "ci", "expires": None, "sha256": "d"}
    assert "forbidden" == refused(town, "token", "li", "admin", **told)
    assert "no-label" == refused(town, "token", "li", "li", **{**told, "label": ""})
    assert "past" == refused(town, "token", "li", "li", **{**told, "expires": "2026-03-04"})
    town.do("token", "li", "li", **told)
    assert "label-taken" == refused(town, "token", "li", "li", **told)
    assert "li" == town.directory.of_token("d", town.on).id
    assert "forbidden" == refused(town, "end_token", "li", "zhang", label="ci")
    town.do("end_token", "li", "admin", label="ci")

    assert None is town.directory.of_token("d", town.on)
    assert "no-such-token" == refused(town, "end_token", "li", "li", label="ci")


def test_a_token_of_a_retired_account_holds_no_more(town):
    town.do("token", "li", "li", label="ci", expires="2026-03-05", sha256="d")
    assert None is town.directory.of_token("d", town.on.replace(day=6))
    town.do("retire", "li", "admin", reason="离职")

    assert None is town.directory.of_token("d", town.on)


@pytest.mark.parametrize("by", ["admin", "security", "audit"])
def test_an_officer_asks_for_nothing_and_lets_nobody_stand_in(town, by):
    assert "forbidden" == refused(town, "ask", "R-0001", by, number="x", reason="y")
    assert "forbidden" == refused(town, "stand_in", "P-0001", by, taker="li", **AWAY)
    assert "no-such-taker" == refused(town, "stand_in", "P-0001", "li", taker=by, **AWAY)


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("zhang", "forbidden"),
        ("admin", "forbidden"),
        ("audit", "forbidden"),
        ("li", "forbidden"),
        ("security", "no-such-request"),
        ("other_head", "no-such-request"),
        ("wang", None),
    ],
)
def test_the_head_of_the_applicants_department_consents(town, by, code):
    town.add("other_head", by="admin")
    town.assign("other_head", "head", department="仓储部")
    asks(town)
    if code is None:
        town.do("consent", "R-0001", by, **CONSENT)
        assert {"收传〔2026〕3号"} == town.directory.sight(town.directory.accounts["zhang"], town.on).grants
    else:
        assert code == refused(town, "consent", "R-0001", by, **CONSENT)


def test_nobody_consents_to_their_own_and_the_security_officer_is_the_last_resort(town):
    asks(town, by="wang")

    assert "forbidden" == refused(town, "consent", "R-0001", "wang", **CONSENT)
    town.do("consent", "R-0001", "security", **CONSENT)


def test_a_consent_is_given_once_until_a_day_and_can_be_recalled(town):
    asks(town)
    assert "no-such-request" == refused(town, "consent", "R-0002", "wang", **CONSENT)
    assert "past" == refused(town, "consent", "R-0001", "wang", **{**CONSENT, "until": "2026-03-04"})
    assert "not-consented" == refused(town, "recall", "R-0001", "wang", reason="x")
    town.do("consent", "R-0001", "wang", **CONSENT)
    assert "answered" == refused(town, "refuse", "R-0001", "wang", reason="x")
    assert "no-reason" == refused(town, "recall", "R-0001", "wang", reason=" ")
    request = town.directory.requests["R-0001"]
    assert "expired" == request.state(town.on.replace(day=13))
    town.do("recall", "R-0001", "wang", reason="调岗")

    assert "recalled" == town.directory.requests["R-0001"].state(town.on)
    assert frozenset() == town.directory.sight(town.directory.accounts["zhang"], town.on).grants


def test_a_refusal_needs_its_reason(town):
    asks(town)
    assert "no-reason" == refused(town, "refuse", "R-0001", "wang", reason="")
    town.do("refuse", "R-0001", "wang", reason="无关")

    assert "refused" == town.directory.requests["R-0001"].state(town.on)


def test_a_request_needs_a_number_and_a_reason(town):
    assert "no-number" == refused(town, "ask", "R-0001", "zhang", number="", reason="核对")
    assert "no-reason" == refused(town, "ask", "R-0001", "zhang", number="x", reason="")


def test_a_proxy_holds_from_a_day_to_a_day_and_is_not_handed_on(town):
    assert "no-such-taker" == refused(town, "stand_in", "P-0001", "li", taker="li", **AWAY)
    assert "backwards" == refused(
        town, "stand_in", "P-0001", "li", taker="zhang", **{**AWAY, "since": "2026-03-10"}
    )
    assert "past" == refused(
        town,
        "stand_in",
        "P-0001",
        "li",
        taker="zhang",
        **{**AWAY, "since": "2026-03-01", "until": "2026-03-02"},
    )
    town.do("stand_in", "P-0001", "li", taker="zhang", **{**AWAY, "forms": ["fax_in"]})
    town.do("stand_in", "P-0002", "zhang", taker="wang", **AWAY)
    directory = town.directory
    accounts, on = directory.accounts, town.on

    assert [accounts["li"]] == list(directory.stands_in_for(accounts["zhang"], on, "fax_in"))
    assert () == directory.stands_in_for(accounts["zhang"], on, "complaint")
    assert () == directory.stands_in_for(accounts["zhang"], on.replace(day=10), "fax_in")
    assert [accounts["zhang"]] == list(directory.stands_in_for(accounts["wang"], on, "fax_in"))
    assert "forbidden" == refused(town, "end_proxy", "P-0001", "wang")
    town.do("end_proxy", "P-0001", "li")
    assert () == town.directory.stands_in_for(accounts["zhang"], on, "fax_in")
    assert "no-such-proxy" == refused(town, "end_proxy", "P-0001", "li")
    town.do("end_proxy", "P-0002", "security")
