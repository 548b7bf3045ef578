"""The worker processes as the pipeline sees them: jobs in, futures out, losses told as read errors."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import Future
from functools import cached_property
from typing import TYPE_CHECKING, Any

from formflow.engine.pool import Pool, WorkerLost
from formflow.engine.worker import Briefing, WorkerConfig
from formflow.errors import FormflowError, ReadError
from formflow.settings import Settings

if TYPE_CHECKING:
    from formflow.forms.spec import Form
    from formflow.pipeline.finishing import FinishJob, FinishResult
    from formflow.pipeline.notice import NoticeJob
    from formflow.pipeline.reading import ReadJob, ReadResult

FINISH_SECONDS = 300.0
"""A log's entry with a large workbook takes seconds; minutes mean that something hangs."""

READING = (
    "formflow.extraction.extract",
    "formflow.forms.schema",
    "formflow.readers.read",
)
FINISHING = ("formflow.pipeline.finishing", "formflow.archive.copies", "formflow.documents.render")
"""Modules that workers import before their first job."""


class Workers:
    """The pool with the workspace's forms.

    Args:
        settings: The workspace's settings.
        finishing: Whether they will also make archive copies and documents.
        jobs: How many jobs there will be, where that is known.
    """

    def __init__(self, settings: Settings, *, finishing: bool = False, jobs: int | None = None) -> None:
        self._settings = settings
        self.pool = Pool(
            settings.worker_count,
            WorkerConfig(
                settings=settings, parent=os.getpid(), preload=READING + (FINISHING if finishing else ())
            ),
            recycle_jobs=settings.worker_jobs,
            recycle_bytes=settings.worker_memory,
        )
        self.pool.warm(jobs)  # they import while this process opens what it needs

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """The workspace's forms by id.

        Raises:
            SchemaError: A form definition is wrong.
        """
        from formflow.forms.load import load_forms

        forms = load_forms(self._settings.folder("schemas"))
        self.pool.brief(Briefing(forms))
        return forms

    def read(self, job: ReadJob) -> Future[ReadResult]:
        """Read a file; a worker lost over it is a `ReadError` (`timeout` or `crashed`)."""
        self.forms  # noqa: B018 - loaded here once, while the workers import
        return _told(self.pool.submit(job, seconds=self._settings.limits.seconds), _as_read_error)

    def finish(self, job: FinishJob) -> Future[FinishResult]:
        """Make the files of an entry; whatever goes wrong is a `FormflowError`."""
        return _told(self.pool.submit(job, seconds=FINISH_SECONDS), _as_run_error)

    def notify(self, job: NoticeJob) -> Future[list[str]]:
        """Write a notice; whatever goes wrong is a `FormflowError`."""
        return _told(self.pool.submit(job, seconds=FINISH_SECONDS), _as_run_error)

    def close(self) -> None:
        self.pool.close()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _as_read_error(error: BaseException) -> BaseException:
    if isinstance(error, WorkerLost) and error.code in ("timeout", "crashed"):
        return ReadError(error.code, error.message)
    if isinstance(error, FormflowError):
        return error
    return ReadError("crashed", _trace(error))


def _as_run_error(error: BaseException) -> BaseException:
    if isinstance(error, FormflowError):
        return error
    if isinstance(error, OSError):
        return FormflowError(f"files could not be written: {error}", code="cannot-write")
    return FormflowError(_trace(error), code="worker")


def _trace(error: BaseException) -> str:
    notes = getattr(error, "__notes__", [])
    return "\n".join([f"{type(error).__name__}: {error}", *notes])


def _told(future: Future[Any], tell: Any) -> Future[Any]:
    """The future with its error retold."""
    retold: Future[Any] = Future()

    def pass_on(done: Future[Any]) -> None:
        if done.cancelled():
            retold.set_exception(WorkerLost("the worker pool was closed", code="closed"))
            return
        error = done.exception()
        if error is None:
            retold.set_result(done.result())
        else:
            retold.set_exception(tell(error))

    retold.set_running_or_notify_cancel()
    future.add_done_callback(pass_on)
    return retold
