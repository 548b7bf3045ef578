"""A small supervised pool of worker processes.

The standard library's executors leave orphans when their parent is killed and lose the whole pool when
one worker dies. Here each worker talks over its own pipe, is watched by a deadline, dies with its
parent, and is replaced by itself. Workers are started by one thread that lives as long as the pool:
Linux ties the parent-death signal to the *thread* that forked.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing.connection import Pipe, wait
from typing import Any

from formflow.engine.processor import processor_seconds
from formflow.engine.starting import Starting
from formflow.engine.task import WALL, Task, WorkerLost, closed, out_of_order
from formflow.engine.worker import Assignment, FormsUpdate, Ready, Reply, WorkerConfig
from formflow.engine.worker_process import WorkerProcess
from formflow.errors import FormflowError, StoreError
from formflow.messages import Bilingual
from formflow.messages import engine as messages

TRIES = 2
"""How often a job is given out before a worker that keeps dying, or comes to nothing, is blamed on the job."""

TRIES_KILLED = 5
"""How often a job is given out whose worker was killed from outside, before it is left for later."""

_LOOK_SECONDS = 0.05
"""A job near its limit is looked at again no sooner than this."""

_FROM_OUTSIDE = frozenset((-signal.SIGKILL, -signal.SIGTERM, -signal.SIGHUP))
"""How a worker ends that somebody, or the system for want of memory, has killed: no file does that."""

_CLOSE_SECONDS = 5.0
"""How long the end of the supervisor is waited for; a daemon's thread ends with the process in any case."""

_DEATH_SECONDS = 1.0
"""How long the exit status of a worker is waited for whose pipe has closed."""

_RETRY_WITHIN = 0.25
"""A worker that dies later in its job's time than this share was most likely killed by the job: no second try."""


class Pool:
    """Runs jobs in at most `count` worker processes, started when there is work.

    Args:
        count: Worker processes.
        config: What every worker needs to know; sent to it once.
        recycle_jobs: Jobs after which a worker is replaced.
        recycle_bytes: Resident memory at which a worker is replaced once its job is done.
        tell: Called once when workers do not start, until they do again; in the pool's own thread.
    """

    def __init__(
        self,
        count: int,
        config: WorkerConfig,
        *,
        recycle_jobs: int = 500,
        recycle_bytes: int = 200_000_000,
        tell: Callable[[StoreError], None] = lambda _: None,
    ) -> None:
        self._count = max(1, count)
        self._config = config
        self._recycle_jobs = recycle_jobs
        self._recycle_bytes = recycle_bytes
        self._queue: deque[Task] = deque()
        self._lock = threading.Lock()
        self._workers: list[WorkerProcess] = []
        self._starting = Starting(tell, patience=2 * self._count)
        self._broken: StoreError | None = None
        self._closing = False
        self._wanted = 0
        self._forms_update: FormsUpdate | None = None
        self._listen, self._wake_pipe = Pipe(duplex=False)
        self.worker_peak = 0
        """Largest resident memory any worker has had, in bytes."""
        self._thread = threading.Thread(target=self._supervise, name="formflow-pool", daemon=True)
        self._thread.start()

    def submit(self, job: Any, *, seconds: float, wall: float | None = None) -> Future[Any]:
        """Queue a job: a picklable object with `run(worker_context)`.

        Args:
            seconds: Processor time, its worker's children with it, after which that worker is killed.
            wall: The same by the clock on the wall; default: `WALL` times `seconds`.
        Returns:
            A future of the job's result; it may raise `WorkerLost`, a `StoreError` where the machine is at fault, or
            what the job raised.
        Raises:
            StoreError: The pool's supervisor has ended; nothing will be done any more.
        """
        task = Task(job, seconds, WALL * seconds if wall is None else wall)
        with self._lock:
            self.check()
            if self._closing:
                raise closed()
            self._queue.append(task)
        self._wake()
        return task.future

    def check(self) -> None:
        """Whether work can still be done.

        Raises:
            StoreError: The pool's supervisor has ended unexpectedly.
        """
        if self._broken is not None:
            raise self._broken

    def set_forms(self, update: FormsUpdate) -> None:
        """Tell every worker the forms before its next job."""
        self._forms_update = update

    def warm(self, jobs: int | None = None) -> None:
        """Start workers now, as many as that many jobs need, so that the first file does not wait for imports."""
        self._wanted = self._count if jobs is None else min(self._count, jobs)
        self._wake()

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
        self._wake()
        self._thread.join(_CLOSE_SECONDS)
        if not self._thread.is_alive():
            self._listen.close()
            self._wake_pipe.close()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- in the supervisor's thread ---------------------------------------------------------------

    def _supervise(self) -> None:
        try:
            while not self._closing:
                self._start_workers()
                self._assign()
                self._listen_once()
        except BaseException as caught:  # nobody else would ever learn of it, and everybody would wait
            self._broken = out_of_order(messages.SUPERVISOR_ENDED(caught=caught))
        error: FormflowError = self._broken or closed()
        for worker in self._workers:
            with contextlib.suppress(OSError):
                worker.kill()
            if worker.task:
                worker.task.future.cancel()
                _settle(worker.task.future, error)
        with self._lock:
            queued, self._queue = list(self._queue), deque()
        for task in queued:
            if self._broken is None:
                task.future.cancel()
            _settle(task.future, error)
        if self._broken is not None:
            self._starting.tell(self._broken)

    def _listen_once(self) -> None:
        by_pipe = {worker.pipe: worker for worker in self._workers}
        soonest = min((worker.deadline for worker in self._workers), default=float("inf"))
        if self._starting.at > time.monotonic():
            soonest = min(soonest, self._starting.at)
        patience = None if soonest == float("inf") else max(0.0, soonest - time.monotonic())
        for ready in wait([self._listen, *by_pipe], patience):
            if ready is self._listen:
                self._listen.recv_bytes()
            else:
                self._on_message(by_pipe[ready])  # type: ignore[index]
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.deadline <= now]:
            self._look_at(worker, now)

    def _look_at(self, worker: WorkerProcess, now: float) -> None:
        """A job has had its time by the clock: whether it has used it, or waited for a busy machine."""
        task = worker.task
        assert task is not None  # noqa: S101 - only a worker with a task has a deadline
        spent = processor_seconds(worker.process.pid)
        used = now - task.began if spent is None else spent - task.before
        if used >= task.seconds:
            self._stop_worker(worker)
            told = messages.TOO_MUCH_TIME(used=used, seconds=task.seconds)
            _settle(task.future, WorkerLost(told, code="timeout"))
        elif now - task.began < task.wall:
            again = now + max(_LOOK_SECONDS, task.seconds - used)
            worker.deadline = min(again, task.began + task.wall)
        else:
            self._stop_worker(worker)
            self._again(task, messages.STALLED(wall=task.wall, used=used, tries=task.tries), "stalled")

    def _again(self, task: Task, told: Bilingual, code: str) -> None:
        """Give a job out once more, behind all others; or blame it."""
        if task.tries < TRIES:
            with self._lock:
                self._queue.append(task)
        else:
            _settle(task.future, WorkerLost(told, code=code))

    def _start_workers(self) -> None:
        """Start workers while there is more work than idle workers."""
        idle = sum(1 for worker in self._workers if worker.task is None)
        with self._lock:
            wanted = max(self._wanted, len(self._workers) - idle + len(self._queue))
        while len(self._workers) < min(self._count, wanted) and time.monotonic() >= self._starting.at:
            try:
                self._workers.append(WorkerProcess.start(self._config))
            except (OSError, MemoryError) as error:
                self._starting.refused(error)

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
            task.before = processor_seconds(worker.process.pid) or 0.0
            worker.deadline = task.began + task.seconds
            with contextlib.suppress(OSError):  # its death is noticed at the pipe's end
                if self._forms_update is not None and not worker.has_forms:
                    worker.pipe.send(self._forms_update)
                    worker.has_forms = True
                worker.pipe.send(Assignment(task.job, task.seconds))

    def _on_message(self, worker: WorkerProcess) -> None:
        try:
            message = worker.pipe.recv()
        except Exception:  # its end, or bytes that a dying worker cut short
            self._on_death(worker)
            return
        if isinstance(message, Ready):
            worker.ready = True
            self._starting.succeeded()
            return
        reply: Reply = message
        task, worker.task, worker.deadline = worker.task, None, float("inf")
        worker.jobs += 1
        self.worker_peak = max(self.worker_peak, reply.peak_bytes)
        if worker.jobs >= self._recycle_jobs or reply.resident_bytes >= self._recycle_bytes:
            self._stop_worker(worker)
        if task is not None:
            _settle(task.future, reply.error, reply.result)

    def _on_death(self, worker: WorkerProcess) -> None:
        """A worker died by itself: give its job to another, or blame the job."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.process.wait(_DEATH_SECONDS)  # how it ended is known only then
        self._stop_worker(worker)
        task = worker.task
        killed = worker.process.returncode in _FROM_OUTSIDE
        if task is None:
            if not worker.ready:
                self._give_up_starting()
        elif task.tries < (TRIES_KILLED if killed else TRIES) and (
            killed or time.monotonic() - task.began < _RETRY_WITHIN * task.seconds
        ):
            with self._lock:
                self._queue.appendleft(task)
        elif killed:
            _settle(
                task.future,
                out_of_order(messages.WORKER_KILLED(tries=task.tries), code="killed"),
            )
        else:
            _settle(task.future, WorkerLost(messages.WORKER_DIED(tries=task.tries), code="crashed"))

    def _give_up_starting(self) -> None:
        """Workers that die before their first job: what waits for them is left for later, and they are tried again."""
        if not self._starting.died():
            return
        self._wanted = 0
        with self._lock:
            tasks, self._queue = list(self._queue), deque()
        for task in tasks:
            _settle(
                task.future,
                out_of_order(messages.WORKERS_DO_NOT_START()),
            )

    def _stop_worker(self, worker: WorkerProcess) -> None:
        self._workers.remove(worker)
        worker.kill()

    def _wake(self) -> None:
        with contextlib.suppress(OSError):
            self._wake_pipe.send_bytes(b"!")


def _settle(future: Future[Any], error: BaseException | None, result: Any = None) -> None:
    if future.done():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
