"""Several processes, several of them killed, a disk that is full: no gap, no second number, nothing half-made."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formflow.errors import StoreError
from formflow.forms.spec import Register as Book
from formflow.model import Candidate, Outcome, Receipt
from formflow.store.entries import Draft
from formflow.store.objects import Objects
from formflow.store.store import Store

BOOK = Book(series="XKH", number="XKH-{year}-{serial:04}")


def register_some(url: str, folder: Path, worker: int, count: int, rows: int = 1) -> list[str]:
    """Take `count` files in and enter their rows; the numbers."""
    with closing(Store.open(url, folder / "originals")) as store:
        return [number for n in range(count) for number in register_file(store, f"{worker}-{n}", rows)]


def register_file(store: Store, name: str, rows: int) -> list[str]:
    now = datetime.now(UTC)
    digest = store.objects.put_bytes(name.encode())
    submission = store.submissions.receive(digest, 1, Receipt(at=now, name=name))
    with store.database.begin() as conn:
        candidates = [Candidate(form="f", readings={}, row=row) for row in range(rows)]
        drafts = [
            Draft(
                record=record,
                submission=submission.id,
                digest=digest,
                form="f",
                values={"name": name},
                findings=(),
                outcome=Outcome.ACCEPT,
                receipt=submission.receipt,
            )
            for record in store.records.put(submission.id, candidates, at=now, conn=conn)
        ]
        entries = store.register.enter(drafts, BOOK, year=2026, at=now, conn=conn)
    return [entry.number for entry in entries]


def test_four_processes_at_once_leave_no_gap_and_no_number_twice(url, tmp_path):
    Store.open(url, tmp_path / "originals").close()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(4, mp_context=context) as pool:
        given = list(pool.map(register_some, [url] * 4, [tmp_path] * 4, range(4), [15] * 4, [2] * 4))

    store = Store.open(url, tmp_path / "originals")
    numbers = [number for each in given for number in each]
    assert sorted(numbers) == [f"XKH-2026-{n:04}" for n in range(1, 121)]
    assert store.register.verify("XKH", 2026).ok
    for each in given:  # the rows of one file stand together
        pairs = list(zip(each[::2], each[1::2], strict=True))
        assert all(int(second[-4:]) == int(first[-4:]) + 1 for first, second in pairs)
    store.close()


def test_processes_that_make_a_fresh_database_at_once_agree(url, tmp_path):
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(4, mp_context=context) as pool:
        given = list(pool.map(register_some, [url] * 4, [tmp_path] * 4, range(4), [1] * 4))

    assert sorted(number for each in given for number in each) == [f"XKH-2026-{n:04}" for n in range(1, 5)]


def test_processes_killed_at_any_moment_leave_whole_books(url, tmp_path):
    Store.open(url, tmp_path / "originals").close()
    context = multiprocessing.get_context("fork")
    for attempt in range(3):
        child = context.Process(target=register_some, args=(url, tmp_path, attempt, 10_000))
        child.start()
        deadline = time.monotonic() + 20
        wanted = entries_in(url, tmp_path) + 3 + attempt * 5
        while entries_in(url, tmp_path) < wanted and time.monotonic() < deadline:
            time.sleep(0.01)
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join()

    numbers = register_some(url, tmp_path, 99, 1)
    store = Store.open(url, tmp_path / "originals")
    report = store.register.verify("XKH", 2026)
    assert report.ok, report.summary().english
    assert numbers == [f"XKH-2026-{report.checked:04}"]
    for entry in store.register.all():
        assert store.objects.verify(entry.digest)
    store.close()


def entries_in(url: str, folder: Path) -> int:
    store = Store.open(url, folder / "originals")
    found = sum(last for _, _, last in store.register.books())
    store.close()
    return found


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of 1 MB where the machine lets us mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    mounted = (
        mount is not None
        and sys.platform == "linux"
        and subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
        == 0
    )
    yield folder if mounted else None
    if mounted:
        subprocess.run(["umount", str(folder)], check=False)


def test_a_truly_full_disk_leaves_no_half_original(small_disk):
    if small_disk is None:  # not root: the same is tested with a simulated disk in unit/store/test_objects
        return
    objects = Objects(small_disk)
    kept = objects.put_bytes(b"x" * 400_000)

    with pytest.raises(StoreError) as raised:
        objects.put_bytes(b"y" * 900_000)

    assert raised.value.code == "full"
    assert [path.name for path in small_disk.rglob("*") if path.is_file()] == [kept]
    assert objects.verify(kept)


def test_a_truly_full_disk_stops_registration_and_keeps_what_was_registered(small_disk, tmp_path):
    if small_disk is None:
        return
    url = f"sqlite:///{small_disk}/formflow.db"
    with pytest.raises(StoreError) as raised:
        register_some(url, tmp_path, 1, 10_000, rows=20)

    assert raised.value.code == "full"
    for path in small_disk.iterdir():
        shutil.move(path, tmp_path / path.name)
    url = f"sqlite:///{tmp_path}/formflow.db"
    store = Store.open(url, tmp_path / "originals")
    report = store.register.verify("XKH", 2026)
    assert report.ok, report.summary().english
    assert report.checked % 20 == 0
    store.close()
