"""Events are hints, a rescan is the truth."""

from __future__ import annotations

import threading
import time

import pytest

from formflow.intake.inbox import Inbox
from formflow.intake.watch import Watch


class Run:
    """A watch in a thread of its own, and what it took."""

    def __init__(self, folder, scan_seconds=0.05, still_scans=2, take=None):
        self.taken = []
        self.watch = Watch(
            Inbox(folder, still_scans=still_scans, scan_seconds=scan_seconds),
            folder,
            scan_seconds=scan_seconds,
            take=take or self._take,
        )
        self.thread = threading.Thread(target=self.watch.run, daemon=True)

    def _take(self, arrivals):
        for arrival in arrivals:
            self.taken.append(arrival.name)
            arrival.path.unlink()

    def wait(self, count, within=10.0):
        until = time.monotonic() + within
        while len(self.taken) < count and time.monotonic() < until:
            time.sleep(0.01)
        return sorted(self.taken)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.watch.stop()
        self.thread.join(10)
        assert not self.thread.is_alive()


def test_what_lay_there_before_and_what_comes_later_are_both_taken(tmp_path):
    (tmp_path / "before.docx").write_bytes(b"1")
    with Run(tmp_path) as run:
        assert ["before.docx"] == run.wait(1)
        (tmp_path / "fax_in").mkdir()
        (tmp_path / "fax_in" / "later.docx").write_bytes(b"2")

        assert ["before.docx", "later.docx"] == run.wait(2)


def test_a_share_that_sends_no_events_is_scanned_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(Watch, "_observe", lambda self: None)
    with Run(tmp_path) as run:
        (tmp_path / "a.docx").write_bytes(b"1")

        assert ["a.docx"] == run.wait(1)


def test_an_event_shortens_a_long_wait(tmp_path):
    with Run(tmp_path, scan_seconds=30, still_scans=1) as run:
        time.sleep(0.3)
        (tmp_path / "a.docx").write_bytes(b"1")

        assert ["a.docx"] == run.wait(1, within=10)


def test_a_system_that_cannot_watch_falls_back_to_scanning(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("watchdog.observers.api.BaseObserver.schedule", refuse)
    with Run(tmp_path) as run:
        (tmp_path / "a.docx").write_bytes(b"1")

        assert ["a.docx"] == run.wait(1)


@pytest.mark.parametrize("name", ["~$a.docx", "a.tmp", "a.docx.part", ".DS_Store", "Thumbs.db"])
def test_what_is_not_for_us_is_left_alone(tmp_path, name):
    (tmp_path / name).write_bytes(b"1")
    with Run(tmp_path) as run:
        (tmp_path / "real.docx").write_bytes(b"2")

        assert ["real.docx"] == run.wait(1)
