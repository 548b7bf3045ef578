"""How commands print: JSON Lines on standard output, tables for people, progress on standard error."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from formflow.cli.app import App
from formflow.cli.visible import json_line, visible
from formflow.errors import UsageError
from formflow.messages import Bilingual
from formflow.messages import cli as messages
from formflow.model import Finding

if TYPE_CHECKING:
    from rich.console import Console

    from formflow.intake.walk import Found

T = TypeVar("T")

UNWATCHED_WIDTH = 10_000
"""Columns of a table that goes into a pipe or a file."""

_GLYPHS = {"note": "·", "return": "↩", "refer": "?", "reject": "✗"}


def say(text: object, *, err: bool = False) -> None:
    """Print one line for people, safe on a terminal whatever the text comes from."""
    click.echo(visible(text), err=err)


def say_lines(text: str, *, err: bool = False) -> None:
    """Print a message of several lines; those that follow are indented, so that none can be taken for another message."""
    for index, line in enumerate(text.split("\n")):
        say(f"  {line}" if index else line, err=err)


def emit(value: dict[str, Any]) -> None:
    """Print one JSON line to standard output, UTF-8 whatever the locale."""
    line = json_line(value) + "\n"
    stream = sys.stdout
    if hasattr(stream, "buffer"):
        stream.flush()
        stream.buffer.write(line.encode("utf-8"))
        stream.buffer.flush()
    else:
        stream.write(line)


def tell(app: App, told: dict[str, Any], text: str) -> None:
    """Say what a command did: as a JSON line where that was asked for, else in words."""
    if app.json:
        emit(told)
    else:
        say_lines(text)


def expand(paths: Iterable[Path], *, inbox: Path | None = None) -> Iterator[Found]:
    """What paths name; a folder means everything below it, as the inbox would see it (see `walk`).

    Raises:
        UsageError: A path does not exist.
    """
    from formflow.intake.walk import Found, walk

    for path in paths:
        if path.is_dir():
            yield from walk(path, inbox=inbox)
        elif os.path.lexists(path):
            yield Found(path)
        else:
            raise UsageError(messages.NO_SUCH_PATH(path=path), code="no-such-file")


def progress(items: Iterable[T], label: str, *, total: int) -> Iterator[T]:
    """The items, with a bar on standard error when a person watches and it will take a while."""
    if total < 5 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description=label, total=total, console=Console(stderr=True), transient=True)


def console() -> Console:
    """Standard output for people; where nobody watches, a row is a line however long, for `grep` and files."""
    from rich.console import Console

    watched = sys.stdout.isatty()
    return Console(highlight=False, soft_wrap=not watched, width=None if watched else UNWATCHED_WIDTH)


def show_table(
    app: App,
    columns: Sequence[Bilingual],
    rows: Iterable[Sequence[object]],
    *,
    struck: Iterable[int] = (),
) -> None:
    """Print a table; rows whose index is in `struck` are struck through.

    Args:
        columns: Each heading in Chinese and English.
    """
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        # The first column is what the next command is given: it must be whole to be copied.
        table.add_column(app.voice(column), no_wrap=index == 0, overflow="fold" if index else "ignore")
    struck = set(struck)
    for index, row in enumerate(rows):
        style = "strike" if index in struck else ""
        table.add_row(*(Text(visible(cell), style=style) for cell in row))
    console().print(table)


def show_findings(app: App, findings: Iterable[Finding], *, record: str | None = None) -> None:
    """Print findings, one a line, with the article each rests on; below it what the paper may say instead.

    Args:
        record: Id of the record that waits; each suggestion comes with the command that takes it.
    """
    for finding in findings:
        article = f"（{finding.article}）" if finding.article else ""
        say(f"    {_GLYPHS[finding.severity.value]} {app.voice.finding(finding)}{article}")
        for text in finding.suggestions:
            perhaps = app.voice(messages.PERHAPS(text=text))
            taken = ["formflow", "review", "set", record, finding.cell or finding.field, text]
            say(f"      {perhaps}" + (f"    {shlex.join(map(str, taken))}" if record else ""))


def plain(value: object) -> str:
    """A JSON value for a person to read on one line."""
    if value is None:
        return "无"
    if isinstance(value, dict):
        return " ".join(f"{key}={plain(part)}" for key, part in value.items() if part is not None)
    if isinstance(value, list):
        return "; ".join(plain(part) for part in value)
    return str(value).replace("\n", " / ")
