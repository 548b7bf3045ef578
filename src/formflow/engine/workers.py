"""The worker processes as the pipeline sees them: jobs in, futures out, losses told as read errors."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from formflow.engine.pool import Pool
from formflow.engine.scanning import Recognition, can_recognise
from formflow.engine.task import WorkerLost, closed, out_of_order
from formflow.engine.worker import FormsUpdate, WorkerConfig
from formflow.errors import FormflowError, ReadError, StoreError
from formflow.messages import engine as messages
from formflow.messages import same
from formflow.office.converter import NotReady, OfficeLost
from formflow.readers.sandbox import Shortage
from formflow.readers.scanned import NeedsRecognition
from formflow.settings import Settings

if TYPE_CHECKING:
    from formflow.archive.shared import Shared
    from formflow.forms.spec import Form
    from formflow.model import Part
    from formflow.pipeline.jobs.finish import FinishJob, FinishManyJob, FinishResult
    from formflow.pipeline.jobs.notify import NoticeJob
    from formflow.pipeline.jobs.read import ReadJob, ReadResult
    from formflow.pipeline.jobs.share import ShareJob
    from formflow.pipeline.jobs.unpack import MemberFile, UnpackJob

_GRACE_SECONDS = 0.5
"""The readers look at the clock themselves now and then, and end better than a killed worker does."""

_TRIES: dict[type[BaseException] | None, int] = {NotReady: 2, OfficeLost: 3}
"""How often a file is read where the office had not started, or ended over it: that may be nobody's file's fault."""

FINISH_SECONDS = 300.0
"""A log's entry with a large workbook takes seconds; minutes mean that something hangs."""

READING = (
    "formflow.extraction.extract",
    "formflow.forms.schema",
    "formflow.readers.read",
)
FINISHING = (
    "formflow.pipeline.jobs.finish",
    "formflow.archive.copies",
    "formflow.documents.templates.render",
)
"""Modules that workers import before their first job."""


class Workers:
    """The pool with the workspace's forms.

    Args:
        settings: The workspace's settings.
        finishing: Whether they will also make archive copies and documents.
        jobs: How many jobs there will be, where that is known.
        tell: Called when workers do not start (see `Pool`).
    """

    def __init__(
        self,
        settings: Settings,
        *,
        finishing: bool = False,
        jobs: int | None = None,
        tell: Callable[[StoreError], None] = lambda _: None,
    ) -> None:
        self._settings = settings
        self.pool = Pool(
            settings.worker_count,
            WorkerConfig(
                settings=settings, parent=os.getpid(), preload=READING + (FINISHING if finishing else ())
            ),
            recycle_jobs=settings.worker_jobs,
            recycle_bytes=settings.worker_memory,
            tell=tell,
        )
        self.recognition = Recognition(settings, tell)
        self.pool.warm(jobs)  # they import while this process opens what it needs

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """The workspace's forms by id.

        Raises:
            SchemaError: A form definition is wrong.
        """
        from formflow.forms.load import load_forms  # while the workers start

        forms = load_forms(self._settings.folder("schemas"))
        self.pool.set_forms(FormsUpdate(forms))
        return forms

    def read(self, job: ReadJob) -> Future[ReadResult]:
        """Read a file, its pages of pixels recognised on the way where the scan component is installed.

        A worker lost over it is a `ReadError` (`timeout` or `crashed`).
        """
        self.forms  # noqa: B018 - loaded here once, while the workers import
        tries = 0
        outcome: Future[ReadResult] = Future()
        outcome.set_running_or_notify_cancel()

        def guarded(step: Callable[[Future[Any]], None]) -> Callable[[Future[Any]], None]:
            """A step that cannot be taken, as when the pool has closed meanwhile, ends the reading: somebody waits."""

            def take(done: Future[Any]) -> None:
                try:
                    step(done)
                except Exception as error:
                    outcome.set_exception(_as_read_error(error))

            return take

        def when_read(done: Future[ReadResult]) -> None:
            nonlocal tries
            error = _error_of(done)
            tries += 1
            if error is not None and tries < _TRIES.get(type(error), 0):
                # The office has come further in its start since, or another takes over from one that was killed.
                self._submit(job).add_done_callback(guarded(when_read))
            elif isinstance(error, NeedsRecognition) and job.pages is None and can_recognise():
                pages = self.recognition.pages(job.path, error.pages)
                pages.add_done_callback(guarded(when_recognised))
            elif isinstance(error, NeedsRecognition) and job.pages is None and error.in_part:
                # Nobody is here to recognise them; the other pages are read without.
                read_on({})
            else:
                _pass_on(done, error and _as_read_error(error), outcome)

        def when_recognised(done: Future[dict[int, Part]]) -> None:
            error = _error_of(done)
            if error is not None:
                outcome.set_exception(_as_read_error(error))
                return
            read_on(done.result())

        def read_on(pages: dict[int, Part]) -> None:
            again = _told(self._submit(replace(job, pages=pages)), _as_read_error)
            again.add_done_callback(guarded(lambda read: _pass_on(read, _error_of(read), outcome)))

        self._submit(job).add_done_callback(guarded(when_read))
        return outcome

    def _submit(self, job: ReadJob) -> Future[ReadResult]:
        return self.pool.submit(job, seconds=self._settings.limits.seconds + _GRACE_SECONDS)

    def unpack(self, job: UnpackJob) -> Future[tuple[MemberFile, ...]]:
        """Take the files out of a container; raises as `read`."""
        seconds = self._settings.limits.seconds + _GRACE_SECONDS
        return _told(self.pool.submit(job, seconds=seconds), _as_read_error)

    def finish(self, job: FinishJob) -> Future[FinishResult]:
        """Make the files of an entry; whatever goes wrong is a `FormflowError`."""
        return self._made(job)

    def finish_many(self, job: FinishManyJob) -> Future[tuple[FinishResult | FormflowError, ...]]:
        """Make the files of many entries; what keeps all from being made is a `FormflowError`."""
        return self._made(job)

    def share(self, job: ShareJob) -> Future[dict[str, Shared]]:
        """Make what several entries share; whatever goes wrong is a `FormflowError`."""
        return self._made(job)

    def notify(self, job: NoticeJob) -> Future[list[str]]:
        """Write a notice; whatever goes wrong is a `FormflowError`."""
        return self._made(job)

    def _made(self, job: Any) -> Future[Any]:
        """A job that makes files."""
        return _told(self.pool.submit(job, seconds=FINISH_SECONDS, wall=2 * FINISH_SECONDS), _as_run_error)

    def close(self) -> None:
        self.recognition.close()
        self.pool.close()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _error_of(done: Future[Any]) -> BaseException | None:
    if done.cancelled():
        return closed()
    return done.exception()


def _pass_on(done: Future[Any], error: BaseException | None, to: Future[Any]) -> None:
    if error is None:
        to.set_result(done.result())
    else:
        to.set_exception(error)


def _as_read_error(error: BaseException) -> BaseException:
    if isinstance(error, NotReady):
        return office_not_started(error.detail)
    if isinstance(error, Shortage):
        return out_of_order(messages.MACHINE_RUN_OUT(error=error))
    if isinstance(error, WorkerLost) and error.code in ("timeout", "stalled", "crashed"):
        return ReadError(error.code, error.message.english)
    if isinstance(error, OSError):
        return ReadError("unreadable", str(error))
    if isinstance(error, FormflowError) and error.code != "worker":
        return error
    return ReadError("crashed", _trace(error))


def office_not_started(detail: str) -> StoreError:
    """The office does not start: no file is to blame, so those that need it wait."""
    return out_of_order(messages.OFFICE_DOES_NOT_START(detail=detail))


def _as_run_error(error: BaseException) -> BaseException:
    if isinstance(error, FormflowError):
        return error
    if isinstance(error, OSError):
        return FormflowError(messages.FILES_NOT_WRITTEN(error=error), code="cannot-write")
    return FormflowError(same(_trace(error)), code="worker")


def _trace(error: BaseException) -> str:
    notes = getattr(error, "__notes__", [])
    return "\n".join([f"{type(error).__name__}: {error}", *notes])


def _told(future: Future[Any], tell: Any) -> Future[Any]:
    """The future with its error retold."""
    retold: Future[Any] = Future()

    def pass_on(done: Future[Any]) -> None:
        if done.cancelled():
            retold.set_exception(closed())
            return
        error = done.exception()
        if error is None:
            retold.set_result(done.result())
        else:
            retold.set_exception(tell(error))

    retold.set_running_or_notify_cancel()
    future.add_done_callback(pass_on)
    return retold
