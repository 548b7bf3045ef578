"""The check of what is complete, for whoever comes once."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from formflow.errors import FormflowError
from formflow.intake import settle
from formflow.intake.inbox import CUT_OFF_SECONDS, Fingerprint
from formflow.intake.settle import Settled
from formflow.pipeline.leases import Writers

ROWS = b"a,b\n1,2\n"


class Wall:
    """The time of day, which the test moves on; sleeping passes it, and what happens meanwhile happens."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.slept = 0.0
        self.meanwhile = lambda: None

    def __call__(self) -> float:
        return time.time() + self.ahead

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.ahead += seconds
        self.meanwhile()


@pytest.fixture
def wall() -> Wall:
    return Wall()


def settled(path: Path, wall: Wall) -> Fingerprint | FormflowError | None:
    return Settled([path], 1.0, wall=wall, sleep=wall.sleep).results()[path]


def test_a_whole_file_that_has_stood_still_is_taken_at_once(tmp_path, wall):
    path = tmp_path / "a.csv"
    path.write_bytes(ROWS)
    wall.ahead = 5.0

    assert Fingerprint.of(path.stat()) == settled(path, wall)
    assert 0.0 == wall.slept


def test_one_that_has_just_come_is_waited_for(tmp_path, wall):
    path = tmp_path / "a.csv"
    path.write_bytes(ROWS)

    assert Fingerprint.of(path.stat()) == settled(path, wall)
    assert 0.5 < wall.slept <= 1.0


def test_a_time_that_a_copier_sets_back_makes_no_file_old(tmp_path, wall):
    path = tmp_path / "a.csv"
    path.write_bytes(ROWS)
    os.utime(path, (1, 1))
    settled(path, wall)

    assert wall.slept > 0.5


def test_one_that_grows_meanwhile_is_left(tmp_path, wall):
    path = tmp_path / "a.csv"
    path.write_bytes(ROWS)
    wall.meanwhile = lambda: path.write_bytes(ROWS * 2)

    assert "incomplete" == settled(path, wall).code


@pytest.mark.parametrize("content", [ROWS, b"PK\x03\x04 half", b"%PDF-1.7\n%%EOF"])
def test_one_that_somebody_holds_open_for_writing_is_left_however_old(tmp_path, wall, content):
    path = tmp_path / "a"
    wall.ahead = 3600.0
    with path.open("wb") as writer:
        writer.write(content)
        writer.flush()

        assert "incomplete" == settled(path, wall).code


def test_one_that_looks_cut_off_is_left_until_it_is_old(tmp_path, wall):
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04 half")
    wall.ahead = 2.0
    young = settled(path, wall)
    wall.ahead = CUT_OFF_SECONDS + 1

    assert "incomplete" == young.code
    assert Fingerprint.of(path.stat()) == settled(path, wall)


def test_where_the_system_does_not_tell_who_writes_every_file_is_looked_at_twice(tmp_path, wall, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(ROWS)
    wall.ahead = 3600.0
    monkeypatch.setattr(settle, "writers_of", lambda _: Writers.UNKNOWN)
    wall.meanwhile = lambda: path.write_bytes(ROWS * 2)

    assert "incomplete" == settled(path, wall).code


def test_one_that_cannot_be_opened_is_for_whoever_takes_it_to_tell(tmp_path, wall):
    assert settled(tmp_path / "gone", wall) is None
