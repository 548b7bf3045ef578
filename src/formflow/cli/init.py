"""`formflow init`: lay out a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from formflow.cli.app import App
from formflow.cli.output import emit, say
from formflow.messages import cli as messages
from formflow.workspace import lay_out


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def init_command(app: App, folder: Path) -> None:
    """Lay out a workspace in DIR: forms, templates, inbox, archive and formflow.toml.

    What is already there is never overwritten.

    \b
    Example:
      formflow init office
    """
    lay_out(folder)
    if app.json:
        emit({"workspace": str(folder)})
        return
    say(app.voice(messages.WORKSPACE_LAID_OUT(folder=folder)), err=True)
    say(
        app.voice(messages.WHAT_NEXT(folder=folder / "inbox", folder2=folder)),
        err=True,
    )
