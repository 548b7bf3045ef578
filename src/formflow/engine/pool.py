"""A small supervised pool of worker processes.

The standard library's executors leave orphans when their parent is killed and lose the whole pool when
one worker dies. Here each worker talks over its own pipe, is watched by a deadline, dies with its
parent, and is replaced by itself. Workers are started by one thread that lives as long as the pool:
Linux ties the parent-death signal to the *thread* that forked.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any

from formflow.engine.worker import Briefing, Hello, Order, Reply, WorkerConfig
from formflow.errors import FormflowError

TRIES = 2
"""How often a job is given out before a worker that keeps dying is blamed on the job."""

_RETRY_WITHIN = 0.25
"""A worker that dies later in its job's time than this share was most likely killed by the job: no second try."""


class WorkerLost(FormflowError):
    """A worker process died, or ran past its deadline, with a job in hand.

    Attributes:
        code: `timeout` or `crashed`.
    """


@dataclass(slots=True, eq=False)
class Task:
    """A job on its way: what to do, how long it may take, who waits for it."""

    job: Any
    seconds: float
    future: Future[Any] = field(default_factory=Future)
    tries: int = 0
    began: float = 0.0


@dataclass(slots=True, eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    pipe: Connection
    task: Task | None = None
    deadline: float = float("inf")
    ready: bool = False
    briefed: bool = False
    jobs: int = 0
    peak: int = 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.pipe.close()


class Pool:
    """Runs jobs in at most `count` worker processes, started when there is work.

    Args:
        count: Worker processes.
        config: What every worker needs to know; sent to it once.
        recycle_jobs: Jobs after which a worker is replaced.
        recycle_bytes: Resident memory at which a worker is replaced once its job is done.
    """

    def __init__(
        self, count: int, config: WorkerConfig, *, recycle_jobs: int = 500, recycle_bytes: int = 200_000_000
    ) -> None:
        self._count = max(1, count)
        self._config = config
        self._recycle_jobs = recycle_jobs
        self._recycle_bytes = recycle_bytes
        self._queue: deque[Task] = deque()
        self._lock = threading.Lock()
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._closing = False
        self._wanted = 0
        self._briefing: Briefing | None = None
        self._listen, self._wake = Pipe(duplex=False)
        self.worker_peak = 0
        """Largest resident memory any worker has had, in bytes."""
        self._thread = threading.Thread(target=self._supervise, name="formflow-pool", daemon=True)
        self._thread.start()

    def submit(self, job: Any, *, seconds: float) -> Future[Any]:
        """Queue a job: a picklable object with `run(bench)`.

        Args:
            seconds: Time from its start in a worker after which that worker is killed.
        Returns:
            A future of the job's result; it may raise `WorkerLost` or what the job raised.
        """
        task = Task(job, seconds)
        with self._lock:
            if self._closing:
                raise FormflowError("the worker pool is closed", code="closed")
            self._queue.append(task)
        self._nudge()
        return task.future

    def brief(self, briefing: Briefing) -> None:
        """Tell every worker the forms before its next job."""
        self._briefing = briefing

    def warm(self, jobs: int | None = None) -> None:
        """Start workers now, as many as that many jobs need, so that the first file does not wait for imports."""
        self._wanted = self._count if jobs is None else min(self._count, jobs)
        self._nudge()

    @property
    def pids(self) -> list[int]:
        """Process ids of the living workers."""
        return [worker.process.pid for worker in tuple(self._workers) if worker.process.poll() is None]

    def close(self) -> None:
        """Stop every worker; what is still queued is cancelled."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
        self._nudge()
        self._thread.join()
        self._listen.close()
        self._wake.close()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- in the supervisor's thread ---------------------------------------------------------------

    def _supervise(self) -> None:
        while not self._closing:
            self._staff()
            self._assign()
            self._listen_once()
        for worker in self._workers:
            worker.kill()
            if worker.task:
                worker.task.future.cancel()
                _settle(worker.task.future, WorkerLost("the worker pool was closed", code="closed"))
        for task in self._queue:
            task.future.cancel()

    def _listen_once(self) -> None:
        by_pipe = {worker.pipe: worker for worker in self._workers}
        soonest = min((worker.deadline for worker in self._workers), default=float("inf"))
        patience = None if soonest == float("inf") else max(0.0, soonest - time.monotonic())
        for ready in wait([self._listen, *by_pipe], patience):
            if ready is self._listen:
                self._listen.recv_bytes()
            else:
                self._hear(by_pipe[ready])  # type: ignore[index]
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.deadline <= now]:
            self._dismiss(worker)
            assert worker.task is not None  # noqa: S101 - only a worker with a task has a deadline
            _settle(worker.task.future, WorkerLost("a job ran past its deadline", code="timeout"))

    def _staff(self) -> None:
        """Start workers while there is more work than hands."""
        idle = sum(1 for worker in self._workers if worker.task is None)
        with self._lock:
            wanted = max(self._wanted, len(self._workers) - idle + len(self._queue))
        while len(self._workers) < min(self._count, wanted):
            self._workers.append(self._start())

    def _start(self) -> _Worker:
        ours, theirs = Pipe()
        try:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-c", f"from formflow.engine.worker import main; main({theirs.fileno()})"],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        finally:
            theirs.close()
        with contextlib.suppress(OSError):
            ours.send(self._config)
        return _Worker(process, ours)

    def _assign(self) -> None:
        for worker in [worker for worker in self._workers if worker.ready and worker.task is None]:
            with self._lock:
                task = self._queue.popleft() if self._queue else None
            if task is None:
                return
            if task.tries == 0 and not task.future.set_running_or_notify_cancel():
                continue
            task.tries += 1
            worker.task = task
            task.began = time.monotonic()
            worker.deadline = task.began + task.seconds
            with contextlib.suppress(OSError):  # its death is noticed at the pipe's end
                if self._briefing is not None and not worker.briefed:
                    worker.pipe.send(self._briefing)
                    worker.briefed = True
                worker.pipe.send(Order(task.job, task.seconds))

    def _hear(self, worker: _Worker) -> None:
        try:
            message = worker.pipe.recv()
        except Exception:  # its end, or bytes that a dying worker cut short
            self._mourn(worker)
            return
        if isinstance(message, Hello):
            worker.ready = True
            self._failed_starts = 0
            return
        reply: Reply = message
        task, worker.task, worker.deadline = worker.task, None, float("inf")
        worker.jobs += 1
        self.worker_peak = max(self.worker_peak, reply.peak_bytes)
        if worker.jobs >= self._recycle_jobs or reply.resident_bytes >= self._recycle_bytes:
            self._dismiss(worker)
        if task is not None:
            _settle(task.future, reply.error, reply.result)

    def _mourn(self, worker: _Worker) -> None:
        """A worker died by itself: give its job to another, or blame the job."""
        self._dismiss(worker)
        task = worker.task
        if task is None:
            if not worker.ready:
                self._give_up_starting()
        elif task.tries < TRIES and time.monotonic() - task.began < _RETRY_WITHIN * task.seconds:
            with self._lock:
                self._queue.appendleft(task)
        else:
            _settle(
                task.future, WorkerLost(f"the worker died over a job, {task.tries} time(s)", code="crashed")
            )

    def _give_up_starting(self) -> None:
        """Workers that cannot even start must not be started for ever."""
        self._failed_starts += 1
        if self._failed_starts < 2 * self._count + 1:
            return
        self._wanted = 0
        with self._lock:
            tasks, self._queue = list(self._queue), deque()
        for task in tasks:
            _settle(task.future, WorkerLost("worker processes do not start", code="crashed"))

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.kill()

    def _nudge(self) -> None:
        with contextlib.suppress(OSError):
            self._wake.send_bytes(b"!")


def _settle(future: Future[Any], error: BaseException | None, result: Any = None) -> None:
    if future.done():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
