from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from formflow.errors import IntegrityError, StoreError
from formflow.store.objects import Objects

CONTENT = "申请表".encode() * 1000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_lie_under_their_digest(tmp_path):
    objects = Objects(tmp_path)
    source = tmp_path / "a.docx"
    source.write_bytes(CONTENT)

    assert objects.put_file(source) == DIGEST
    assert objects.path(DIGEST) == tmp_path / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert objects.open(DIGEST).read() == CONTENT
    assert (objects.size(DIGEST), objects.has(DIGEST), objects.verify(DIGEST)) == (len(CONTENT), True, True)
    assert source.exists()


def test_bytes_are_never_written_over(tmp_path):
    objects = Objects(tmp_path)
    objects.put_bytes(CONTENT)
    before = objects.path(DIGEST).stat()
    objects.put_bytes(CONTENT)

    assert (before.st_ino, before.st_mtime_ns) == (
        objects.path(DIGEST).stat().st_ino,
        objects.path(DIGEST).stat().st_mtime_ns,
    )
    assert files(tmp_path) == [objects.path(DIGEST)]


def test_processes_that_keep_the_same_bytes_at_once_leave_one_file(tmp_path):
    with ProcessPoolExecutor(4) as pool:
        digests = set(pool.map(_put, [tmp_path] * 12))

    assert digests == {DIGEST}
    assert files(tmp_path) == [Objects(tmp_path).path(DIGEST)]


def _put(folder: Path) -> str:
    return Objects(folder).put_bytes(CONTENT)


@pytest.mark.parametrize("damage", [b"", CONTENT[:-1], CONTENT[:-1] + b"!"])
def test_damage_is_seen(tmp_path, damage):
    objects = Objects(tmp_path)
    objects.put_bytes(CONTENT)
    objects.path(DIGEST).write_bytes(damage)

    assert not objects.verify(DIGEST)
    assert not objects.verify(DIGEST, len(CONTENT))


def test_lost_bytes_are_an_integrity_error(tmp_path):
    objects = Objects(tmp_path)

    assert not objects.verify(DIGEST)
    with pytest.raises(IntegrityError):
        objects.open(DIGEST)
    with pytest.raises(IntegrityError):
        objects.size(DIGEST)


@pytest.mark.parametrize("step", ["write", "fsync", "link"])
def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch, step):
    objects = Objects(tmp_path)

    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(StoreError, match="disk of the originals is full") as raised:
        objects.put_bytes(CONTENT)
    monkeypatch.undo()

    assert raised.value.exit_code == 6
    assert files(tmp_path) == []


def test_a_disk_without_hard_links_is_served_by_renaming(tmp_path, monkeypatch):
    def refuses(*args):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuses)
    objects = Objects(tmp_path)

    assert objects.put_bytes(CONTENT) == DIGEST
    assert objects.verify(DIGEST)
    assert files(tmp_path) == [objects.path(DIGEST)]


def test_an_endless_stream_of_short_writes_still_keeps_every_byte(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, block: write(handle, block[:7]))

    assert Objects(tmp_path).put_bytes(b"0123456789" * 50) == hashlib.sha256(b"0123456789" * 50).hexdigest()


def test_a_folder_that_cannot_be_made_is_a_store_error(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError):
        Objects(tmp_path / "file" / "originals")


def test_what_a_killed_process_left_is_swept_and_nothing_else(tmp_path):
    script = (
        "import os, sys, time; from pathlib import Path; from formflow.store.objects import Objects\n"
        "os.link = lambda *a: (print('here', flush=True), time.sleep(60))\n"
        f"Objects(Path({str(tmp_path)!r})).put_bytes(b'half' * 1000)"
    )
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.wait()
    objects = Objects(tmp_path)
    objects.put_bytes(CONTENT)
    assert len(files(tmp_path)) == 2

    assert objects.sweep(3600) == 0
    assert objects.sweep(0) == 1
    assert files(tmp_path) == [objects.path(DIGEST)]
