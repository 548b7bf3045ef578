"""WriteOrder at the register in order of receipt, so that numbers follow the order in which files came."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 2.0
"""Seconds that a submission waits for an earlier one which is still being read; then it goes first."""


class OrderedLock:
    """Lets one through at a time: the earliest enlisted first, within patience.

    Whoever is not enlisted passes as soon as nobody is inside. Writing one at a time is what SQLite does
    anyway; waiting here costs less than waiting there.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._order: dict[str, None] = {}
        self._busy = False
        self._condition = threading.Condition()

    def enqueue(self, submission: str) -> None:
        """Put a submission at the end of the queue."""
        with self._condition:
            self._order[submission] = None

    def release(self, submission: str) -> None:
        """Take a submission out of the queue, whether it has passed or not."""
        with self._condition:
            if self._order.pop(submission, 0) is None:
                self._condition.notify_all()

    @contextmanager
    def turn(self, submission: str) -> Iterator[None]:
        """Be alone inside; a submission's place in the queue is used up by its first turn."""
        deadline = time.monotonic() + self._patience
        with self._condition:
            while self._busy or not self._may_pass(submission, deadline):
                self._condition.wait(self._patience / 4)
            self._busy = True
            self._order.pop(submission, None)
        try:
            yield
        finally:
            with self._condition:
                self._busy = False
                self._condition.notify_all()

    def _may_pass(self, submission: str, deadline: float) -> bool:
        if submission not in self._order or time.monotonic() >= deadline:
            return True
        return next(iter(self._order)) == submission
