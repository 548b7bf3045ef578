"""What a watched inbox brings is taken in, and what could not be done is tried again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from formflow.errors import FormflowError, StoreError
from formflow.pipeline.receiving import Incoming

if TYPE_CHECKING:
    from formflow.engine.local import LocalEngine
    from formflow.intake.inbox import Arrival, Inbox
    from formflow.pipeline.results import Result

RETRY_SECONDS = 60.0
"""Time after which what could not be finished (a full disk) is tried again."""


class Listener(Protocol):
    """Who is told what becomes of the inbox."""

    def trouble(self, error: FormflowError, name: str = "") -> None:
        """Something could not be done; `name` says with which file."""

    def ended(self, name: str, done: Future[Result]) -> None:
        """A submission has been moved on as far as it goes; `name` is empty for one of an earlier run."""


class InboxRunner:
    """Takes what the watch finds, tells what became of it, tries again what could not be done.

    Args:
        folder: The inbox; files in it are named from there.
    """

    def __init__(
        self,
        engine: LocalEngine,
        inbox: Inbox,
        folder: Path,
        listener: Listener,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine = engine
        self._inbox = inbox
        self._folder = folder
        self._listener = listener
        self._clock = clock
        self._retry_at = 0.0
        self._settled_in = False
        """Not on the first look: whoever has just started wants what waits in the inbox first."""

    def take(self, arrivals: Sequence[Arrival]) -> None:
        """Receive complete files; a store that refuses is told, and the files stay in the inbox."""
        incoming = [
            Incoming(
                path=arrival.path,
                name=arrival.name,
                folder=arrival.folder,
                way="inbox",
                remove=True,
                state=arrival.fingerprint.as_state(),
            )
            for arrival in arrivals
        ]
        try:
            for arrival, (received, future) in zip(arrivals, self._engine.take(incoming), strict=True):
                name = arrival.name
                if future is not None:
                    future.add_done_callback(lambda done, name=name: self._listener.ended(name, done))  # type: ignore[misc]
                for error in (received.error, received.stays):
                    # What changed meanwhile is nothing to tell: the next scan sees it.
                    if error is not None and error.code != "incomplete":
                        self._inbox.leave(arrival.path, arrival.fingerprint)
                        self._listener.trouble(error, name)
        except StoreError as error:
            self._listener.trouble(error)

    def look_back(self) -> None:
        """Tell what lies there and cannot be taken; every so often take up what is still pending.

        Raises:
            StoreError: No work can be done any more; the service ends, and whoever watches it starts it again.
        """
        for path, error in self._inbox.news():
            self._listener.trouble(error, str(path.relative_to(self._folder)))
        for trouble in self._engine.troubles():
            self._listener.trouble(trouble)
        if self._clock() < self._retry_at:
            return
        self._retry_at = self._clock() + RETRY_SECONDS
        try:
            for future in self._engine.resume():
                future.add_done_callback(lambda done: self._listener.ended("", done))
            if self._settled_in:
                self._engine.render()
            self._settled_in = True
        except StoreError as error:
            self._listener.trouble(error)
