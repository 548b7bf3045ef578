"""`formflow extract` on a container: the records of all its files, each source led by the name of its file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from formflow.errors import ReadError

if TYPE_CHECKING:
    from formflow.engine.workers import Workers
    from formflow.pipeline.jobs.read import ReadJob, ReadRecord


@dataclass(frozen=True, slots=True)
class Contents:
    """What the files of a container hold.

    Attributes:
        items: The records of all files, in the order of the files.
        unread: The files that could not be read, by their path inside.
    """

    items: tuple[ReadRecord, ...]
    unread: tuple[tuple[str, ReadError], ...]


def read_members(job: ReadJob, workers: Workers) -> Contents:
    """Read every file of a container.

    Args:
        job: The job that the container was refused to.
    Raises:
        ReadError: The container cannot be unpacked.
    """
    from formflow.pipeline.jobs.unpack import UnpackJob

    items: list[ReadRecord] = []
    unread: list[tuple[str, ReadError]] = []
    with TemporaryDirectory(prefix="formflow-members-") as folder:
        members = workers.unpack(UnpackJob(path=job.path, folder=Path(folder))).result()
        under_way = [
            (member, workers.read(replace(job, path=member.path, name=Path(member.name).name)))
            for member in members
            if member.path is not None
        ]
        unread += [(member.name, member.error) for member in members if member.error is not None]
        for member, future in under_way:
            try:
                items += [_led(item, member.name) for item in future.result().items]
            except ReadError as error:
                unread.append((member.name, error))
    return Contents(tuple(items), tuple(unread))


def _led(item: ReadRecord, name: str) -> ReadRecord:
    """A record whose sources and position are led by the name of its file."""
    sources = {
        field: replace(reading, source=replace(reading.source, part=f"{name}/{reading.source.part}"))
        for field, reading in item.record.sources.items()
    }
    record = replace(item.record, sources=sources, position=f"{name}/{item.record.position}")
    return replace(item, record=record)
