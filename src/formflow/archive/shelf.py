"""The numbers that the archive's folders tell of: one listing a book, nothing below it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from formflow.archive.names import safe_name
from formflow.archive.shared import FOLDER as SHARED_BAGS
from formflow.errors import StoreError
from formflow.messages import archive as messages
from formflow.store.guard import Shelved

_SERIAL = re.compile(r"0*([1-9][0-9]{0,17})(?:\..*)?", re.DOTALL)


class ArchiveShelves:
    """The books of an archive by their folders, `SERIES/YEAR/SERIAL` and `SERIES/YEAR/SERIAL.EVENT`.

    Args:
        root: The archive's folder; it need not exist.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def folder(self, series: str) -> str:
        """The folder of a series."""
        return safe_name(series)

    def highest(self) -> dict[tuple[str, int], Shelved]:
        """The highest folder of every book that has one, with what its record says.

        Raises:
            StoreError: A folder cannot be listed; then nothing is known of the numbers in it.
        """
        found: dict[tuple[str, int], Shelved] = {}
        for series in _folders(self._root):
            if series == SHARED_BAGS:
                continue  # what several entries share: a submission's id is no serial
            for year in _folders(self._root / series):
                if not (year.isascii() and year.isdigit() and len(year) <= 4):
                    continue
                book = self._root / series / year
                top = max((serial_of(name) for name in _folders(book)), default=0)
                if top:
                    found[series, int(year)] = _shelved(book, top)
        return found


def serial_of(name: str) -> int:
    """The serial that a bag's folder begins with, or 0."""
    matched = _SERIAL.fullmatch(name)
    return int(matched[1]) if matched else 0


def _folders(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            # A name is evidence enough: a bag that was emptied, or replaced by a link, had its number all the same.
            yield from (entry.name for entry in found if not entry.name.startswith(".") and _holds(entry))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise StoreError(
            messages.ARCHIVE_NOT_LISTED(folder=folder, reason=error.strerror or error),
            code="unreachable",
            remedy=messages.CHECK_DISK_BEFORE_NUMBERING(),
        ) from error


def _holds(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir() or entry.is_symlink()


def _shelved(book: Path, serial: int) -> Shelved:
    try:
        told: Any = json.loads((book / f"{serial:04}" / "data" / "record.json").read_bytes())
        return Shelved(
            serial=serial,
            number=str(told["number"]),
            registered_at=str(told["registered_at"]),
            record=str(told["record"]),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Shelved(serial=serial)
