"""kill -9 at any moment: every file accounted for, numbers without gap, nothing lost, no orphan process."""

from __future__ import annotations

import random
import signal
import time

import pytest
from tests.support.workspace import Workspace, children, gone, wait_for, wait_until_idle

KILLS = 8


def kill(process) -> None:
    """Kill the parent alone; its workers must end by themselves."""
    workers = children(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert all(gone(worker) for worker in workers)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_process_killed_at_random_moments_loses_and_doubles_nothing(workspace: Workspace, two_hundred, seed):
    dice = random.Random(seed)
    workspace.drop(two_hundred)
    for _ in range(KILLS):
        process = workspace.start("process", str(workspace.inbox), "--json")
        time.sleep(dice.uniform(0.4, 2.5))
        kill(process)
    assert 0 == workspace.run("process", str(workspace.inbox), "--json"), workspace.log()

    assert workspace.assert_whole(two_hundred) >= len(two_hundred)


def test_run_killed_at_random_moments_loses_and_doubles_nothing(workspace: Workspace, two_hundred):
    dice = random.Random(4)
    files = two_hundred[:100]
    workspace.drop(files)
    for _ in range(KILLS):
        process = workspace.start("run")
        time.sleep(dice.uniform(0.8, 2.5))
        kill(process)
    started = workspace.log().count("watching")
    process = workspace.start("run")
    try:
        # A process that is told to stop before it listens just ends; wait until it says that it watches.
        wait_for(lambda: workspace.log().count("watching") > started, process, workspace)
        wait_until_idle(workspace, process)
    finally:
        process.send_signal(signal.SIGTERM)
        assert 0 == process.wait(timeout=60), workspace.log()

    assert workspace.assert_whole(files) >= len(files)
