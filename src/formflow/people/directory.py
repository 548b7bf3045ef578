"""The people of a workspace as the acts leave them: a pure fold, and what can be asked of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from formflow.people.actor import Actor, Sight
from formflow.people.acts import MACHINE, Act, Kind
from formflow.people.roles import Power, Role, powers


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account.

    Attributes:
        name: As papers print it.
        login: The user of the machine who it is on the command line; empty for none.
        department, superior: The superior is an account's id; empty for none.
        roles, areas: Given by a security officer.
        asked: What was asked for when the account was made (`roles`, `areas`, `department`, `superior`).
        one_time: Its password is for one use.
        reset_by, reset_at: Who reset the password since its owner last set it.
    """

    id: str
    name: str
    login: str
    department: str = ""
    superior: str = ""
    roles: frozenset[Role] = frozenset()
    areas: frozenset[str] = frozenset()
    asked: Mapping[str, object] = field(default_factory=dict)
    added_at: datetime
    retired_at: datetime | None = None
    one_time: bool = False
    reset_by: str = ""
    reset_at: datetime | None = None

    @property
    def stands(self) -> bool:
        return self.retired_at is None

    @property
    def actor(self) -> Actor:
        return Actor(account=self.id, name=self.name, roles=self.roles, areas=self.areas)

    def may(self, power: Power) -> bool:
        return self.stands and power in powers(self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token of an account; only its SHA-256 is known."""

    account: str
    label: str
    sha256: str
    expires: date | None
    made_at: datetime
    ended: bool = False

    def holds(self, on: date) -> bool:
        return not self.ended and (self.expires is None or on <= self.expires)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request to read another area's entry, and what became of it.

    Attributes:
        number: As the applicant typed it; nobody told them whether it exists.
        entry: The number that the consent is for.
        answer: `consent` or `refuse`; empty while it is open.
        until: Last day of the consent.
    """

    id: str
    account: str
    number: str
    reason: str
    at: datetime
    entry: str = ""
    answer: str = ""
    by: str = ""
    until: date | None = None
    because: str = ""
    recalled: bool = False

    def readable(self, on: date) -> bool:
        return (
            self.answer == Kind.CONSENT and not self.recalled and self.until is not None and on <= self.until
        )

    def state(self, on: date) -> str:
        """`open`, `consented`, `expired`, `recalled` or `refused`."""
        if not self.answer:
            return "open"
        if self.answer == Kind.REFUSE:
            return "refused"
        return "recalled" if self.recalled else "consented" if self.readable(on) else "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """Somebody stands in for somebody from a day to a day, for some forms or for all."""

    id: str
    giver: str
    taker: str
    since: date
    until: date
    forms: tuple[str, ...]
    reason: str
    ended: bool = False

    def holds(self, on: date, form: str | None = None) -> bool:
        covers = form is None or not self.forms or form in self.forms
        return not self.ended and self.since <= on <= self.until and covers


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everybody, and what they asked for and gave.

    Attributes:
        opener: The user of the machine (`@root`) who sets the workspace up; empty once an account has acted.
    """

    accounts: Mapping[str, Account] = field(default_factory=dict)
    tokens: tuple[Token, ...] = ()
    requests: Mapping[str, Request] = field(default_factory=dict)
    proxies: Mapping[str, Proxy] = field(default_factory=dict)
    opener: str = ""

    @property
    def standing(self) -> tuple[Account, ...]:
        return tuple(account for account in self.accounts.values() if account.stands)

    def holders(self, role: Role) -> tuple[Account, ...]:
        return tuple(account for account in self.standing if role in account.roles)

    def named(self, text: str) -> Account | None:
        """The account that stands and has that id, or else that name."""
        found = self.accounts.get(text)
        if found is not None and found.stands:
            return found
        return next((one for one in self.standing if folded(one.name) == folded(text)), None)

    def of_login(self, login: str) -> Account | None:
        return next((one for one in self.standing if login and one.login == login), None)

    def of_token(self, sha256: str, on: date) -> Account | None:
        for token in self.tokens:
            if token.sha256 == sha256 and token.holds(on):
                account = self.accounts[token.account]
                return account if account.stands else None
        return None

    def sight(self, account: Account, on: date) -> Sight:
        """What an account may see on a day."""
        grants = (
            one.entry for one in self.requests.values() if one.account == account.id and one.readable(on)
        )
        return Sight(actor=account.actor, grants=frozenset(grants))

    def answerers(self, request: Request) -> frozenset[str]:
        """Accounts that may answer a request: heads of the applicant's department, else the security officers."""
        department = self.accounts[request.account].department
        others = [account for account in self.standing if account.id != request.account]
        heads = {
            account.id
            for account in others
            if Role.HEAD in account.roles and department and account.department == department
        }
        last = {account.id for account in others if Role.SECURITY in account.roles}
        return frozenset(heads or last)

    def stands_in_for(self, account: Account, on: date, form: str) -> tuple[Account, ...]:
        """For whom an account may act on a day; only what they hold themselves, so nothing is handed on twice."""
        givers = (
            one.giver for one in self.proxies.values() if one.taker == account.id and one.holds(on, form)
        )
        return tuple(self.accounts[giver] for giver in givers if self.accounts[giver].stands)


def folded(name: str) -> str:
    """A person's name as names are compared."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def directory_of(acts: Iterable[Act]) -> Directory:
    """The people as these acts, in order, leave them."""
    accounts: dict[str, Account] = {}
    tokens: list[Token] = []
    requests: dict[str, Request] = {}
    proxies: dict[str, Proxy] = {}
    actors: set[str] = set()
    for act in acts:
        detail = act.detail
        actors.add(act.by)
        match act.kind:
            case Kind.ADD:
                accounts[act.subject] = _added(act)
            case Kind.ASSIGN:
                accounts[act.subject] = replace(
                    accounts[act.subject],
                    roles=frozenset(map(Role, detail["roles"])),
                    areas=frozenset(detail["areas"]),
                    department=detail["department"],
                    superior=detail["superior"],
                )
            case Kind.RETIRE:
                accounts[act.subject] = replace(accounts[act.subject], retired_at=act.at)
            case Kind.PASSWORD:
                accounts[act.subject] = replace(
                    accounts[act.subject], one_time=False, reset_by="", reset_at=None
                )
            case Kind.RESET:
                accounts[act.subject] = replace(
                    accounts[act.subject], one_time=True, reset_by=act.by, reset_at=act.at
                )
            case Kind.TOKEN:
                tokens.append(_token(act))
            case Kind.END_TOKEN:
                tokens = [
                    replace(one, ended=True)
                    if (one.account, one.label) == (act.subject, detail["label"])
                    else one
                    for one in tokens
                ]
            case Kind.ASK:
                requests[act.subject] = Request(
                    id=act.subject,
                    account=act.by,
                    number=detail["number"],
                    reason=detail["reason"],
                    at=act.at,
                )
            case Kind.CONSENT:
                requests[act.subject] = replace(
                    requests[act.subject],
                    answer=Kind.CONSENT,
                    by=act.by,
                    entry=detail["entry"],
                    until=date.fromisoformat(detail["until"]),
                )
            case Kind.REFUSE:
                requests[act.subject] = replace(
                    requests[act.subject], answer=Kind.REFUSE, by=act.by, because=detail["reason"]
                )
            case Kind.RECALL:
                requests[act.subject] = replace(
                    requests[act.subject], recalled=True, because=detail["reason"]
                )
            case Kind.STAND_IN:
                proxies[act.subject] = _proxy(act)
            case Kind.END_PROXY:
                proxies[act.subject] = replace(proxies[act.subject], ended=True)
    opener = next(iter(actors)) if len(actors) == 1 else ""
    return Directory(
        accounts=accounts,
        tokens=tuple(tokens),
        requests=requests,
        proxies=proxies,
        opener=opener if opener.startswith(MACHINE) else "",
    )


def _added(act: Act) -> Account:
    asked = {key: act.detail[key] for key in ("roles", "areas", "department", "superior")}
    return Account(
        id=act.subject,
        name=act.detail["name"],
        login=act.detail["login"],
        asked=asked,
        added_at=act.at,
        one_time=act.detail["one_time"],
    )


def _token(act: Act) -> Token:
    expires = act.detail["expires"]
    return Token(
        account=act.subject,
        label=act.detail["label"],
        sha256=act.detail["sha256"],
        expires=None if expires is None else date.fromisoformat(expires),
        made_at=act.at,
    )


def _proxy(act: Act) -> Proxy:
    return Proxy(
        id=act.subject,
        giver=act.by,
        taker=act.detail["taker"],
        since=date.fromisoformat(act.detail["since"]),
        until=date.fromisoformat(act.detail["until"]),
        forms=tuple(act.detail["forms"]),
        reason=act.detail["reason"],
    )
