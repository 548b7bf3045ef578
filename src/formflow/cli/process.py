"""`formflow process`: take files in, finish them, exit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.app import App
from formflow.cli.output import emit, error_json, expand, finding_json, progress, say, show_findings
from formflow.errors import Bilingual, FormflowError, ReadError, StoreError, UsageError

if TYPE_CHECKING:
    from formflow.engine.local import LocalEngine
    from formflow.pipeline.receiving import Incoming, Received
    from formflow.pipeline.results import RecordResult, Result
    from formflow.store.originals import Submission

BATCH = 16
"""Files received in one transaction."""


@click.command("process")
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--form", help="Id of the form the files are; default: found by title and labels.")
@click.option(
    "--received",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day paper came that is entered now (补登); rules use it, the entry says so.",
)
@click.option("--retry", is_flag=True, help="Try what failed or was returned before once more.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one a file.")
@click.pass_obj
def process_command(
    app: App,
    paths: tuple[Path, ...],
    form: str | None,
    received: datetime | None,
    retry: bool,
    as_json: bool,
) -> int:
    """Take in the files that PATHs name, number, archive and document them, then exit.

    Files in the inbox leave it once they are safe; files elsewhere stay where they are. What an earlier run
    left unfinished is finished too.

    \b
    Example:
      formflow process inbox
      formflow process letter.pdf --received 2026-03-02 --json
    """
    if not paths and not retry:
        raise UsageError("no PATH given; name files or folders, or use --retry", code="no-path")
    from formflow.engine.local import only_engine

    claimed = received.date() if received else None
    if claimed is not None and claimed > app.clock().date():
        raise UsageError(
            Bilingual(f"--received {claimed} 晚于今天", f"--received {claimed} lies in the future"),
            code="future-day",
            remedy=Bilingual("请填纸件实际收到的日期", "give the day on which the paper came"),
        )
    files = list(expand(paths))
    with only_engine(app.settings) as alone, app.engine() as engine:
        if form is not None and form not in engine.workers.forms:
            raise UsageError(
                f"no form {form!r}; known: {', '.join(engine.workers.forms)}", code="no-such-form"
            )
        resumed = engine.resume() if alone else []
        incoming = [_incoming(app, file, form, claimed, retry) for file in files]
        retried = _retry(engine) if retry else []
        taken = list(_taken(engine, incoming)) + retried
        statuses: list[str] = []
        for file, outcome in progress(taken, app.voice("处理", "Processing"), total=len(taken)):
            statuses += _tell(app, file, outcome, as_json)
        _finish_resumed(app, resumed)
    return ReadError.exit_code if {"failed", "returned"} & set(statuses) else 0


def _incoming(app: App, file: Path, form: str | None, claimed: date | None, again: bool) -> Incoming:
    from formflow.pipeline.receiving import Incoming

    inbox = app.settings.folder("inbox").resolve()
    place = file.resolve().parent
    inside = place.is_relative_to(inbox) and ".failed" not in place.relative_to(inbox).parts
    folder = place.relative_to(inbox).as_posix() if inside else ""
    return Incoming(
        path=file,
        name=file.name,
        folder="" if folder == "." else folder,
        way="inbox" if inside else "process",
        claimed_on=claimed,
        hint=form,
        remove=inside,
        again=again,
    )


def _taken(
    engine: LocalEngine, incoming: Sequence[Incoming]
) -> Iterator[tuple[str, tuple[Received | None, Future[Result] | None]]]:
    for start in range(0, len(incoming), BATCH):
        for received, future in engine.take(incoming[start : start + BATCH]):
            yield str(received.incoming.path), (received, future)


def _retry(
    engine: LocalEngine,
) -> list[tuple[str, tuple[Received | None, Future[Result] | None]]]:
    """Open again what failed, in order of receipt."""
    from formflow.store.originals import SubmissionState

    submissions = engine.context.store.submissions
    opened = []
    for failed in submissions.in_state(SubmissionState.FAILED, limit=10_000):
        again = submissions.retry(failed.id, at=engine.context.clock())
        opened.append((again.receipt.name, (None, engine.submit(again.id))))
    return opened  # type: ignore[return-value]


def _tell(
    app: App,
    file: str,
    outcome: tuple[Received | None, Future[Result] | None],
    as_json: bool,
) -> list[str]:
    """Wait for one file, print what became of it and of each file in it, and say their statuses."""
    received, future = outcome
    result: Result | None = None
    error: FormflowError | None = received.error if received else None
    status = "failed"
    submission = received.submission if received else None
    if future is not None:
        try:
            result = future.result()
            status, error, submission = result.status, result.error, result.submission
        except StoreError:
            raise
        except FormflowError as caught:
            error = caught
    elif error is None:
        error = UsageError(f"{file}: changed or gone while it was being received", code="changed")
    if as_json:
        _print(app, file, submission, status, error, result)
    else:
        _show(app, file, status, error, result)
    return [status, *(_tell_member(app, file, one, as_json) for one in (result.members if result else ()))]


def _tell_member(app: App, file: str, member: tuple[str, Result], as_json: bool) -> str:
    """Print what became of a file that was inside another, and say its status."""
    name, result = member
    path = f"{file}/{name}"
    if as_json:
        _print(app, path, result.submission, result.status, result.error, result)
    else:
        _show(app, path, result.status, result.error, result)
    return result.status


def _print(
    app: App,
    file: str,
    submission: Submission | None,
    status: str,
    error: FormflowError | None,
    result: Result | None,
) -> None:
    emit(
        {
            "file": file,
            "submission": submission.id if submission else None,
            "status": status,
            "error": error_json(app, error),
            "records": [_record(app, record) for record in result.records] if result else [],
        }
    )


def _record(app: App, record: RecordResult) -> dict[str, Any]:
    return {
        "form": record.form,
        "number": record.number,
        "outcome": record.outcome.value if record.outcome else None,
        "findings": [finding_json(app, finding) for finding in record.findings],
        "archive": f"{app.settings.archive}/{record.archive}" if record.archive else None,
        "record": record.id,
        "state": record.state.value,
    }


def _show(app: App, file: str, status: str, error: FormflowError | None, result: Result | None) -> None:
    statuses = {
        "done": "完成",
        "review": "待人工确认",
        "returned": "退回补正",
        "duplicate": "重复件",
        "failed": "失败",
        "received": "处理中",
    }
    told = f": {app.voice.error(error)}" if error else ""
    say(f"{file}: {app.voice(statuses[status], status)}{told}")
    for record in result.records if result else ():
        number = record.number or record.id
        outcome = record.outcome.value if record.outcome else ""
        where = f"{app.settings.archive}/{record.archive}" if record.archive else ""
        say(f"  {number}  {record.form}  {record.state.value}  {outcome}  {where}".rstrip())
        show_findings(app, record.findings, record=record.id)


def _finish_resumed(app: App, resumed: Sequence[Future[Result]]) -> None:
    """Wait for what an earlier run left, and say how much it was."""
    for future in resumed:
        try:
            future.result()
        except StoreError:
            raise
        except FormflowError as error:
            say(f"formflow: {app.voice.error(error)}", err=True)
    if resumed:
        count = len(resumed)
        say(
            app.voice(f"另完成上次未处理完的 {count} 件", f"also finished {count} left by an earlier run"),
            err=True,
        )
