"""Several processes and several names at once: one submission, one number, no gap."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.workspace import Workspace


def test_four_processes_registering_at_once_leave_no_gap_and_no_double(workspace: Workspace, two_hundred):
    files = two_hundred[:60]
    parts = [files[start::4] for start in range(4)]
    running = [workspace.start("process", *map(str, part), "--json", FORMFLOW_WORKERS="1") for part in parts]

    assert [0] * 4 == [process.wait(timeout=120) for process in running], workspace.log()
    assert workspace.assert_whole(files) >= len(files)


def test_four_processes_over_one_inbox_take_every_file_once(workspace: Workspace, two_hundred):
    files = two_hundred[60:100]
    workspace.drop(files)
    running = [
        workspace.start("process", str(workspace.inbox), "--json", FORMFLOW_WORKERS="1") for _ in range(4)
    ]
    for process in running:
        process.wait(timeout=120)

    assert workspace.assert_whole(files) >= len(files)


def test_the_same_bytes_dropped_at_one_moment_under_many_names_are_one_number(
    workspace: Workspace, two_hundred, tmp_path: Path
):
    form = two_hundred[1]
    names = [tmp_path / f"copy-{index}" / f"名{index}.xlsx" for index in range(8)]
    for name in names:
        name.parent.mkdir()
        shutil.copyfile(form, name)
    running = [
        workspace.start("process", *map(str, names[start::4]), "--json", FORMFLOW_WORKERS="1")
        for start in range(4)
    ]

    assert [0] * 4 == [process.wait(timeout=120) for process in running], workspace.log()
    assert 1 == workspace.assert_whole([form])
