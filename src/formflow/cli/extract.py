"""`formflow extract`: read and print, change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.app import App
from formflow.cli.output import emit, error_json, expand, finding_json, progress
from formflow.errors import FormflowError, ReadError, UsageError

if TYPE_CHECKING:
    from formflow.model import Reading
    from formflow.pipeline.reading import Item, ReadResult


@click.command("extract")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--form", help="Id of the form the files are; default: found by title and labels.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one a file.")
@click.pass_obj
def extract_command(app: App, paths: tuple[Path, ...], form: str | None, as_json: bool) -> int:
    """Read FILEs and print what they hold; change nothing.

    Findings are those of validation alone: rules need the register and the history, and are applied by
    `process`.

    \b
    Example:
      formflow extract letter.docx
      formflow extract --json forms/ > forms.jsonl
    """
    from formflow.cli.output import show_extracted
    from formflow.engine.workers import Workers
    from formflow.pipeline.reading import ReadJob

    files = list(expand(paths))
    failed = False
    with Workers(app.settings, jobs=len(files)) as workers:
        if form is not None and form not in workers.forms:
            raise UsageError(_no_such_form(form, workers.forms), code="no-such-form")
        futures = [(file, workers.read(ReadJob(path=file, name=file.name, hint=form))) for file in files]
        for file, future in progress(futures, app.voice("读取", "Reading")):
            result: ReadResult | None = None
            error: ReadError | None = None
            try:
                result = future.result()
            except ReadError as caught:
                error, failed = caught, True
            if as_json:
                emit(_line(app, file, result, error))
            else:
                show_extracted(app, file, result, error)
    return ReadError.exit_code if failed else 0


def _line(app: App, file: Path, result: ReadResult | None, error: FormflowError | None) -> dict[str, Any]:
    return {
        "file": str(file),
        "media_type": result.media_type if result else None,
        "error": error_json(app, error),
        "records": [_record(app, item) for item in result.items] if result else [],
    }


def _record(app: App, item: Item) -> dict[str, Any]:
    return {
        "form": item.record.form,
        "values": dict(item.record.values),
        "sources": {field: _source(reading) for field, reading in item.record.sources.items()},
        "findings": [finding_json(app, finding) for finding in item.findings],
    }


def _source(reading: Reading) -> dict[str, Any]:
    return {
        "part": reading.source.part,
        "ref": reading.source.ref,
        "box": list(reading.source.box) if reading.source.box else None,
        "confidence": reading.confidence,
        "text": reading.text,
    }


def _no_such_form(form: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(form, list(known), n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"no form {form!r}{hint}; known: {', '.join(known)}"
