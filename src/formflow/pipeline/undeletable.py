"""Files of the inbox that were taken in and could not be removed: they are not taken in again.

What stays is written down in `var/staying.json`, so that a restart, or a `process` every minute, does not
take the same bytes for a second arrival.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from pathlib import Path

from formflow.private import make_folder

State = tuple[int, int, int]
"""Inode, size and mtime in ns."""

_lock = threading.Lock()


class Staying:
    """The files that stay, each with the state it was taken in.

    Args:
        workspace: Its folder.
    """

    def __init__(self, workspace: Path) -> None:
        self._path = workspace / "var" / "staying.json"

    def has(self, path: Path, state: State) -> bool:
        """Whether the file was taken in that state already."""
        return self._read().get(_key(path)) == state

    def add(self, path: Path, state: State) -> None:
        """Write down that a file stays; those that have gone are forgotten."""
        with _lock:
            there = {key: one for key, one in self._read().items() if os.path.lexists(key)}
            self._write(there | {_key(path): state})

    def paths(self) -> list[Path]:
        """The files that stay and are still as they were."""
        return [Path(key) for key, state in self._read().items() if state_of(Path(key)) == state]

    def _read(self) -> dict[str, State]:
        try:
            held = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(key): (int(one[0]), int(one[1]), int(one[2])) for key, one in held.items()}
        except (OSError, ValueError, TypeError, AttributeError, IndexError):
            return {}

    def _write(self, held: dict[str, State]) -> None:
        # A disk without room: after the next start the file counts as a second arrival, which is a duplicate.
        with contextlib.suppress(OSError):
            make_folder(self._path.parent)
            temp = self._path.with_suffix(".tmp")
            temp.write_text(json.dumps(held), encoding="utf-8")
            temp.replace(self._path)


def state_of(path: Path) -> State | None:
    """The state of a file now; None where it cannot be told."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _key(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links are not resolved: the name is what stays
