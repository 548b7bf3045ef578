"""Processor time that a process and its children have used, as the system counts it."""

from __future__ import annotations

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def processor_seconds(pid: int) -> float | None:
    """Seconds of processor time of a process, of its living children and of those it has waited for.

    Returns:
        None where the system does not tell, or the process is gone.
    Source:
        proc(5): utime, stime, cutime and cstime of /proc/PID/stat; /proc/PID/task/TID/children.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        # The name of the program stands in brackets and may hold blanks and brackets itself.
        times = fields.rpartition(")")[2].split()[11:15]
        used = sum(map(int, times)) / _TICK
    except (OSError, ValueError, IndexError):
        return None
    return used + sum(processor_seconds(child) or 0.0 for child in _children(pid))


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (thread / "children").read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return found  # a thread, or the process, has ended meanwhile
    return found
