"""What an office left behind whose process, and whose watches, were all killed: ended at the next start."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

from formflow.office.clock import started

PREFIX = "formflow-office-"
OWNER = "owner"
"""File in an office's folder: id and start of the process that it belongs to."""

_UNOWNED_SECONDS = 3600.0
"""A folder that names no owner is of a process that was killed in its first moment, once it is so old."""


def sign(folder: Path) -> None:
    """Write into an office's folder that it belongs to this process."""
    (folder / OWNER).write_text(f"{os.getpid()} {started(os.getpid())}", encoding="ascii")


def sweep(place: Path | None = None) -> int:
    """End the offices of processes that are gone, and remove their folders; how many.

    Args:
        place: Where the folders lie; default: the system's folder of temporary files.
    """
    swept = 0
    for folder in Path(place or tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if folder.is_symlink() or folder.stat().st_uid != os.getuid() or _is_owned(folder):
                continue
        except OSError:
            continue
        for pid in _processes_of(folder):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)
        swept += 1
    return swept


def _is_owned(folder: Path) -> bool:
    try:
        pid, began = (folder / OWNER).read_text(encoding="ascii").split()
        return started(int(pid)) == began
    except FileNotFoundError:
        return time.time() - folder.stat().st_mtime < _UNOWNED_SECONDS
    except ValueError:
        return False


def _processes_of(folder: Path) -> list[int]:
    """The processes that were started with the profile in that folder."""
    mark = f"-env:UserInstallation={folder.as_uri()}/".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if any(part.startswith(mark) for part in entry.read_bytes().split(b"\0")):
                found.append(int(entry.parent.name))
    return found
