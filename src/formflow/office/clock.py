"""How much processor time a process and its children have taken, so that a busy machine is no file's fault."""

from __future__ import annotations

import os
from pathlib import Path

WIDER = 6
"""A file's time on the wall is so many times its processor time, for the machine has other work as well."""

_PROC = Path("/proc")
_MOST = 64
"""Processes of a tree that are counted: a worker with its office has five."""


def processor_seconds(pid: int) -> float | None:
    """Processor time of a process, of its living descendants and of those they have waited for.

    None where the system does not tell, or the process has gone.

    Source:
        proc(5): `stat` fields 14 to 17, `task/TID/children`.
    """
    ticks, waiting, seen = 0, [pid], 0
    while waiting and seen < _MOST:
        one = waiting.pop()
        seen += 1
        try:
            fields = (_PROC / str(one) / "stat").read_bytes().rpartition(b")")[2].split()
            ticks += sum(map(int, fields[11:15]))
        except (OSError, ValueError):
            if one == pid:
                return None
            continue
        waiting += _children(one)
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for thread in (_PROC / str(pid) / "task").iterdir():
            found += map(int, (thread / "children").read_text(encoding="ascii").split())
    except (OSError, ValueError):
        pass
    return found


def started(pid: int) -> str | None:
    """When a process was started, in the system's own count: with it, an id that is given again is told apart."""
    try:
        return (
            (_PROC / str(pid) / "stat")
            .read_text(encoding="ascii", errors="replace")
            .rpartition(")")[2]
            .split()[19]
        )
    except (OSError, IndexError):
        return None
