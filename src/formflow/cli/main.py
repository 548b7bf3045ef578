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
from formflow.cli.voice import choose_language
from formflow.errors import FormflowError, StoreError

COMMANDS: dict[str, tuple[str, str, str]] = {
    "init": ("init", "Lay out a workspace.", "建立工作区。"),
    "check": ("check", "Check forms, rules and templates.", "检查表单、规则和模板。"),
    "extract": ("extract", "Read files and print what they hold.", "读取文件并显示内容，不作任何改动。"),
    "process": ("process", "Take files in, finish them, exit.", "接收文件，处理完毕后退出。"),
    "run": ("run", "Watch the inbox.", "监视收件目录。"),
    "watch": ("run", "The same as run.", "同 run。"),
    "blank": ("blank", "Write a form to fill in.", "生成空白表单。"),
    "layout": ("layout", "Register empty forms for scans.", "登记空白表版式，用于识别扫描件。"),
    "review": ("review", "Settle what waits for a person.", "处理待人工确认的事项。"),
    "register": ("register", "List, show, void, export, verify.", "登记簿：列表、查看、作废、导出、核验。"),
    "archive": ("archive", "Verify and export archive copies.", "归档件：核验、导出。"),
    "history": ("history", "Load past transactions.", "导入历史交易。"),
    "approve": ("decide", "Approve an entry.", "批准。"),
    "return": ("decide", "Return an entry for completion.", "退回补正。"),
    "reject": ("decide", "Reject an entry.", "不予批准。"),
    "backup": ("backup", "Save the workspace to one file.", "把整个工作区备份为一个文件。"),
    "restore": ("backup", "Lay out a workspace from a backup.", "从备份恢复工作区。"),
    "doctor": ("doctor", "Check this machine and workspace.", "检查本机与工作区。"),
}
"""Command → its module in `formflow.cli`, and what it does in both languages."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        module = import_module(f"formflow.cli.{COMMANDS[name][0]}")
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        asked = ctx.params.get("lang")
        column = 2 if choose_language(asked) == "zh" else 1
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][column]) for name in COMMANDS])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--workspace",
    type=click.Path(path_type=Path),
    envvar="FORMFLOW_WORKSPACE",
    help="The workspace; default: the nearest folder upwards with a formflow.toml.",
)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), is_eager=True, help="Language of messages; default: by locale."
)
@click.version_option(__version__, prog_name="formflow")
@click.pass_context
def cli(ctx: click.Context, workspace: Path | None, lang: str | None) -> None:
    """Read filled forms, apply the written rules, number and archive them.

    把填好的表单读入、按制度核对、编号归档，并生成审批文书。

    \b
    Example:
      formflow init office && cd office
      cp ~/forms/*.docx inbox/
      formflow process inbox
      formflow register list
    """
    app: App = ctx.obj
    app.choose(workspace, lang)


def main(arguments: list[str] | None = None) -> None:
    """The console script: runs a command and leaves with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that has no Chinese, a file name that is no UTF-8: shown escaped, never a crash.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 2 to 6 as in the reference."""
    app = App()
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        with cli.make_context("formflow", given, obj=app) as ctx:
            status: Any = cli.invoke(ctx)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except FormflowError as error:
        return _ended(app, error)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("", err=True)
        return 130
    except BrokenPipeError:
        _unhear(1)  # whoever read us has gone
        return 141
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        _unhear(1)
        return _ended(app, StoreError("磁盘已满，输出写不下", code="full", remedy="请清理磁盘后重试"))


def _ended(app: App, error: FormflowError) -> int:
    """Say what ended a command, and give its exit status; where standard error lies on a full disk, that alone tells."""
    try:
        click.echo(f"formflow: {app.voice.error(error)}", err=True)
    except OSError:
        _unhear(2)
    return error.exit_code


def _unhear(stream: int) -> None:
    """Let nothing that is left in a stream's buffer fail when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
