"""What one file may cost, through the pool that `extract` and `process` use: time, memory, a worker, never more."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.test_hostile_pdfs import pdf, streamed

from formflow.engine.pool import Pool
from formflow.engine.worker import WorkerConfig
from formflow.engine.workers import READING, Workers
from formflow.errors import FormflowError, ReadError
from formflow.limits import Limits
from formflow.pipeline.jobs.read import ReadJob
from formflow.settings import Settings

SECONDS = 2.0
RANGES = b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange"


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    root = Path(__file__).resolve().parents[2]
    settings = Settings(workspace=root, workers=1, limits=Limits(seconds=SECONDS))
    warm = tmp_path_factory.mktemp("warm") / "a.csv"
    warm.write_text("a,b\n1,2\n", encoding="utf-8")
    with Workers(settings) as made:
        made.read(ReadJob(path=warm, name=warm.name)).result(60)
        yield made


def code_of(workers: Workers, path: Path) -> str:
    """What one worker says; what it leaves to recognition is `no-text` here."""
    try:
        workers.pool.submit(ReadJob(path=path, name=path.name), seconds=SECONDS).result(60)
    except FormflowError as error:
        return error.code
    return "read"


def squeezed(times: int, size: int) -> bytes:
    squeeze = zlib.compressobj(9)
    data = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(size)) + squeeze.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def test_a_font_that_maps_four_thousand_million_codes_is_stopped_in_time(workers, tmp_path):
    font = "<</Type/Font/Subtype/Type0/BaseFont/X/DescendantFonts[7 0 R]/Encoding 6 0 R>>"
    more = {
        6: streamed("/Type/CMap/CMapName/X", RANGES),
        7: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>>>",
    }
    (tmp_path / "a.pdf").write_bytes(pdf(font=font, more=more))
    began = time.monotonic()

    assert code_of(workers, tmp_path / "a.pdf") in ("timeout", "too-large", "no-text", "corrupt")
    assert time.monotonic() - began < SECONDS + 4


def test_a_bomb_in_a_bomb_costs_no_more_memory_than_allowed(workers, tmp_path):
    content = squeezed(2, 800)
    (tmp_path / "a.pdf").write_bytes(pdf(content, stream="/Filter[/FlateDecode/FlateDecode]"))
    code = code_of(workers, tmp_path / "a.pdf")

    assert code in ("too-large", "corrupt", "timeout", "no-text")
    assert workers.pool.worker_peak < 700_000_000


def test_the_next_file_is_read_after_all_that(workers, tmp_path):
    (tmp_path / "a.csv").write_text("客户名称,日期\n华南,2026-03-05\n", encoding="utf-8")

    assert code_of(workers, tmp_path / "a.csv") == "read"


def test_a_pipe_without_writer_is_not_waited_for(workers, tmp_path):
    os.mkfifo(tmp_path / "a.docx")

    assert code_of(workers, tmp_path / "a.docx") == "unreadable"


def test_a_file_that_is_gone_is_unreadable(workers, tmp_path):
    with pytest.raises(ReadError) as refused:
        workers.read(ReadJob(path=tmp_path / "a.docx", name="a.docx")).result(60)

    assert refused.value.code == "unreadable"


JOBS = """
import os, time
from dataclasses import dataclass
from formflow.errors import FormflowError, ReadError

@dataclass
class Hoard:
    megabytes: int
    def run(self, bench):
        try:
            held = [bytearray(1_000_000) for _ in range(self.megabytes)]
        except MemoryError:
            raise ReadError("too-large", "memory") from None
        return len(held)

@dataclass
class Talk:
    size: int
    def run(self, bench): return "x" * self.size

class Panic(BaseException): pass

@dataclass
class Panics:
    def run(self, bench): raise Panic("of a library written in another language")

@dataclass
class DieLate:
    seconds: float
    def run(self, bench):
        time.sleep(self.seconds)
        os._exit(3)

@dataclass
class Recursive:
    def run(self, bench):
        deep = []
        for _ in range(100_000):
            deep = [deep]
        return deep
"""


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    (tmp_path / "sandbox_jobs.py").write_text(JOBS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(__import__("sys").modules, "sandbox_jobs", raising=False)
    import sandbox_jobs

    return sandbox_jobs


@pytest.fixture
def pool(tmp_path: Path, jobs: object) -> Iterator[Pool]:
    config = WorkerConfig(settings=Settings(workspace=tmp_path), parent=os.getpid(), preload=READING)
    with Pool(1, config) as made:
        yield made


def error_of(future) -> str:
    with pytest.raises(Exception) as caught:
        future.result(60)
    return str(getattr(caught.value, "code", caught.value))


def test_memory_beyond_the_limit_is_an_error_and_below_it_none(pool, jobs):
    assert error_of(pool.submit(jobs.Hoard(600), seconds=20)) == "too-large"
    assert pool.submit(jobs.Hoard(200), seconds=20).result(60) == 200
    assert pool.worker_peak < 700_000_000


def test_an_answer_too_large_for_the_parent_is_refused(pool, jobs):
    assert error_of(pool.submit(jobs.Talk(80_000_000), seconds=20)) == "too-large"


def test_an_answer_that_cannot_travel_is_an_error_not_a_death(pool, jobs):
    assert error_of(pool.submit(jobs.Recursive(), seconds=20)) == "too-large"


def test_what_is_no_exception_comes_back_as_one(pool, jobs):
    with pytest.raises(BaseException, match="another language"):
        pool.submit(jobs.Panics(), seconds=20).result(60)


def test_a_worker_that_dies_late_is_not_tried_again(pool, jobs):
    began = time.monotonic()

    assert error_of(pool.submit(jobs.DieLate(1.0), seconds=2.0)) == "crashed"
    assert time.monotonic() - began < 5
