"""Whether an act is allowed: who may do it, and that it leaves the officers apart and the workspace in hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from formflow.errors import Conflict, Forbidden, NotFound, UsageError
from formflow.messages import NOTHING, Bilingual
from formflow.messages import people as messages
from formflow.people.acts import MACHINE, Act, Kind
from formflow.people.deciding import persons
from formflow.people.directory import Account, Directory, Request, folded
from formflow.people.roles import KEPT, MAY, Power, Role, check_roles, said

_ID = re.compile(r"[^\W\d_][\w.\-]{0,39}")
_TAKEN_FORMS = re.compile(r"[RP]-\d+")


def check(directory: Directory, act: Act, *, on: date) -> None:
    """See that an act may be done now.

    Args:
        directory: The people as they are before it.
        on: The day at the office.
    Raises:
        UsageError: It may not; the message says why and who could. `forbidden`: it is not for who does it.

    Whoever sets a workspace up may do what the officers may, until an account has acted.
    """
    _CHECKS[act.kind](directory, act, on)


def check_whole(directory: Directory) -> None:
    """See that a workspace with accounts has an administrator and a security officer.

    Raises:
        UsageError: One of them is missing.
    """
    for role in KEPT:
        if not directory.holders(role):
            raise _refused(messages.MISSING(role=said((role,))), "last-officer")


def check_power(account: Account, power: Power) -> None:
    """See that an account may do something.

    Raises:
        UsageError: `forbidden`: none of its roles allows it.
    """
    if not account.may(power):
        raise forbidden(account, power)


def forbidden(account: Account, power: Power) -> UsageError:
    """The error of somebody who may not; it says whose it is."""
    allowed = [role for role in Role if power in MAY[role]]
    return Forbidden(
        messages.NOT_ALLOWED(name=account.name, roles=said(account.roles), what=messages.POWERS[power]()),
        code="forbidden",
        remedy=messages.NOT_ALLOWED_REMEDY(roles=said(allowed)),
    )


def _power_of(directory: Directory, act: Act, power: Power) -> None:
    """See that whoever acts may; while a workspace is set up, that is who began."""
    if not _sets_up(directory, act):
        check_power(account_of(directory, act.by), power)


def _sets_up(directory: Directory, act: Act) -> bool:
    return act.by.startswith(MACHINE) and (not directory.accounts or act.by == directory.opener)


def account_of(directory: Directory, id: str) -> Account:
    """The account that stands.

    Raises:
        UsageError: There is none.
    """
    found = directory.accounts.get(id)
    if found is None or not found.stands:
        raise _refused(messages.NO_ACCOUNT(account=id), "no-such-account", messages.NO_ACCOUNT_REMEDY())
    return found


def _add(directory: Directory, act: Act, on: date) -> None:  # noqa: ARG001
    _power_of(directory, act, Power.ACCOUNTS)
    name, login = str(act.detail["name"]), str(act.detail["login"])
    if not _ID.fullmatch(act.subject) or _TAKEN_FORMS.fullmatch(act.subject):
        raise _refused(messages.BAD_ID(account=act.subject), "bad-account")
    if len(persons(name)) > 1:
        raise _refused(messages.BAD_ID(account=name), "bad-account")
    if act.subject in directory.accounts:
        raise _refused(messages.TAKEN(account=act.subject), "account-taken")
    for other in directory.standing:
        if folded(name) in (folded(other.name), folded(other.id)) or folded(act.subject) == folded(
            other.name
        ):
            raise _refused(
                messages.NAME_TAKEN(name=name, account=other.id),
                "name-taken",
                messages.NAME_REMEDY(name=name),
            )
        if login and other.login == login:
            raise _refused(messages.LOGIN_TAKEN(login=login, account=other.id), "login-taken")
    check_roles(frozenset(map(Role, act.detail["roles"])))


def _assign(directory: Directory, act: Act, on: date) -> None:  # noqa: ARG001
    _power_of(directory, act, Power.ASSIGN)
    account = account_of(directory, act.subject)
    if act.by == act.subject:
        raise _refused(messages.NOT_SELF(), "own-roles", messages.NOT_SELF_REMEDY())
    roles = frozenset(map(Role, act.detail["roles"]))
    check_roles(roles)
    _keep(directory, account, roles)
    above = str(act.detail["superior"])
    while above:
        if above == account.id:
            raise _refused(
                messages.SUPERIOR_LOOP(name=account.name, superior=act.detail["superior"]), "superior-loop"
            )
        above = account_of(directory, above).superior


def _retire(directory: Directory, act: Act, on: date) -> None:  # noqa: ARG001
    _power_of(directory, act, Power.ACCOUNTS)
    _keep(directory, account_of(directory, act.subject), frozenset())
    _reasoned(act)


def _password(directory: Directory, act: Act, on: date) -> None:  # noqa: ARG001
    account_of(directory, act.subject)
    if act.by != act.subject:
        raise _refused(messages.OWN_PASSWORD(), "forbidden")


def _reset(directory: Directory, act: Act, on: date) -> None:  # noqa: ARG001
    account = account_of(directory, act.subject)
    if act.by == account.id:
        raise _refused(messages.OWN_RESET(), "own-reset")
    # The two officers can help each other; nobody else is above them.
    above = Power.ASSIGN if Role.ADMIN in account.roles else Power.ACCOUNTS
    if not _sets_up(directory, act) and not account_of(directory, act.by).may(above):
        check_power(account_of(directory, act.by), Power.ACCOUNTS)


def _token(directory: Directory, act: Act, on: date) -> None:
    account, label = account_of(directory, act.subject), str(act.detail["label"])
    if act.by != act.subject and not _sets_up(directory, act):
        raise _refused(messages.OWN_TOKEN(), "forbidden", messages.OWN_TOKEN_REMEDY(account=account.id))
    if not label:
        raise _refused(messages.NO_LABEL(), "no-label")
    if any((one.account, one.label) == (account.id, label) and one.holds(on) for one in directory.tokens):
        raise _refused(messages.LABEL_TAKEN(account=account.id, label=label), "label-taken")
    expires = act.detail["expires"]
    if expires is not None:
        _not_past(date.fromisoformat(expires), on)


def _end_token(directory: Directory, act: Act, on: date) -> None:
    account, label = account_of(directory, act.subject), str(act.detail["label"])
    if act.by != act.subject:
        _power_of(directory, act, Power.ACCOUNTS)
    if not any((one.account, one.label) == (account.id, label) and one.holds(on) for one in directory.tokens):
        raise _refused(messages.NO_TOKEN(account=account.id, label=label), "no-such-token")


def _ask(directory: Directory, act: Act, on: date) -> None:  # noqa: ARG001
    check_power(account_of(directory, act.by), Power.ASK)
    if not str(act.detail["number"]).strip():
        raise _refused(messages.NO_NUMBER(), "no-number")
    _reasoned(act)


def _consent(directory: Directory, act: Act, on: date) -> None:
    _answerable(directory, act)
    _not_past(date.fromisoformat(act.detail["until"]), on)


def _refuse(directory: Directory, act: Act, on: date) -> None:  # noqa: ARG001
    _answerable(directory, act)
    _reasoned(act)


def _recall(directory: Directory, act: Act, on: date) -> None:
    request = _request(directory, act)
    if act.by != request.by:
        _answers(directory, act, request)
    if not request.readable(on):
        raise _refused(messages.NOT_CONSENTED(request=request.id), "not-consented")
    _reasoned(act)


def _stand_in(directory: Directory, act: Act, on: date) -> None:
    check_power(account_of(directory, act.by), Power.STAND_IN)
    taker = directory.accounts.get(str(act.detail["taker"]))
    if taker is None or taker.id == act.by or not taker.may(Power.STAND_IN):
        raise _refused(messages.TAKER(taker=act.detail["taker"]), "no-such-taker")
    since, until = date.fromisoformat(act.detail["since"]), date.fromisoformat(act.detail["until"])
    if since > until:
        raise _refused(messages.BACKWARDS(since=since, until=until), "backwards")
    _not_past(until, on)


def _end_proxy(directory: Directory, act: Act, on: date) -> None:
    proxy = directory.proxies.get(act.subject)
    if proxy is None or proxy.ended or proxy.until < on:
        raise _refused(messages.NO_PROXY(proxy=act.subject), "no-such-proxy")
    if act.by != proxy.giver:
        _power_of(directory, act, Power.ASSIGN)


_CHECKS: Mapping[Kind, Callable[[Directory, Act, date], None]] = {
    Kind.ADD: _add,
    Kind.ASSIGN: _assign,
    Kind.RETIRE: _retire,
    Kind.PASSWORD: _password,
    Kind.RESET: _reset,
    Kind.TOKEN: _token,
    Kind.END_TOKEN: _end_token,
    Kind.ASK: _ask,
    Kind.CONSENT: _consent,
    Kind.REFUSE: _refuse,
    Kind.RECALL: _recall,
    Kind.STAND_IN: _stand_in,
    Kind.END_PROXY: _end_proxy,
}


def _keep(directory: Directory, account: Account, roles: frozenset[Role]) -> None:
    """A workspace keeps an administrator and a security officer, whatever becomes of one account."""
    for role in KEPT:
        if role in account.roles and role not in roles and len(directory.holders(role)) == 1:
            raise _refused(
                messages.LAST(name=account.name, role=said((role,))),
                "last-officer",
                messages.LAST_REMEDY(role=said((role,))),
            )


def _request(directory: Directory, act: Act) -> Request:
    """The request that an act is about; whoever may not answer it learns no more than of one that is not there."""
    check_power(account_of(directory, act.by), Power.CONSENT)
    request = directory.requests.get(act.subject)
    if request is None:
        raise _no_request(act)
    return request


def _no_request(act: Act) -> UsageError:
    return _refused(messages.NO_REQUEST(request=act.subject), "no-such-request", messages.NO_REQUEST_REMEDY())


def _answers(directory: Directory, act: Act, request: Request) -> None:
    if act.by == request.account:
        raise _refused(messages.NOT_YOURS(request=request.id), "forbidden")
    if act.by not in directory.answerers(request):
        raise _no_request(act)


def _answerable(directory: Directory, act: Act) -> None:
    request = _request(directory, act)
    _answers(directory, act, request)
    if request.answer:
        raise _refused(messages.ANSWERED(request=request.id, by=request.by), "answered")


def _reasoned(act: Act) -> None:
    if not str(act.detail["reason"]).strip():
        raise _refused(messages.NO_REASON(), "no-reason", messages.NO_REASON_REMEDY())


def _not_past(day: date, on: date) -> None:
    if day < on:
        raise _refused(messages.PAST(day=day), "past")


def _refused(message: Bilingual, code: str, remedy: Bilingual = NOTHING) -> UsageError:
    kind = Forbidden if code in _FORBIDDEN else NotFound if code.startswith("no-such-") else Conflict
    return kind(message, code=code, remedy=remedy)


_FORBIDDEN = ("forbidden", "own-roles", "own-reset")
