"""The command `formflow`: finds the command's own module when it is used, and not before."""

from __future__ import annotations

import errno
import io
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from formflow import __version__
from formflow.cli.app import App
from formflow.cli.chinese import HELP
from formflow.cli.chinese_click import click_says
from formflow.cli.files import FILE_FAULTS, file_error
from formflow.cli.output import say, say_lines
from formflow.cli.spoken import SpokenGroup, spoken
from formflow.errors import FormflowError, StoreError
from formflow.messages import Bilingual
from formflow.messages import cli as messages

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("init", "Lay out a workspace."),
    "check": ("check", "Check forms, rules and templates."),
    "extract": ("extract", "Read files and print what they hold."),
    "process": ("process", "Take files in, finish them, exit."),
    "run": ("run", "Watch the inbox."),
    "watch": ("run", "The same as run."),
    "blank": ("blank", "Write a form to fill in."),
    "layout": ("layout", "Register empty forms for scans."),
    "review": ("review", "Settle what waits for a person."),
    "reread": ("reread", "Read anew what an older reader read."),
    "register": ("register", "List, show, void, export, verify."),
    "archive": ("archive", "Verify and export archive copies."),
    "history": ("history", "Load past transactions."),
    "approve": ("decide", "Approve an entry."),
    "return": ("decide", "Return an entry for completion."),
    "reject": ("decide", "Reject an entry."),
    "user": ("user", "Accounts, roles, tokens."),
    "grant": ("grant", "Consent to read another area's fax."),
    "proxy": ("proxy", "Let somebody stand in."),
    "backup": ("backup", "Save the workspace to one file."),
    "restore": ("backup", "Lay out a workspace from a backup."),
    "doctor": ("doctor", "Check this machine and workspace."),
}
"""Command → its module in `formflow.cli`, and what it does; the Chinese stands in `formflow.cli.chinese`."""


class LazyGroup(SpokenGroup):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        module = import_module(f"formflow.cli.{COMMANDS[name][0]}")
        command: click.Command = getattr(module, f"{name}_command")
        return spoken(command, name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def rows(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Every command and what it does, without importing any."""
        return [
            (name, self.told(ctx, HELP[name].splitlines()[0], english))
            for name, (_, english) in COMMANDS.items()
        ]


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--workspace",
    type=click.Path(path_type=Path),
    envvar="FORMFLOW_WORKSPACE",
    help="The workspace; default: the nearest folder upwards with a formflow.toml.",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of messages; default: by locale.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on standard output.")
@click.version_option(__version__, prog_name="formflow")
@click.pass_context
def cli(ctx: click.Context, workspace: Path | None, lang: str | None, as_json: bool) -> None:  # noqa: ARG001
    """Read filled forms, apply the written rules, number and archive them.

    --workspace, --lang and --json may stand before the command or behind it.

    \b
    Example:
      formflow init office && cd office
      cp ~/forms/*.docx inbox/
      formflow process inbox
      formflow register list
    """
    app: App = ctx.obj
    app.workspace = workspace or app.workspace
    app.json = as_json


def main(arguments: list[str] | None = None) -> None:
    """The console script: runs a command and leaves with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that has no Chinese, a file name that is no UTF-8: shown escaped, never a crash.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 2 to 7 as in the reference."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    app = App(workspace=_asked(given, "--workspace"), language=_asked(given, "--lang"))
    try:
        with cli.make_context("formflow", given, obj=app) as ctx:
            status: Any = cli.invoke(ctx)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except FormflowError as error:
        return _ended(app, error)
    except click.ClickException as error:
        return _misused(app, error)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("", err=True)
        return 130
    except BrokenPipeError:
        _silence(1)  # whoever read us has gone
        return 141
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            _silence(1)
            return _ended(app, _full())
        if error.errno not in FILE_FAULTS or error.filename is None:
            raise
        return _ended(app, file_error(error))


def _asked(arguments: list[str], option: str) -> str | None:
    """The value of an option wherever it stands: help and usage errors need it before the line is parsed."""
    value = None
    for index, argument in enumerate(arguments):
        name, equals, behind = argument.partition("=")
        if argument == "--":
            break
        if name == option:
            value = behind if equals else next(iter(arguments[index + 1 :]), None)
    return value


def _full() -> StoreError:
    return StoreError(messages.OUTPUT_NOT_WRITTEN(), code="full", remedy=messages.FREE_SOME_SPACE())


def _ended(app: App, error: FormflowError) -> int:
    """Say what ended a command, and give its exit status; where standard error lies on a full disk, that alone tells."""
    try:
        say_lines(f"formflow: {app.voice.error(error)}", err=True)
    except OSError:
        _silence(2)
    return error.exit_code


def _misused(app: App, error: click.ClickException) -> int:
    """Say what click refuses about a command line: how the command is used, then what is wrong.

    A program or group that is given nothing to do shows its help, which is no fault.
    """
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.message)
        return 0
    message = " ".join(error.format_message().split())
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None and message == "Missing command.":
        click.echo(context.get_help())
        return 0
    if context is not None:
        say_lines(context.get_usage(), err=True)
        page = f"{context.command_path} --help"
        say(app.voice(messages.TRY_HELP(page=page)), err=True)
        say("", err=True)
    say(app.voice(messages.ERROR(click_says=Bilingual(click_says(message), message))), err=True)
    return error.exit_code


def _silence(stream: int) -> None:
    """Let nothing that is left in a stream's buffer fail when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
