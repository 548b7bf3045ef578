"""What the commands about accounts share: who keeps them, how one is found, made and printed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from formflow.cli.acting import acting, machine_user, nobody
from formflow.cli.app import App
from formflow.cli.output import say
from formflow.errors import UsageError
from formflow.messages import Bilingual
from formflow.messages import people as messages

if TYPE_CHECKING:
    from formflow.people.directory import Account, Directory
    from formflow.store.people import NewAccount


def keeper(app: App, directory: Directory) -> str:
    """Who keeps the accounts: an account, or while the workspace is set up the user of the machine who began."""
    account = acting(directory, app.clock().date())
    if account is not None:
        return account.id
    user = f"@{machine_user()}"
    if directory.accounts and directory.opener != user:
        raise nobody()
    return user


def account_named(directory: Directory, text: str) -> Account:
    found = directory.named(text)
    if found is None:
        raise UsageError(
            messages.NO_ACCOUNT(account=text), code="no-such-account", remedy=messages.NO_ACCOUNT_REMEDY()
        )
    return found


def new_account(
    account: str,
    *,
    name: str,
    login: str = "",
    roles: tuple[str, ...] = (),
    areas: tuple[str, ...] = (),
    department: str = "",
    superior: str = "",
    password: str | None = None,
) -> tuple[NewAccount, str | None]:
    """An account to be made, and its one-time password where it gets one."""
    from formflow.people.secrets import hash_password, one_time_password
    from formflow.store.people import NewAccount

    made = None if password is not None else one_time_password()
    new = NewAccount(
        id=account,
        name=name,
        login=login,
        roles=tuple(sorted(roles)),
        areas=tuple(sorted(filter(None, areas))),
        department=department,
        superior=superior,
        hash=hash_password(password if password is not None else str(made)),
        one_time=made is not None,
    )
    return new, made


def lines_of_input(count: int) -> list[str]:
    """So many lines of standard input."""
    lines = [sys.stdin.readline().rstrip("\r\n") for _ in range(count)]
    if not all(lines):
        raise UsageError(messages.NO_WORD(), code="no-password")
    return lines


def password_prompts(app: App) -> tuple[str, str]:
    return app.voice(messages.OLD_PASSWORD()), app.voice(messages.NEW_PASSWORD())


def tell_passwords(app: App, made: list[tuple[NewAccount, str]]) -> None:
    for new, password in made:
        said = messages.ONE_TIME_IS(account=new.id, name=new.name, password=password)
        say(app.voice(said), err=True)
    if made:
        say(app.voice(messages.SHOWN_ONCE()), err=True)


def roles_of(account: Account) -> Bilingual:
    from formflow.people.roles import said

    return said(account.roles)


def account_json(account: Account) -> dict[str, Any]:
    return {
        "account": account.id,
        "name": account.name,
        "roles": sorted(account.roles),
        "areas": sorted(account.areas),
        "department": account.department,
        "superior": account.superior,
        "login": account.login,
        "asked": {key: value for key, value in account.asked.items() if value},
        "added_at": account.added_at.isoformat(),
        "retired_at": account.retired_at.isoformat() if account.retired_at else None,
    }
