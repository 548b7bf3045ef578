"""The pool: deadlines, deaths, replacement, no orphans."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from formflow.engine.pool import Pool
from formflow.engine.task import WorkerLost
from formflow.engine.worker import WorkerConfig
from formflow.errors import ReadError, StoreError
from formflow.settings import Settings

JOBS = """
import os, signal, time
from dataclasses import dataclass
from pathlib import Path
from formflow.errors import ReadError

@dataclass
class Echo:
    value: object
    def run(self, bench): return self.value

@dataclass
class Pid:
    def run(self, bench): return os.getpid()

@dataclass
class Sleep:
    seconds: float
    def run(self, bench): time.sleep(self.seconds); return os.getpid()

@dataclass
class Work:
    # Uses that much processor time.
    seconds: float
    def run(self, bench):
        until = time.process_time() + self.seconds
        while time.process_time() < until: pass
        return "done"

@dataclass
class WorkApart:
    # The same in a child process, while this one waits.
    seconds: float
    def run(self, bench):
        import subprocess, sys
        code = f"import time\\nu = time.process_time() + {self.seconds}\\nwhile time.process_time() < u: pass"
        subprocess.run([sys.executable, "-c", code])
        return "done"

@dataclass
class Die:
    def run(self, bench): os.kill(os.getpid(), signal.SIGSEGV)

@dataclass
class Killed:
    # Its worker is killed from outside, so many times.
    marks: Path
    times: int
    def run(self, bench):
        self.marks.mkdir(exist_ok=True)
        done = len(list(self.marks.iterdir()))
        if done < self.times:
            (self.marks / str(done)).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return "lived"

@dataclass
class DieOnce:
    mark: Path
    def run(self, bench):
        if not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return "lived"

@dataclass
class Refuse:
    def run(self, bench): raise ReadError("encrypted", "detail")

@dataclass
class Stumble:
    def run(self, bench): return {}["nothing"]

@dataclass
class Chatter:
    def run(self, bench): print("noise"); return 1
"""


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A module of jobs that both sides can import."""
    (tmp_path / "pool_jobs.py").write_text(JOBS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    sys.modules.pop("pool_jobs", None)
    import pool_jobs

    yield pool_jobs
    sys.modules.pop("pool_jobs", None)


@pytest.fixture
def pool(tmp_path: Path, jobs) -> Iterator[Pool]:
    with Pool(2, config_of(tmp_path), recycle_jobs=5) as pool:
        yield pool


def config_of(workspace: Path) -> WorkerConfig:
    return WorkerConfig(settings=Settings(workspace=workspace), parent=os.getpid())


def gone(pid: int, within: float = 5.0) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_job_comes_back_with_its_result(pool, jobs):
    futures = [pool.submit(jobs.Echo(n), seconds=10) for n in range(12)]

    assert list(range(12)) == [future.result(20) for future in futures]


def test_an_error_of_the_job_comes_back_as_itself(pool, jobs):
    with pytest.raises(ReadError) as caught:
        pool.submit(jobs.Refuse(), seconds=10).result(20)

    assert ("encrypted", "detail") == (caught.value.code, caught.value.detail)


def test_an_unforeseen_error_comes_back_too(pool, jobs):
    with pytest.raises(KeyError):
        pool.submit(jobs.Stumble(), seconds=10).result(20)


def test_a_job_past_its_deadline_is_killed_and_the_next_one_is_done(pool, jobs):
    with pytest.raises(WorkerLost) as caught:
        pool.submit(jobs.Work(60), seconds=0.3).result(20)

    assert "timeout" == caught.value.code
    assert 1 == pool.submit(jobs.Echo(1), seconds=10).result(20)


def test_the_processor_time_of_a_workers_children_counts(pool, jobs):
    with pytest.raises(WorkerLost) as caught:
        pool.submit(jobs.WorkApart(60), seconds=0.5).result(30)

    assert "timeout" == caught.value.code


def test_a_job_that_waits_for_a_busy_machine_is_not_refused(pool, jobs):
    assert pool.submit(jobs.Sleep(1.5), seconds=0.3, wall=30).result(20)


def test_a_job_that_uses_no_time_and_never_ends_is_given_out_twice_and_then_stalled(pool, jobs):
    with pytest.raises(WorkerLost) as caught:
        pool.submit(jobs.Sleep(60), seconds=5, wall=0.3).result(20)

    assert "stalled" == caught.value.code
    assert "2 times" in str(caught.value)


def test_a_job_that_kills_its_worker_twice_is_blamed(pool, jobs):
    with pytest.raises(WorkerLost) as caught:
        pool.submit(jobs.Die(), seconds=10).result(20)

    assert "crashed" == caught.value.code


def test_a_worker_that_dies_once_costs_nobody_their_job(pool, jobs, tmp_path):
    assert "lived" == pool.submit(jobs.DieOnce(tmp_path / "mark"), seconds=10).result(20)


def test_a_job_whose_worker_is_killed_from_outside_is_given_to_another(pool, jobs, tmp_path):
    assert "lived" == pool.submit(jobs.Killed(tmp_path / "marks", 4), seconds=10).result(30)


def test_a_job_whose_workers_are_all_killed_is_left_for_later_and_not_blamed(pool, jobs, tmp_path):
    with pytest.raises(StoreError) as caught:
        pool.submit(jobs.Killed(tmp_path / "marks", 99), seconds=10).result(30)

    assert "killed" == caught.value.code


def test_processes_that_cannot_be_started_are_waited_for_and_told_once(tmp_path, jobs, monkeypatch):
    real, refusals, told = subprocess.Popen, iter(range(3)), []

    def refuse(*arguments, **options):
        if next(refusals, None) is not None:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return real(*arguments, **options)

    monkeypatch.setattr("formflow.engine.starting.PAUSES", (0.05,))
    monkeypatch.setattr("formflow.engine.worker_process.subprocess.Popen", refuse)
    with Pool(1, config_of(tmp_path), tell=told.append) as pool:
        assert 1 == pool.submit(jobs.Echo(1), seconds=10).result(20)

    assert ["machine"] == [error.code for error in told]
    assert "Resource temporarily unavailable" in told[0].english


def test_workers_that_die_at_their_start_leave_what_waits_for_later(tmp_path, jobs, monkeypatch):
    monkeypatch.setattr("formflow.engine.starting.PAUSES", (0.05,))
    monkeypatch.setattr("formflow.engine.worker_process.sys.executable", "/bin/false")
    told = []
    with Pool(1, config_of(tmp_path), tell=told.append) as pool:
        with pytest.raises(StoreError) as caught:
            pool.submit(jobs.Echo(1), seconds=10).result(20)
        monkeypatch.undo()
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

        assert "machine" == caught.value.code
        assert 1 == pool.submit(jobs.Echo(1), seconds=10).result(40)
    assert 1 == len(told)


def test_a_supervisor_that_ends_fails_every_job_and_takes_no_more(tmp_path, jobs, monkeypatch):
    def stumble(self):
        raise RuntimeError("unexpected")

    pool = Pool(1, config_of(tmp_path))
    running = pool.submit(jobs.Sleep(30), seconds=60)
    waiting = pool.submit(jobs.Echo(1), seconds=10)
    time.sleep(0.2)
    monkeypatch.setattr(Pool, "_assign", stumble)
    pool.warm()

    for future in (running, waiting):
        with pytest.raises(StoreError):
            future.result(10)
    with pytest.raises(StoreError, match="supervisor"):
        pool.submit(jobs.Echo(1), seconds=10)
    pool.close()


def test_a_worker_is_replaced_after_its_number_of_jobs(pool, jobs):
    pids = [pool.submit(jobs.Pid(), seconds=10).result(20) for _ in range(12)]

    assert len(set(pids)) >= 2


def test_closing_the_pool_leaves_no_process_behind(tmp_path, jobs):
    pool = Pool(2, config_of(tmp_path))
    pid = pool.submit(jobs.Pid(), seconds=10).result(20)
    pool.close()

    assert gone(pid)


def test_what_a_job_prints_never_reaches_standard_output(pool, jobs, capfd):
    pool.submit(jobs.Chatter(), seconds=10).result(20)

    assert "" == capfd.readouterr().out


def test_workers_die_with_a_parent_that_is_killed_in_the_middle_of_their_job(tmp_path, jobs):
    script = f"""
import os, time
from pathlib import Path
from formflow.engine.pool import Pool
from formflow.engine.worker import WorkerConfig
from formflow.settings import Settings
from pool_jobs import Pid, Sleep
pool = Pool(1, WorkerConfig(settings=Settings(workspace=Path({str(tmp_path)!r})), parent=os.getpid()))
print(pool.submit(Pid(), seconds=10).result(), flush=True)
pool.submit(Sleep(60), seconds=120)
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    time.sleep(0.2)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()

    assert gone(worker)
