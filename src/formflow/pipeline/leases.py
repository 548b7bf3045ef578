"""Who holds a file open: Linux tells it by granting, or refusing, a lease on it."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path


class Writers(Enum):
    """Whether somebody holds a file open for writing."""

    NONE = "none"
    SOME = "some"
    UNKNOWN = "unknown"
    """The file is another user's, or lies on a share: the system does not tell."""


def open_file(path: Path) -> int:
    """A descriptor to read from; never waits, whatever lies under that name.

    Raises:
        OSError: It cannot be opened.
    """
    return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)


def writers_of(descriptor: int) -> Writers:
    """Whether somebody holds the open file for writing; the lease is given back at once."""
    found = _lease(descriptor)
    if found is Writers.NONE:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return found


@contextmanager
def unwritten(path: Path) -> Iterator[tuple[os.stat_result, Writers]]:
    """The status of a file, and whether it is being written; where the system tells, nobody begins to meanwhile.

    Whoever opens the file for writing inside the block waits for its end.

    Raises:
        OSError: The file cannot be opened.
    """
    descriptor = open_file(path)
    try:
        writers = _lease(descriptor)
        yield os.fstat(descriptor), writers
    finally:
        os.close(descriptor)  # and with it the lease


def _lease(descriptor: int) -> Writers:
    """Take a read lease, which Linux grants only when nobody has the file open for writing.

    SIGURG, which is ignored by default, stands in for SIGIO in case somebody opens the file meanwhile.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return Writers.UNKNOWN
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return Writers.SOME
    except OSError:
        return Writers.UNKNOWN
    return Writers.NONE
