"""Whatever is done to accounts in whatever order: the officers stay apart, and the workspace stays in somebody's hand."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from formflow.errors import UsageError
from formflow.people.acts import Act, Kind
from formflow.people.changes import check, check_whole
from formflow.people.directory import directory_of
from formflow.people.roles import OFFICERS, Power, Role

NOW = datetime(2026, 3, 5, 7, 30, tzinfo=UTC)
IDS = st.sampled_from(["admin", "security", "audit", "a", "b", "c", "@root", "@other"])
ROLES = st.sets(st.sampled_from([*Role]), max_size=3).map(sorted)
HELD = st.fixed_dictionaries(
    {
        "roles": ROLES,
        "areas": st.just(["华南"]),
        "department": st.sampled_from(["", "销售部"]),
        "superior": st.sampled_from(["", "a", "b"]),
    }
)
REQUESTS, PROXIES = st.sampled_from(["R-0001", "R-0002"]), st.sampled_from(["P-0001", "P-0002"])


class PeopleMachine(RuleBasedStateMachine):
    @initialize(opener=st.sampled_from(["@root"]))
    def open(self, opener: str) -> None:
        self.acts: list[Act] = []
        self.on = date(2026, 3, 5)
        for role in ("admin", "security"):
            held = {"roles": [role], "areas": [], "department": "", "superior": ""}
            self.do(Kind.ADD, role, opener, name=role, login="", sha256="", one_time=True, **held)
            self.do(Kind.ASSIGN, role, opener, **held)
        check_whole(directory_of(self.acts))

    def do(self, kind: Kind, subject: str, by: str, **detail: object) -> None:
        act = Act(subject=subject, kind=kind, by=by, at=NOW, detail=detail)
        with contextlib.suppress(UsageError):
            check(directory_of(self.acts), act, on=self.on)
            self.acts.append(act)

    @rule(id=IDS, by=IDS, held=HELD)
    def add(self, id: str, by: str, held: dict[str, object]) -> None:
        self.do(Kind.ADD, id, by, name=f"n {id}", login=id, sha256="", one_time=False, **held)

    @rule(id=IDS, by=IDS, held=HELD)
    def assign(self, id: str, by: str, held: dict[str, object]) -> None:
        self.do(Kind.ASSIGN, id, by, **held)

    @rule(id=IDS, by=IDS)
    def retire(self, id: str, by: str) -> None:
        self.do(Kind.RETIRE, id, by, reason="x")

    @rule(id=IDS, by=IDS, kind=st.sampled_from([Kind.PASSWORD, Kind.RESET]))
    def password(self, id: str, by: str, kind: Kind) -> None:
        self.do(kind, id, by, sha256="")

    @rule(request=REQUESTS, by=IDS)
    def ask(self, request: str, by: str) -> None:
        if request not in directory_of(self.acts).requests:
            self.do(Kind.ASK, request, by, number="x", reason="y")

    @rule(request=REQUESTS, by=IDS, kind=st.sampled_from([Kind.REFUSE, Kind.RECALL, Kind.CONSENT]))
    def answer(self, request: str, by: str, kind: Kind) -> None:
        self.do(kind, request, by, reason="x", until="2026-03-12", entry="x")

    @rule(proxy=PROXIES, by=IDS, taker=IDS)
    def stand_in(self, proxy: str, by: str, taker: str) -> None:
        if proxy not in directory_of(self.acts).proxies:
            away = {"since": "2026-03-05", "until": "2026-03-09", "forms": [], "reason": ""}
            self.do(Kind.STAND_IN, proxy, by, taker=taker, **away)

    @invariant()
    def officers_are_apart(self) -> None:
        for account in directory_of(self.acts).accounts.values():
            assert not account.roles & OFFICERS or len(account.roles) == 1

    @invariant()
    def somebody_keeps_accounts_and_somebody_gives_roles(self) -> None:
        check_whole(directory_of(self.acts))

    @invariant()
    def nobody_answered_their_own(self) -> None:
        directory = directory_of(self.acts)
        assert all(one.by != one.account for one in directory.requests.values())
        assert all(one.giver != one.taker for one in directory.proxies.values())

    @invariant()
    def officers_see_nothing_but_the_auditor(self) -> None:
        directory = directory_of(self.acts)
        for account in directory.standing:
            if account.may(Power.ACCOUNTS) or account.may(Power.ASSIGN):
                assert None is directory.sight(account, self.on).why("华南", "x")


TestPeople = PeopleMachine.TestCase
TestPeople.settings = settings(max_examples=60, stateful_step_count=40)
