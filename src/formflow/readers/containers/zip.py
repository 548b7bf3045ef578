"""The files of a zip, with their names as they were given."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.containers.member import Budget, Member, is_junk
from formflow.readers.packages.zip_file import is_bomb, open_zip

_UTF8_FLAG, _LOCKED_FLAG = 0x800, 0x1
_UNICODE_PATH = 0x7075


def zip_members(data: bytes, limits: Limits, budget: Budget) -> Iterator[Member]:
    """The files of a zip; folders, links, empty files and junk are passed over.

    Raises:
        ReadError: `corrupt`; `too-large`; `encrypted` where every file is locked.
    """
    with open_zip(data) as archive:
        entries = archive.infolist()
        if len(entries) > limits.max_members:
            raise ReadError("too-large", f"{len(entries)} zip members")
        files = [(entry, true_name(entry)) for entry in entries if not _is_passed_over(entry)]
        files = [(entry, name) for entry, name in files if not is_junk(name)]
        if files and all(entry.flag_bits & _LOCKED_FLAG for entry, _ in files):
            raise ReadError("encrypted", "a zip with a password")
        for entry, name in files:
            yield _member(archive, entry, name, limits, budget)


def true_name(entry: zipfile.ZipInfo) -> str:
    """The name of a member as it was given, whatever the packer made of it.

    A name without the UTF-8 flag is in the code page of the machine that packed it, which nothing names:
    here that is UTF-8 where it can be, and GBK otherwise. Info-ZIP's Unicode path says it outright.
    """
    if entry.flag_bits & _UTF8_FLAG:
        return entry.filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    written = _unicode_path(entry.extra, raw)
    for encoding in ("utf-8", "gb18030"):
        if written is not None:
            break
        try:
            written = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return (written if written is not None else entry.filename).replace("\\", "/")


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """Info-ZIP's extra field with the name in UTF-8, where it belongs to this name."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + size]
        if (
            kind == _UNICODE_PATH
            and len(body) > 5
            and struct.unpack_from("<I", body, 1)[0] == zlib.crc32(raw)
        ):
            return body[5:].decode("utf-8", "replace")
        at += 4 + size
    return None


def _is_passed_over(entry: zipfile.ZipInfo) -> bool:
    return (
        entry.is_dir()
        or entry.filename.endswith("\\")
        or not entry.file_size
        or stat.S_ISLNK(entry.external_attr >> 16)
    )


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limits: Limits, budget: Budget
) -> Member:
    if entry.flag_bits & _LOCKED_FLAG:
        return Member(name=name, error=ReadError("encrypted", "a zip member with a password"))
    if entry.file_size > limits.max_bytes or is_bomb(entry, limits):
        return Member(name=name, error=ReadError("too-large", f"unpacks to {entry.file_size} bytes"))
    budget.take(entry.file_size)
    try:
        return Member(name=name, data=archive.read(entry))
    except NotImplementedError as error:
        return Member(name=name, error=ReadError("unsupported", str(error)))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        return Member(name=name, error=ReadError("corrupt", str(error)))
