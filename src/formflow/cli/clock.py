"""`formflow register clock`: a person says that the clock is right."""

from __future__ import annotations

import click

from formflow.cli.app import App
from formflow.cli.output import tell
from formflow.cli.told import told_time
from formflow.errors import UsageError
from formflow.messages import cli as messages


@click.command("clock")
@click.option("--reason", required=True, help="Why earlier entries were ahead of it; kept for ever.")
@click.option("--by", help="Who; default: whoever is logged in.")
@click.pass_obj
def clock_command(app: App, reason: str, by: str | None) -> None:
    """Say that the clock is right now, where earlier entries were made by one that was ahead.

    Numbering, which a clock behind the last entry stops, goes on; the audit keeps who said so.

    \b
    Example:
      formflow register clock --reason "主板电池更换前时钟快了一天"
    """
    from formflow.store.guard import CLOCK

    if not reason.strip():
        raise UsageError(messages.NO_REASON(), code="no-reason")
    now = app.clock()
    app.store.audit.append(CLOCK, CLOCK, {"reason": reason.strip(), "by": app.person(by)}, at=now)
    when = told_time(app, now)
    tell(
        app,
        {"at": now.isoformat(), "reason": reason.strip(), "by": app.person(by)},
        app.voice(messages.CLOCK_IS_RIGHT(when=when)),
    )
