"""Copies of bags for somebody who asks for a few entries; a whole year is handed over by `handover`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.archive.bag import bag_faults, copy_whole
from formflow.archive.fetch import Holdings
from formflow.errors import Conflict, IntegrityError, NotFound
from formflow.messages import archive as messages
from formflow.messages import clauses

if TYPE_CHECKING:
    from formflow.store.store import Store


def copy_bags(root: Path, store: Store, numbers: Sequence[str], target: Path) -> Iterator[tuple[str, Path]]:
    """Copy every bag of entries, with what lies in a shared one; each copy is read back and proved.

    Args:
        root: The archive's folder.
        target: Where to; a bag lies below it as below the archive.
    Returns:
        Number and folder of each copy, as it is made.
    Raises:
        NotFound: An entry has no bag.
        Conflict: A folder is there already; nothing is overwritten.
        IntegrityError: A bag is damaged, here or once written.
    """
    holdings = Holdings(root)
    for number in numbers:
        marks = store.archives.of(number)
        if not marks:
            raise NotFound(messages.NO_ARCHIVE_COPY(number=number), code="no-such-number")
        for mark in marks:
            copy = target / mark.path
            if copy.exists():
                raise Conflict(messages.TARGET_EXISTS(target=copy), code="exists")
            faults = bag_faults(root / mark.path, holdings)
            if not faults:
                copy_whole(root / mark.path, copy, holdings)
                faults = bag_faults(copy)
            if faults:
                raise IntegrityError(
                    messages.BAG_DAMAGED(path=mark.path, faults=clauses(*faults[:3])), code="bag-damaged"
                )
            yield number, copy
