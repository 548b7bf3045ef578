"""`formflow run`: watch the inbox until told to stop."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from formflow import words
from formflow.cli.app import App
from formflow.cli.check import tell_template_problems
from formflow.cli.output import emit, file_json, say
from formflow.cli.told import told_time, told_word
from formflow.errors import Bilingual, FormflowError, StoreError, UsageError

if TYPE_CHECKING:
    from formflow.engine.local import LocalEngine
    from formflow.intake.inbox import Arrival, Inbox
    from formflow.pipeline.results import Result

BATCH = 32
"""Files received in one transaction."""

RETRY_SECONDS = 60.0
"""Time after which what could not be finished (a full disk) is tried again."""


@click.command("run")
@click.pass_obj
def run_command(app: App) -> None:
    """Watch the inbox: what is dropped there is numbered, archived and documented within seconds.

    Stops at Ctrl-C or SIGTERM once what is under way is finished.

    \b
    Example:
      formflow run
    """
    from formflow.engine.local import only_engine
    from formflow.intake.inbox import Inbox
    from formflow.intake.watch import Watch

    stop = Stop()
    settings = app.settings
    folder = settings.folder("inbox")
    with only_engine(settings) as alone:
        if not alone:
            raise UsageError(
                Bilingual("这个工作区已有程序在处理", "this workspace is being processed already"),
                code="running",
            )
        with app.engine() as engine:
            folder.mkdir(parents=True, exist_ok=True)
            inbox = Inbox(folder, still_scans=settings.still_scans, scan_seconds=settings.scan_seconds)
            desk = InboxRunner(app, engine, inbox)
            watch = Watch(
                inbox,
                folder,
                scan_seconds=settings.scan_seconds,
                take=desk.take,
                idle=desk.look_back,
            )
            stop.tell(watch.stop)
            tell_template_problems(app, engine.workers.pool, desk.say)
            desk.say(app.voice(f"正在监视 {folder}", f"watching {folder}"))
            desk.look_back()
            watch.run()
            engine.in_a_hurry = True
            desk.say(app.voice("正在结束", "stopping"))


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


class InboxRunner:
    """Takes what the watch finds, says what became of it, tries again what could not be done."""

    def __init__(
        self, app: App, engine: LocalEngine, inbox: Inbox, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._engine = engine
        self._inbox = inbox
        self._clock = clock
        self._retry_at = 0.0
        self._settled_in = False
        """Not on the first look: whoever has just started wants what waits in the inbox first."""

    def take(self, arrivals: Sequence[Arrival]) -> None:
        """Receive complete files; a store that refuses is said, and the files stay in the inbox."""
        from formflow.pipeline.receiving import Incoming

        for start in range(0, len(arrivals), BATCH):
            batch = [
                Incoming(
                    path=arrival.path,
                    name=arrival.name,
                    folder=arrival.folder,
                    way="inbox",
                    remove=True,
                    state=arrival.fingerprint.as_state(),
                )
                for arrival in arrivals[start : start + BATCH]
            ]
            try:
                taken = self._engine.take(batch)
            except StoreError as error:
                self.say(self._app.voice.error(error))
                return
            for arrival, (received, future) in zip(arrivals[start : start + BATCH], taken, strict=True):
                name = received.incoming.name
                if future is not None:
                    future.add_done_callback(lambda done, name=name: self._tell(name, done))  # type: ignore[misc]
                for told in (received.error, received.stays):
                    # What changed meanwhile is nothing to tell: the next scan sees it.
                    if told is not None and told.code != "incomplete":
                        self._inbox.leave(arrival.path, arrival.fingerprint)
                        self.say(f"{name}: {self._app.voice.error(told)}")

    def look_back(self) -> None:
        """Tell what lies there and cannot be taken; every so often take up what is still pending.

        Raises:
            StoreError: No work can be done any more; the service ends, and whoever watches it starts it again.
        """
        for path, told in self._inbox.news():
            self.say(f"{path.relative_to(self._app.settings.folder('inbox'))}: {self._app.voice.error(told)}")
        for trouble in self._engine.troubles():
            self.say(self._app.voice.error(trouble))
        if self._clock() < self._retry_at:
            return
        self._retry_at = self._clock() + RETRY_SECONDS
        try:
            for future in self._engine.resume():
                future.add_done_callback(lambda done: self._tell("", done))
            if self._settled_in:
                self._engine.render()
            self._settled_in = True
        except StoreError as error:
            self.say(self._app.voice.error(error))

    def say(self, text: str) -> None:
        """A line of the log."""
        now = told_time(self._app, datetime.now(UTC), seconds=True).partition(" ")[2]
        say(f"{now} {text}", err=True)

    def _tell(self, name: str, done: Future[Result]) -> None:
        error: Any = done.exception()
        if error is not None:
            told = self._app.voice.error(error) if isinstance(error, FormflowError) else repr(error)
            self.say(f"{name}: {told}")
            return
        result = done.result()
        name = name or result.submission.receipt.name
        for one, became in ((name, result), *((f"{name}/{inside}", each) for inside, each in result.members)):
            numbers = " ".join(record.number for record in became.records if record.number)
            told = self._app.voice.error(became.error) if became.error else numbers
            self.say(f"{one}: {told_word(self._app, words.STATUSES, became.status)} {told}".rstrip())
            if self._app.json:
                emit(file_json(self._app, one, became))
