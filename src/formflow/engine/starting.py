"""When worker processes are started again that do not start, and who is told."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from formflow.engine.task import out_of_order
from formflow.errors import StoreError
from formflow.messages import Bilingual
from formflow.messages import engine as messages

PAUSES = (0.5, 1.0, 2.0, 5.0, 15.0, 30.0)
"""Seconds before the next try, one failure after the other."""


class Starting:
    """The failures to start workers since one of them began its work.

    Args:
        tell: Called once, until workers start again.
        patience: Workers in a row that may end at their start before a pause is made.
    """

    def __init__(self, tell: Callable[[StoreError], None], patience: int) -> None:
        self._tell = tell
        self._patience = patience
        self._died = 0
        self._pauses = 0
        self._told = False
        self.at = 0.0
        """When workers may be started, by the monotonic clock."""

    def succeeded(self) -> None:
        """A worker has begun its work."""
        self._died = self._pauses = 0
        self._told = False

    def refused(self, error: BaseException) -> None:
        """The system starts no process."""
        reason = getattr(error, "strerror", None) or type(error).__name__
        self._pause(messages.WORKERS_CANNOT_START(reason=reason))

    def died(self) -> bool:
        """A worker ended before its first job; whether so many have that what waits is left for later."""
        self._died += 1
        if self._died <= self._patience:
            return False
        self._pause(messages.WORKERS_END_AT_ONCE())
        return True

    def tell(self, error: StoreError) -> None:
        """Say what is wrong, unless it has been said."""
        if not self._told:
            self._told = True
            with contextlib.suppress(Exception):  # whoever listens must not end the supervisor
                self._tell(error)

    def _pause(self, said: Bilingual) -> None:
        self.at = time.monotonic() + PAUSES[min(self._pauses, len(PAUSES) - 1)]
        self._pauses += 1
        self.tell(out_of_order(said))
