"""One odd thing in the inbox stops no other, and is told once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.support.nobody import DROPPED, OTHER, OrdinaryWorkspace, can_be_ordinary, ordinary_workspace
from tests.support.workspace import Workspace, wait_for

from formflow.intake.inbox import CUT_OFF_SECONDS
from formflow.pipeline.context import open_store

LONG = "坏" * 83 + ".docx"


@pytest.fixture
def ordinary(tmp_path: Path) -> Iterator[OrdinaryWorkspace]:
    if not can_be_ordinary():
        pytest.skip("root cannot give up its rights here (setpriv)")
    with ordinary_workspace(tmp_path / "office") as workspace:
        yield workspace


def process(workspace: Workspace, *arguments: str) -> tuple[int, dict[str, dict]]:
    """`process --json` over the inbox: its exit status, and a line for each file."""
    before = len(workspace.log())
    status = workspace.run("process", str(workspace.inbox), "--json", *arguments)
    said = workspace.log()[before:]
    assert "Traceback" not in said
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    return status, {Path(line["file"]).name: line for line in lines}


def numbers(workspace: Workspace) -> list[str]:
    with closing(open_store(workspace.settings)) as store:
        return [listed.entry.number for listed in store.register.list()]


def watch(workspace: Workspace, until, within: float = 60.0) -> str:
    """`run` until a condition holds, then SIGTERM; what it said meanwhile."""
    before = len(workspace.log())
    running = workspace.start("run")
    try:
        wait_for(until, running, workspace, within)
    finally:
        running.send_signal(signal.SIGTERM)
        status = running.wait(timeout=30)
    assert 0 == status, workspace.log()
    return workspace.log()[before:]


def test_a_file_without_the_right_to_read_is_unreadable_and_the_others_are_numbered(ordinary, two_hundred):
    ordinary.drop(two_hundred[:3])
    locked = ordinary.inbox / two_hundred[0].name
    locked.chmod(0)
    status, said = process(ordinary)

    assert (4, "unreadable") == (status, said[locked.name]["error"]["code"])
    assert ["done", "done"] == [said[form.name]["status"] for form in two_hundred[1:3]]
    assert locked.exists()


def test_the_watcher_tells_it_once_and_doctor_too_and_takes_it_once_it_may(ordinary, two_hundred):
    ordinary.drop(two_hundred[:2])
    locked = ordinary.inbox / two_hundred[0].name
    locked.chmod(0)
    said = watch(ordinary, lambda: f"{locked.name}: cannot be opened" in ordinary.log())
    ordinary.run("doctor")
    told = ordinary.log().count(f"{locked.name}: cannot be opened")
    locked.chmod(0o600)
    watch(ordinary, lambda: not locked.exists())

    assert (1, 2) == (said.count(locked.name), told)
    assert 2 <= len(numbers(ordinary))


@pytest.mark.skipif(not DROPPED, reason="a folder of another user's can only be laid out by root")
def test_a_file_that_cannot_be_removed_is_numbered_once_and_never_ends_the_watcher(ordinary, two_hundred):
    folder = ordinary.inbox / "三月"
    folder.mkdir()
    ordinary.drop(two_hundred[1:2])
    stays = folder / two_hundred[0].name
    shutil.copyfile(two_hundred[0], stays)
    for path in (stays, folder):
        path.chmod(0o755)
        os.chown(path, OTHER, OTHER)
    good = ordinary.inbox / two_hundred[1].name
    first = watch(ordinary, lambda: not good.exists() and stays.name in ordinary.log())
    given = numbers(ordinary)
    ordinary.drop(two_hundred[2:3])
    third = ordinary.inbox / two_hundred[2].name
    watch(ordinary, lambda: not third.exists() and "done" in ordinary.log())
    status, said = process(ordinary)
    with closing(open_store(ordinary.settings)) as store:
        counts = store.submissions.counts()

    assert 1 == first.count("cannot be removed from the inbox")
    assert (7, "stays") == (status, said[stays.name]["status"])
    assert (0, 3) == (counts["duplicate"], counts["done"])
    assert set(given) < set(numbers(ordinary))


def test_a_refused_file_of_the_longest_name_lies_in_quarantine_with_its_reason(workspace, two_hundred):
    (workspace.inbox / LONG).write_bytes(b"PK\x03\x04 broken")
    os.utime(workspace.inbox / LONG, (1, 1))
    workspace.drop(two_hundred[:1])
    failed = workspace.inbox / ".failed"
    watch(workspace, lambda: list(failed.glob("*.reason.txt")), within=CUT_OFF_SECONDS + 40)
    (lies,) = [path for path in failed.iterdir() if not path.name.endswith(".txt")]

    assert (
        b"PK\x03\x04 broken",
        "corrupt" in (failed / f"{lies.name}.reason.txt").read_text("utf-8-sig"),
    ) == (
        lies.read_bytes(),
        True,
    )
    assert [] == list(workspace.inbox.glob("坏*"))
    assert 0 == workspace.run("process", str(workspace.inbox))


def test_a_good_file_of_the_longest_name_is_numbered_and_archived(workspace, two_hundred):
    form = two_hundred[0]
    name = "好" * 83 + "a" + form.suffix
    shutil.copyfile(form, workspace.inbox / name)
    status, said = process(workspace)

    assert (0, "done") == (status, said[name]["status"])
    assert 0 == workspace.run("archive", "verify"), workspace.log()


def test_folders_without_end_links_and_pipes_are_told_and_the_others_are_numbered(workspace, two_hundred):
    subprocess.run(["mkdir", "-p", "/".join([str(workspace.inbox), *"d" * 1500])], check=True)
    os.mkfifo(workspace.inbox / "pipe.docx")
    (workspace.inbox / "link.docx").symlink_to("/nowhere")
    (workspace.inbox / "a\nINJECTED 12:00:00 done XKH-9999\n.docx").mkdir()
    workspace.drop(two_hundred[:2])
    try:
        status, said = process(workspace)
        left = [workspace.inbox / form.name for form in two_hundred[2:4]]
        workspace.drop(two_hundred[2:4])
        log = watch(
            workspace,
            lambda: (
                not any(path.exists() for path in left) and "link.docx: a symbolic link" in workspace.log()
            ),
        )
    finally:
        subprocess.run(["rm", "-rf", str(workspace.inbox / "d")], check=True)

    assert 4 == status
    assert {"d": "unreadable", "pipe.docx": "unreadable", "link.docx": "unreadable"} == {
        name: line["error"]["code"] for name, line in said.items() if line["error"]
    }
    assert 4 <= len(numbers(workspace))
    assert 1 == log.count("pipe.docx: ")


def test_quarantine_that_cannot_be_made_keeps_the_bad_file_and_stops_no_other(workspace, two_hundred):
    (workspace.inbox / ".failed").write_text("no folder")
    bad = workspace.inbox / "bad.docx"
    bad.write_bytes(b"no document")
    workspace.drop(two_hundred[:2])
    status, said = process(workspace)

    assert (6, "received") == (status, said["bad.docx"]["status"])
    assert ["done", "done"] == [said[form.name]["status"] for form in two_hundred[:2]]
    (workspace.inbox / ".failed").unlink()
    assert 0 == workspace.run("process", str(workspace.inbox)), workspace.log()
    assert b"no document" == (workspace.inbox / ".failed" / "bad.docx").read_bytes()


WRITER = """
import sys, time
with open(sys.argv[1], "wb") as file:
    file.write(open(sys.argv[2], "rb").read())
    file.flush()
    print("open", flush=True)
    sys.stdin.readline()
    file.write(open(sys.argv[3], "rb").read())
"""


@pytest.mark.parametrize("index", [0, 1, 3], ids=["docx", "xlsx", "csv"])
def test_process_leaves_a_file_that_is_still_being_copied_and_says_so(
    workspace, two_hundred, tmp_path, index
):
    form = two_hundred[index]
    content, half = form.read_bytes(), form.stat().st_size // 2
    (tmp_path / "1").write_bytes(content[:half])
    (tmp_path / "2").write_bytes(content[half:])
    path = workspace.inbox / form.name
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(tmp_path / "1"), str(tmp_path / "2")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    writer.stdout.readline()
    status, said = process(workspace)
    writer.communicate(b"\n")

    assert (7, "incomplete", "incomplete") == (
        status,
        said[form.name]["status"],
        said[form.name]["error"]["code"],
    )
    assert content == path.read_bytes()
    status, said = process(workspace)
    assert (0, "done") == (status, said[form.name]["status"])
    assert 1 <= workspace.assert_whole([form])
