"""A template that comes to no end keeps nobody from working, and nobody from stopping."""

from __future__ import annotations

import signal
import time

from tests.support.templates import deep_template, endless_template
from tests.support.workspace import wait_for, wait_until_idle


def test_run_takes_files_while_an_endless_template_is_checked_and_ends_when_it_is_told(
    workspace, two_hundred
):
    endless_template(workspace.folder / "templates" / "notice-not-recognised.docx")
    deep_template(workspace.folder / "templates" / "notice-returned.docx")
    running = workspace.start("run")
    wait_for(lambda: "watching" in workspace.log(), running, workspace)
    workspace.drop(two_hundred[:2])
    wait_until_idle(workspace, running)
    wait_for(lambda: "nested too deeply" in workspace.log(), running, workspace)
    begun = time.monotonic()
    running.send_signal(signal.SIGTERM)

    assert 0 == running.wait(timeout=20), workspace.log()
    assert time.monotonic() - begun < 10
    assert "Traceback" not in workspace.log()
