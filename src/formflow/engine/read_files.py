"""Reading files and keeping nothing: every worker busy, not all files at once, containers file by file."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from formflow.errors import FormflowError, ReadError, StoreError
from formflow.pipeline.jobs.read import ReadJob, ReadResult
from formflow.pipeline.jobs.unpack import UnpackJob
from formflow.readers.containers.unpack import NeedsUnpacking

if TYPE_CHECKING:
    from formflow.engine.workers import Workers
    from formflow.extraction.labels.learned import Learned
    from formflow.pipeline.jobs.read import ReadRecord

_AHEAD = 8
"""Files given out before they are asked for, for each worker."""

Unread = tuple[tuple[str, ReadError], ...]
"""Files in a container that could not be read, by their path inside."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """What came of reading a file.

    Attributes:
        result: What it holds; of a container, the records of all its files. None where it could not be read.
        error: Why it could not be read.
        unread: The files in it that could not be read.
    """

    file: Path
    result: ReadResult | None = None
    error: FormflowError | None = None
    unread: Unread = ()


def read_files(
    files: Sequence[Path], workers: Workers, *, form: str | None, learned: Learned, count: int
) -> Iterator[FileRead]:
    """Read files in their order.

    Args:
        form: Id of the form that they are said to be.
        count: How many workers there are.
    """
    waiting: deque[tuple[ReadJob, Future[ReadResult]]] = deque()
    for file in files:
        job = ReadJob(path=file, name=file.name, hint=form, ordered=form is not None, learned=learned)
        waiting.append((job, workers.read(job)))
        if len(waiting) > _AHEAD * count:
            yield _finished(*waiting.popleft(), workers)
    while waiting:
        yield _finished(*waiting.popleft(), workers)


def _finished(job: ReadJob, future: Future[ReadResult], workers: Workers) -> FileRead:
    try:
        try:
            return FileRead(job.path, future.result())
        except NeedsUnpacking as container:
            items, unread = _read_members(job, workers)
            return FileRead(
                job.path, ReadResult(media_type=container.media_type, reader="", items=items), unread=unread
            )
    except (ReadError, StoreError) as error:
        return FileRead(job.path, error=error)


def _read_members(job: ReadJob, workers: Workers) -> tuple[tuple[ReadRecord, ...], Unread]:
    """The records of every file of a container, in the order of the files, and the files that could not be read.

    Raises:
        ReadError: The container cannot be unpacked.
    """
    items: list[ReadRecord] = []
    with TemporaryDirectory(prefix="formflow-members-") as folder:
        members = workers.unpack(UnpackJob(path=job.path, folder=Path(folder))).result()
        unread = [(member.name, member.error) for member in members if member.error is not None]
        under_way = [
            (member, workers.read(replace(job, path=member.path, name=Path(member.name).name)))
            for member in members
            if member.path is not None
        ]
        for member, future in under_way:
            try:
                items += [_led(item, member.name) for item in future.result().items]
            except ReadError as error:
                unread.append((member.name, error))
    return tuple(items), tuple(unread)


def _led(item: ReadRecord, name: str) -> ReadRecord:
    """A record whose sources and position are led by the name of its file."""
    sources = {
        field: replace(reading, source=replace(reading.source, part=f"{name}/{reading.source.part}"))
        for field, reading in item.record.sources.items()
    }
    record = replace(item.record, sources=sources, position=f"{name}/{item.record.position}")
    return replace(item, record=record)
