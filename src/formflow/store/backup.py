"""One file that holds everything which cannot be made again: the database and the originals.

The database is copied by SQLite's own backup, which gives one consistent state while others write. Originals
are durable before any row names them and never change, so every one that the copy names is there to be added.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import sqlite3
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from formflow.errors import IntegrityError, StoreError, UsageError
from formflow.store.database import Database
from formflow.store.objects import Objects, sync_folder

_ABOUT = "backup.json"
_DATABASE = "formflow.db"
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup file holds.

    Attributes:
        originals: How many originals are in it.
        entries: How many entries its register has.
    """

    path: Path
    at: datetime
    originals: int
    entries: int


def backup(database: Database, objects: Objects, target: Path, *, at: datetime) -> Backup:
    """Write a backup; the file appears under its name only when it is whole and durable.

    Raises:
        UsageError: The database is not SQLite, or the file exists.
        IntegrityError: An original is lost or changed.
        StoreError: The disk is full or refuses.
    """
    if not database.is_sqlite or database.url.database is None:
        raise UsageError("PostgreSQL 数据库请用 pg_dump 备份，原件文件夹另行复制", code="not-sqlite")
    if target.exists():
        raise UsageError(f"备份文件已存在：{target}", code="exists", remedy="请换一个文件名")
    token = secrets.token_hex(6)
    temp, copy = target.with_name(f".{target.name}.{token}"), target.with_name(f".{token}.db")
    try:
        _copy_database(Path(database.url.database), copy)
        digests, entries = _contents(copy)
        with zipfile.ZipFile(temp, "w", zipfile.ZIP_STORED) as archive:
            about = {
                "format": _FORMAT,
                "at": at.isoformat(),
                "database": _digest(copy),
                "originals": len(digests),
                "entries": entries,
            }
            archive.writestr(_ABOUT, json.dumps(about))
            archive.write(copy, _DATABASE)
            for digest in digests:
                if not objects.verify(digest):
                    raise IntegrityError(
                        f"原件 {digest} 丢失或已损坏", code="original-lost", remedy="请先从旧备份恢复该原件"
                    )
                archive.write(objects.path(digest), _member(digest))
        with temp.open("rb+") as file:
            os.fsync(file.fileno())
        temp.rename(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"备份未完成（{target}）：{error}", code="backup", remedy="请检查磁盘空间与权限"
        ) from error
    finally:
        for leftover in (temp, copy):
            leftover.unlink(missing_ok=True)
    return Backup(path=target, at=at, originals=len(digests), entries=entries)


def restore(source: Path, *, database: Path, originals: Path) -> Backup:
    """Lay out database and originals from a backup where neither is yet; every byte is checked on the way.

    Raises:
        UsageError: A database stands there already.
        IntegrityError: The backup is damaged.
        StoreError: The disk is full or refuses.
    """
    if database.exists():
        raise UsageError(
            f"数据库已存在：{database}", code="exists", remedy="请恢复到新的工作区，或先移走旧数据库"
        )
    temp = database.with_name(f".{database.name}.{secrets.token_hex(6)}")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(source) as archive:
            about = json.loads(archive.read(_ABOUT))
            with archive.open(_DATABASE) as packed, temp.open("xb") as file:
                while block := packed.read(1 << 20):
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
            if _digest(temp) != about["database"]:
                raise IntegrityError(f"备份文件已损坏：{source}", code="backup-damaged")
            digests, entries = _contents(temp)
            objects = Objects(originals)
            for digest in digests:
                with archive.open(_member(digest)) as packed:
                    if objects.put(packed) != digest:  # type: ignore[arg-type]  # zip members read like files
                        raise IntegrityError(f"备份中的原件 {digest} 已损坏", code="backup-damaged")
        # Last, so that a database in its place means that its originals are in theirs.
        temp.rename(database)
        sync_folder(database.parent)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise IntegrityError(f"不是完好的备份文件：{source}：{error}", code="backup-damaged") from error
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"恢复未完成：{error}", code="restore", remedy="请检查磁盘空间与权限") from error
    finally:
        temp.unlink(missing_ok=True)
    at = datetime.fromisoformat(about["at"])
    return Backup(path=source, at=at, originals=len(digests), entries=entries)


def _copy_database(source: Path, target: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(source)) as live,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it


def _contents(database: Path) -> tuple[list[str], int]:
    with contextlib.closing(sqlite3.connect(database)) as copy:
        digests = [row[0] for row in copy.execute("SELECT DISTINCT digest FROM submissions ORDER BY digest")]
        return digests, int(copy.execute("SELECT count(*) FROM entries").fetchone()[0])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _member(digest: str) -> str:
    return f"originals/{digest[:2]}/{digest}"
