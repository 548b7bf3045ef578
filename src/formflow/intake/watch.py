"""Watching the inbox: events are hints, a rescan is the truth.

A network share sends no events and an event queue overflows; so whatever events say, the inbox is
scanned again every so often, and what a scan finds complete is taken.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from formflow.intake.inbox import Arrival, Inbox

CALM_SECONDS = 0.15
"""Least time between two scans, however many events come."""


class Watch:
    """Scans an inbox until told to stop.

    Args:
        inbox: Remembers what earlier scans saw.
        folder: The folder that events are listened for in.
        scan_seconds: Longest time between two scans.
        take: Called with the files that a scan found complete.
        idle: Called after every scan, whether it found something or not.
    """

    def __init__(
        self,
        inbox: Inbox,
        folder: Path,
        *,
        scan_seconds: float,
        take: Callable[[Sequence[Arrival]], None],
        idle: Callable[[], None] = lambda: None,
    ) -> None:
        self._inbox = inbox
        self._folder = folder
        self._scan_seconds = scan_seconds
        self._take = take
        self._idle = idle
        self._hint = threading.Event()
        self._stopping = threading.Event()

    def run(self) -> None:
        """Scan until `stop` is called from a signal handler or another thread."""
        observer = self._observe()
        try:
            while not self._stopping.is_set():
                began = time.monotonic()
                arrivals = self._inbox.scan()
                if arrivals:
                    self._take(arrivals)
                self._idle()
                took = time.monotonic() - began
                self._rest(max(CALM_SECONDS, 2 * took), self._scan_seconds - took)
        finally:
            if observer is not None:
                observer.stop()
                observer.join(timeout=2)

    def stop(self) -> None:
        """End after the scan that is under way."""
        self._stopping.set()
        self._hint.set()

    def _rest(self, calm: float, patience: float) -> None:
        """Sleep until a hint comes or patience ends, but never less than calm."""
        self._hint.wait(max(0.0, patience))
        hinted = self._hint.is_set()
        self._hint.clear()
        if hinted:
            self._stopping.wait(calm)

    def _observe(self) -> Any:
        """Listen for events; None where the system or the share has none to give."""
        hint = self._hint

        class Handler(FileSystemEventHandler):
            def on_any_event(self, event: FileSystemEvent) -> None:
                if event.event_type in ("created", "modified", "moved", "closed"):
                    hint.set()

        observer = Observer()
        with contextlib.suppress(OSError, RuntimeError):
            observer.schedule(Handler(), str(self._folder), recursive=True)
            observer.start()
            return observer
        return None
