"""An office: a workspace with the shipped forms, its jobs done in this very process."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.support import papers

from formflow.forms.spec import Form
from formflow.pipeline.advance import advance
from formflow.pipeline.context import Context, open_store
from formflow.pipeline.jobs.worker_context import WorkerContext
from formflow.pipeline.receiving import Incoming, receive
from formflow.pipeline.results import Result
from formflow.rules.calendar import open_calendar
from formflow.settings import load_settings
from formflow.workspace import lay_out

HEAD = ("收文日期", "来文单位", "来文号", "主题", "页数", "片区", "交付日期")
NOW = datetime(2026, 3, 5, 9, 30, tzinfo=timezone(timedelta(hours=8)))


class Inline:
    """Does jobs at once, in this process; `broken` jobs raise what they are told to."""

    def __init__(self, bench: WorkerContext) -> None:
        self._bench = bench
        self.broken: dict[str, BaseException] = {}
        self.done: list[Any] = []

    @property
    def forms(self) -> Mapping[str, Form]:
        return self._bench.forms

    def read(self, job: Any) -> Future[Any]:
        return self._do("read", job)

    def unpack(self, job: Any) -> Future[Any]:
        return self._do("unpack", job)

    def finish(self, job: Any) -> Future[Any]:
        return self._do("finish", job)

    def finish_many(self, job: Any) -> Future[Any]:
        return self._do("finish", job)

    def share(self, job: Any) -> Future[Any]:
        return self._do("share", job)

    def notify(self, job: Any) -> Future[Any]:
        return self._do("notify", job)

    def _do(self, kind: str, job: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            if kind in self.broken:
                raise self.broken[kind]
            future.set_result(job.run(self._bench))
            self.done.append(job)
        except BaseException as error:
            future.set_exception(error)
        return future


class Office:
    """A workspace and what one does in it."""

    def __init__(self, folder: Path) -> None:
        lay_out(folder)
        self.folder = folder
        self.settings = load_settings(folder, {})
        self.now = NOW
        self.workers = Inline(WorkerContext(self.settings))
        self.context = Context(
            settings=self.settings,
            store=open_store(self.settings),
            workers=self.workers,
            calendar=open_calendar(self.settings),
            clock=lambda: self.now,
        )
        self.store = self.context.store

    def put(self, name: str, content: bytes) -> Path:
        """A file in the inbox."""
        path = self.folder / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def incoming(self, path: Path, **more: Any) -> Incoming:
        folder = path.parent.relative_to(self.folder / "inbox").as_posix()
        return Incoming(
            path=path,
            name=path.name,
            folder="" if folder == "." else folder,
            way="inbox",
            remove=True,
            **more,
        )

    def drop(self, name: str, content: bytes, **more: Any) -> Result:
        """Put a file into the inbox and move it on as far as it goes."""
        received = receive([self.incoming(self.put(name, content), **more)], self.context)[0]
        assert received.submission is not None
        return advance(received.submission.id, self.context)

    def log(self, *rows: tuple[Any, ...], name: str = "log.csv", title: str = "收传真登记簿") -> Result:
        """A log of faxes dropped into the inbox."""
        return self.drop(name, log_bytes(*rows, title=title))

    @staticmethod
    def fax(day: int, subject: str, **changed: Any) -> tuple[Any, ...]:
        """A row of a log: a fax of March 2026."""
        values = {
            "on": f"2026年3月{day}日",
            "sender": "佛山市宏达化工有限公司",
            "ref": f"宏函〔2026〕{day}号",
            "subject": subject,
            "pages": 3,
            "area": "华南",
            "handed": f"2026年3月{day}日",
        } | changed
        return tuple(values.values())

    def numbers(self) -> list[str]:
        return [listed.entry.number for listed in self.store.register.list()]


def log_bytes(*rows: tuple[Any, ...], title: str = "收传真登记簿") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([[title], HEAD, *rows])
    return text.getvalue().encode("utf-8-sig")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "office")
    yield office
    office.store.close()


@pytest.fixture
def paper(tmp_path: Path) -> Any:
    """Bytes of a filled form of a kind (see tests/support/papers.py)."""

    @cache
    def make(kind: str, serial: int = 1) -> bytes:
        return papers.make(kind, tmp_path / "papers", serial).read_bytes()

    return make
