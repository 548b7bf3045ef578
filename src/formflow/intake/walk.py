"""Every file below a folder, and everything there that is none: found without recursion, within bounds."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from formflow.errors import FormflowError
from formflow.messages import Bilingual
from formflow.messages import intake as messages
from formflow.pipeline.quarantine import FAILED

IGNORED = (
    "~$*",
    ".~lock*",
    "*.tmp",
    "*.part",
    "*.crdownload",
    ".DS_Store",
    "._*",
    "Thumbs.db",
    "desktop.ini",
    "@eaDir",
)
"""Names that are never read: owner files, locks, downloads under way, what systems leave behind."""

MAX_DEPTH = 100
"""Folders inside one another that are looked into; nobody files forms deeper than a few."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something below a folder: a file with its status, or what cannot be read, with the reason."""

    path: Path
    status: os.stat_result | None = None
    oddity: FormflowError | None = None


def is_ignored(name: str) -> bool:
    """Whether a file or folder of that name is never read."""
    return any(fnmatchcase(name, pattern) for pattern in IGNORED)


def walk(folder: Path, *, inbox: Path | None = None) -> Iterator[Found]:
    """What lies below a folder and is not to be passed over, by name, folders with what is in them.

    Passed over without a word: `IGNORED`, folders whose name begins with a dot (`.failed`), what vanishes
    meanwhile, and the README.md in which the inbox explains itself. Symbolic links are never followed.

    Args:
        inbox: The folder whose own README.md is no form; default: `folder`.
    """
    own = (inbox or folder).resolve()
    listings = [_listing(folder)]
    while listings:
        entry = next(listings[-1], None)
        if entry is None:
            listings.pop()
        elif isinstance(entry, Found):
            yield entry
        elif is_ignored(entry.name) or (entry.name.startswith(".") and entry.is_dir()):
            continue
        elif entry.name == FAILED:
            yield Found(
                Path(entry.path), oddity=not_read(messages.NO_QUARANTINE(folder=FAILED), messages.TAKE_AWAY())
            )
        elif entry.is_symlink():
            yield Found(Path(entry.path), oddity=not_read(messages.IS_LINK(), messages.PUT_FILE_ITSELF()))
        elif entry.is_dir(follow_symlinks=False):
            if len(listings) > MAX_DEPTH:
                yield Found(
                    Path(entry.path),
                    oddity=not_read(messages.FOLDERS_TOO_DEEP(most=MAX_DEPTH), messages.MOVE_FURTHER_UP()),
                )
            else:
                listings.append(_listing(Path(entry.path)))
        else:
            yield from _file(entry, own)


def not_read(said: Bilingual, remedy: Bilingual) -> FormflowError:
    """What is said of a thing in the inbox that cannot be read where it lies."""
    return FormflowError(said, code="unreadable", remedy=remedy)


def cannot_open(error: OSError) -> FormflowError:
    """What is said of a file or a folder that the system does not open."""
    reason = error.strerror or str(error)
    return not_read(messages.CANNOT_OPEN(reason=reason), messages.GIVE_RIGHT_TO_READ())


def _listing(folder: Path) -> Iterator[os.DirEntry[str] | Found]:
    try:
        with os.scandir(folder) as listing:
            return iter(sorted(listing, key=lambda entry: entry.name))
    except (FileNotFoundError, NotADirectoryError):  # gone meanwhile
        return iter(())
    except OSError as error:
        return iter((Found(folder, oddity=cannot_open(error)),))


def _file(entry: os.DirEntry[str], inbox: Path) -> Iterator[Found]:
    path = Path(entry.path)
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Found(path, oddity=cannot_open(error))
        return
    if not stat.S_ISREG(status.st_mode):
        yield Found(path, oddity=not_read(messages.NO_FILE(), messages.TAKE_AWAY()))
    # The folder may have been named by another way than the inbox is: `inbox`, `./inbox`, a link to it.
    elif path.name != "README.md" or path.parent.resolve() != inbox:
        yield Found(path, status)
