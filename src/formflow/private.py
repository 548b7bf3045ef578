"""Files and folders that nobody but their owner reads, whatever the umask says: they hold personal data."""

from __future__ import annotations

import os
import stat
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, for the owner alone; one that is there stays as it is.

    Raises:
        OSError: The disk refuses, or a file is in the way.
    """
    missing = []
    for place in (folder, *folder.parents):
        if place.exists():
            break
        missing.append(place)
    for place in reversed(missing):
        place.mkdir(FOLDER_MODE, exist_ok=True)
    if not folder.is_dir():
        folder.mkdir()  # says what is in the way


def make_file(path: Path) -> None:
    """Make an empty file for the owner alone where none is.

    Raises:
        OSError: The disk refuses.
    """
    os.close(opener(str(path), os.O_RDWR | os.O_CREAT))


def opener(path: str, flags: int) -> int:
    """For `open(…, opener=…)`: a file that is made is its owner's alone."""
    return os.open(path, flags | getattr(os, "O_CLOEXEC", 0), FILE_MODE)


def is_open_to_others(path: Path) -> bool:
    """Whether a group or everybody may do something with a file or folder; False where there is none."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return os.name != "nt" and bool(mode & (stat.S_IRWXG | stat.S_IRWXO))
