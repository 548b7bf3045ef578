"""Many files are read in their order, containers file by file."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from formflow.engine.read_files import read_files
from formflow.errors import ReadError
from formflow.model import Candidate, Reading, Record, Source
from formflow.pipeline.jobs.read import ReadRecord, ReadResult
from formflow.pipeline.jobs.unpack import MemberFile
from formflow.readers.containers.unpack import NeedsUnpacking


def record(text):
    reading = Reading(text=text, source=Source(part="body", ref="table 1 R1C2"))
    made = Record(form="complaint", values={"product": text}, sources={"product": reading}, position="body")
    return ReadRecord(Candidate(form="complaint", readings={"product": reading}), made, ())


def result(*texts):
    return ReadResult(media_type="text/csv", reader="csv/1", items=tuple(map(record, texts)))


class Answers:
    """Workers that answer by the name of the file."""

    def __init__(self, answers, members=()):
        self.answers, self.members, self.given = answers, members, 0

    def read(self, job):
        self.given += 1
        return self._future(self.answers[job.name])

    def unpack(self, job):
        return self._future(self.members)

    @staticmethod
    def _future(answer):
        future = Future()
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)
        return future


def read(workers, *names, count=2):
    return read_files([Path(name) for name in names], workers, form=None, learned=(), count=count)


def test_a_file_that_cannot_be_read_keeps_its_place_among_the_others():
    workers = Answers({"a.csv": result("甲"), "b.csv": ReadError("corrupt"), "c.csv": result()})
    found = list(read(workers, "a.csv", "b.csv", "c.csv"))

    assert ["a.csv", "b.csv", "c.csv"] == [one.file.name for one in found]
    assert [None, "corrupt", None] == [one.error and one.error.code for one in found]
    assert [1, None, 0] == [one.result and len(one.result.items) for one in found]


def test_the_records_of_a_container_are_led_by_the_names_of_its_files():
    members = (
        MemberFile(name="表/a.csv", path=Path("1")),
        MemberFile(name="b.csv", path=Path("2")),
        MemberFile(name="c.rar", error=ReadError("unsupported")),
    )
    answers = {"several.zip": NeedsUnpacking("application/zip"), "a.csv": result("甲")}
    workers = Answers(answers | {"b.csv": ReadError("corrupt")}, members)
    (found,) = read(workers, "several.zip")

    assert "application/zip" == found.result.media_type
    (item,) = found.result.items
    assert ("表/a.csv/body", "表/a.csv/body") == (
        item.record.sources["product"].source.part,
        item.record.position,
    )
    assert {"c.rar": "unsupported", "b.csv": "corrupt"} == {name: error.code for name, error in found.unread}


def test_not_every_file_is_given_out_at_once():
    names = [f"{number}.csv" for number in range(100)]
    workers = Answers({name: result() for name in names})
    reading = read(workers, *names, count=1)
    next(reading)

    assert workers.given < 20
    assert 99 == len(list(reading))
