"""Closing a bag: written under a temporary name, made durable, then given its name, and never written to again."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from formflow.archive.bag import Payload, bag_seal, write_bag
from formflow.archive.fetch import Elsewhere
from formflow.errors import FormflowError, IntegrityError, StoreError
from formflow.messages import Bilingual, clauses
from formflow.messages import archive as messages
from formflow.store.objects import can_sync_file_system, sync_file_system, sync_folder

MAKING = ".making"
"""Folder of half-made bags below the archive's root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A bag that is whole and durable.

    Attributes:
        path: Its folder below the archive's root, `/`-separated (`XKH/2026/0001`).
        seal: SHA-256 of its tag manifest.
    """

    folder: Path
    path: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A bag that is to be made.

    Attributes:
        path: Its folder below the archive's root.
        standing: Has the word of one that stands already.
        elsewhere: As for `write_bag`.
        check: Looks at the digests (by path in the bag) before the bag gets its name.
    """

    path: str
    payload: Payload
    info: Mapping[str, str]
    standing: Callable[[], Archived]
    elsewhere: Mapping[str, Elsewhere] | None = None
    check: Callable[[Mapping[str, str]], None] = lambda _: None


def whole(root: Path, path: str, faults: Sequence[Bilingual], remedy: Bilingual) -> Archived:
    """The bag that stands at a path already.

    Args:
        faults: What `bag_faults` finds in it.
    Raises:
        IntegrityError: There are faults; the first three are named.
    """
    if faults:
        raise IntegrityError(
            messages.BAG_DAMAGED(path=path, faults=clauses(*faults[:3])), code="bag-damaged", remedy=remedy
        )
    return Archived(folder=root / path, path=path, seal=bag_seal(root / path))


def close_bag(root: Path, plan: Plan) -> Archived:
    """Make a bag; a folder of its name is a whole bag whenever the machine stops.

    Args:
        root: The archive's folder; made when missing.
    Raises:
        StoreError: The disk is full or refuses; nothing half-made stays.
        FormflowError: What the plan's own functions raise.
    """
    (made,) = close_bags(root, [plan])
    if isinstance(made, FormflowError):
        raise made
    return made


def close_bags(root: Path, plans: Sequence[Plan]) -> list[Archived | FormflowError]:
    """Make bags, in their order; what keeps one from being made keeps no other.

    Many small bags are made durable together before the first of them gets its name: one by one each of their files
    would wait for the disk.
    """
    making = [_Making(root, plan) for plan in plans]
    together = len(plans) > 1 and can_sync_file_system()
    try:
        for one in making:
            one.write(durable=not together)
        if together and any(one.written for one in making):
            sync_file_system(root)
        for one in making:
            one.rename()
        for folder in dict.fromkeys(folder for one in making for folder in one.changed):
            sync_folder(folder)
    except OSError as error:
        for one in making:
            one.outcome = one.outcome if isinstance(one.outcome, FormflowError) else _failed(root, error)
    finally:
        for one in making:
            shutil.rmtree(one.temp, ignore_errors=True)
    return [one.end() for one in making]


class _Making:
    """A bag under way."""

    def __init__(self, root: Path, plan: Plan) -> None:
        self.plan = plan
        self.final = root / plan.path
        self.temp = root / MAKING / f"{self.final.name}-{os.getpid()}-{secrets.token_hex(6)}"
        self.written = False
        self.changed: list[Path] = []
        self.outcome: Archived | FormflowError | None = None
        self._root = root

    def write(self, *, durable: bool) -> None:
        """Write it under its temporary name."""
        if self.final.is_dir():
            self._ask()
            return
        try:
            self.temp.mkdir(parents=True)
            plan = self.plan
            plan.check(write_bag(self.temp, plan.payload, plan.info, plan.elsewhere, durable=durable))
            self.written = True
        except OSError as error:
            self.outcome = _failed(self._root, error)
        except FormflowError as error:
            self.outcome = error

    def rename(self) -> None:
        """Give it its name; of one that another process made meanwhile the plan has the word."""
        if not self.written:
            return
        try:
            self.changed = _publish(self.temp, self.final)
        except FileExistsError:
            self._ask()
        except OSError as error:
            self.outcome = _failed(self._root, error)

    def end(self) -> Archived | FormflowError:
        """What became of it, once its name is durable."""
        if self.outcome is None:
            try:
                return Archived(folder=self.final, path=self.plan.path, seal=bag_seal(self.final))
            except OSError as error:
                return _failed(self._root, error)
        return self.outcome

    def _ask(self) -> None:
        try:
            self.outcome = self.plan.standing()
        except FormflowError as error:
            self.outcome = error


def sweep(root: Path, older_than_seconds: float = 3600.0) -> int:
    """Remove half-made bags that a crash left behind; how many."""
    removed = 0
    limit = time.time() - older_than_seconds
    making = root / MAKING
    for folder in making.iterdir() if making.is_dir() else ():
        try:
            if folder.stat().st_mtime <= limit:
                shutil.rmtree(folder)
                removed += 1
        except FileNotFoundError:
            continue
    return removed


def _publish(temp: Path, final: Path) -> list[Path]:
    """Give a bag its name; the folders that are to be made durable for it.

    Raises:
        FileExistsError: Another process was first.
    """
    missing = [folder for folder in (final.parent, final.parent.parent) if not folder.is_dir()]
    final.parent.mkdir(parents=True, exist_ok=True)
    try:
        temp.rename(final)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST) or final.is_dir():
            raise FileExistsError(final) from error
        raise
    return [final.parent, *(folder.parent for folder in missing)]


def _failed(root: Path, error: OSError) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreError(
            messages.ARCHIVE_DISK_FULL(root=root), code="full", remedy=messages.FREE_SOME_SPACE()
        )
    return StoreError(
        messages.ARCHIVE_NOT_WRITABLE(root=root, error=error),
        code="unreachable",
        remedy=messages.CHECK_DISK_AND_PERMISSIONS(),
    )
