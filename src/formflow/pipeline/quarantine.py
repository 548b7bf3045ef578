"""What cannot be read goes to `inbox/.failed/`, with the reason beside it in words a clerk can act on."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from datetime import datetime
from filecmp import cmp
from glob import escape
from pathlib import Path

from formflow.errors import ReadError, StoreError
from formflow.messages import pipeline as messages
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

    Doing it twice does it once. Another file of the same name stays: this one is given a number. A name that
    is too long for the disk, with its number or its reason's suffix, is shortened.

    Args:
        source: The bytes: the kept original, or with `move` the file itself.
        name, folder: What it was called, and where in the inbox.
    Raises:
        StoreError: Quarantine cannot be written to.
    """
    # A name that is no UTF-8 comes as the disk has it or as the database holds it: it lies here under the latter.
    name = storable(name)
    try:
        try:
            return _set_aside(_home(inbox, folder), source, name, error, at, move)
        except OSError as caught:
            if caught.errno != errno.ENAMETOOLONG or not folder:
                raise
            return _set_aside(_home(inbox, ""), source, name, error, at, move)
    except OSError as caught:
        told = caught.strerror or str(caught)
        raise StoreError(
            messages.NOT_QUARANTINED(name=name, code=error.code, inbox=inbox / FAILED, told=told),
            code="quarantine",
            remedy=messages.CHECK_QUARANTINE(failed=FAILED),
        ) from caught


def _set_aside(home: Path, source: Path, name: str, error: ReadError, at: datetime, move: bool) -> Path:
    _make(home)
    place = _free_place(home, name, source)
    if not place.exists():
        if not move or not _renamed(source, place):
            temp = home / f".{_short_hash(place.name)}.tmp"
            shutil.copyfile(source, temp)
            _sync(temp)
            temp.replace(place)
        if move:
            source.unlink(missing_ok=True)
    _write(place.with_name(place.name + SUFFIX), reason(name, error, at))
    return place


def clear(inbox: Path, original: Path, name: str, folder: str) -> None:
    """Take a file out of quarantine that has been read after all, and reasons whose file is gone."""
    name = storable(name)
    for home in dict.fromkeys((_home(inbox, folder), _home(inbox, ""))):
        if not _is_folder(home):
            continue
        plain = _fitting(home, name)
        numbered = _fitting(home, name, " (*)")
        stem, _, suffix = numbered.rpartition(" (*)")
        for place in [home / plain, *home.glob(f"{escape(stem)} (*){escape(suffix)}")]:
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
        "把文件放回收件目录就会再试一次，改正过的或原样的都可以；留在这里的不会自动重试。\n"
        "Put the file back into the inbox, corrected or as it is, and it is tried again; here it is left alone.\n"
    )


def waiting(inbox: Path) -> list[Path]:
    """Every file in quarantine."""
    home = inbox / FAILED
    return sorted(
        Path(folder) / name
        for folder, _, names in os.walk(home)
        for name in names
        if not name.endswith((SUFFIX, ".tmp"))
    )


def _home(inbox: Path, folder: str) -> Path:
    """The folder of quarantine for a folder of the inbox.

    Files out of a container lie in a folder that bears its name; where the container itself lies in quarantine,
    a mark is put behind that name.
    """
    home = inbox / FAILED
    steps = Path(storable(folder)).parts
    for step in steps if len(steps) <= MAX_STEPS else ():
        home = home / _fitting(home, step)
        if os.path.isfile(home):  # noqa: PTH113 - unlike the method, it takes any name
            home = home.with_name(_fitting(home.parent, step, UNPACKED))
    return home


def _make(home: Path) -> None:
    """Make a folder and those above it, one by one: `mkdir` would recurse, and there may be many."""
    for folder in (*reversed(home.parents), home):
        if not _is_folder(folder):
            folder.mkdir(exist_ok=True)


def _is_folder(path: Path) -> bool:
    """Whether a folder lies there; not where its name is too long for one."""
    return os.path.isdir(path)  # noqa: PTH112 - unlike the method, it takes any name


def _free_place(home: Path, name: str, source: Path) -> Path:
    place, count = home / _fitting(home, name), 1
    while place.exists() and not _same(place, source):
        count += 1
        place = home / _fitting(home, name, f" ({count})")
    return place


def _fitting(home: Path, name: str, mark: str = "") -> str:
    """A name with a mark behind its stem, shortened so that the disk takes it and the reason's name beside it.

    A shortened name carries a few digits made of the whole: two long names that begin alike stay two.
    """
    stem, suffix = Path(name).stem, Path(name).suffix
    if mark == UNPACKED:
        stem, suffix = name, ""
    room = _longest_name(home) - len(os.fsencode(SUFFIX))
    whole = f"{stem}{mark}{suffix}"
    # Room for a number is kept whether there is one or not, so that a name is shortened in one way only.
    if len(os.fsencode(f"{stem}{suffix}")) + _MARK <= room:
        return whole
    suffix = suffix if len(os.fsencode(suffix)) <= _MARK else ""
    digits = f"~{_short_hash(name)}"
    kept = os.fsencode(stem)[: room - _MARK - len(digits) - len(os.fsencode(suffix))]
    return f"{kept.decode('utf-8', 'ignore')}{digits}{mark}{suffix}"


_MARK = 16
"""Bytes kept free for ` (12)`, or for a file's suffix."""

MAX_STEPS = 100
"""Folders inside one another that are made in quarantine; what came from deeper lies at its top."""


def _longest_name(home: Path) -> int:
    """Bytes that the disk takes for a name; asked of the nearest folder that is there."""
    for folder in (home, *home.parents):
        try:
            return os.pathconf(folder, "PC_NAME_MAX")
        except OSError:
            continue
    return 255


def _short_hash(name: str) -> str:
    return hashlib.sha256(os.fsencode(name)).hexdigest()[:8]


def _renamed(source: Path, place: Path) -> bool:
    """Move a file within its disk; False where the two lie on different ones."""
    try:
        source.rename(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return False
    return True


def _same(one: Path, other: Path) -> bool:
    try:
        return cmp(one, other, shallow=False)
    except OSError:
        return False


def _write(path: Path, text: str) -> None:
    temp = path.with_name(f".{_short_hash(path.name)}.tmp")
    # A name that is no UTF-8 is shown escaped.
    temp.write_text(text, encoding="utf-8-sig", errors="backslashreplace")
    _sync(temp)
    temp.replace(path)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
