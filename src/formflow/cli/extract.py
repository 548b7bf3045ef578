"""`formflow extract`: read and print, change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from formflow.cli.app import App
from formflow.cli.extracted import show_extracted
from formflow.cli.output import emit, expand, progress, say
from formflow.contract.views import read_file_json
from formflow.engine.read_files import read_files
from formflow.engine.workers import Workers
from formflow.errors import ReadError, StoreError
from formflow.forms.named import form_named
from formflow.messages import cli as messages
from formflow.pipeline.learning import learned_of

if TYPE_CHECKING:
    from formflow.extraction.labels.learned import Learned


@click.command("extract")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--form", help="Id of the form the files are; default: found by title and labels.")
@click.option("--unclaimed", is_flag=True, help="List what is filled in and no field took, with its place.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one a file.")
@click.pass_obj
def extract_command(
    app: App, paths: tuple[Path, ...], form: str | None, unclaimed: bool, as_json: bool
) -> int:
    """Read FILEs and print what they hold; change nothing.

    What is filled in on a form and no field took is told with its place: as a doubt about the field that it may
    belong to, else as a note. --unclaimed lists all of it, record by record.

    Findings are those of validation alone: rules need the register and the history, and are applied by
    `process`.

    \b
    Example:
      formflow extract letter.docx
      formflow extract --json forms/ > forms.jsonl
      formflow extract --unclaimed form.xlsx
    """
    files = [found.path for found in expand(paths) if found.oddity is None or not found.path.is_symlink()]
    status = 0
    with Workers(app.settings, jobs=len(files)) as workers:
        reading = read_files(
            files,
            workers,
            form=form_named(workers.forms, form).id if form is not None else None,
            learned=_learned(app),
            count=app.settings.worker_count,
        )
        for read in progress(reading, app.voice(messages.READING()), total=len(files)):
            if read.error is not None or read.unread:
                # What the machine could not do says less of the file than of itself.
                status = max(status, read.error.exit_code if read.error else ReadError.exit_code)
            if as_json:
                emit(
                    read_file_json(
                        read.file, read.result, read.error, read.unread, app.voice, unclaimed=unclaimed
                    )
                )
                continue
            show_extracted(app, read.file, read.result, read.error, workers.forms, unclaimed=unclaimed)
            for name, lost in read.unread:
                say(f"{read.file}/{name}: {app.voice.error(lost)}")
    return status


def _learned(app: App) -> Learned:
    """The learned labels; none where the database cannot be reached, since reading needs nothing else of it."""
    try:
        return learned_of(app.settings)
    except StoreError as error:
        say(
            app.voice(messages.WITHOUT_LEARNED_LABELS(error=error)),
            err=True,
        )
        return ()
