"""Bounds of a worker process that reads strangers' files: memory, processor time, and no life after its parent."""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from formflow.limits import Limits

try:
    import resource
except ImportError:  # Windows has none; there the engine's own clock is the only bound.
    resource = None  # type: ignore[assignment]

_PR_SET_PDEATHSIG = 1
_LITTLE_DISK = 16 * 1024 * 1024
"""Bytes that must be free where temporary files lie, for an office to write into."""

_OUT_OF = frozenset((errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOSPC, errno.EDQUOT))
"""What the system says when the machine has no more of something, whatever file is read."""


class Shortage(Exception):
    """The machine has run out of something while a file was read: the file is not to blame."""


_PROCESSORS = os.cpu_count() or 1


def apply_limits(limits: Limits, *, parent: int | None = None, seconds: float | None = None) -> None:
    """Bound this process; call it in a worker, before every file.

    Memory beyond what the process holds now and `memory_bytes` becomes a MemoryError (`too-large`). On Linux
    that is RLIMIT_DATA, which counts what was asked for and can be written: neither the libraries' code nor
    mapped models, which are nobody's fault, and nothing that grows unseen between two looks of a watchdog.

    The clock is the parent's (see `engine.pool`): processor time with that of children, and a wider one on the wall.
    Here is the second net: the system ends a process that uses its time up on every processor at once. No core dump is written. On Linux the process is killed
    when its parent dies.

    Args:
        limits: `memory_bytes` and `seconds` are used.
        parent: Process id of the parent; where that one is gone already, this process ends at once.
        seconds: Time of this job where it is not `limits.seconds`.
    """
    if resource is not None:
        _bound(resource.RLIMIT_CORE, 0)
        held = held_bytes()
        if held:
            _bound(resource.RLIMIT_DATA, held + limits.memory_bytes)
        _bound_processor(limits.seconds if seconds is None else seconds)
    if sys.platform == "linux":
        _die_with_parent()
        if parent is not None and os.getppid() != parent:
            # It died before the kernel was asked to watch it.
            os._exit(1)


def shortage(error: BaseException, limits: Limits) -> str:
    """What the machine lacks, where that is why a file could not be read; empty where it lacks nothing.

    Libraries tell of a full disk, or of memory that the system does not give, in words of their own or not at all;
    so the machine is asked: for what one file may cost, and for no more than that.
    """
    cause: BaseException | None = error
    for _ in range(16):
        # A program that is being exchanged, or installed in part. Parsers of XML derive their own errors from
        # SyntaxError too: those are about the file.
        if isinstance(cause, ImportError) or type(cause) in (SyntaxError, IndentationError, TabError):
            return f"{type(cause).__name__}: {cause}"
        if isinstance(cause, OSError) and cause.errno in _OUT_OF:
            return cause.strerror or str(cause)
        cause = (cause.__cause__ or cause.__context__) if cause is not None else None
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
        # Shared, so that it does not count as this process's own under the sandbox; no page of it is touched.
        mmap.mmap(-1, limits.memory_bytes, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS).close()
        thread = threading.Thread(target=int)
        thread.start()
        thread.join()
        if shutil.disk_usage(tempfile.gettempdir()).free < _LITTLE_DISK:
            return f"{tempfile.gettempdir()}: no space left"
    except OSError as found:
        return found.strerror or str(found)
    except (RuntimeError, MemoryError) as found:
        return str(found) or type(found).__name__
    return ""


@contextmanager
def loading() -> Iterator[None]:
    """Load what is nobody's file (a model, a library) without counting it as the file's memory."""
    if resource is None or not (held := held_bytes()):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if soft == resource.RLIM_INFINITY:
        yield
        return
    _bound(resource.RLIMIT_DATA, hard)
    try:
        yield
    finally:
        _bound(resource.RLIMIT_DATA, soft + max(held_bytes() - held, 0))


def held_bytes() -> int:
    """Memory that this process has asked for and can write; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _bound_processor(seconds: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _bound(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds * _PROCESSORS) + 2)


def _bound(kind: int, value: int) -> None:
    """Set a soft limit, never above the hard one; systems that refuse one (macOS: memory) go without."""
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = hard if value == resource.RLIM_INFINITY else min(value, hard)
    with suppress(ValueError, OSError, OverflowError):
        resource.setrlimit(kind, (value, hard))


def _die_with_parent() -> None:
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
