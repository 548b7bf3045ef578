"""`formflow extract`: read and print, change nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.app import App
from formflow.cli.output import emit, error_json, expand, finding_json, progress, say
from formflow.errors import FormflowError, ReadError, StoreError

if TYPE_CHECKING:
    from formflow.engine.workers import Workers
    from formflow.extraction.labels.learned import Learned
    from formflow.model import Reading, Unclaimed
    from formflow.pipeline.jobs.read import ReadRecord, ReadResult

_AHEAD = 8
"""Files given out before they can be printed, for each worker."""


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
    from formflow.cli.extracted import show_extracted
    from formflow.engine.workers import Workers
    from formflow.forms.named import form_named

    files = [found.path for found in expand(paths) if found.oddity is None or not found.path.is_symlink()]
    status = 0
    with Workers(app.settings, jobs=len(files)) as workers:
        form = form_named(workers.forms, form).id if form is not None else None
        learned = _learned(app)
        under_way = _ahead(files, workers, form, app.settings.worker_count, learned)
        for file, future in progress(under_way, app.voice("读取", "Reading"), total=len(files)):
            result: ReadResult | None = None
            error: FormflowError | None = None
            unread: tuple[tuple[str, ReadError], ...] = ()
            try:
                result, unread = _result(future, file, workers, form, learned)
            except (ReadError, StoreError) as caught:
                error = caught
            if error is not None or unread:
                # What the machine could not do says less of the file than of itself.
                status = max(status, error.exit_code if error else ReadError.exit_code)
            del future  # with it goes all that was read
            if as_json:
                emit(_line(app, file, result, error, unread, unclaimed=unclaimed))
            else:
                show_extracted(app, file, result, error, workers.forms, unclaimed=unclaimed)
                for name, lost in unread:
                    say(f"{file}/{name}: {app.voice.error(lost)}")
    return status


def _ahead(
    files: Sequence[Path], workers: Workers, form: str | None, count: int, learned: Learned
) -> Iterator[tuple[Path, Future[ReadResult]]]:
    """The files in order, each with its reading under way: enough for every worker, not all of them at once."""
    from formflow.pipeline.jobs.read import ReadJob

    waiting: deque[tuple[Path, Future[ReadResult]]] = deque()
    for file in files:
        job = ReadJob(path=file, name=file.name, hint=form, ordered=form is not None, learned=learned)
        waiting.append((file, workers.read(job)))
        if len(waiting) > _AHEAD * count:
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()


def _result(
    future: Future[ReadResult], file: Path, workers: Workers, form: str | None, learned: Learned
) -> tuple[ReadResult, tuple[tuple[str, ReadError], ...]]:
    """What a file holds, and the files in it that could not be read.

    Raises:
        ReadError: It cannot be read.
    """
    from formflow.pipeline.jobs.read import ReadJob, ReadResult
    from formflow.readers.containers.unpack import NeedsUnpacking

    try:
        return future.result(), ()
    except NeedsUnpacking as container:
        from formflow.cli.members import read_members

        job = ReadJob(path=file, name=file.name, hint=form, ordered=form is not None, learned=learned)
        contents = read_members(job, workers)
        read = ReadResult(media_type=container.media_type, reader="", items=contents.items)
        return read, contents.unread


def _learned(app: App) -> Learned:
    """The learned labels; none where the database cannot be reached, since reading needs nothing else of it."""
    from formflow.pipeline.learning import learned_of

    try:
        return learned_of(app.settings)
    except StoreError as error:
        say(
            app.voice(f"没有用上学到的标签：{error.chinese}", f"without the learned labels: {error.english}"),
            err=True,
        )
        return ()


def _line(
    app: App,
    file: Path,
    result: ReadResult | None,
    error: FormflowError | None,
    unread: Sequence[tuple[str, ReadError]] = (),
    *,
    unclaimed: bool = False,
) -> dict[str, Any]:
    members = [{"name": name, "error": error_json(app, lost)} for name, lost in unread]
    return {
        "file": str(file),
        "media_type": result.media_type if result else None,
        "error": error_json(app, error),
        "records": [_record(app, item, unclaimed) for item in result.items] if result else [],
        **({"members": members} if members else {}),
    }


def _record(app: App, item: ReadRecord, unclaimed: bool) -> dict[str, Any]:
    left = [_left(text) for text in item.candidate.unclaimed]
    return {
        "form": item.record.form,
        "values": dict(item.record.values),
        "sources": {field: _source(reading) for field, reading in item.record.sources.items()},
        "findings": [finding_json(app, finding) for finding in item.findings],
        **({"unclaimed": left} if unclaimed else {}),
    }


def _left(left: Unclaimed) -> dict[str, Any]:
    """What no field took, with its place as a value's source has it."""
    source = left.source
    return {
        "label": left.label or None,
        "text": left.text,
        "part": source.part,
        "ref": source.ref,
        "box": list(source.box) if source.box else None,
    }


def _source(reading: Reading) -> dict[str, Any]:
    return {
        "part": reading.source.part,
        "ref": reading.source.ref,
        "box": list(reading.source.box) if reading.source.box else None,
        "confidence": reading.confidence,
        **({"doubts": list(reading.doubts)} if reading.doubts else {}),
        "text": reading.text,
    }
