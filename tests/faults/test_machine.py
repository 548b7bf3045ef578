"""The machine's fault is no file's: what cannot be read now stays received, is said once, and is read later."""

from __future__ import annotations

import os
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.support.workspace import Workspace, children, wait_for, wait_until_idle

from formflow.pipeline.context import open_store

INJECTED = """
import errno, os, subprocess
from pathlib import Path

_start = subprocess.Popen.__init__

def start(self, *arguments, **more):
    if Path(os.environ["NO_PROCESS"]).exists():
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
    _start(self, *arguments, **more)

subprocess.Popen.__init__ = start

if "BREAKS" in os.environ:
    from formflow.engine.pool import Pool
    _assign = Pool._assign

    def assign(self):
        if Path(os.environ["BREAKS"]).exists():
            raise ZeroDivisionError("unforeseen")
        _assign(self)

    Pool._assign = assign
"""


class Machine:
    """A machine on which a test lets things fail by laying a file."""

    def __init__(self, folder: Path, workspace: Workspace) -> None:
        self._workspace = workspace
        self.no_process, self.breaks = folder / "no-process", folder / "breaks"
        (folder / "sitecustomize.py").write_text(INJECTED)
        self._path = str(folder)

    def run(self):
        """`run`, which watches."""
        running = self._workspace.start(
            "run", PYTHONPATH=self._path, NO_PROCESS=str(self.no_process), BREAKS=str(self.breaks)
        )
        wait_for(lambda: "watching" in self._workspace.log(), running, self._workspace)
        return running


@pytest.fixture
def machine(tmp_path: Path, workspace: Workspace) -> Machine:
    folder = tmp_path / "injected"
    folder.mkdir()
    return Machine(folder, workspace)


def states(workspace: Workspace) -> dict[str, int]:
    with closing(open_store(workspace.settings)) as store:
        return {state.value: count for state, count in store.submissions.counts().items() if count}


def test_where_no_process_can_be_started_files_wait_it_is_said_once_and_they_are_read_later(
    workspace, two_hundred, machine
):
    running = machine.run()
    machine.no_process.touch()
    for worker in children(running.pid):
        os.kill(worker, signal.SIGKILL)
    workspace.drop(two_hundred[:4])
    wait_for(lambda: "worker processes cannot be started" in workspace.log(), running, workspace)
    wait_for(lambda: {"received": 4} == states(workspace), running, workspace)
    machine.no_process.unlink()
    wait_until_idle(workspace, running)
    running.send_signal(signal.SIGTERM)

    assert 0 == running.wait(timeout=10)
    assert 1 == workspace.log().count("worker processes cannot be started")
    assert 4 <= workspace.assert_whole(two_hundred[:4])
    assert not (workspace.inbox / ".failed").exists()


def test_a_supervisor_that_ends_ends_run_with_a_status_that_has_it_started_anew(
    workspace, two_hundred, machine
):
    running = machine.run()
    machine.breaks.touch()
    workspace.drop(two_hundred[:2])

    assert 6 == running.wait(timeout=20)
    assert "the supervisor of the worker processes ended unexpectedly" in workspace.log()
    machine.breaks.unlink()
    assert 0 == workspace.run("process", str(workspace.inbox)), workspace.log()
    assert 2 <= workspace.assert_whole(two_hundred[:2])


def test_sigterm_ends_run_within_ten_seconds_whatever_its_workers_do(workspace, two_hundred, machine):
    running = machine.run()
    stopped = children(running.pid)
    for worker in stopped:
        os.kill(worker, signal.SIGSTOP)
    workspace.drop(two_hundred[:6])
    wait_for(lambda: states(workspace).get("received"), running, workspace)
    begun = time.monotonic()
    running.send_signal(signal.SIGTERM)

    assert 0 == running.wait(timeout=20), workspace.log()
    assert time.monotonic() - begun < 10
    assert 0 == workspace.run("process", str(workspace.inbox)), workspace.log()
    assert 6 <= workspace.assert_whole(two_hundred[:6])


def test_workers_that_are_killed_again_and_again_cost_no_file(workspace, two_hundred, machine):
    running = machine.run()
    workspace.drop(two_hundred[:20])
    for _ in range(6):
        time.sleep(0.3)
        for worker in children(running.pid):
            os.kill(worker, signal.SIGKILL)
    wait_until_idle(workspace, running)
    running.send_signal(signal.SIGTERM)

    assert 0 == running.wait(timeout=10)
    assert 20 <= workspace.assert_whole(two_hundred[:20])
    assert not (workspace.inbox / ".failed").exists()
