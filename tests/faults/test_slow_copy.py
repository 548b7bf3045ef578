"""A file that is copied slowly, with a restart in between, is taken once and whole."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest
from tests.support.workspace import Workspace, wait_until_idle

SCAN = 0.3


@pytest.mark.parametrize("held_open", [True, False], ids=["held open", "opened anew for each half"])
@pytest.mark.parametrize("index", [0, 1, 3], ids=["docx", "xlsx", "csv"])
def test_two_halves_with_long_pauses_and_a_restart_between_them_are_one_file(
    workspace: Workspace, two_hundred, index: int, held_open: bool
):
    form = two_hundred[index]
    content = form.read_bytes()
    half = len(content) // 2 + 7
    path = workspace.inbox / form.name
    process = watching(workspace, 1)
    writer = path.open("wb")
    writer.write(content[:half])
    writer.flush()
    if not held_open:
        writer.close()
    time.sleep(4 * SCAN)
    process.send_signal(signal.SIGTERM)
    assert 0 == process.wait(timeout=60), workspace.log()
    process = watching(workspace, 2)
    time.sleep(4 * SCAN)
    assert path.read_bytes() == content[:half], "half a file was taken"
    if not held_open:
        writer = path.open("ab")
    writer.write(content[half:])
    writer.close()
    wait_until_idle(workspace, process)
    process.send_signal(signal.SIGTERM)

    assert 0 == process.wait(timeout=60), workspace.log()
    assert workspace.assert_whole([form]) >= 1
    assert not list(Path(workspace.inbox).rglob("*.reason.txt"))


def watching(workspace: Workspace, times: int):
    """A run that has begun to watch, the so-manieth of its workspace."""
    process = workspace.start("run", FORMFLOW_SCAN_SECONDS=str(SCAN))
    until = time.monotonic() + 60
    while workspace.log().count("watching") < times:
        assert time.monotonic() < until and process.poll() is None, workspace.log()
        time.sleep(0.05)
    return process
