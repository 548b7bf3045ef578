"""Zip packages member by member: what is not touched is copied as it is compressed, byte for byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

# 1980-01-01 00:00, the zip format's own beginning: the same members give the same bytes at any hour.
_DOS_TIME, _DOS_DATE = 0, 0x21
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_ENCRYPTED, _UTF8 = 0x1, 0x800
_MAX_MEMBERS = 0xFFFE
_MAX_OFFSET = 0xFFFF_FFFE


class PackageError(ValueError):
    """The bytes are no zip package that can be copied member by member; the message says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a package.

    Attributes:
        method: 0 stored, 8 deflated.
        crc, size: CRC-32 and length of the expanded content.
        data: The content as it is compressed.
    """

    name: str
    method: int
    crc: int
    size: int
    data: bytes


def read_members(package: bytes) -> tuple[Member, ...]:
    """The members in the order of the package's directory, compressed as they are; folders are left out.

    Raises:
        PackageError: Not a zip file, damaged, encrypted, or a name that stands twice.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, struct.error) as error:
        raise PackageError(f"not a zip package: {error}") from error
    if len({entry.filename for entry in entries}) != len(entries):
        raise PackageError("a member's name stands twice")
    return tuple(_member(package, entry) for entry in entries)


def expand(member: Member, *, limit: int = 64_000_000) -> bytes:
    """The member's content.

    Args:
        limit: Most bytes it may expand to.
    Raises:
        PackageError: Larger than the limit, damaged, or compressed in an unknown way.
    """
    if member.size > limit:
        raise PackageError(f"{member.name}: {member.size} bytes, more than {limit}")
    if member.method == zipfile.ZIP_STORED:
        content = member.data
    elif member.method == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(member.data, limit + 1)
        except zlib.error as error:
            raise PackageError(f"{member.name}: {error}") from error
    else:
        raise PackageError(f"{member.name}: compression method {member.method}")
    if len(content) != member.size or zlib.crc32(content) != member.crc:
        raise PackageError(f"{member.name}: length or checksum differs")
    return content


def pack(name: str, content: bytes, *, level: int = 6) -> Member:
    """A deflated member; `level` as in zlib, 1 fast to 9 small."""
    compressor = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = compressor.compress(content) + compressor.flush()
    return Member(name, zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content), data)


def write_members(members: Iterable[Member]) -> bytes:
    """A package of these members in this order, with fixed times."""
    return Frame(tuple(members)).write(())


class Frame:
    """The members that every package of a kind begins with, laid out once."""

    def __init__(self, members: tuple[Member, ...]) -> None:
        self._count = len(members)
        self._body, self._directory = _lay_out(members, 0)

    def write(self, members: tuple[Member, ...]) -> bytes:
        """A package of the frame's members and then these.

        Raises:
            PackageError: More members or bytes than a plain zip file holds.
        """
        body, directory = _lay_out(members, len(self._body))
        count = self._count + len(members)
        start = len(self._body) + len(body)
        if count > _MAX_MEMBERS or start > _MAX_OFFSET:
            raise PackageError(f"{count} members, {start} bytes: more than a plain zip file holds")
        length = len(self._directory) + len(directory)
        end = _END.pack(b"PK\5\6", 0, 0, count, count, length, start, 0)
        return b"".join((self._body, body, self._directory, directory, end))


def _member(package: bytes, entry: zipfile.ZipInfo) -> Member:
    if entry.flag_bits & _ENCRYPTED:
        raise PackageError(f"{entry.filename}: encrypted")
    try:
        fields = _LOCAL.unpack_from(package, entry.header_offset)
    except struct.error as error:
        raise PackageError(f"{entry.filename}: {error}") from error
    if fields[0] != b"PK\3\4":
        raise PackageError(f"{entry.filename}: no local header")
    start = entry.header_offset + _LOCAL.size + fields[9] + fields[10]
    data = package[start : start + entry.compress_size]
    if len(data) != entry.compress_size:
        raise PackageError(f"{entry.filename}: cut short")
    return Member(entry.filename, entry.compress_type, entry.CRC, entry.file_size, data)


def _lay_out(members: tuple[Member, ...], offset: int) -> tuple[bytes, bytes]:
    body: list[bytes] = []
    directory: list[bytes] = []
    for member in members:
        name = member.name.encode("utf-8")
        flags = 0 if member.name.isascii() else _UTF8
        common = (20, flags, member.method, _DOS_TIME, _DOS_DATE, member.crc, len(member.data), member.size)
        local = _LOCAL.pack(b"PK\3\4", *common, len(name), 0)
        directory.append(_CENTRAL.pack(b"PK\1\2", 20, *common, len(name), 0, 0, 0, 0, 0, offset))
        directory.append(name)
        body += (local, name, member.data)
        offset += len(local) + len(name) + len(member.data)
    return b"".join(body), b"".join(directory)
