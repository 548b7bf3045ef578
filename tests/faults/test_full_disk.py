"""A disk that is full: nothing half-made, nothing lost, and once there is room the work goes on."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.workspace import Workspace

from formflow.errors import FormflowError, StoreError
from formflow.pipeline.advance import advance
from formflow.pipeline.context import Context, office_clock, open_store
from formflow.pipeline.jobs.worker_context import WorkerContext
from formflow.pipeline.receiving import Incoming, receive
from formflow.rules.calendar import open_calendar

SCRIPT = Path(__file__).with_name("full_disk_script.py")


def can_mount() -> bool:
    """Whether a small disk can be mounted in a namespace of its own."""
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


class FullAt:
    """Lets a number of fsyncs pass, then says that the disk is full."""

    def __init__(self, passes: int) -> None:
        self.left = passes
        self.struck = False
        self._fsync = os.fsync

    def __call__(self, descriptor: int) -> None:
        if self.left == 0:
            self.struck = True
            raise OSError(errno.ENOSPC, "No space left on device")
        self.left -= 1
        self._fsync(descriptor)


class Inline:
    """Does jobs in this process."""

    def __init__(self, bench: WorkerContext) -> None:
        self._bench = bench
        self.forms = bench.forms

    def _do(self, job):
        from concurrent.futures import Future

        future: Future = Future()
        try:
            future.set_result(job.run(self._bench))
        except Exception as error:
            future.set_exception(error)
        return future

    read = finish = finish_many = share = notify = _do


def test_a_disk_that_fills_up_at_any_write_costs_nothing(workspace: Workspace, two_hundred, monkeypatch):
    """Every place that makes something durable, one after the other."""
    settings = workspace.settings
    context = Context(
        settings=settings,
        store=open_store(settings),
        workers=Inline(WorkerContext(settings)),
        calendar=open_calendar(settings),
        clock=office_clock(settings),
    )
    done = []
    for passes, form in enumerate(two_hundred[:40]):
        path = workspace.inbox / form.name
        shutil.copyfile(form, path)
        incoming = Incoming(path=path, name=path.name, way="inbox", remove=True)
        full = FullAt(passes)
        monkeypatch.setattr(os, "fsync", full)
        try:
            received = receive([incoming], context)[0]
            advance(received.submission.id, context)
        except (FormflowError, OSError) as error:
            assert isinstance(error, StoreError), repr(error)
        monkeypatch.undo()
        if path.exists():
            receive([incoming], context)
        for pending in context.store.submissions.pending():
            advance(pending, context)
        done.append(form)
        if not full.struck:
            break
    context.store.close()

    assert not full.struck, "forty writes were not enough to get through"
    assert workspace.assert_whole(done) >= len(done)


@pytest.mark.parametrize("disk", ["tmpfs"] if can_mount() else [])
def test_a_real_disk_that_is_full_stops_the_run_and_room_lets_it_go_on(disk, two_hundred, tmp_path: Path):
    forms = tmp_path / "forms"
    forms.mkdir()
    for form in two_hundred[:60]:
        shutil.copyfile(form, forms / form.name)
    done = subprocess.run(
        ["unshare", "-rm", sys.executable, str(SCRIPT), str(forms)],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )

    assert "whole" == done.stdout.strip().splitlines()[-1], done.stdout + done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("said", [True, False], ids=["standard error has room", "it has none either"])
def test_output_that_finds_no_room_is_a_full_disk_and_no_crash(said, two_hundred):
    command = ["--workspace", str(SCRIPT.parents[2]), "extract", str(two_hundred[0]), "--json"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "formflow", *command],
            stdout=full,
            stderr=subprocess.PIPE if said else full,
            text=True,
            check=False,
        )

    assert 6 == done.returncode, done.stderr
    assert "Traceback" not in (done.stderr or "")
