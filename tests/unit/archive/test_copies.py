from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import bagit
import pytest
from tests.support.bags import build

from formflow.archive import copies
from formflow.archive.bag import bag_faults
from formflow.archive.closing import MAKING, sweep
from formflow.archive.copies import build_event, place
from formflow.errors import IntegrityError, StoreError


def test_a_bag_holds_original_copy_record_and_documents(workspace, contents):
    entry = workspace.enter()
    made = workspace.archive(entry)

    found = contents(made.folder)
    assert made.path == "XKH/2026/0001"
    assert made.folder == workspace.root / "XKH/2026/0001"
    assert bagit.Bag(str(made.folder)).validate()
    assert found["data/original/申请表.docx"] == b"original"
    assert found["data/copy/XKH-2026-0001-申请表.pdf"] == b"stamped"
    assert found["data/documents/审批单.docx"] == b"document"
    assert found["bag-info.txt"].decode() == (
        "Source-Organization: 某公司\n"
        "External-Identifier: XKH-2026-0001\n"
        "Internal-Sender-Identifier: Z109-WS·2026-D10-XSB-0001\n"
        "Internal-Sender-Description: 新客户开发申请表\n"
        "Bagging-Date: 2026-03-05\n"
        f"Payload-Oxum: {8 + 7 + 8 + len(found['data/record.json'])}.4\n"
    )


def test_the_record_says_what_the_register_says_and_where_it_was_read(workspace):
    entry = workspace.enter()
    made = workspace.archive(entry)

    record = json.loads((made.folder / "data/record.json").read_text("utf-8"))

    assert (record["number"], record["archive_no"], record["values"]) == (
        "XKH-2026-0001",
        "Z109-WS·2026-D10-XSB-0001",
        {"customer_name": "华南实业", "contact": None},
    )
    assert record["receipt"] == {
        "at": "2026-03-05T07:30:00+08:00",
        "claimed_on": "2026-03-01",
        "backdated": True,
        "way": "inbox",
        "folder": "华南",
        "name": "申请表.docx",
    }
    assert record["sources"]["customer_name"]["ref"] == "table 1 R1C2"


def test_a_bag_that_was_lost_before_its_mark_is_made_anew_byte_for_byte(workspace, contents):
    entry = workspace.enter()
    made = workspace.archive(entry, mark=False)
    before = contents(made.folder)
    shutil.rmtree(made.folder)

    again = workspace.archive(workspace.store.register.find(entry.number))

    assert (again, contents(again.folder)) == (made, before)


def test_a_bag_that_stands_is_left_as_it_is(workspace):
    entry = workspace.enter()
    made = workspace.archive(entry)
    inode = (made.folder / "data/record.json").stat().st_ino

    assert workspace.archive(entry) == made
    assert (made.folder / "data/record.json").stat().st_ino == inode


def test_a_damaged_bag_is_not_passed_over_in_silence(workspace):
    entry = workspace.enter()
    made = workspace.archive(entry)
    (made.folder / "data/copy/XKH-2026-0001-申请表.pdf").write_bytes(b"forged")

    with pytest.raises(IntegrityError, match="is damaged") as raised:
        workspace.archive(entry)

    assert raised.value.exit_code == 5


def test_another_databases_bag_is_not_taken_for_this_ones(workspace):
    entry = workspace.enter()
    workspace.archive(entry)

    with pytest.raises(IntegrityError, match="another entry"):
        workspace.archive(replace(entry, values={"customer_name": "别的公司"}), mark=False)


def test_an_original_that_is_not_the_entrys_is_refused(workspace, contents):
    entry = workspace.enter()
    workspace.store.objects.path(entry.digest).write_bytes(b"changed")

    with pytest.raises(IntegrityError, match="original"):
        workspace.archive(entry)

    assert contents(workspace.root) == {}


def test_a_lost_original_is_a_store_error_and_leaves_nothing(workspace, contents):
    entry = workspace.enter()
    workspace.store.objects.path(entry.digest).unlink()

    with pytest.raises(StoreError):
        workspace.archive(entry)

    assert contents(workspace.root) == {}


@pytest.mark.parametrize("step", ["write", "fsync", "rename"])
def test_a_full_disk_leaves_no_half_bag(workspace, contents, monkeypatch, step):
    entry = workspace.enter()

    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(StoreError, match="is full"):
        workspace.archive(entry)
    monkeypatch.undo()

    assert contents(workspace.root) == {}
    assert bag_faults(workspace.archive(entry).folder) == ()


def test_processes_that_make_the_same_bag_at_once_make_one(workspace):
    entry = workspace.enter()
    original = workspace.store.objects.path(entry.digest)
    with ProcessPoolExecutor(4) as pool:
        seals = set(pool.map(_build, [workspace.root] * 8, [entry] * 8, [original] * 8))

    assert len(seals) == 1
    assert [path.name for path in (workspace.root / "XKH/2026").iterdir()] == ["0001"]
    assert list((workspace.root / MAKING).iterdir()) == []


def _build(root: Path, entry, original: Path) -> str:
    return build(root, entry, archive_no="Z109", original=original).seal


def test_what_a_killed_process_left_is_swept_and_made_anew(workspace):
    entry = workspace.enter()
    original = workspace.store.objects.path(entry.digest)
    script = (
        "import pathlib, time, pickle, sys\n"
        "from formflow.archive.closing import close_bag\n"
        "from formflow.archive.copies import plan\n"
        "pathlib.Path.rename = lambda *a: (print('here', flush=True), time.sleep(60))\n"
        "root, entry, original = pickle.load(sys.stdin.buffer)\n"
        "close_bag(root, plan(root, entry, archive_no='Z109', original=original))"
    )
    child = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    import pickle

    assert child.stdin is not None and child.stdout is not None
    pickle.dump((workspace.root, entry, original), child.stdin)
    child.stdin.close()
    child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert len(list((workspace.root / MAKING).iterdir())) == 1
    assert not (workspace.root / place(entry)).exists()

    assert sweep(workspace.root, 3600) == 0
    assert sweep(workspace.root, 0) == 1
    assert bag_faults(workspace.archive(entry).folder) == ()


def test_later_documents_get_a_bag_of_their_own(workspace, contents):
    entry = workspace.enter()
    first = workspace.archive(entry)
    before = contents(first.folder)

    later = build_event(workspace.root, entry, "approved", {"认定通知书.docx": b"notice"}, archive_no="Z109")

    info = bagit.Bag(str(later.folder)).info
    assert later.path == "XKH/2026/0001.approved"
    assert (info["External-Identifier"], info["Bag-Group-Identifier"]) == (
        "XKH-2026-0001/approved",
        "XKH-2026-0001",
    )
    assert contents(first.folder) == before
    assert build_event(workspace.root, entry, "approved", {}, archive_no="Z109") == later


def test_a_sweep_of_an_archive_that_is_not_there_does_nothing(tmp_path):
    assert sweep(tmp_path / "nowhere") == 0


def test_a_dangerous_name_stays_inside_its_bag(workspace, contents):
    entry = workspace.enter(name="../../../逃逸\n%0A.docx")
    made = workspace.archive(entry)

    assert "data/original/..／..／..／逃逸 ％0A.docx" in contents(made.folder)
    assert bagit.Bag(str(made.folder)).validate()


def test_an_entry_names_its_place_alone(workspace):
    entry = replace(workspace.enter(), serial=12345)

    assert place(entry) == "XKH/2026/12345"
    assert copies.place(entry, "approved") == "XKH/2026/12345.approved"
