"""What lies in the inbox, and which of it is complete.

A scan is the truth; events are only hints. A file is complete when its size and time stood still over
the configured number of scans, nobody holds it open for writing, and it does not look cut off.
"""

from __future__ import annotations

import fcntl
import os
import signal
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

IGNORED = (
    "~$*",
    ".~lock*",
    "*.tmp",
    "*.part",
    "*.crdownload",
    ".DS_Store",
    "._*",
    "Thumbs.db",
    "desktop.ini",
    "@eaDir",
)
"""Names that are never read: owner files, locks, downloads under way, what systems leave behind."""

CUT_OFF_SECONDS = 10.0
"""How long a file that looks cut off has to stand still before it is taken, and refused, as it is."""

_TAIL = 66_000
"""A zip's end record lies in its last 22 bytes and at most 65,535 bytes of comment."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells one state of a file from the next."""

    inode: int
    size: int
    mtime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Fingerprint:
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


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
    fingerprint: Fingerprint
    scans: int
    since: float


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
        self._still_seconds = (still_scans - 1) * scan_seconds * 0.9
        self._clock = clock
        self._seen: dict[Path, _Seen] = {}

    def scan(self) -> list[Arrival]:
        """Look once; the files that are complete now, oldest first."""
        now = self._clock()
        seen: dict[Path, _Seen] = {}
        complete: list[Arrival] = []
        for path, status in files_below(self._folder):
            fingerprint = Fingerprint.of(status)
            before = self._seen.get(path)
            if before is None or before.fingerprint != fingerprint:
                seen[path] = _Seen(fingerprint, 1, now)
            else:
                seen[path] = _Seen(fingerprint, before.scans + 1, before.since)
            if self._is_complete(path, seen[path], now):
                complete.append(arrival_of(path, self._folder, status))
        self._seen = seen
        return sorted(complete, key=lambda arrival: (arrival.fingerprint.mtime_ns, arrival.path))

    @property
    def waiting(self) -> bool:
        """Whether the last scan saw a file."""
        return bool(self._seen)

    def _is_complete(self, path: Path, seen: _Seen, now: float) -> bool:
        stood_still = now - seen.since
        if seen.scans < self._still_scans or stood_still < self._still_seconds:
            return False
        try:
            with path.open("rb") as file:
                if _is_being_written(file.fileno()):
                    return False
                return not _looks_cut_off(file.fileno()) or stood_still >= CUT_OFF_SECONDS
        except OSError:  # locked, or gone again: the next scan will tell
            return False


def is_ignored(name: str) -> bool:
    """Whether a file or folder of that name is never read."""
    return any(fnmatchcase(name, pattern) for pattern in IGNORED)


def files_below(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Every file below a folder that may be read, with its status; never through symbolic links.

    Folders whose name begins with a dot (`.failed`) are passed over. A folder that cannot be listed, or
    a file that vanishes meanwhile, is passed over too: the next scan sees it.
    """
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if is_ignored(entry.name) or entry.is_symlink():
            continue
        if entry.is_dir():
            if not entry.name.startswith("."):
                yield from files_below(Path(entry.path))
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode) and not _is_readme(Path(entry.path), folder):
            yield Path(entry.path), status


def arrival_of(path: Path, inbox: Path, status: os.stat_result) -> Arrival:
    """A file of the inbox as an arrival."""
    folder = path.parent.relative_to(inbox).as_posix()
    return Arrival(
        path=path,
        name=path.name,
        folder="" if folder == "." else folder,
        fingerprint=Fingerprint.of(status),
    )


def _is_readme(path: Path, folder: Path) -> bool:
    """The inbox explains itself in a README.md that is not a form."""
    return path.name == "README.md" and path.parent == folder


def _is_being_written(descriptor: int) -> bool:
    """Whether somebody holds the file open for writing, where the system can tell.

    Linux grants a read lease only when nobody does. The lease is given back at once; SIGURG, which is
    ignored by default, stands in for SIGIO in case somebody opens the file in that very moment.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:  # not ours, or a network share: stillness has to do
        return False
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def _looks_cut_off(descriptor: int) -> bool:
    """Whether the end that the beginning promises is not there (yet)."""
    size = os.fstat(descriptor).st_size
    head = os.pread(descriptor, 8, 0)
    if not head.strip(b"\0"):  # empty, or its space is set aside and nothing is written
        return True
    if head.startswith(b"PK\x03\x04"):
        return b"PK\x05\x06" not in os.pread(descriptor, _TAIL, max(0, size - _TAIL))
    if head.startswith(b"%PDF"):
        return b"%%EOF" not in os.pread(descriptor, 2048, max(0, size - 2048))
    return _ends_inside_a_row(os.pread(descriptor, _TAIL, max(0, size - _TAIL)))


def _ends_inside_a_row(tail: bytes) -> bool:
    """Whether the last line of a text table is shorter than the rest and was not ended."""
    if tail.endswith((b"\n", b"\r")) or b"\0" in tail:
        return False
    *lines, last = tail.splitlines()
    commas = [line.count(b",") for line in lines if line.strip()]
    return bool(commas) and last.count(b",") < max(set(commas), key=commas.count)
