"""`formflow history`: past transactions, for the rule that looks three years back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from formflow.cli.app import App
from formflow.cli.output import say, show_table

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

    The same file again adds nothing. A row that cannot be read refuses the whole file.

    \b
    Example:
      formflow history import sales.csv --from 2023-01-01 --to 2025-12-31
    """
    from formflow.pipeline.importing import read_trades

    read = read_trades(file)
    first = since.date() if since else read.first
    last = until.date() if until else read.last
    added = app.store.history.import_rows(
        read.trades, digest=read.digest, name=read.name, covers_from=first, covers_to=last, at=app.clock()
    )
    say(
        app.voice(
            f"{file.name}：导入 {added} 笔，覆盖 {first} 至 {last}",
            f"{file.name}: {added} transactions, complete from {first} to {last}",
        )
    )


@history_command.command("list")
@click.pass_obj
def list_command(app: App) -> None:
    """List what was loaded and the days it covers.

    \b
    Example:
      formflow history list
    """
    rows = [
        (batch.name, batch.rows, batch.covers_from, batch.covers_to, f"{batch.imported_at:%Y-%m-%d %H:%M}")
        for batch in app.store.history.batches()
    ]
    columns = (("文件", "File"), ("笔数", "Rows"), ("起", "From"), ("止", "To"), ("导入", "Loaded"))
    show_table([app.voice(*column) for column in columns], rows)
