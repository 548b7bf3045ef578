"""Commands that speak both languages and take the shared options wherever they stand on the line.

`spoken` makes them of plain click commands: `--workspace`, `--lang` and `--json` are taken by every command, before
and behind it; help pages and usage errors come in the language that was asked for.
"""

from __future__ import annotations

import inspect
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.chinese import HELP, OPTIONS
from formflow.cli.chinese_click import click_says
from formflow.cli.permits import permit

if TYPE_CHECKING:
    from formflow.cli.app import App

WIDTH = 80
"""Columns of a help page; a Chinese character takes two."""


class _Spoken(click.Command):
    """A command whose help comes in Chinese or English."""

    path: tuple[str, ...] = ()

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if _chinese(ctx):
            formatter.write("\n".join(_page(self, ctx)))
        else:
            super().format_help(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if _chinese(ctx):
            formatter.write(_usage(self, ctx))
        else:
            super().format_usage(ctx, formatter)


class SpokenCommand(_Spoken):
    """A command made by `spoken`; it runs where whoever runs it may."""

    def invoke(self, ctx: click.Context) -> Any:
        permit(ctx.obj, " ".join(self.path))
        return super().invoke(ctx)


class SpokenGroup(_Spoken, click.Group):
    """A group made by `spoken`, or the program itself."""

    def rows(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Its members and what each does, in the language asked for."""
        members = [(name, self._member(ctx, name)) for name in self.list_commands(ctx)]
        return [
            (name, self.told(ctx, _what(member, *self.path, name)[0], member.get_short_help_str(60)))
            for name, member in members
        ]

    @staticmethod
    def told(ctx: click.Context, chinese: str, english: str) -> str:
        """What a person reads who asked for help."""
        return chinese if _chinese(ctx) else english

    def _member(self, ctx: click.Context, name: str) -> click.Command:
        member = self.get_command(ctx, name)
        assert member is not None  # noqa: S101 - it was listed
        return member

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(self.rows(ctx))


def spoken(command: click.Command, *path: str) -> click.Command:
    """The same command, speaking both languages and taking the shared options; a group's members as well.

    Args:
        path: Its name and those above it (`register`, `list`); by it the Chinese help is found.
    """
    made: _Spoken
    told: dict[str, Any] = {
        "name": command.name,
        "callback": command.callback,
        "help": command.help,
        "context_settings": command.context_settings,
        "params": [*command.params, *_shared(command)],
        "no_args_is_help": command.no_args_is_help,
        "hidden": command.hidden,
    }
    if isinstance(command, click.Group):
        members = {name: spoken(member, *path, name) for name, member in command.commands.items()}
        made = SpokenGroup(**told, commands=members)
    else:
        made = SpokenCommand(**told)
    made.path = path
    return made


def _shared(command: click.Command) -> Iterator[click.Option]:
    """The options that every command takes; a `--json` that it has already is told of one that stood before it."""
    own = next((param for param in command.params if param.name == "as_json"), None)
    if own is not None:
        own.callback = _json
    else:
        yield click.Option(
            ["--json"],
            is_flag=True,
            expose_value=False,
            callback=_json,
            help="JSON Lines on standard output.",
        )
    yield click.Option(
        ["--workspace"], type=click.Path(path_type=Path), expose_value=False, callback=_workspace, hidden=True
    )
    yield click.Option(["--lang"], type=click.Choice(["zh", "en"]), expose_value=False, hidden=True)


def _json(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
    app: App | None = ctx.obj
    if app is None:
        return value
    app.json = app.json or value
    return app.json


def _workspace(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.obj.workspace = value


def _chinese(ctx: click.Context) -> bool:
    return ctx.obj is not None and ctx.obj.voice.language == "zh"


def _page(command: _Spoken, ctx: click.Context) -> Iterator[str]:
    """The lines of a Chinese help page."""
    yield _usage(command, ctx)
    yield ""
    for paragraph in _what(command, *command.path):
        yield from (f"  {line}" for line in wrap(paragraph, WIDTH - 4))
    _, _, example = inspect.cleandoc(command.help or "").partition("Example:\n")
    if example:
        yield from ("", "  示例：", *(f"  {line}" for line in example.rstrip().splitlines()))
    yield from ("", "选项：")
    records = [
        (record[0], option_help(command.path, param, record[1]))
        for param in command.get_params(ctx)
        if not isinstance(param, click.Argument) and (record := param.get_help_record(ctx)) is not None
    ]
    yield from _columns(records)
    if isinstance(command, SpokenGroup):
        yield from ("", "命令：")
        yield from _columns(command.rows(ctx))


def _what(command: click.Command, *path: str) -> list[str]:
    """The paragraphs that say what a command does."""
    return (HELP.get(" ".join(path)) or command.get_short_help_str(300)).splitlines()


def _usage(command: _Spoken, ctx: click.Context) -> str:
    pieces = command.collect_usage_pieces(ctx)
    return "用法：" + " ".join((ctx.command_path, *pieces)).replace("[OPTIONS]", "[选项]").replace(
        "COMMAND [ARGS]...", "命令 [参数]..."
    )


def option_help(path: tuple[str, ...], param: click.Parameter, shown: str) -> str:
    """The Chinese help of an option, with what click adds to it (`[default: 200]`)."""
    english = getattr(param, "help", "") or ""
    extra = shown.removeprefix(english).strip().removeprefix("[").removesuffix("]")
    items = "；".join(click_says(item) for item in extra.split("; ") if item)
    return (chinese_option(path, param) or english) + (f" [{items}]" if items else "")


def chinese_option(path: tuple[str, ...], param: click.Parameter) -> str | None:
    """The catalogue's text for an option: the command's own, else what the option means everywhere."""
    name = max(param.opts, key=len)
    return OPTIONS.get(f"{' '.join(path)} {name}".strip(), OPTIONS.get(name))


def _columns(rows: list[tuple[str, str]]) -> Iterator[str]:
    """Terms and their explanations side by side; a long term stands on a line of its own."""
    first = min(max((_width(term) for term, _ in rows), default=0), 26) + 2
    for term, told in rows:
        lines = wrap(told, WIDTH - first - 4)
        head = f"  {term}"
        if _width(term) > first - 2:
            yield head
            head = "  "
        yield head + " " * (first + 2 - _width(head)) + lines[0]
        yield from (" " * (first + 2) + line for line in lines[1:])


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most so many columns, one at least; Chinese breaks anywhere but before a closing mark."""
    lines, line = [], ""
    for piece in re.findall(r"[!-~]+|.", text):  # a Latin word stays whole
        if line and _width(line + piece) > width and piece not in "，。；：、）」』？！":
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
