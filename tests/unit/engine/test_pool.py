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

from formflow.engine.pool import Pool, WorkerLost
from formflow.engine.worker import WorkerConfig
from formflow.errors import ReadError
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
class Die:
    def run(self, bench): os.kill(os.getpid(), signal.SIGKILL)

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
        pool.submit(jobs.Sleep(60), seconds=0.3).result(20)

    assert "timeout" == caught.value.code
    assert 1 == pool.submit(jobs.Echo(1), seconds=10).result(20)


def test_a_job_that_kills_its_worker_twice_is_blamed(pool, jobs):
    with pytest.raises(WorkerLost) as caught:
        pool.submit(jobs.Die(), seconds=10).result(20)

    assert "crashed" == caught.value.code


def test_a_worker_that_dies_once_costs_nobody_their_job(pool, jobs, tmp_path):
    assert "lived" == pool.submit(jobs.DieOnce(tmp_path / "mark"), seconds=10).result(20)


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
