"""Originals by content: `originals/ab/cd/abcd…`, written once, never overwritten."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import io
import os
import secrets
import stat
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import BinaryIO, Protocol

from formflow.errors import IntegrityError, ReadError, StoreError
from formflow.messages import store as messages
from formflow.private import FILE_MODE, make_folder

_BLOCK = 1 << 20
_TEMP = "incoming"


class Objects:
    """A folder of immutable files named by the SHA-256 of their bytes.

    A file is written under a temporary name in the same file system while it is hashed, made durable, and
    only then given its name; so a name never stands for half a file, whenever the machine stops.

    Args:
        folder: Made when missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._temp = folder / _TEMP
        try:
            make_folder(self._temp)
        except OSError as error:
            raise _failed(folder, error) from error

    def put_file(self, path: Path) -> str:
        """Keep a copy of a file; the digest of its bytes. The file itself stays where it is.

        Raises:
            StoreError: The disk is full or refuses, or the machine has no room for one more open file; nothing
                is left behind.
            ReadError: `unreadable`: the file cannot be opened or read, or is none.
            FileNotFoundError: There is no such file.
        """
        try:
            # Whatever lies under that name, a pipe for instance, nobody waits for it.
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            raise
        except OSError as error:
            if error.errno in MACHINE:
                raise out_of_resources(error) from error
            raise ReadError("unreadable", error.strerror or str(error)) from error
        with os.fdopen(handle, "rb") as source:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise ReadError("unreadable", "not a file: a folder, a pipe or a device")
            return self.put(_Source(source))

    def put_bytes(self, content: bytes) -> str:
        """Keep some bytes; their digest. Raises as `put_file`."""
        return self.put(io.BytesIO(content))

    def put(self, source: Stream) -> str:
        """Keep what a stream holds from where it stands; its digest. Raises as `put_file`."""
        temp = self._temp / f"{os.getpid()}-{secrets.token_hex(8)}"
        try:
            digest = _copy(source, temp)
            self._place(temp, digest)
        except OSError as error:
            raise _failed(self._folder, error) from error
        finally:
            temp.unlink(missing_ok=True)
        return digest

    def path(self, digest: str) -> Path:
        """Where the bytes of that digest lie, or would."""
        return self._folder / digest[:2] / digest[2:4] / digest

    def has(self, digest: str) -> bool:
        return self.path(digest).is_file()

    def size(self, digest: str) -> int:
        """Count of the bytes.

        Raises:
            IntegrityError: They are not there.
        """
        try:
            return self.path(digest).stat().st_size
        except FileNotFoundError as error:
            raise _lost(digest) from error

    def open(self, digest: str) -> BinaryIO:
        """The bytes, as a stream to read and close.

        Raises:
            IntegrityError: They are not there.
        """
        try:
            return self.path(digest).open("rb")
        except FileNotFoundError as error:
            raise _lost(digest) from error

    def verify(self, digest: str, size: int | None = None) -> bool:
        """Whether the bytes are there and unchanged; a `size` that differs settles it without reading."""
        path = self.path(digest)
        try:
            if size is not None and path.stat().st_size != size:
                return False
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == digest
        except FileNotFoundError:
            return False

    def sweep(self, older_than_seconds: float = 3600.0) -> int:
        """Remove temporary files that a crash left behind; how many."""
        removed = 0
        limit = time.time() - older_than_seconds
        for temp in self._temp.iterdir():
            try:
                if temp.stat().st_mtime <= limit:
                    temp.unlink()
                    removed += 1
            except FileNotFoundError:
                continue
        return removed

    def _place(self, temp: Path, digest: str) -> None:
        final = self.path(digest)
        # What stands there already stays; whether it is sound is for `verify` to tell.
        if not final.is_file():
            make_folder(final.parent)
            try:
                os.link(temp, final)  # unlike rename, it refuses where another process was first
            except FileExistsError:
                pass
            except OSError as error:
                if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK):
                    raise
                temp.replace(final)  # a disk without hard links: the bytes are the same by their name
        # All three folders, even where another process made them or the file: it may not have got this far.
        for folder in (final.parent, final.parent.parent, self._folder):
            sync_folder(folder)


class Stream(Protocol):
    """Bytes to be read in blocks."""

    def read(self, size: int, /) -> bytes: ...


class _Source:
    """A file that is copied from: what goes wrong with it is no fault of the storage."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int, /) -> bytes:
        try:
            return self._file.read(size)
        except OSError as error:
            raise ReadError("unreadable", error.strerror or str(error)) from error


MACHINE = frozenset((errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN))
"""What the system says when the machine has no more of something: no file's fault."""


def out_of_resources(error: OSError) -> StoreError:
    """The machine has no more of something that is needed for the next file."""
    reason = error.strerror or str(error)
    return StoreError(
        messages.MACHINE_RUN_OUT(reason=reason), code="machine", remedy=messages.FILES_ARE_TRIED_AGAIN()
    )


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system knows how."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def can_sync_file_system() -> bool:
    """Whether `sync_file_system` can be asked."""
    return _syncfs() is not None


def sync_file_system(folder: Path) -> None:
    """Make all that was written to a folder's file system durable, for less than many files one by one.

    Raises:
        OSError: The disk refuses, or the system cannot do it.
    """
    call = _syncfs()
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    handle = os.open(folder, os.O_RDONLY)
    try:
        if call(handle) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
    finally:
        os.close(handle)


@cache
def _syncfs() -> Callable[[int], int] | None:
    """syncfs(2) of Linux, which Python does not offer."""
    if not sys.platform.startswith("linux"):
        return None
    found: Callable[[int], int] | None = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    return found


def _copy(source: Stream, temp: Path) -> str:
    hasher = hashlib.sha256()
    handle = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), FILE_MODE)
    try:
        while block := source.read(_BLOCK):
            hasher.update(block)
            view = memoryview(block)
            while view:
                view = view[os.write(handle, view) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    return hasher.hexdigest()


def _failed(folder: Path, error: OSError) -> StoreError:
    if error.errno in MACHINE:
        return out_of_resources(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreError(
            messages.ORIGINALS_DISK_FULL(folder=folder), code="full", remedy=messages.MAKE_ROOM_FILE_STAYS()
        )
    reason = error.strerror or str(error)
    return StoreError(
        messages.ORIGINALS_NOT_WRITABLE(folder=folder, reason=reason),
        code="unreachable",
        remedy=messages.CHECK_DISK_AND_RIGHTS(),
    )


def _lost(digest: str) -> IntegrityError:
    return IntegrityError(
        messages.ORIGINAL_NOT_IN_STORAGE(digest=digest),
        code="original-lost",
        remedy=messages.RESTORE_FROM_BACKUP(),
    )
