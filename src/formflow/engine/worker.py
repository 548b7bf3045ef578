"""A worker process: takes jobs from a pipe, one at a time, until the pipe closes.

It runs under the limits of the reader's sandbox, dies with its parent, and never writes to standard
output, which belongs to `--json`.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from formflow.errors import FormflowError, ReadError
from formflow.messages import same
from formflow.settings import Settings

if TYPE_CHECKING:
    from formflow.forms.spec import Form
    from formflow.pipeline.jobs.worker_context import WorkerContext


MAX_REPLY_BYTES = 64 * 1024 * 1024
"""What the parent takes from one job; a file that holds more is no form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerConfig:
    """What a worker needs to know, sent to it once.

    Attributes:
        parent: Process id of the parent; a worker without it ends.
        preload: Modules imported before the first job.
    """

    settings: Settings
    parent: int
    preload: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormsUpdate:
    """The forms, as the parent has loaded them; comes before the first job."""

    forms: Mapping[str, Form]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A job for a worker: an object with `run(worker_context)`, and the seconds it may take."""

    job: Any
    seconds: float


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker is ready for its first job."""

    pid: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a job, and how much memory the worker holds now and held at most, in bytes."""

    result: Any
    error: BaseException | None
    resident_bytes: int
    peak_bytes: int


def main(descriptor: int) -> None:
    """Serve jobs from the pipe of that descriptor until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    os.dup2(2, 1)
    pipe = Connection(descriptor)
    try:
        config: WorkerConfig = pipe.recv()
        _die_with(config.parent)
        serve(pipe, config)
    except (EOFError, OSError):
        return


def serve(pipe: Connection, config: WorkerConfig) -> None:
    """Run jobs until the pipe closes; a job's exception is its reply."""
    from formflow.pipeline.jobs.worker_context import WorkerContext  # in the worker only
    from formflow.readers.sandbox import Shortage

    logging.getLogger().setLevel(logging.ERROR)  # pdfminer warns about every second PDF
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # qpdf tells of every repair
    warnings.simplefilter("ignore")
    worker_context = WorkerContext(config.settings)
    worker_context.preload(config.preload)
    pipe.send(Ready(os.getpid()))
    while True:
        try:
            assignment = pipe.recv()
        except (EOFError, OSError):
            raise
        except Exception as caught:  # a program that is being exchanged under its running processes
            pipe.send_bytes(packed(None, portable(Shortage(f"{type(caught).__name__}: {caught}"))))
            return
        if isinstance(assignment, FormsUpdate):
            worker_context.set_forms(assignment.forms)
            continue
        result: Any = None
        error: BaseException | None = None
        worker_context.apply_limits(config.parent, assignment.seconds)
        try:
            result = assignment.job.run(worker_context)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as caught:  # a library written in Rust panics with what is no Exception
            error = _told(caught, worker_context)
        pipe.send_bytes(packed(result, error))
        del assignment, result, error


_FILES_OWN = frozenset(
    ("encrypted", "xfa", "no-office", "no-text", "mixed", "timeout", "unsupported", "empty")
)
"""Refusals that need no machine to be short of anything."""


def _told(error: BaseException, worker_context: WorkerContext) -> BaseException:
    """The error as it travels: the file's own, or that the machine has run out of something meanwhile."""
    from formflow.readers.sandbox import Shortage, shortage  # in the worker only

    if not (isinstance(error, ReadError) and error.code in _FILES_OWN):
        lacking = shortage(error, worker_context.limits)
        if lacking:
            return portable(Shortage(lacking))
    return portable(error)


def packed(result: Any, error: BaseException | None) -> bytes:
    """The reply to a job as it travels; what is too large for the parent, or cannot travel, becomes an error."""
    held = resident_bytes(), peak_bytes()
    try:
        reply = pickle.dumps(Reply(result, error, *held), pickle.HIGHEST_PROTOCOL)
        if len(reply) <= MAX_REPLY_BYTES:
            return reply
        refusal: BaseException = ReadError("too-large", f"{len(reply)} bytes were read from it")
    except (MemoryError, RecursionError) as caught:
        refusal = ReadError("too-large", f"what was read from it: {type(caught).__name__}")
    except Exception as caught:
        refusal = portable(caught)
    return pickle.dumps(Reply(None, refusal, *held), pickle.HIGHEST_PROTOCOL)


def portable(error: BaseException) -> BaseException:
    """The error in a form that survives pickling, with its trace for the log as a note."""
    trace = "".join(traceback.format_exception(error))
    try:
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
        if type(copy) is type(error) and str(copy) == str(error):
            error.__traceback__ = None
            error.__cause__ = error.__context__ = None
            error.add_note(trace)
            return error
    except Exception:  # noqa: S110 - whatever cannot travel is told in words below
        pass
    return FormflowError(same(f"{type(error).__name__}: {error}\n{trace}"), code="worker")


def resident_bytes() -> int:
    """Resident memory of this process now; its peak where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return peak_bytes()
    return pages * os.sysconf("SC_PAGE_SIZE")


def peak_bytes() -> int:
    """Largest resident memory of this process so far.

    Linux hands the peak that getrusage tells down through fork and exec: a large parent's would be taken for ours.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    import resource  # not on every system

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _die_with(parent: int) -> None:
    """End when the parent ends; the sandbox asks the kernel for the same once a job is under way."""
    if os.getppid() != parent:
        os._exit(0)
    threading.Thread(target=_watch_parent, args=(parent,), daemon=True).start()


def _watch_parent(parent: int) -> None:
    """Look now and then whether the parent lives: the pipe's end is only seen between jobs."""
    while os.getppid() == parent:
        time.sleep(2)
    os._exit(0)
