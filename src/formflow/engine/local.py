"""The local engine: one machine, one parent, a few worker processes, nothing to install."""

from __future__ import annotations

import fcntl
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from formflow.engine.ordered_lock import OrderedLock
from formflow.engine.workers import Workers
from formflow.errors import FormflowError, StoreError
from formflow.log import open_log
from formflow.messages import engine as messages
from formflow.pipeline.context import Context, office_clock, open_store
from formflow.private import make_folder, opener
from formflow.settings import Settings
from formflow.store.originals import SubmissionState

if TYPE_CHECKING:
    from formflow.office.converter import Converter
    from formflow.pipeline.receiving import Incoming, Received
    from formflow.pipeline.results import Result


BATCH = 32
"""Files received in one transaction."""

CLOSE_SECONDS = 5.0
"""How long forms that are under way are waited for at the end: a service has ten seconds to stop."""


class LocalEngine:
    """Calls `advance` in a few threads that wait for worker processes.

    Args:
        settings: The workspace's settings.
    Raises:
        SchemaError: A form definition is wrong.
        StoreError: Database or storage cannot be reached.
        IntegrityError: The database is damaged, behind the archive, or the clock behind the register.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._log = open_log(settings.workspace / "var" / "log", office_clock(settings))
        self._write_order = OrderedLock()
        self._troubles: deque[StoreError] = deque(maxlen=20)
        self.workers = Workers(settings, finishing=True, tell=self._trouble)
        try:
            self.context = self._open()
        except BaseException:
            self.workers.close()
            raise
        self._threads = ThreadPoolExecutor(2 * settings.worker_count + 2, "formflow-advance")
        self._under_way: dict[str, Future[Result]] = {}
        self._rendering: Future[None] | None = None
        self._converter: Converter | None = None
        self._rest: Future[None] | None = None
        self.in_a_hurry = False
        """Whether `close` waits a few seconds only: somebody has told a service to stop."""
        self._closing = False
        self._noted = ""
        self._log.info("started", workers=settings.worker_count)
        self._note_head()

    def _open(self) -> Context:
        # Everything slow to load is loaded here: later it would be loaded inside a transaction.
        from formflow.pipeline import advance, receiving  # noqa: F401
        from formflow.rules.calendar import open_calendar

        self.workers.forms  # noqa: B018
        clock = office_clock(self.settings)
        store = open_store(self.settings)
        # Before anything is taken in: where numbers could be given twice, the files stay in the inbox.
        store.guard.check(at=clock())
        return Context(
            settings=self.settings,
            store=store,
            workers=self.workers,
            calendar=open_calendar(self.settings),
            clock=clock,
            write_order=self._write_order,
        )

    def take(self, incoming: Sequence[Incoming]) -> Iterator[tuple[Received, Future[Result] | None]]:
        """Receive files in their order, a few in each transaction, and begin to advance what they became.

        Raises:
            StoreError: Disk or database refuse; what has not been given out yet is still where it was.
        """
        from formflow.pipeline.receiving import receive  # while the workers start

        for start in range(0, len(incoming), BATCH):
            for received in receive(incoming[start : start + BATCH], self.context):
                one, submission = received.incoming, received.submission
                self._log.info(
                    "received",
                    submission=submission.id if submission else None,
                    file=one.name,
                    folder=one.folder,
                    way=one.way,
                    error=received.error.code if received.error else None,
                )
                yield received, self.submit(submission.id, one) if submission else None

    def retry(self) -> list[tuple[str, Future[Result]]]:
        """Advance again what failed, in order of receipt; each with the name of its file."""
        submissions = self.context.store.submissions
        opened = []
        for failed in submissions.in_state(SubmissionState.FAILED, limit=None):
            again = submissions.retry(failed.id, at=self.context.clock())
            opened.append((again.receipt.name, self.submit(again.id)))
        return opened

    def submit(self, submission: str, incoming: Incoming | None = None) -> Future[Result]:
        """Advance a submission in a thread of its own; one that is under way is not begun twice."""
        running = self._under_way.get(submission)
        if running is not None and not running.done() and incoming is None:
            return running
        self._write_order.enqueue(submission)
        future = self._threads.submit(self._advance, submission, incoming)
        self._under_way[submission] = future
        future.add_done_callback(lambda _: self._rests(submission))
        return future

    def _rests(self, submission: str) -> None:
        """Nobody waits for a submission any more, whether it was advanced or never begun."""
        self._under_way.pop(submission, None)
        self._write_order.release(submission)

    def resume(self) -> list[Future[Result]]:
        """Take up what an earlier run left: submissions under way, files not made, temporary files."""
        from formflow.archive.closing import sweep  # while the workers start
        from formflow.pipeline.decisions import file_events
        from formflow.pipeline.filing import file_unmade

        self._note_head()
        store = self.context.store
        futures = [self.submit(pending) for pending in store.submissions.pending()]

        def make_the_rest() -> None:
            for future in futures:
                future.exception()
            try:
                file_unmade(self.context)
                file_events(self.context)
                store.objects.sweep()
                sweep(self.settings.folder("archive"))
            except Exception:
                # Nobody waits for the sweep: the entries stand, and the next one tries again.
                self._log.exception("sweep-failed")
                raise

        self._rest = self._threads.submit(make_the_rest)
        return futures

    def render(self) -> None:
        """Make PDF/A renditions in a thread of their own until a form comes in or none is missing.

        Nothing happens where they are switched off, LibreOffice is not installed, or forms are under way.
        """
        from formflow.archive.renditions import render_some  # for renditions only
        from formflow.office.converter import Converter, available

        resting = self._rendering is None or self._rendering.done()
        if self.settings.renditions != "idle" or self._under_way or not resting or not available():
            return

        def render_while_idle() -> None:
            context = self.context
            try:
                with Converter() as converter:
                    self._converter = converter
                    while not self._under_way and not self._closing:
                        made = render_some(
                            context.store, context.forms, self.settings, converter, context.clock()
                        )
                        if not made:
                            break
                        self._log.info("rendered", bags=made)
            except Exception:
                # Renditions are a convenience of the archive: the next quiet moment tries again.
                self._log.exception("rendering-failed")

        self._rendering = self._threads.submit(render_while_idle)

    def troubles(self) -> list[StoreError]:
        """What keeps workers from starting, each told once.

        Raises:
            StoreError: No work can be done any more; the process should end and be started again.
        """
        self.workers.pool.check()
        told = []
        while self._troubles:
            told.append(self._troubles.popleft())
        return told

    def _trouble(self, error: StoreError) -> None:
        self._log.warning("workers", code=error.code, detail=error.english)
        self._troubles.append(error)

    def close(self) -> None:
        """Finish what is under way, then stop; a service in a hurry leaves what takes longer for its next start."""
        self._closing = True
        under_way: list[Future[Any]] = [*self._under_way.values()]
        if self._rest is not None:
            under_way.append(self._rest)
        wait(under_way, timeout=CLOSE_SECONDS if self.in_a_hurry else None)
        # What is still in a worker comes back as lost, and its submission stays received.
        self.workers.close()
        if self._converter is not None:
            self._converter.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._note_head(always=True)
        self.context.store.close()
        self._log.info("stopped")

    def _note_head(self, *, always: bool = False) -> None:
        """Write the head of the audit chain into the log, once a day and at the end: outside the database it shows
        later that nothing was cut off or rewritten."""
        today = f"{self.context.clock():%Y-%m-%d}"
        if not always and today == self._noted:
            return
        self._noted = today
        try:
            head = self.context.store.audit.head()
        except FormflowError:
            self._log.exception("head-unknown")
            return
        self._log.info("chain", line=head.seq, head=head.hash)

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _advance(self, submission: str, incoming: Incoming | None) -> Result:
        from formflow.pipeline.advance import advance, set_aside_again  # while the workers start

        begun = time.monotonic()
        try:
            result = advance(submission, self.context)
            if incoming is not None and incoming.remove:
                set_aside_again(result, incoming.name, incoming.folder, self.context)
            self._tell(result, time.monotonic() - begun)
            return result
        except Exception as error:
            code = error.code if isinstance(error, FormflowError) else "unexpected"
            self._log.exception("not-advanced", submission=submission, error=code)
            raise

    def _tell(self, result: Result, seconds: float) -> None:
        self._log.info(
            "advanced",
            submission=result.submission.id,
            file=result.submission.receipt.name,
            status=result.status,
            numbers=[record.number for record in result.records if record.number],
            error=result.submission.error_code,
            detail=result.submission.error_detail,
            seconds=round(seconds, 3),
        )


@contextmanager
def only_engine(settings: Settings) -> Iterator[bool]:
    """Whether this process is the workspace's only engine, for as long as the block lasts.

    The lock goes with the process, however it ends.
    """
    path = settings.workspace / "var" / "engine.lock"
    file: IO[str] | None = None
    try:
        make_folder(path.parent)
        file = open(path, "a+", opener=opener)  # noqa: SIM115 - held until the block ends
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        alone = True
    except BlockingIOError:
        alone = False
    except OSError as error:
        raise StoreError(
            messages.UNREACHABLE(path=path, reason=error.strerror or error), code="unreachable"
        ) from error
    try:
        yield alone
    finally:
        if file is not None:
            file.close()
