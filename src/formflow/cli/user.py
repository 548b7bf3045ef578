"""`formflow user`: accounts, their roles and areas, passwords and tokens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from formflow import words
from formflow.cli.accounts import (
    account_json,
    account_named,
    keeper,
    lines_of_input,
    new_account,
    password_prompts,
    roles_of,
    tell_passwords,
)
from formflow.cli.app import App
from formflow.cli.output import emit, say, show_table, tell
from formflow.errors import UsageError
from formflow.messages import listed
from formflow.messages import people as messages
from formflow.people.roles import KEPT, Power, Role

if TYPE_CHECKING:
    pass

DAY = click.DateTime(["%Y-%m-%d"])
_FROM_STDIN = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
_REASON = click.option("--reason", required=True, help="Why; kept for ever.")


def _given(command: Any) -> Any:
    """The options that say what an account is to hold."""
    for option in (
        click.option("--superior", metavar="ACCOUNT", help="To whom what is late goes up."),
        click.option("--department", help="Its head answers when another area's fax is to be read."),
        click.option("--area", "areas", multiple=True, help="An area held (片区); * is all of them."),
        click.option(
            "--role",
            "roles",
            multiple=True,
            metavar="ROLE",
            type=click.Choice([role.value for role in Role]),
            help=f"A role; may be repeated: {', '.join(Role)}.",
        ),
    ):
        command = option(command)
    return command


@click.group("user")
def user_command() -> None:
    """Keep the accounts of the people who work here.

    The first account brings an administrator and a security officer with it. Administrators make accounts, security
    officers give roles and areas, auditors read: nobody is two of these.

    \b
    Example:
      formflow user add limin --name 李明 --role clerk --login limin
      formflow user token limin --label laptop --password-stdin
    """


@user_command.command("add")
@click.argument("account")
@click.option("--name", help="The name as papers print it; default: ACCOUNT.")
@click.option("--login", default="", help="The user of this machine who it is on the command line.")
@_given
@_FROM_STDIN
@click.pass_obj
def add_command(
    app: App,
    account: str,
    name: str | None,
    login: str,
    roles: tuple[str, ...],
    areas: tuple[str, ...],
    department: str | None,
    superior: str | None,
    password_stdin: bool,
) -> None:
    """Make ACCOUNT; a one-time password is shown once where none is given.

    A security officer gives the roles and areas that are asked for here, with `user assign`. While a workspace is set up,
    that is until an account has acted itself, whoever set it up may do both.

    \b
    Example:
      formflow user add zhangsan --name 张三 --role salesperson --area 华南 --department 销售部
    """
    directory = app.store.people.directory()
    by = keeper(app, directory)
    above = directory.named(superior) if superior else None
    made = [
        new_account(
            account,
            name=name or account,
            login=login,
            roles=roles,
            areas=areas,
            department=department or "",
            superior=above.id if above else superior or "",
            password=lines_of_input(1)[0] if password_stdin else None,
        )
    ]
    opens = by.startswith("@")
    if not directory.accounts:
        held = set(roles)
        made += [
            new_account(role.value, name=words.ROLES[role].chinese, roles=(role.value,))
            for role in KEPT
            if role not in held
        ]
    with app.store.database.begin() as conn:
        app.store.people.add([new for new, _ in made], by=by, at=app.clock(), assign=opens, conn=conn)
    added = app.store.people.directory().accounts[account]
    told = app.voice(messages.ADDED(account=added.id, name=added.name, roles=roles_of(added)))
    tell(app, account_json(added), told)
    if not opens:
        say(app.voice(messages.TO_ASSIGN(account=added.id)), err=True)
    tell_passwords(app, [(new, password) for new, password in made if password is not None])


@user_command.command("assign")
@click.argument("account")
@_given
@click.pass_obj
def assign_command(
    app: App,
    account: str,
    roles: tuple[str, ...],
    areas: tuple[str, ...],
    department: str | None,
    superior: str | None,
) -> None:
    """Give ACCOUNT its roles and areas: those asked for when it was made, or those named here.

    What is named takes the place of all of its kind; --area "" takes the areas away.

    \b
    Example:
      formflow user assign zhangsan
      formflow user assign zhangsan --role salesperson --area 华南 --area 华东
    """
    from formflow.people.acts import Kind

    directory = app.store.people.directory()
    found = account_named(directory, account)
    before: Mapping[str, Any] = (
        {
            "roles": found.roles,
            "areas": found.areas,
            "department": found.department,
            "superior": found.superior,
        }
        if found.roles
        else found.asked
    )
    above = directory.named(superior) if superior else None
    detail = {
        "roles": sorted(roles or before["roles"]),
        "areas": sorted(filter(None, areas)) if areas else sorted(before["areas"]),
        "department": before["department"] if department is None else department,
        "superior": before["superior"] if superior is None else above.id if above else superior,
    }
    app.store.people.do(Kind.ASSIGN, found.id, detail, by=keeper(app, directory), at=app.clock())
    now = app.store.people.directory().accounts[found.id]
    tell(
        app, account_json(now), app.voice(messages.ADDED(account=now.id, name=now.name, roles=roles_of(now)))
    )


@user_command.command("list")
@click.option("--retired", is_flag=True, help="Also accounts that are retired.")
@click.pass_obj
def list_command(app: App, retired: bool) -> None:
    """List accounts: all of them for the officers, one's own for others.

    \b
    Example:
      formflow user list
    """
    directory = app.store.people.directory()
    by = "" if not directory.accounts else keeper(app, directory)
    me = directory.accounts.get(by)
    every = me is None or any(me.may(power) for power in (Power.ACCOUNTS, Power.ASSIGN, Power.AUDIT))
    shown = [
        one for one in directory.accounts.values() if (one.stands or retired) and (every or one.id == by)
    ]
    if app.json:
        for one in shown:
            emit(account_json(one))
        return
    if not shown:
        say(app.voice(messages.NO_ACCOUNTS()))
        return
    columns = (
        messages.ACCOUNT(),
        messages.NAME(),
        messages.ROLES(),
        messages.AREAS(),
        messages.DEPARTMENT(),
        messages.SUPERIOR(),
        messages.LOGIN(),
        messages.RETIRED_ON(),
    )
    rows = [
        (
            one.id,
            one.name,
            app.voice(roles_of(one)),
            app.voice(listed(sorted(one.areas))),
            one.department,
            one.superior,
            one.login,
            f"{one.retired_at:%Y-%m-%d}" if one.retired_at else "",
        )
        for one in shown
    ]
    show_table(
        app,
        columns,
        rows,
        struck=[i for i, one in enumerate(shown) if not one.stands],
    )


@user_command.command("retire")
@click.argument("account")
@_REASON
@click.pass_obj
def retire_command(app: App, account: str, reason: str) -> None:
    """End ACCOUNT: it can do nothing any more; what it did stays, and its id is never used again.

    \b
    Example:
      formflow user retire zhangsan --reason 离职
    """
    directory = app.store.people.directory()
    found = account_named(directory, account)
    app.store.people.retire(found.id, reason=reason, by=keeper(app, directory), at=app.clock())
    tell(app, {"account": found.id, "reason": reason}, app.voice(messages.RETIRED(account=found.id)))


@user_command.command("reset")
@click.argument("account")
@click.pass_obj
def reset_command(app: App, account: str) -> None:
    """Give ACCOUNT a one-time password, shown once; its owner is told of it.

    \b
    Example:
      formflow user reset zhangsan
    """
    from formflow.people.acts import Kind

    directory = app.store.people.directory()
    found = account_named(directory, account)
    new, password = new_account(found.id, name=found.name)
    app.store.people.set_password(Kind.RESET, found.id, new.hash, by=keeper(app, directory), at=app.clock())
    if app.json:
        emit({"account": found.id})
    tell_passwords(app, [(new, str(password))])


@user_command.command("password")
@click.argument("account")
@_FROM_STDIN
@click.pass_obj
def password_command(app: App, account: str, password_stdin: bool) -> None:
    """Set the password of ACCOUNT, one's own: the old one and the new one, asked for or on a line each.

    \b
    Example:
      formflow user password limin
    """
    from formflow.people.acts import Kind
    from formflow.people.secrets import hash_password

    old, new = (
        lines_of_input(2)
        if password_stdin
        else [click.prompt(what, hide_input=True, err=True) for what in password_prompts(app)]
    )
    proved = app.store.people.prove(account, old)
    app.store.people.set_password(Kind.PASSWORD, proved.id, hash_password(new), by=proved.id, at=app.clock())
    tell(app, {"account": proved.id}, app.voice(messages.PASSWORD_SET(account=proved.id)))


@user_command.command("token")
@click.argument("account")
@click.option("--label", required=True, help="What the token is for.")
@click.option("--expires", type=DAY, help="Last day on which it holds; default: until it is ended.")
@click.option("--end", is_flag=True, help="End the token of this label.")
@_FROM_STDIN
@click.pass_obj
def token_command(
    app: App, account: str, label: str, expires: datetime | None, end: bool, password_stdin: bool
) -> None:
    """Make a token for ACCOUNT, one's own, and print it once; FORMFLOW_TOKEN holds it when it is used.

    \b
    Example:
      formflow user token limin --label laptop --expires 2026-12-31
      formflow user token limin --label laptop --end
    """
    from formflow.people.acts import Kind
    from formflow.people.secrets import digest, new_token

    people, now = app.store.people, app.clock()
    directory = people.directory()
    if password_stdin:
        proved = people.prove(account, lines_of_input(1)[0])
        if proved.one_time:
            raise UsageError(
                messages.ONE_TIME(account=proved.id),
                code="one-time-password",
                remedy=messages.ONE_TIME_REMEDY(account=proved.id),
            )
        found, by = proved, proved.id
    else:
        by = keeper(app, directory)
        found = account_named(directory, account)
    if end:
        people.do(Kind.END_TOKEN, found.id, {"label": label}, by=by, at=now)
        told = app.voice(messages.TOKEN_ENDED(account=found.id, label=label))
        tell(app, {"account": found.id, "label": label}, told)
        return
    token = new_token()
    until = None if expires is None else expires.date().isoformat()
    people.do(
        Kind.TOKEN, found.id, {"label": label, "expires": until, "sha256": digest(token)}, by=by, at=now
    )
    tell(app, {"account": found.id, "label": label, "expires": until, "token": token}, token)
    say(app.voice(messages.TOKEN_ONCE(label=label)), err=True)
