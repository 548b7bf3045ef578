"""What lies in the inbox, and which of it is complete.

A scan is the truth; events are only hints. A file is complete when its size and time stood still over
the configured number of scans, nobody holds it open for writing, and it does not look cut off.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from formflow.errors import FormflowError
from formflow.intake.ends import looks_cut_off
from formflow.intake.walk import cannot_open, walk
from formflow.messages import intake as messages
from formflow.pipeline.leases import Writers, open_file, writers_of

CUT_OFF_SECONDS = 10.0
"""How long a file that looks cut off, or is written anew again and again, has to stand still before it is taken."""

REOPENED = 2
"""A file that grew so often after it had been closed is expected to grow again."""

TELL_SECONDS = 5.0
"""How long something that cannot be read has to stand still before it is told."""

HELD_SECONDS = 60.0
"""How long a file may be held open for writing before that is told."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells one state of a file from the next."""

    inode: int
    size: int
    mtime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Fingerprint:
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)

    def as_state(self) -> tuple[int, int, int]:
        """The same for the pipeline (see `pipeline.receiving.Incoming`)."""
        return self.inode, self.size, self.mtime_ns


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A complete file in the inbox.

    Attributes:
        folder: Folder below the inbox, `/`-separated; empty at the top.
        fingerprint: Its state when it was found complete.
    """

    path: Path
    name: str
    folder: str
    fingerprint: Fingerprint


@dataclass(slots=True)
class _Seen:
    """A file over the scans in which it has not changed.

    Attributes:
        reopened: How often it grew after it had been closed: a copier that pauses, a scanner that adds pages.
        writers: Who held it open when it was last looked at; None before.
        oddity: Why it cannot be read, if so.
    """

    fingerprint: Fingerprint | None
    scans: int
    since: float
    reopened: int = 0
    writers: Writers | None = None
    oddity: FormflowError | None = None
    told: bool = False


class Inbox:
    """Remembers what earlier scans saw.

    Args:
        folder: The inbox.
        still_scans: Scans over which a file must not change.
        scan_seconds: Time between two scans that count; a scan that an event asked for comes sooner.
        clock: Monotonic seconds.
    """

    def __init__(
        self,
        folder: Path,
        *,
        still_scans: int = 2,
        scan_seconds: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._still_scans = still_scans
        self._still_seconds = still_seconds(still_scans, scan_seconds)
        self._clock = clock
        self._seen: dict[Path, _Seen] = {}
        self._left: dict[Path, Fingerprint] = {}

    def scan(self) -> list[Arrival]:
        """Look once; the files that are complete now, oldest first."""
        now = self._clock()
        seen: dict[Path, _Seen] = {}
        complete: list[Arrival] = []
        for found in walk(self._folder):
            path = found.path
            fingerprint = Fingerprint.of(found.status) if found.status else None
            one = seen[path] = self._again(self._seen.get(path), fingerprint, now)
            if found.status is None or fingerprint is None:
                one.oddity = found.oddity
            elif self._left.get(path) != fingerprint and self._is_complete(path, one, now):
                complete.append(arrival_of(path, self._folder, found.status))
        self._seen = seen
        self._left = {path: state for path, state in self._left.items() if path in seen}
        return sorted(complete, key=lambda arrival: (arrival.fingerprint.mtime_ns, arrival.path))

    def leave(self, path: Path, fingerprint: Fingerprint) -> None:
        """Pass over a file from now on, until it changes: it has been taken, and stays where it is."""
        self._left[path] = fingerprint

    def news(self) -> list[tuple[Path, FormflowError]]:
        """What lies there and cannot be taken, each told once for as long as it stays."""
        now = self._clock()
        told = []
        for path, one in self._seen.items():
            stood = now - one.since
            error = one.oddity if stood >= TELL_SECONDS else None
            if error is None and one.writers is Writers.SOME and stood >= HELD_SECONDS:
                error = being_written()
            if error is not None and not one.told:
                one.told = True
                told.append((path, error))
        return told

    @property
    def waiting(self) -> bool:
        """Whether the last scan saw a file."""
        return bool(self._seen)

    @staticmethod
    def _again(before: _Seen | None, fingerprint: Fingerprint | None, now: float) -> _Seen:
        """A file as it is seen now, with what earlier scans know of it."""
        if before is None or before.fingerprint is None or fingerprint is None:
            if before is not None and before.fingerprint == fingerprint:
                return before
            return _Seen(fingerprint, 1, now)
        if before.fingerprint == fingerprint:
            before.scans += 1
            return before
        was_closed = before.writers in (Writers.NONE, Writers.UNKNOWN) and before.fingerprint.size > 0
        grown = before.fingerprint.size != fingerprint.size
        return _Seen(fingerprint, 1, now, reopened=before.reopened + (was_closed and grown))

    def _is_complete(self, path: Path, seen: _Seen, now: float) -> bool:
        stood_still = now - seen.since
        enough = seen.scans >= self._still_scans and stood_still >= self._still_seconds
        if not enough and seen.writers in (Writers.NONE, Writers.UNKNOWN):
            return False
        try:
            descriptor = open_file(path)
        except FileNotFoundError:
            return False
        except OSError as error:  # locked, or not for us: the next scan tries again
            seen.oddity = cannot_open(error)
            return False
        try:
            seen.oddity = None
            seen.writers = writers_of(descriptor)
            if not enough or seen.writers is Writers.SOME:
                return False
            if stood_still >= CUT_OFF_SECONDS:
                return True
            return seen.reopened < REOPENED and not looks_cut_off(descriptor)
        except OSError as error:
            seen.oddity = cannot_open(error)
            return False
        finally:
            os.close(descriptor)


def unreadable(folder: Path) -> list[tuple[Path, FormflowError]]:
    """What lies in an inbox and cannot be read, with the reason; looked at once."""
    odd = []
    for found in walk(folder):
        error = found.oddity
        if error is None:
            try:
                os.close(open_file(found.path))
            except FileNotFoundError:
                continue
            except OSError as caught:
                error = cannot_open(caught)
        if error is not None:
            odd.append((found.path, error))
    return odd


def still_seconds(still_scans: int, scan_seconds: float) -> float:
    """How long a file must stand still before it is taken."""
    return (still_scans - 1) * scan_seconds * 0.9


def being_written() -> FormflowError:
    """What is said of a file that somebody holds open for writing."""
    return FormflowError(messages.STILL_OPEN(), code="incomplete", remedy=messages.PROCESS_ONCE_CLOSED())


def arrival_of(path: Path, inbox: Path, status: os.stat_result) -> Arrival:
    """A file of the inbox as an arrival."""
    folder = path.parent.relative_to(inbox).as_posix()
    return Arrival(
        path=path,
        name=path.name,
        folder="" if folder == "." else folder,
        fingerprint=Fingerprint.of(status),
    )
