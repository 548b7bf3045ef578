"""`formflow history`: past transactions, for the rule that looks three years back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from formflow import words
from formflow.cli.app import App
from formflow.cli.output import emit, say, show_findings, show_table
from formflow.cli.told import told_time
from formflow.contract.views import batch_json, reassessed_json
from formflow.messages import Bilingual
from formflow.messages import cli as messages
from formflow.pipeline.reassessing import reassess
from formflow.pipeline.trade_import import read_trades

DAY = click.DateTime(["%Y-%m-%d"])


@click.group("history")
def history_command() -> None:
    """Load past transactions and see what they cover.

    \b
    Example:
      formflow history import 销售明细2023-2025.xlsx --from 2023-01-01 --to 2025-12-31
    """


@history_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--from", "since", type=DAY, help="First day the list is complete for; default: its earliest.")
@click.option("--to", "until", type=DAY, help="Last day the list is complete for; default: its latest.")
@click.pass_obj
def import_command(app: App, file: Path, since: datetime | None, until: datetime | None) -> None:
    """Load the transactions in FILE (.xlsx or .csv): customer name, credit code, date, amount, kind (样品).

    The same file again adds nothing. Every row that is not as it should be is named, and what can be read of it is taken.
    Entries that were referred for want of history are judged anew.

    \b
    Example:
      formflow history import sales.csv --from 2023-01-01 --to 2025-12-31
    """
    read = read_trades(file, today=app.clock().date())
    first = since.date() if since else read.first
    last = until.date() if until else read.last
    added = app.store.history.import_rows(
        read.trades,
        digest=read.digest,
        name=read.name,
        covers_from=first,
        covers_to=last,
        unread=read.unread,
        at=app.clock(),
    )
    with app.engine() as engine:
        changed = reassess(engine.context, because=read.name, by=app.person(None))
    if app.json:
        emit(
            {
                "file": read.name,
                "added": added,
                "covers": [first.isoformat(), last.isoformat()],
                "problems": [{"place": one.place, "message": app.voice(one.said)} for one in read.problems],
                "reassessed": [reassessed_json(one, app.voice) for one in changed],
            }
        )
        return
    say(
        app.voice(messages.IMPORTED(name=file.name, added=added, first=first, last=last)),
    )
    for problem in read.problems:
        say(f"    {problem.place}  {app.voice(problem.said)}", err=True)
    for one in changed:
        say(
            app.voice(
                messages.JUDGED_ANEW(
                    number=one.number,
                    before=Bilingual(words.OUTCOMES[one.before].chinese, one.before.value),
                    after=Bilingual(words.OUTCOMES[one.after].chinese, one.after.value),
                )
            )
        )
        show_findings(app, one.findings)


@history_command.command("list")
@click.pass_obj
def list_command(app: App) -> None:
    """List what was loaded and the days it covers.

    \b
    Example:
      formflow history list
    """
    if app.json:
        for batch in app.store.history.batches():
            emit(batch_json(batch))
        return
    rows = [
        (batch.name, batch.rows, batch.covers_from, batch.covers_to, told_time(app, batch.imported_at))
        for batch in app.store.history.batches()
    ]
    columns = (messages.FILE(), messages.ROWS(), messages.FROM(), messages.TO(), messages.LOADED())
    show_table(app, columns, rows)
