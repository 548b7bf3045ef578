"""What becomes of a file whose worker could not read it at once."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from formflow.engine.task import closed
from formflow.engine.workers import Workers
from formflow.errors import FormflowError, ReadError, StoreError
from formflow.office.converter import NotReady, OfficeLost
from formflow.pipeline.jobs.read import ReadJob
from formflow.readers.scanned import NeedsRecognition
from formflow.settings import load_settings

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def workers(monkeypatch):
    with Workers(load_settings(ROOT, {}), jobs=0) as made:
        made.answers = []

        def submit(job: Any, *, seconds: float) -> Future[Any]:
            future: Future[Any] = Future()
            answer = made.answers.pop(0)
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)
            return future

        monkeypatch.setattr(made.pool, "submit", submit)
        yield made


def test_a_file_that_the_office_had_not_started_for_is_read_once_more(workers):
    workers.answers += [NotReady("timeout"), "read"]

    assert "read" == workers.read(ReadJob(path=Path("a.doc"), name="a.doc")).result(5)


@pytest.mark.parametrize(("in_part", "expected"), [(True, "read"), (False, "no-text")])
def test_a_file_is_read_without_its_pictures_where_nobody_recognises_them(
    workers, monkeypatch, in_part, expected
):
    monkeypatch.setattr("formflow.engine.workers.can_recognise", lambda: False)
    workers.answers += [NeedsRecognition((1,), in_part=in_part), "read"]
    reading = workers.read(ReadJob(path=Path("a.pdf"), name="a.pdf"))

    assert expected == (reading.result(5) if in_part else getattr(reading.exception(5), "code", ""))


def test_a_file_that_the_office_was_killed_over_is_read_twice_more(workers):
    workers.answers += [OfficeLost("crashed"), OfficeLost("crashed"), "read"]

    assert "read" == workers.read(ReadJob(path=Path("a.doc"), name="a.doc")).result(5)


def test_a_file_that_ends_the_office_every_time_is_to_blame(workers):
    workers.answers += [OfficeLost("crashed")] * 3
    with pytest.raises(ReadError) as refused:
        workers.read(ReadJob(path=Path("a.doc"), name="a.doc")).result(5)

    assert ("crashed", []) == (refused.value.code, workers.answers)


def test_an_office_that_does_not_start_is_no_files_fault(workers):
    workers.answers += [NotReady("timeout")] * 2
    with pytest.raises(StoreError) as refused:
        workers.read(ReadJob(path=Path("a.doc"), name="a.doc")).result(5)

    assert ("machine", []) == (refused.value.code, workers.answers)


def test_any_other_file_out_of_time_is_not_read_again(workers):
    workers.answers += [ReadError("timeout")]
    with pytest.raises(ReadError) as refused:
        workers.read(ReadJob(path=Path("a.doc"), name="a.doc")).result(5)

    assert ("timeout", []) == (refused.value.code, workers.answers)


def test_a_reading_ends_where_its_next_step_finds_the_pool_closed(workers, monkeypatch):
    def closed_to_pages(*_: Any) -> None:
        raise closed()

    monkeypatch.setattr("formflow.engine.workers.can_recognise", lambda: True)
    monkeypatch.setattr(workers.recognition, "pages", closed_to_pages)
    workers.answers += [NeedsRecognition((0,))]

    with pytest.raises(FormflowError) as caught:
        workers.read(ReadJob(path=Path("a.tif"), name="a.tif")).result(5)
    assert "closed" == caught.value.code
