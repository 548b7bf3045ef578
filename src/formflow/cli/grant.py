"""`formflow grant`: consent to read another area's fax (6.3): asked for, given, refused, recalled, and who read what."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.app import App
from formflow.cli.output import emit, say, show_table, tell
from formflow.cli.told import told_time
from formflow.cli.user import DAY
from formflow.messages import people as messages
from formflow.people.acts import Kind
from formflow.people.roles import Power

if TYPE_CHECKING:
    from formflow.people.directory import Directory, Request

WORKING_DAYS = 5
"""How long a consent holds where its head says nothing else."""

_REASON = click.option("--reason", required=True, help="Why; kept for ever.")


@click.group("grant")
def grant_command() -> None:
    """Ask to read another area's fax; consent, refuse, recall.

    The head of the applicant's department answers, never the applicant; where there is no such head, a security officer.

    \b
    Example:
      formflow grant ask 收传〔2026〕3号 --reason 客户来电核对
      formflow grant consent R-0001 --until 2026-12-04
    """


@grant_command.command("ask")
@click.argument("number")
@_REASON
@click.pass_obj
def ask_command(app: App, number: str, reason: str) -> None:
    """Ask to read the entry NUMBER; the answer is the same whether there is one or not.

    \b
    Example:
      formflow grant ask 收传〔2026〕3号 --reason 客户来电核对
    """
    by = app.somebody.id
    act = app.store.people.do(
        Kind.ASK, None, {"number": number[:120], "reason": reason}, by=by, at=app.clock()
    )
    told = app.voice(messages.ASKED(request=act.subject))
    tell(app, {"request": act.subject, "number": act.detail["number"], "state": "open"}, told)


@grant_command.command("consent")
@click.argument("request")
@click.option("--until", type=DAY, help="Last day; default: five working days from today.")
@click.pass_obj
def consent_command(app: App, request: str, until: datetime | None) -> None:
    """Let whoever made REQUEST read its entry until a day.

    \b
    Example:
      formflow grant consent R-0001 --until 2026-12-04
    """
    from formflow.rules.calendar import open_calendar
    from formflow.store.register_reader import no_entry

    me, now, register = app.somebody, app.clock(), app.store.register
    days = open_calendar(app.settings)
    day = until.date() if until else days.working_days_after(now.date(), WORKING_DAYS)
    with app.store.database.begin() as conn:
        directory = app.store.people.directory(conn=conn)
        asked = directory.requests.get(request)
        number = ""
        if asked is not None and me.id in directory.answerers(asked):
            entry = register.named(asked.number, conn=conn)
            if entry is None:
                raise no_entry(asked.number)
            number = entry.number
        detail = {"until": day.isoformat(), "entry": number}
        app.store.people.do(Kind.CONSENT, request, detail, by=me.id, at=now, conn=conn)
    made = app.store.people.directory()
    _tell(app, made, made.requests[request])


@grant_command.command("refuse")
@click.argument("request")
@_REASON
@click.pass_obj
def refuse_command(app: App, request: str, reason: str) -> None:
    """Refuse REQUEST.

    \b
    Example:
      formflow grant refuse R-0001 --reason 与业务无关
    """
    _answer(app, Kind.REFUSE, request, reason)


@grant_command.command("recall")
@click.argument("request")
@_REASON
@click.pass_obj
def recall_command(app: App, request: str, reason: str) -> None:
    """Take the consent to REQUEST back; from now on the entry cannot be read by it.

    \b
    Example:
      formflow grant recall R-0001 --reason 调岗
    """
    _answer(app, Kind.RECALL, request, reason)


@grant_command.command("list")
@click.option("--all", "every", is_flag=True, help="Also what is answered and what has ended.")
@click.pass_obj
def list_command(app: App, every: bool) -> None:
    """List requests: one's own, those that one may answer; all of them for auditor and security officer.

    \b
    Example:
      formflow grant list
    """
    me, on = app.somebody, app.clock().date()
    directory = app.store.people.directory()
    shown = [
        one
        for one in directory.requests.values()
        if (
            me.may(Power.AUDIT)
            or one.account == me.id
            or one.by == me.id
            or me.id in directory.answerers(one)
        )
        and (every or one.state(on) in ("open", "consented"))
    ]
    if app.json:
        for one in shown:
            emit(_json(app, one))
        return
    columns = (
        messages.REQUEST(),
        messages.APPLICANT(),
        messages.NUMBER(),
        messages.REASON(),
        messages.STATE(),
        messages.UNTIL(),
        messages.ANSWERED_BY(),
    )
    rows = [
        (
            one.id,
            directory.accounts[one.account].name,
            one.number,
            one.reason,
            app.voice(messages.REQUEST_STATES[one.state(on)]()),
            one.until or "",
            directory.accounts[one.by].name if one.by else "",
        )
        for one in shown
    ]
    show_table(app, columns, rows)


@grant_command.command("reads")
@click.option("--number", help="Only this entry, record or book.")
@click.option("--account", help="Only what this account read.")
@click.option(
    "--limit", type=click.IntRange(1), default=200, show_default=True, help="At most so many, the newest."
)
@click.pass_obj
def reads_command(app: App, number: str | None, account: str | None, limit: int) -> None:
    """List who read what and why it was allowed: for auditor and security officer.

    \b
    Example:
      formflow grant reads --number 收传〔2026〕3号
    """
    from formflow.people.changes import check_power

    check_power(app.somebody, Power.AUDIT)
    directory = app.store.people.directory()
    named = directory.named(account) if account else None
    found = app.store.reads.list(subject=number, account=named.id if named else account, limit=limit)
    if app.json:
        for one in found:
            emit(
                {
                    "subject": one.subject,
                    "what": one.what,
                    "account": one.account,
                    "why": one.why,
                    "at": one.at.isoformat(),
                }
            )
        return
    rows = [
        (
            one.subject,
            told_time(app, one.at),
            directory.accounts[one.account].name,
            app.voice(messages.WHAT[one.what]()),
            app.voice(messages.WHY[one.why]()),
        )
        for one in found
    ]
    columns = (
        messages.NUMBER(),
        messages.WHEN(),
        messages.WHO_HEADING(),
        messages.WHAT_HEADING(),
        messages.WHY_HEADING(),
    )
    if not rows:
        say(app.voice(messages.NOTHING_READ()))
        return
    show_table(app, columns, rows)


def _answer(app: App, kind: Kind, request: str, reason: str) -> None:
    app.store.people.do(kind, request, {"reason": reason}, by=app.somebody.id, at=app.clock())
    made = app.store.people.directory()
    _tell(app, made, made.requests[request])


def _tell(app: App, directory: Directory, request: Request) -> None:
    said = {
        "consented": messages.CONSENTED(
            request=request.id,
            name=directory.accounts[request.account].name,
            number=request.entry,
            until=request.until,
        ),
        "refused": messages.REFUSED(request=request.id),
        "recalled": messages.RECALLED(request=request.id),
    }[request.state(app.clock().date())]
    tell(app, _json(app, request), app.voice(said))


def _json(app: App, request: Request) -> dict[str, Any]:
    return {
        "request": request.id,
        "account": request.account,
        "number": request.number,
        "reason": request.reason,
        "at": request.at.isoformat(),
        "state": request.state(app.clock().date()),
        "until": request.until.isoformat() if request.until else None,
        "by": request.by or None,
        "because": request.because or None,
    }
