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
from formflow.errors import Bilingual, FormflowError, UsageError
from formflow.model import Finding

if TYPE_CHECKING:
    from rich.console import Console

    from formflow.intake.walk import Found
    from formflow.pipeline.results import Result
    from formflow.store.records import SettledRecord
    from formflow.store.report import Report

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


def verification_json(app: App, report: Report) -> dict[str, Any]:
    """A verification as a JSON line."""
    return {
        "subject": report.subject,
        "ok": report.ok,
        "checked": report.checked,
        "voids": report.voids,
        "unmade": report.unmade,
        "problems": [
            {"code": p.code, "subject": p.subject, "message": app.voice(*p.said)} for p in report.problems
        ],
        "more": report.more,
        "head": report.head,
    }


def tell_report(app: App, report: Report) -> None:
    """Say what a verification found."""
    tell(app, verification_json(app, report), app.voice(*report.summary()))


def error_json(app: App, error: FormflowError | None) -> dict[str, str] | None:
    """An error as the JSON contract writes it."""
    return None if error is None else {"code": error.code, "message": app.voice.error(error)}


def finding_json(app: App, finding: Finding) -> dict[str, Any]:
    """A finding as the JSON contract writes it."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        "message": app.voice.finding(finding),
        "article": finding.article,
        **({"cell": finding.cell} if finding.cell else {}),
        **({"suggestions": list(finding.suggestions)} if finding.suggestions else {}),
    }


def result_json(app: App, record: SettledRecord) -> dict[str, Any]:
    """What became of a record as the JSON contract writes it."""
    return {
        "form": record.form,
        "number": record.number,
        "outcome": record.outcome.value if record.outcome else None,
        "findings": [finding_json(app, finding) for finding in record.findings],
        "archive": f"{app.settings.archive}/{record.archive}" if record.archive else None,
        "record": record.id,
        "state": record.state.value,
    }


def file_json(app: App, file: str, result: Result) -> dict[str, Any]:
    """What became of a file as the JSON contract writes it."""
    return {
        "file": file,
        "submission": result.submission.id,
        "status": result.status,
        "error": error_json(app, result.error),
        "records": [result_json(app, record) for record in result.records],
    }


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
            raise UsageError(
                Bilingual(f"没有这个文件或文件夹：{path}", f"{path}: no such file or folder"),
                code="no-such-file",
            )


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
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, struck: Iterable[int] = ()
) -> None:
    """Print a table; rows whose index is in `struck` are struck through."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        # The first column is what the next command is given: it must be whole to be copied.
        table.add_column(column, no_wrap=index == 0, overflow="fold" if index else "ignore")
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
            perhaps = app.voice(f"也许是：{text}", f"perhaps: {text}")
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
