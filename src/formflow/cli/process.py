"""`formflow process`: take files in, finish them, exit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formflow import words
from formflow.cli.app import App
from formflow.cli.output import emit, expand, progress, say, show_findings
from formflow.cli.told import told_form, told_word
from formflow.contract.views import file_json
from formflow.engine.local import LocalEngine, only_engine
from formflow.errors import (
    FormflowError,
    IntegrityError,
    ReadError,
    StoreError,
    UsageError,
)
from formflow.forms.named import form_named
from formflow.intake.inbox import still_seconds
from formflow.intake.settle import Settled
from formflow.messages import cli as messages
from formflow.pipeline.receiving import Incoming

if TYPE_CHECKING:
    from formflow.intake.inbox import Fingerprint
    from formflow.pipeline.receiving import Received
    from formflow.pipeline.results import Result
    from formflow.store.originals import Submission


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

    Files in the inbox leave it once they are safe; one that is still being written or copied stays there, which
    is said (exit 7). Files elsewhere stay where they are. What an earlier run left unfinished is finished too.

    \b
    Example:
      formflow process inbox
      formflow process letter.pdf --received 2026-03-02 --json
    """
    if not paths and not retry:
        raise UsageError(messages.NO_PATH_GIVEN(), code="no-path", remedy=messages.NAME_FILES())
    claimed = received.date() if received else None
    if claimed is not None and claimed > app.clock().date():
        raise UsageError(
            messages.RECEIVED_IN_FUTURE(claimed=claimed),
            code="future-day",
            remedy=messages.GIVE_DAY_OF_RECEIPT(),
        )
    inbox = app.settings.folder("inbox").resolve()
    found = list(expand(paths, inbox=inbox))
    readable = [one.path for one in found if one.oddity is None]
    settled = Settled(
        [path for path in readable if _is_inside(path, inbox)],
        still_seconds(app.settings.still_scans, app.settings.scan_seconds),
    )
    with only_engine(app.settings) as alone, app.engine() as engine:
        form = form_named(engine.workers.forms, form).id if form is not None else None
        resumed = engine.resume() if alone else []
        verdicts = settled.results()
        told = _Told(app, as_json)
        for one in found:
            verdict = one.oddity or verdicts.get(one.path)
            if isinstance(verdict, FormflowError):
                told.stays(one.path, verdict)
        incoming = [
            _incoming(inbox, path, form, claimed, retry, verdict)
            for path in readable
            if not isinstance(verdict := verdicts.get(path), FormflowError)
        ]
        again = [(name, (None, future)) for name, future in engine.retry()] if retry else []
        taken = [*_taken(engine, incoming, told), *again]
        for file, outcome in progress(taken, app.voice(messages.PROCESSING()), total=len(taken)):
            told.outcome(file, *outcome)
        told.resumed(resumed)
    return told.exit_code()


INCOMPLETE = 7
"""Exit status where a file stays in the inbox, not complete yet or not to be removed, and nothing failed."""


def _is_inside(file: Path, inbox: Path) -> bool:
    """Whether a file lies in the inbox, and not in its quarantine."""
    place = file.parent.resolve()
    return place.is_relative_to(inbox) and ".failed" not in place.relative_to(inbox).parts


def _incoming(
    inbox: Path,
    file: Path,
    form: str | None,
    claimed: date | None,
    again: bool,
    state: Fingerprint | None,
) -> Incoming:
    inside = _is_inside(file, inbox)
    folder = file.parent.resolve().relative_to(inbox).as_posix() if inside else ""
    return Incoming(
        path=file,
        name=file.name,
        folder="" if folder == "." else folder,
        way="inbox" if inside else "process",
        claimed_on=claimed,
        hint=form,
        remove=inside,
        again=again,
        state=state.as_state() if state is not None else None,
    )


def _taken(
    engine: LocalEngine, incoming: Sequence[Incoming], told: _Told
) -> Iterator[tuple[str, tuple[Received | None, Future[Result] | None]]]:
    """What became of each file at receipt; once the store refuses, the others stay where they are."""
    try:
        for received, future in engine.take(incoming):
            yield str(received.incoming.path), (received, future)
    except StoreError as error:
        told.refusal = error


class _Told:
    """Prints what became of each file, and remembers what the exit status must say.

    Attributes:
        refusal: The first time that disk, database or machine refused; the files concerned are tried again.
    """

    def __init__(self, app: App, as_json: bool) -> None:
        self._app = app
        self._as_json = as_json
        self._statuses: set[str] = set()
        self.refusal: FormflowError | None = None

    def exit_code(self) -> int:
        """The status of the command.

        Raises:
            StoreError, IntegrityError: Something refused; what it concerns is tried again with the next run.
        """
        if self.refusal is not None:
            raise self.refusal
        if {"failed", "returned"} & self._statuses:
            return ReadError.exit_code
        return INCOMPLETE if {"incomplete", "stays"} & self._statuses else 0

    def stays(self, path: Path, error: FormflowError) -> None:
        """A file, or what is none, that was not taken and lies where it was."""
        self._say(str(path), None, _status_of(error), error, None)

    def outcome(self, file: str, received: Received | None, future: Future[Result] | None) -> None:
        """Wait for one file, print what became of it and of each file in it."""
        result: Result | None = None
        error: FormflowError | None = received.error if received else None
        status = "failed"
        submission = received.submission if received else None
        if future is not None:
            try:
                result = future.result()
                status, error, submission = result.status, result.error, result.submission
            except (StoreError, IntegrityError) as caught:
                status, error = "received", caught
                self.refusal = self.refusal or caught
            except FormflowError as caught:
                error = caught
        elif received is not None and received.stays is not None and error is None:
            status, error = _status_of(received.stays), received.stays
        self._say(file, submission, status, error, result)
        for name, member in result.members if result else ():
            self._say(f"{file}/{name}", member.submission, member.status, member.error, member)
        if received is not None and received.stays is not None and error is not received.stays:
            self._statuses.add("stays")
            say(f"formflow: {file}: {self._app.voice.error(received.stays)}", err=True)

    def resumed(self, resumed: Sequence[Future[Result]]) -> None:
        """Wait for what an earlier run left, and say how much it was."""
        app, done = self._app, 0
        for future in resumed:
            try:
                future.result()
                done += 1
            except FormflowError as error:
                if isinstance(error, (StoreError, IntegrityError)):
                    self.refusal = self.refusal or error
                else:
                    done += 1
                    say(f"formflow: {app.voice.error(error)}", err=True)
        if done:
            say(
                app.voice(messages.ALSO_FINISHED(done=done)),
                err=True,
            )

    def _say(
        self,
        file: str,
        submission: Submission | None,
        status: str,
        error: FormflowError | None,
        result: Result | None,
    ) -> None:
        self._statuses.add(status)
        if self._as_json:
            app = self._app
            emit(file_json(file, submission, status, error, result, app.voice, app.settings.archive))
        else:
            _show(self._app, file, status, error, result)


def _status_of(error: FormflowError) -> str:
    return {"incomplete": "incomplete", "undeletable": "stays"}.get(error.code, "failed")


def _show(app: App, file: str, status: str, error: FormflowError | None, result: Result | None) -> None:
    told = f": {app.voice.error(error)}" if error else ""
    say(f"{file}: {told_word(app, words.STATUSES, status)}{told}")
    for record in result.records if result else ():
        number = record.number or record.id
        outcome = told_word(app, words.OUTCOMES, record.outcome)
        state = told_word(app, words.RECORD_STATES, record.state)
        where = f"{app.settings.archive}/{record.archive}" if record.archive else ""
        say(f"  {number}  {told_form(app, record.form)}  {state}  {outcome}  {where}".rstrip())
        show_findings(app, record.findings, record=record.id)
