"""What cannot be read goes to `inbox/.failed/`, with the reason beside it in words a clerk can act on."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from filecmp import cmp
from glob import escape
from pathlib import Path

from formflow.errors import ReadError
from formflow.store.columns import storable

FAILED = ".failed"
SUFFIX = ".reason.txt"

UNPACKED = ".files"
"""Behind the name of a container in quarantine: the folder of its files."""


def set_aside(
    inbox: Path,
    source: Path,
    name: str,
    folder: str,
    error: ReadError,
    *,
    at: datetime,
    move: bool = False,
) -> Path:
    """Put a file into quarantine and write its reason beside it; where it lies then.

    Doing it twice does it once. Another file of the same name stays: this one is given a number.

    Args:
        source: The bytes: the kept original, or with `move` the file itself.
        name, folder: What it was called, and where in the inbox.
    """
    # A name that is no UTF-8 comes as the disk has it or as the database holds it: it lies here under the latter.
    name = storable(name)
    home = _home(inbox, folder)
    home.mkdir(parents=True, exist_ok=True)
    place = _free_place(home, name, source)
    if not place.exists():
        temp = place.with_name(f".{place.name}.tmp")
        if move:
            shutil.move(source, temp)
        else:
            shutil.copyfile(source, temp)
        _sync(temp)
        temp.replace(place)
    _write(place.with_name(place.name + SUFFIX), reason(name, error, at))
    return place


def clear(inbox: Path, original: Path, name: str, folder: str) -> None:
    """Take a file out of quarantine that has been read after all, and reasons whose file is gone."""
    home = _home(inbox, folder)
    name = storable(name)
    if not home.is_dir():
        return
    stem, suffix = Path(name).stem, Path(name).suffix
    for place in [home / name, *home.glob(f"{escape(stem)} (*){escape(suffix)}")]:
        if place.is_file() and _same(place, original):
            place.unlink(missing_ok=True)
        if not place.exists():
            place.with_name(place.name + SUFFIX).unlink(missing_ok=True)


def reason(name: str, error: ReadError, at: datetime) -> str:
    """The text beside a file in quarantine."""
    detail = f"\n（{error.detail}）\n" if error.detail else ""
    return (
        f"文件 / File: {name}\n"
        f"时间 / When: {at:%Y-%m-%d %H:%M:%S}\n"
        f"代码 / Code: {error.code}\n\n"
        f"{error.chinese}\n\n{error.english}\n{detail}\n"
        "改正后把文件放回收件目录即可；文件未改动时不会自动重试。\n"
        "Put the corrected file back into the inbox; an unchanged file is not tried again by itself.\n"
    )


def waiting(inbox: Path) -> list[Path]:
    """Every file in quarantine."""
    home = inbox / FAILED
    return sorted(path for path in home.rglob("*") if path.is_file() and not path.name.endswith(SUFFIX))


def _home(inbox: Path, folder: str) -> Path:
    """The folder of quarantine for a folder of the inbox.

    Files out of a container lie in a folder that bears its name; where the container itself lies in quarantine,
    a mark is put behind that name.
    """
    home = inbox / FAILED
    for step in Path(storable(folder)).parts:
        home = home / step
        if home.is_file():
            home = home.with_name(f"{step}{UNPACKED}")
    return home


def _free_place(home: Path, name: str, source: Path) -> Path:
    stem, suffix = Path(name).stem, Path(name).suffix
    place, count = home / name, 1
    while place.exists() and not _same(place, source):
        count += 1
        place = home / f"{stem} ({count}){suffix}"
    return place


def _same(one: Path, other: Path) -> bool:
    try:
        return cmp(one, other, shallow=False)
    except OSError:
        return False


def _write(path: Path, text: str) -> None:
    temp = path.with_name(f".{path.name}.tmp")
    # A name that is no UTF-8 is shown escaped.
    temp.write_text(text, encoding="utf-8-sig", errors="backslashreplace")
    _sync(temp)
    temp.replace(path)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
