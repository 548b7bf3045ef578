"""Where the ends of OLE files, JPEG and TIFF lie: they say it in tables and markers of their own."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator

_FREE = 0xFFFFFFFF
_MOST = 4096
"""Most tables, markers or pages that are looked at: a file that promises more is for its reader to judge."""


def ole_ends(descriptor: int, size: int) -> bool:
    """Whether every sector that the allocation table names lies in the file.

    Source:
        [MS-CFB] 2.2 (header), 2.3 (FAT), 2.5 (DIFAT).
    """
    header = os.pread(descriptor, 512, 0)
    if len(header) < 512:
        return False
    shift = int.from_bytes(header[30:32], "little")
    if shift not in (9, 12):
        return True
    sector = 1 << shift
    last = -1
    for number, place in enumerate(_fat_sectors(descriptor, header, sector)):
        if (place + 2) * sector > size:
            return False
        entries = struct.unpack(f"<{sector // 4}L", os.pread(descriptor, sector, (place + 1) * sector))
        used = [at for at, entry in enumerate(entries) if entry != _FREE]
        if used:
            last = number * (sector // 4) + used[-1]
    return (last + 2) * sector <= size


def _fat_sectors(descriptor: int, header: bytes, sector: int) -> Iterator[int]:
    """The sectors of the allocation table: 109 are named in the header, the others in a chain behind it."""
    named = struct.unpack_from("<109L", header, 76)
    yield from (place for place in named if place < 0xFFFFFFFA)
    following = int.from_bytes(header[68:72], "little")
    for _ in range(_MOST):
        if following >= 0xFFFFFFFA:
            return
        table = os.pread(descriptor, sector, (following + 1) * sector)
        if len(table) < sector:
            yield following  # it lies behind the end, which is what the caller asks
            return
        *named_here, following = struct.unpack(f"<{sector // 4}L", table)
        yield from (place for place in named_here if place < 0xFFFFFFFA)


def jpeg_ends(descriptor: int, size: int) -> bool:
    """Whether an end marker follows the picture's own data; that of a thumbnail in its head does not count.

    Source:
        ITU-T T.81, B.1.1: in entropy-coded data no byte FF is followed by D9.
    """
    place = 2
    for _ in range(_MOST):
        marker = os.pread(descriptor, 4, place)
        if len(marker) < 4 or marker[0] != 0xFF:
            return False
        if marker[1] == 0xFF:  # a fill byte
            place += 1
            continue
        if marker[1] == 0xD9:
            return True
        place += 2 + int.from_bytes(marker[2:4], "big")
        if marker[1] == 0xDA:
            break
    start = max(place, size - (1 << 20))
    return b"\xff\xd9" in os.pread(descriptor, size - start, start) if start < size else False


def tiff_ends(descriptor: int, size: int) -> bool:
    """Whether every page's directory, and every strip or tile it names, lies in the file.

    Source:
        TIFF 6.0, sections 2 and 15; BigTIFF as libtiff writes it.
    """
    head = os.pread(descriptor, 16, 0)
    order = "<" if head[:2] == b"II" else ">"
    big = head[2:4] in (b"+\0", b"\0+")
    if len(head) < 16:
        return False
    (following,) = (
        struct.unpack_from(order + "Q", head, 8) if big else struct.unpack_from(order + "L", head, 4)
    )
    if not following:  # the writer fills it in when the first page is done
        return False
    seen: set[int] = set()
    while following and following not in seen and len(seen) < _MOST:
        seen.add(following)
        page = _Directory(descriptor, following, order, big)
        if not page.is_whole or page.extent > size:
            return False
        following = page.following
    return True


class _Directory:
    """A page's directory: where its pixels end, and where the next one lies."""

    def __init__(self, descriptor: int, place: int, order: str, big: bool) -> None:
        self._descriptor, self._order, self._big = descriptor, order, big
        self.is_whole, self.extent, self.following = False, 0, 0
        width, size = (8, 20) if big else (2, 12)
        head = os.pread(descriptor, width, place)
        if len(head) < width:
            return
        (count,) = struct.unpack(order + ("Q" if big else "H"), head)
        link = 8 if big else 4
        if count > _MOST:
            return
        table = os.pread(descriptor, count * size + link, place + width)
        if len(table) < count * size + link:
            return
        entries = {}
        for at in range(0, count * size, size):
            tag, kind, values = struct.unpack_from(order + ("HHQ" if big else "HHL"), table, at)
            entries[tag] = (kind, values, table[at + size - link : at + size])
        (self.following,) = struct.unpack_from(order + ("Q" if big else "L"), table, count * size)
        self.is_whole = True
        for starts, lengths in ((273, 279), (324, 325)):
            if starts in entries and lengths in entries:
                pairs = zip(self._values(*entries[starts]), self._values(*entries[lengths]), strict=False)
                self.extent = max((start + length for start, length in pairs), default=0)

    def _values(self, kind: int, count: int, field: bytes) -> tuple[int, ...]:
        letter = {3: "H", 4: "L", 16: "Q"}.get(kind)
        if letter is None or count > 1_000_000:
            return ()
        form = f"{self._order}{count}{letter}"
        length = struct.calcsize(form)
        if length <= len(field):
            return struct.unpack_from(form, field)
        (place,) = struct.unpack(self._order + ("Q" if self._big else "L"), field)
        data = os.pread(self._descriptor, length, place)
        if len(data) < length:
            self.is_whole = False
            return ()
        return struct.unpack(form, data)
