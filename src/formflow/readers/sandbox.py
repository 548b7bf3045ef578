"""Bounds of a worker process that reads strangers' files: memory, processor time, and no life after its parent."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress

from formflow.readers.limits import Limits

try:
    import resource
except ImportError:  # Windows has none; there the engine's own clock is the only bound.
    resource = None  # type: ignore[assignment]

_PR_SET_PDEATHSIG = 1


def apply_limits(limits: Limits, *, parent: int | None = None) -> None:
    """Bound this process; call it in a worker, before every file.

    Memory beyond `memory_bytes` becomes a MemoryError (`too-large`). Processor time counts over the life of a
    process, so each call allows `seconds` more from now; the system ends a process that uses them up, and its
    parent sees a worker that died (`timeout`). No core dump is written. On Linux the process is killed when
    its parent dies.

    Args:
        limits: `memory_bytes` and `seconds` are used.
        parent: Process id of the parent; where that one is gone already, this process ends at once.
    """
    if resource is not None:
        _bound(resource.RLIMIT_CORE, 0)
        _bound(resource.RLIMIT_AS, limits.memory_bytes)
        used = resource.getrusage(resource.RUSAGE_SELF)
        _bound(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + limits.seconds) + 1)
    if sys.platform == "linux":
        _die_with_parent()
        if parent is not None and os.getppid() != parent:
            # It died before the kernel was asked to watch it.
            os._exit(1)


def _bound(kind: int, value: int) -> None:
    """Set a soft limit, never above the hard one; systems that refuse one (macOS: memory) go without."""
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (value, hard))


def _die_with_parent() -> None:
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
