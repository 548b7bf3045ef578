"""Receipt: what is wrong with one file is that file's, and nothing leaves the inbox that has more to come."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from formflow.errors import StoreError
from formflow.pipeline import receiving
from formflow.pipeline.leases import Writers, unwritten, writers_of
from formflow.pipeline.receiving import receive
from formflow.pipeline.undeletable import Staying, state_of
from formflow.store import objects
from formflow.store.originals import SubmissionState

ROWS = "日期,主题\n3月5日,函\n".encode()


def take(office, *paths: Path):
    return receive([office.incoming(path) for path in paths], office.context)


def test_a_file_that_somebody_holds_open_for_writing_is_not_taken(office):
    path = office.put("a.csv", ROWS)
    with path.open("ab") as writer:
        (received,) = take(office, path)
        writer.write(ROWS)

    assert (None, "incomplete") == (received.submission, received.stays.code)
    assert ROWS * 2 == path.read_bytes()


def test_a_file_that_is_opened_for_writing_between_copy_and_removal_stays(office, monkeypatch):
    path = office.put("a.csv", ROWS)
    removed = receiving._removed
    writers = []

    def removed_late(*arguments):
        writers.append(path.open("ab"))
        return removed(*arguments)

    monkeypatch.setattr(receiving, "_removed", removed_late)
    (received,) = take(office, path)
    writers[0].write(b"more\n")
    writers[0].close()

    assert (True, "incomplete") == (received.submission is not None, received.stays.code)
    assert ROWS + b"more\n" == path.read_bytes()


def test_a_file_that_changes_between_copy_and_removal_stays(office, monkeypatch):
    path = office.put("a.csv", ROWS)
    removed = receiving._removed

    def removed_late(*arguments):
        path.write_bytes(ROWS * 2)
        return removed(*arguments)

    monkeypatch.setattr(receiving, "_removed", removed_late)
    take(office, path)

    assert ROWS * 2 == path.read_bytes()


def test_a_writer_is_seen_and_one_that_has_closed_is_not(tmp_path):
    path = tmp_path / "a"
    with path.open("wb"), unwritten(path) as (_, while_open):
        pass
    descriptor = os.open(path, os.O_RDONLY)
    after = writers_of(descriptor)
    os.close(descriptor)

    assert (Writers.SOME, Writers.NONE) == (while_open, after)


def test_a_file_that_cannot_be_removed_is_taken_once_and_told(office, monkeypatch):
    path = office.put("a.csv", ROWS)

    unlink = Path.unlink

    def refuse(self, missing_ok=False):
        if self == path:
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(self, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        (first,) = take(office, path)
    (again,) = take(office, path)

    assert (True, "undeletable") == (first.submission is not None, first.stays.code)
    assert (None, "undeletable") == (again.submission, again.stays.code)
    assert {SubmissionState.RECEIVED: 1, SubmissionState.DUPLICATE: 0}.items() <= (
        office.store.submissions.counts().items()
    )


def test_one_that_stayed_and_has_changed_is_a_new_one(office):
    path = office.put("a.csv", ROWS)
    Staying(office.folder).add(path, state_of(path))
    path.write_bytes(ROWS * 2)
    (received,) = take(office, path)

    assert received.submission is not None
    assert not path.exists()


@pytest.mark.parametrize("odd", ["pipe", "folder", "link", "no right"])
def test_what_is_no_file_is_unreadable_and_the_next_one_is_taken(office, odd, monkeypatch):
    path = office.folder / "inbox" / "odd.csv"
    if odd == "pipe":
        os.mkfifo(path)
    elif odd == "folder":
        path.mkdir()
    elif odd == "link":
        path.symlink_to("nowhere")
    else:
        office.put("odd.csv", ROWS)
        opened = os.open

        def refuse(name, *arguments, **more):
            if str(name) == str(path):
                raise PermissionError(errno.EACCES, "Permission denied")
            return opened(name, *arguments, **more)

        monkeypatch.setattr(os, "open", refuse)
    good = office.put("good.csv", ROWS)
    refused, taken = take(office, path, good)

    assert ("unreadable", True) == (refused.error.code, taken.submission is not None)
    assert os.path.lexists(path)


def test_a_machine_without_room_for_an_open_file_refuses_nothing_and_leaves_all(office, monkeypatch):
    path = office.put("a.csv", ROWS)

    def full(*_, **__):
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(receiving, "unwritten", full)
    with pytest.raises(StoreError) as refused:
        take(office, path)

    assert "machine" == refused.value.code
    assert path.exists()


def test_a_read_that_fails_is_the_files_and_a_write_that_fails_is_the_storages(office, monkeypatch):
    path = office.put("a.csv", ROWS)
    monkeypatch.setattr(objects, "_copy", _failing_with(errno.EIO))
    with pytest.raises(StoreError):
        take(office, path)
    monkeypatch.undo()
    source = objects._Source(_Broken())
    with pytest.raises(objects.ReadError) as refused:
        source.read(1)

    assert "unreadable" == refused.value.code


def _failing_with(number: int):
    def fail(*_: object):
        raise OSError(number, "Input/output error")

    return fail


class _Broken:
    def read(self, size: int) -> bytes:
        raise OSError(errno.EIO, "Input/output error")


def test_a_file_too_large_that_cannot_be_set_aside_stays_and_stops_no_other(office):
    limits = replace(office.settings.limits, max_bytes=len(ROWS))
    office.context.settings = replace(office.settings, limits=limits)
    (office.folder / "inbox" / ".failed").write_text("no folder")
    big, good = office.put("big.csv", ROWS * 2), office.put("good.csv", ROWS)
    refused, taken = take(office, big, good)

    assert ("too-large", "quarantine") == (refused.error.code, refused.stays.code)
    assert (True, True, False) == (taken.submission is not None, big.exists(), good.exists())
