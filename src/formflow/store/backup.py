"""One file that holds a workspace: database, originals, archive copies, notices, logs, and what says how it works.

The database is copied by SQLite's own backup, which gives one consistent state while others write. Originals and
bags are durable before any row names them and never change, so every one that the copy names is there to be added.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import sqlite3
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from formflow.errors import Conflict, IntegrityError, StoreError, UsageError
from formflow.messages import store as messages
from formflow.private import make_file, make_folder, opener
from formflow.store.database import Database
from formflow.store.objects import Objects, sync_folder

_ABOUT = "backup.json"
_DATABASE = "formflow.db"
_FORMAT = 1
_SHARED = "submissions"
"""Folder of the archive with what several entries share (`archive.shared.FOLDER`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup file holds.

    Attributes:
        originals: How many originals are in it.
        entries: How many entries its register has.
        bags: How many archive copies are in it.
        lost: Archive copies that were made and are not there any more; all else is in it.
    """

    path: Path
    at: datetime
    originals: int
    entries: int
    bags: int = 0
    lost: tuple[str, ...] = ()


def backup(
    database: Database,
    objects: Objects,
    target: Path,
    *,
    at: datetime,
    archive: Path | None = None,
    definitions: Mapping[str, Path] | None = None,
) -> Backup:
    """Write a backup; the file appears under its name only when it is whole and durable.

    Args:
        archive: The archive's root; None leaves the archive copies out.
        definitions: Settings, forms and templates: name in the backup (`schemas/fax_in.yaml`) → file.
    Raises:
        UsageError: The database is not SQLite, or the file exists.
        IntegrityError: An original is lost or changed.
        StoreError: The disk is full or refuses.
    """
    if not database.is_sqlite or database.url.database is None:
        raise UsageError(messages.USE_PG_DUMP(), code="not-sqlite")
    if target.exists():
        raise Conflict(
            messages.BACKUP_EXISTS(target=target), code="exists", remedy=messages.CHOOSE_ANOTHER_NAME()
        )
    token = secrets.token_hex(6)
    temp, copy = target.with_name(f".{target.name}.{token}"), target.with_name(f".{token}.db")
    try:
        _copy_database(Path(database.url.database), copy)
        digests, entries, bags = _contents(copy)
        kept: list[str] = []
        lost: list[str] = []
        make_file(temp)
        with zipfile.ZipFile(temp, "w", zipfile.ZIP_STORED) as packed:
            packed.write(copy, _DATABASE)
            for digest in digests:
                if not objects.verify(digest):
                    raise IntegrityError(
                        messages.ORIGINAL_LOST_OR_CHANGED(digest=digest),
                        code="original-lost",
                        remedy=messages.TAKE_ORIGINAL_FROM_OLDER_BACKUP(),
                    )
                packed.write(objects.path(digest), _member(digest))
            files: dict[str, str] = {}
            for bag in bags if archive is not None else ():
                folder = Path(archive or "") / bag
                (kept if folder.is_dir() else lost).append(bag)
                for file in sorted(folder.rglob("*")):
                    if file.is_file() and not file.is_symlink():
                        _add(packed, f"archive/{bag}/{file.relative_to(folder).as_posix()}", file, files)
            for name, file in _shared(archive):
                _add(packed, name, file, files)
            for name, file in sorted((definitions or {}).items()):
                with contextlib.suppress(
                    FileNotFoundError
                ):  # taken away meanwhile, as a notice or a refused file is
                    _add(packed, name, file, files)
            about = {
                "format": _FORMAT,
                "at": at.isoformat(),
                "database": _digest(copy),
                "originals": len(digests),
                "entries": entries,
                "files": files,
            }
            packed.writestr(_ABOUT, json.dumps(about, ensure_ascii=False))
        with temp.open("rb+") as written:
            os.fsync(written.fileno())
        temp.rename(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            messages.BACKUP_FAILED(target=target, error=error),
            code="backup",
            remedy=messages.CHECK_SPACE_AND_PERMISSIONS(),
        ) from error
    finally:
        for leftover in (temp, copy):
            leftover.unlink(missing_ok=True)
    return Backup(
        path=target, at=at, originals=len(digests), entries=entries, bags=len(kept), lost=tuple(lost)
    )


def peek(source: Path, name: str) -> bytes | None:
    """A file of a backup, such as its `formflow.toml`; None where it holds none.

    Raises:
        IntegrityError: It is no whole backup.
        StoreError: It cannot be read.
    """
    try:
        with zipfile.ZipFile(source) as packed:
            return packed.read(name) if name in packed.namelist() else None
    except (zipfile.BadZipFile, zlib.error) as error:
        raise IntegrityError(
            messages.BACKUP_NOT_WHOLE(source=source, error=error), code="backup-damaged"
        ) from error
    except OSError as error:
        raise StoreError(
            messages.BACKUP_UNREADABLE(source=source, error=error), code="unreachable"
        ) from error


def restore(
    source: Path,
    *,
    database: Path,
    originals: Path,
    place: Callable[[str], Path | None] = lambda _: None,
) -> Backup:
    """Lay out a backup where no database is yet, or an empty one; every byte is checked on the way.

    Args:
        place: Where a file of archive or definitions goes by its name in the backup; None leaves it out. A file
            that stands there already stays as it is.
    Raises:
        UsageError: A database that holds something stands there already.
        IntegrityError: The backup is damaged.
        StoreError: The disk is full or refuses.
    """
    if database.exists() and not _is_empty(database):
        raise Conflict(
            messages.DATABASE_EXISTS(database=database), code="exists", remedy=messages.RESTORE_ELSEWHERE()
        )
    temp = database.with_name(f".{database.name}.{secrets.token_hex(6)}")
    try:
        make_folder(database.parent)
        with zipfile.ZipFile(source) as packed:
            about = json.loads(packed.read(_ABOUT))
            _take(packed, _DATABASE, temp, str(about["database"]), source, private=True)
            digests, entries, bags = _contents(temp)
            objects = Objects(originals)
            for digest in digests:
                with packed.open(_member(digest)) as member:
                    if objects.put(member) != digest:
                        raise IntegrityError(
                            messages.BACKUP_ORIGINAL_DAMAGED(digest=digest), code="backup-damaged"
                        )
            there: set[str] = set()
            for name, digest in about.get("files", {}).items():
                path = place(_safe(name))
                there.add(name)
                if path is not None and not path.exists():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    _take(packed, name, path, digest, source, private=name.startswith("var/"))
        # Last, so that a database in its place means that its originals are in theirs.
        for beside in ("-wal", "-shm"):
            database.with_name(database.name + beside).unlink(missing_ok=True)
        temp.replace(database)
        sync_folder(database.parent)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError) as error:
        raise IntegrityError(
            messages.BACKUP_NOT_WHOLE(source=source, error=error), code="backup-damaged"
        ) from error
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            messages.RESTORE_FAILED(error=error),
            code="restore",
            remedy=messages.CHECK_SPACE_AND_PERMISSIONS(),
        ) from error
    finally:
        temp.unlink(missing_ok=True)
    kept = [bag for bag in bags if f"archive/{bag}/bagit.txt" in there]
    return Backup(
        path=source,
        at=datetime.fromisoformat(about["at"]),
        originals=len(digests),
        entries=entries,
        bags=len(kept),
        lost=tuple(bag for bag in bags if bag not in kept),
    )


def _copy_database(source: Path, target: Path) -> None:
    make_file(target)
    with (
        contextlib.closing(sqlite3.connect(source)) as live,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it


def _is_empty(database: Path) -> bool:
    """Whether a database holds nothing: a start without the lost one made it."""
    if not database.stat().st_size:
        return True
    try:
        with contextlib.closing(sqlite3.connect(database)) as found:
            return all(
                found.execute(f"SELECT NOT EXISTS (SELECT 1 FROM {table})").fetchone()[0]  # noqa: S608 - our tables
                for table in ("audit", "submissions", "entries", "history")
            )
    except sqlite3.Error:
        return False


def _contents(database: Path) -> tuple[list[str], int, list[str]]:
    """Digests of the originals, how many entries, and folders of the archive copies."""
    with contextlib.closing(sqlite3.connect(database)) as copy:
        digests = [row[0] for row in copy.execute("SELECT DISTINCT digest FROM submissions ORDER BY digest")]
        bags = [row[0] for row in copy.execute("SELECT path FROM archive_marks ORDER BY path")]
        return digests, int(copy.execute("SELECT count(*) FROM entries").fetchone()[0]), bags


def _shared(archive: Path | None) -> list[tuple[str, Path]]:
    """The bags that the bags of several entries refer to: names in the backup and files."""
    home = None if archive is None else archive / _SHARED
    files = sorted(home.rglob("*")) if home is not None and home.is_dir() else []
    return [
        (f"archive/{_SHARED}/{file.relative_to(home or file).as_posix()}", file)
        for file in files
        if file.is_file()
    ]


def _add(packed: zipfile.ZipFile, name: str, file: Path, files: dict[str, str]) -> None:
    """Add a file and note the digest of what was added; a log may grow meanwhile."""
    hasher = hashlib.sha256()
    with file.open("rb") as source, packed.open(_described(name, file), "w", force_zip64=True) as member:
        while block := source.read(1 << 20):
            hasher.update(block)
            member.write(block)
    files[name] = hasher.hexdigest()


def _described(name: str, file: Path) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, max(time.localtime(file.stat().st_mtime)[:6], (1980, 1, 1, 0, 0, 0)))


def _take(
    packed: zipfile.ZipFile, name: str, target: Path, digest: str, source: Path, *, private: bool = False
) -> None:
    """Write a member to a file durably; it must have the digest that was noted."""
    hasher = hashlib.sha256()
    with packed.open(name) as member, open(target, "xb", opener=opener if private else None) as file:
        while block := member.read(1 << 20):
            hasher.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    if hasher.hexdigest() != digest:
        target.unlink()
        raise IntegrityError(messages.BACKUP_DAMAGED(source=source, name=name), code="backup-damaged")


def _safe(name: str) -> str:
    """A name that stays below the folder it is put into.

    Raises:
        ValueError: It does not.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name.split("/")[0]:
        raise ValueError(f"{name} lies outside the workspace")
    return name


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _member(digest: str) -> str:
    return f"originals/{digest[:2]}/{digest}"
