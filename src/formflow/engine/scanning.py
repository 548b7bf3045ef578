"""Recognition beside reading: a page of pixels is a job of its own, for processes that hold the models.

A reader's sandbox is too small for recognition, and a crash in a native library must cost one page, not a
batch of three hundred. So a file that needs it is read in three steps: the reader names the pages, each is
recognised in this pool, the reader is asked again with what came of them.
"""

from __future__ import annotations

import importlib.util
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

from formflow.engine.pool import Pool
from formflow.engine.task import closed
from formflow.engine.worker import WorkerConfig
from formflow.errors import StoreError
from formflow.pipeline.jobs.read import RecogniseJob
from formflow.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from formflow.model import Part

PAGE_SECONDS = 90.0
"""Processor time of one page; the first one also waits for the models."""

PAGE_WALL = 4 * PAGE_SECONDS

PAGE_MEMORY = 1536 * 1024 * 1024
"""Memory that one page may take beyond the models, in bytes."""

RECYCLE_BYTES = 1050 * 1024 * 1024
"""Resident memory at which a recogniser is replaced: the runtime keeps a plan for every shape it met."""

_NEEDED = ("rapidocr", "cv2")


def can_recognise() -> bool:
    """Whether the scan component is installed."""
    return all(importlib.util.find_spec(name) for name in _NEEDED)


class Recognition:
    """The processes that hold the models: one a processor, for two of one thread read more than one of two.

    They start with the first page.

    Args:
        settings: The workspace's settings.
        tell: Called when workers do not start (see `Pool`).
    """

    def __init__(self, settings: Settings, tell: Callable[[StoreError], None] = lambda _: None) -> None:
        self._tell = tell
        limits = replace(settings.limits, seconds=PAGE_SECONDS, memory_bytes=PAGE_MEMORY)
        self._settings = replace(settings, limits=limits)
        self._lock = threading.Lock()
        self._pool: Pool | None = None

    @property
    def pool(self) -> Pool:
        """The pool, made when it is first needed."""
        with self._lock:
            if self._pool is None:
                self._pool = Pool(
                    os.cpu_count() or 1,
                    WorkerConfig(
                        settings=self._settings,
                        parent=os.getpid(),
                        preload=("formflow.recognition.page", "formflow.recognition.engine"),
                    ),
                    recycle_jobs=self._settings.worker_jobs,
                    recycle_bytes=RECYCLE_BYTES,
                    tell=self._tell,
                )
            return self._pool

    def pages(self, path: Path, numbers: Sequence[int]) -> Future[dict[int, Part]]:
        """Recognise pages of a file; a page whose process dies twice fails the file."""
        futures = [
            (
                number,
                self.pool.submit(RecogniseJob(path=path, page=number), seconds=PAGE_SECONDS, wall=PAGE_WALL),
            )
            for number in numbers
        ]
        return _gathered(futures)

    def close(self) -> None:
        with self._lock:
            pool = self._pool
        if pool is not None:
            pool.close()


def _gathered(futures: Sequence[tuple[int, Future[Part]]]) -> Future[dict[int, Part]]:
    """All results as one, or the first error."""
    whole: Future[dict[int, Part]] = Future()
    whole.set_running_or_notify_cancel()
    lock = threading.Lock()
    left = len(futures)
    found: dict[int, Part] = {}
    failed: list[int] = []

    def taker(number: int) -> Callable[[Future[Part]], None]:
        def take(done: Future[Part]) -> None:
            nonlocal left
            error = closed() if done.cancelled() else done.exception()
            with lock:
                if failed:
                    return
                if error is None:
                    found[number] = done.result()
                    left -= 1
                    whole_is_there = left == 0
                else:
                    failed.append(number)
            # Outside the lock: a future that is cancelled or set calls back at once.
            if error is not None:
                whole.set_exception(error)
                for _, other in futures:
                    other.cancel()
            elif whole_is_there:
                whole.set_result(found)

        return take

    for number, future in futures:
        future.add_done_callback(taker(number))
    return whole
