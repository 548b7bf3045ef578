"""`formflow run`: watch the inbox until told to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from formflow import words
from formflow.cli.app import App
from formflow.cli.check import tell_template_problems
from formflow.cli.output import emit, say
from formflow.cli.told import told_time, told_word
from formflow.contract.views import file_json
from formflow.engine.inbox_runner import InboxRunner
from formflow.engine.local import only_engine
from formflow.errors import Conflict, FormflowError
from formflow.intake.inbox import Inbox
from formflow.intake.watch import Watch
from formflow.messages import cli as messages

if TYPE_CHECKING:
    from formflow.pipeline.results import Result


@click.command("run")
@click.pass_obj
def run_command(app: App) -> None:
    """Watch the inbox: what is dropped there is numbered, archived and documented within seconds.

    Stops at Ctrl-C or SIGTERM once what is under way is finished.

    \b
    Example:
      formflow run
    """
    stop = Stop()
    settings = app.settings
    folder = settings.folder("inbox")
    with only_engine(settings) as alone:
        if not alone:
            raise Conflict(messages.RUNNING_ALREADY(), code="running")
        with app.engine() as engine:
            folder.mkdir(parents=True, exist_ok=True)
            inbox = Inbox(folder, still_scans=settings.still_scans, scan_seconds=settings.scan_seconds)
            log = _Log(app)
            runner = InboxRunner(engine, inbox, folder, log)
            watch = Watch(
                inbox,
                folder,
                scan_seconds=settings.scan_seconds,
                take=runner.take,
                idle=runner.look_back,
            )
            stop.tell(watch.stop)
            tell_template_problems(app, engine.workers.pool, log.say)
            log.say(app.voice(messages.WATCHING(folder=folder)))
            runner.look_back()
            watch.run()
            engine.in_a_hurry = True
            log.say(app.voice(messages.STOPPING()))


watch_command = run_command


class Stop:
    """SIGTERM and Ctrl-C as a wish to stop, from the first moment on."""

    def __init__(self) -> None:
        self._asked = False
        self._stop: Callable[[], None] | None = None
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._ask)

    def tell(self, stop: Callable[[], None]) -> None:
        """Whom to tell; at once where it was asked before."""
        self._stop = stop
        if self._asked:
            stop()

    def _ask(self, *_: object) -> None:
        self._asked = True
        if self._stop is not None:
            self._stop()


class _Log:
    """The lines that a service writes: to standard error for people, with `--json` to standard output as well."""

    def __init__(self, app: App) -> None:
        self._app = app

    def say(self, text: str) -> None:
        """A line of the log."""
        now = told_time(self._app, datetime.now(UTC), seconds=True).partition(" ")[2]
        say(f"{now} {text}", err=True)

    def trouble(self, error: FormflowError, name: str = "") -> None:
        self.say(f"{name}: {self._app.voice.error(error)}" if name else self._app.voice.error(error))

    def ended(self, name: str, done: Future[Result]) -> None:
        app = self._app
        error: Any = done.exception()
        if error is not None:
            told = app.voice.error(error) if isinstance(error, FormflowError) else repr(error)
            self.say(f"{name}: {told}")
            return
        result = done.result()
        name = name or result.submission.receipt.name
        for one, became in ((name, result), *((f"{name}/{inside}", each) for inside, each in result.members)):
            numbers = " ".join(record.number for record in became.records if record.number)
            told = app.voice.error(became.error) if became.error else numbers
            self.say(f"{one}: {told_word(app, words.STATUSES, became.status)} {told}".rstrip())
            if app.json:
                submission, archive = became.submission, app.settings.archive
                emit(file_json(one, submission, became.status, became.error, became, app.voice, archive))
