"""A worker process as its parent sees it: started, given a job, killed."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe

from formflow.engine.task import Task
from formflow.engine.worker import WorkerConfig


@dataclass(slots=True, eq=False)
class WorkerProcess:
    """A worker process and what it is doing.

    Attributes:
        pipe: Messages to it and from it; closed at the other end once it is dead.
        task: The job in its hands.
        deadline: When that job is looked at, by the monotonic clock, in seconds.
        ready: It has told that it is up.
        has_forms: The forms have been sent to it.
        jobs: Jobs that it has done.
    """

    process: subprocess.Popen[bytes]
    pipe: Connection
    task: Task | None = None
    deadline: float = float("inf")
    ready: bool = False
    has_forms: bool = False
    jobs: int = 0

    @classmethod
    def start(cls, config: WorkerConfig) -> WorkerProcess:
        """Start a process and send it its configuration.

        Raises:
            OSError, MemoryError: The system starts no process.
        """
        ours, theirs = Pipe()
        started = False
        try:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-c", f"from formflow.engine.worker import main; main({theirs.fileno()})"],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
            started = True
        finally:
            theirs.close()
            if not started:
                ours.close()
        with contextlib.suppress(OSError):
            ours.send(config)
        return cls(process, ours)

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait()
        self.pipe.close()
