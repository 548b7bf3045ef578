"""What `advance` and `receive` work with."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from formflow.settings import Settings

if TYPE_CHECKING:
    from formflow.archive.shared import Shared
    from formflow.errors import FormflowError
    from formflow.forms.spec import Form
    from formflow.pipeline.jobs.finish import FinishJob, FinishManyJob, FinishResult
    from formflow.pipeline.jobs.notify import NoticeJob
    from formflow.pipeline.jobs.read import ReadJob, ReadResult
    from formflow.pipeline.jobs.share import ShareJob
    from formflow.pipeline.jobs.unpack import MemberFile, UnpackJob
    from formflow.rules.calendar import Calendar
    from formflow.store.store import Store


class Workers(Protocol):
    """Whoever does the pure jobs: worker processes, or in tests this very process."""

    @property
    def forms(self) -> Mapping[str, Form]: ...

    def read(self, job: ReadJob) -> Future[ReadResult]: ...

    def unpack(self, job: UnpackJob) -> Future[tuple[MemberFile, ...]]: ...

    def finish(self, job: FinishJob) -> Future[FinishResult]: ...

    def finish_many(self, job: FinishManyJob) -> Future[tuple[FinishResult | FormflowError, ...]]: ...

    def share(self, job: ShareJob) -> Future[dict[str, Shared]]: ...

    def notify(self, job: NoticeJob) -> Future[list[str]]: ...


class WriteOrder(Protocol):
    """Who may write to the register next; submissions take their turn in order of receipt."""

    def turn(self, submission: str) -> AbstractContextManager[None]: ...


class OneAtATime:
    """WriteOrder for whoever comes, one at a time: what threads of one process need on SQLite."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, submission: str) -> Iterator[None]:  # noqa: ARG002 - whoever comes
        with self._lock:
            yield


@dataclass(slots=True, kw_only=True)
class Context:
    """A workspace, opened.

    Attributes:
        clock: The true time, timezone-aware, in the office's zone.
    """

    settings: Settings
    store: Store
    workers: Workers
    calendar: Calendar
    clock: Callable[[], datetime]
    write_order: WriteOrder = field(default_factory=OneAtATime)

    @property
    def forms(self) -> Mapping[str, Form]:
        return self.workers.forms


def office_clock(settings: Settings) -> Callable[[], datetime]:
    """A clock on the office's wall."""
    zone = ZoneInfo(settings.timezone)
    return lambda: datetime.now(zone)


def open_store(settings: Settings) -> Store:
    """The stores of a workspace, made where they are missing.

    Raises:
        StoreError: Database or storage cannot be reached.
        IntegrityError: The database is damaged.
    """
    from formflow.archive.shelf import ArchiveShelves  # while the workers start
    from formflow.store.store import Store

    shelves = ArchiveShelves(settings.folder("archive"))
    return Store.open(settings.database_url, settings.folder("storage"), shelves=shelves)
