"""What `formflow extract` read of a file, for people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formflow import words
from formflow.cli.app import App
from formflow.cli.output import plain, say, show_findings, show_table
from formflow.cli.told import told_form, told_label, told_place, told_reading, told_value
from formflow.errors import FormflowError
from formflow.messages import cli as messages

if TYPE_CHECKING:
    from formflow.forms.spec import Form
    from formflow.pipeline.jobs.read import ReadResult


def show_extracted(
    app: App,
    file: Path,
    result: ReadResult | None,
    error: FormflowError | None,
    forms: Mapping[str, Form],
    *,
    unclaimed: bool = False,
) -> None:
    """Print what a file holds, a table a record, its fields in the order of the form.

    Args:
        unclaimed: Add what no field of it took.
    """
    shown = click.format_filename(file)
    if error is not None or result is None:
        say(f"{shown}: {app.voice.error(error) if error else ''}")
        return
    if not result.items:
        say(app.voice(messages.NO_KNOWN_FORM(shown=shown)))
    for item in result.items:
        values, sources = item.record.values, item.record.sources
        where = app.voice(words.position(item.record.position))
        say(f"{shown}: {told_form(app, item.record.form)} ({where})")
        rows = [
            (
                f"  {told_label(app, field)}",
                told_value(app, field, values),
                told_reading(app, sources.get(field.id)),
            )
            for field in forms[item.record.form].fields
            if field.id in values
        ]
        columns = (messages.LABEL(), messages.VALUE(), messages.WHERE())
        show_table(app, columns, rows)
        show_findings(app, item.findings)
        if unclaimed and item.candidate.unclaimed:
            left = [
                ("  " + plain(text.label or "—"), plain(text.text), told_place(app, text.source))
                for text in item.candidate.unclaimed
            ]
            columns = (messages.UNCLAIMED(), messages.TEXT(), messages.WHERE())
            show_table(app, columns, left)
