"""`formflow proxy`: somebody stands in for one while one is away (委托)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.app import App
from formflow.cli.output import emit, show_table, tell
from formflow.cli.user import DAY
from formflow.messages import people as messages
from formflow.people.acts import Kind
from formflow.people.roles import Power

if TYPE_CHECKING:
    from formflow.people.directory import Proxy


@click.group("proxy")
def proxy_command() -> None:
    """Let somebody decide in one's place from a day to a day; nothing is handed on a second time.

    \b
    Example:
      formflow proxy give zhangsan --from 2026-12-01 --to 2026-12-05 --form new_customer --reason 出差
    """


@proxy_command.command("give")
@click.argument("account")
@click.option("--from", "since", type=DAY, required=True, help="First day.")
@click.option("--to", "until", type=DAY, required=True, help="Last day.")
@click.option("--form", "forms", multiple=True, help="Only entries of this form; may be repeated.")
@click.option("--reason", default="", help="Why; kept for ever.")
@click.pass_obj
def give_command(
    app: App, account: str, since: datetime, until: datetime, forms: tuple[str, ...], reason: str
) -> None:
    """Let ACCOUNT stand in for oneself.

    \b
    Example:
      formflow proxy give zhangsan --from 2026-12-01 --to 2026-12-05
    """
    directory = app.store.people.directory()
    taker = directory.named(account)
    detail = {
        "taker": taker.id if taker else account,
        "since": since.date().isoformat(),
        "until": until.date().isoformat(),
        "forms": [app.form(form).id for form in forms],
        "reason": reason,
    }
    act = app.store.people.do(Kind.STAND_IN, None, detail, by=app.somebody.id, at=app.clock())
    made = app.store.people.directory()
    proxy = made.proxies[act.subject]
    said = messages.PROXY_GIVEN(
        proxy=proxy.id,
        taker=made.accounts[proxy.taker].name,
        giver=made.accounts[proxy.giver].name,
        since=proxy.since,
        until=proxy.until,
    )
    tell(app, _json(app, proxy), app.voice(said))


@proxy_command.command("end")
@click.argument("proxy")
@click.pass_obj
def end_command(app: App, proxy: str) -> None:
    """End PROXY before its last day: one's own, or for a security officer anybody's.

    \b
    Example:
      formflow proxy end P-0001
    """
    app.store.people.do(Kind.END_PROXY, proxy, {}, by=app.somebody.id, at=app.clock())
    made = app.store.people.directory().proxies[proxy]
    tell(app, _json(app, made), app.voice(messages.PROXY_ENDED(proxy=proxy)))


@proxy_command.command("list")
@click.option("--all", "every", is_flag=True, help="Also those that have ended.")
@click.pass_obj
def list_command(app: App, every: bool) -> None:
    """List proxies: those one gave or was given; all of them for auditor and security officer.

    \b
    Example:
      formflow proxy list
    """
    me, on = app.somebody, app.clock().date()
    directory = app.store.people.directory()
    shown = [
        one
        for one in directory.proxies.values()
        if (me.may(Power.AUDIT) or me.id in (one.giver, one.taker))
        and (every or not (one.ended or one.until < on))
    ]
    if app.json:
        for one in shown:
            emit(_json(app, one))
        return
    columns = (
        messages.PROXY(),
        messages.GIVER(),
        messages.TAKER_HEADING(),
        messages.FROM(),
        messages.TO(),
        messages.FORMS(),
        messages.REASON(),
    )
    rows = [
        (
            one.id,
            directory.accounts[one.giver].name,
            directory.accounts[one.taker].name,
            one.since,
            one.until,
            " ".join(one.forms),
            one.reason,
        )
        for one in shown
    ]
    struck = [index for index, one in enumerate(shown) if one.ended]
    show_table(app, columns, rows, struck=struck)


def _json(app: App, proxy: Proxy) -> dict[str, Any]:
    return {
        "proxy": proxy.id,
        "giver": proxy.giver,
        "taker": proxy.taker,
        "from": proxy.since.isoformat(),
        "to": proxy.until.isoformat(),
        "forms": list(proxy.forms),
        "reason": proxy.reason,
        "holds": proxy.holds(app.clock().date()),
    }
