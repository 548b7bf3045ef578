"""Templates are checked in a worker and under a clock: one that comes to no end must not keep the parent."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from formflow.documents.templates.problem import NOWHERE, Problem
from formflow.engine.pool import Pool
from formflow.engine.task import WorkerLost, closed
from formflow.engine.worker import WorkerConfig
from formflow.errors import StoreError
from formflow.messages import Bilingual
from formflow.messages import templates as messages
from formflow.settings import Settings

if TYPE_CHECKING:
    from formflow.documents.templates.problem import Problem
    from formflow.pipeline.jobs.check_template import CheckJob

CHECK_SECONDS = 15.0
"""Processor time of one template; those that ship take a twentieth of a second."""

CHECK_WALL = 4 * CHECK_SECONDS


@contextmanager
def checking_pool(settings: Settings) -> Iterator[Pool]:
    """One worker that checks templates, for a command that needs none otherwise."""
    config = WorkerConfig(
        settings=settings, parent=os.getpid(), preload=("formflow.documents.templates.check",)
    )
    with Pool(1, config) as pool:
        pool.warm()
        yield pool


def check_in(pool: Pool, job: CheckJob) -> Future[list[Problem]]:
    """Have a template checked.

    Returns:
        Its problems; that it could not be checked to its end is one. The future raises a `StoreError` where the
        machine is at fault, and is cancelled where the pool was closed.
    Raises:
        StoreError: No worker does anything any more.
    """
    told: Future[list[Problem]] = Future()
    pool.submit(job, seconds=CHECK_SECONDS, wall=CHECK_WALL).add_done_callback(partial(_tell, job, told))
    return told


def told_by(
    future: Future[list[Problem]], tell: Callable[[list[Problem]], None], refuse: Callable[[StoreError], None]
) -> None:
    """Hand on what a check has found once it is there, or why the machine let none be made."""

    def hand_on(done: Future[list[Problem]]) -> None:
        if done.cancelled():
            return
        error = done.exception()
        if isinstance(error, StoreError):
            refuse(error)
        elif error is None:
            tell(done.result())

    future.add_done_callback(hand_on)


def _tell(job: CheckJob, told: Future[list[Problem]], done: Future[list[Problem]]) -> None:
    error = closed() if done.cancelled() else done.exception()
    if error is None:
        told.set_result(done.result())
    elif isinstance(error, StoreError):
        told.set_exception(error)
    elif isinstance(error, WorkerLost) and error.code == "closed":
        told.cancel()
    else:
        told.set_result([_unchecked(job, error)])


def _unchecked(job: CheckJob, error: BaseException) -> Problem:
    form = Bilingual(job.form.title, job.form.id)
    remedy = messages.WRITE_SIMPLER()
    if isinstance(error, WorkerLost) and error.code == "timeout":
        said, remedy = messages.CHECK_TOO_LONG(seconds=CHECK_SECONDS, form=form), messages.FEWER_TAGS()
    elif isinstance(error, WorkerLost) and error.code == "stalled":
        said, remedy = messages.CHECK_STALLED(seconds=CHECK_WALL, form=form), messages.CHECK_AGAIN()
    elif isinstance(error, WorkerLost):
        said = messages.CHECK_ENDED(said=error.message, form=form)
    else:
        first = str(error).partition("\n")[0]
        said = messages.NOT_CHECKED(error=first or type(error).__name__, form=form)
    return Problem(job.path.name, NOWHERE, said, remedy)
