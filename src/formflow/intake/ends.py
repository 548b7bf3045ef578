"""Whether a file has the end that its beginning promises: what is still being copied has not.

Nothing is read that a reader would need; each check looks at the few places where a format says how long it
is. A sound file that some writer ended carelessly may look cut off: that costs it a few seconds, no more.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Callable

from formflow.intake.ends_binary import jpeg_ends, ole_ends, tiff_ends

_TAIL = 66_000
"""A zip's end record lies in its last 22 bytes and at most 65,535 bytes of comment."""

_WHOLE_TEXT = 8 * 1024 * 1024
"""Text up to this size is looked at whole."""

_DELIMITERS = (b",", b"\t", b";")
_HEADERS = 16_384
_MAIL = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}: |From ")
_BOUNDARY = re.compile(rb"""boundary\s*=\s*"?([^\s";]{1,200})""", re.IGNORECASE)


def looks_cut_off(descriptor: int) -> bool:
    """Whether the end that the beginning promises is not there (yet).

    Raises:
        OSError: The file cannot be read.
    """
    size = os.fstat(descriptor).st_size
    head = os.pread(descriptor, 1024, 0)
    if not head.strip(b"\0"):  # empty, or its space is set aside and nothing is written
        return True
    for sign, ends in _ENDS:
        if head.startswith(sign):
            return not ends(descriptor, size)
    if b"%PDF" in head:
        return not _pdf_ends(descriptor, size)
    return not _text_ends(descriptor, size, head)


def _tail(descriptor: int, size: int, length: int = _TAIL) -> bytes:
    return os.pread(descriptor, length, max(0, size - length))


def _zip_ends(descriptor: int, size: int) -> bool:
    """The end record is there, whole, and is this package's own, not that of a package stored inside it."""
    tail = _tail(descriptor, size)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < 22:
        return False
    entries, directory, start, comment = struct.unpack_from("<HLLH", tail, place + 10)
    if len(tail) - place < 22 + comment:
        return False
    if not entries or 0xFFFFFFFF in (start, directory):  # an empty package; a large one says it elsewhere
        return True
    return os.pread(descriptor, 4, start) == b"PK\x01\x02"


def _pdf_ends(descriptor: int, size: int) -> bool:
    head = os.pread(descriptor, 1024, 0)
    linear = re.search(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,12})\b", head)
    if linear and int(linear[1]) > size:
        return False
    return b"%%EOF" in _tail(descriptor, size, 2048)


def _png_ends(descriptor: int, size: int) -> bool:
    return b"IEND\xaeB`\x82" in _tail(descriptor, size)


def _gif_ends(descriptor: int, size: int) -> bool:
    return _tail(descriptor, size, 1024).rstrip(b"\0").endswith(b";")


def _bmp_ends(descriptor: int, size: int) -> bool:
    return int.from_bytes(os.pread(descriptor, 4, 2), "little") <= size


def _riff_ends(descriptor: int, size: int) -> bool:
    return int.from_bytes(os.pread(descriptor, 4, 4), "little") + 8 <= size


def _rtf_ends(descriptor: int, size: int) -> bool:
    """The group that it begins with is closed."""
    if not _tail(descriptor, size, 1024).rstrip(b"\0\r\n\t ").endswith(b"}"):
        return False
    if size > _WHOLE_TEXT:
        return True
    text = os.pread(descriptor, size, 0).replace(rb"\\", b"")
    opened = text.count(b"{") - text.count(rb"\{")
    return opened <= text.count(b"}") - text.count(rb"\}")


_ENDS: tuple[tuple[bytes, Callable[[int, int], bool]], ...] = (
    (b"PK\x03\x04", _zip_ends),
    (b"%PDF", _pdf_ends),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ole_ends),
    (b"\xff\xd8\xff", jpeg_ends),
    (b"\x89PNG\r\n\x1a\n", _png_ends),
    (b"II*\0", tiff_ends),
    (b"MM\0*", tiff_ends),
    (b"II+\0", tiff_ends),
    (b"MM\0+", tiff_ends),
    (b"GIF8", _gif_ends),
    (b"BM", _bmp_ends),
    (b"RIFF", _riff_ends),
    (b"{\\rtf", _rtf_ends),
)


def _text_ends(descriptor: int, size: int, head: bytes) -> bool:
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(head[:2])
    tail = _tail(descriptor, size, 2 * (_TAIL // 2) if size % 2 == 0 else _TAIL - 1)
    if encoding:
        if size % 2:
            return False
        head = head.decode(encoding, "replace").encode()
        tail = tail.decode(encoding, "replace").encode()
    elif b"\0" in tail:
        return True
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"<"):
        page = b"<html" in head.lower()
        return b"</html" in tail.lower() if page else tail.rstrip(b"\0\r\n\t ").endswith(b">")
    # A mail of several parts closes the last one.
    boundary = _BOUNDARY.search(os.pread(descriptor, _HEADERS, 0)) if _MAIL.match(start) else None
    if boundary:
        return b"--" + boundary[1] + b"--" in tail
    return not _ends_inside_a_row(tail)


def _ends_inside_a_row(tail: bytes) -> bool:
    """Whether the last line of a text table is shorter than the rest and was not ended."""
    if tail.endswith((b"\n", b"\r")):
        return False
    *lines, last = tail.splitlines()
    counts = {mark: [line.count(mark) for line in lines if line.strip()] for mark in _DELIMITERS}
    mark = max(_DELIMITERS, key=lambda mark: sum(counts[mark]))
    usual = max(set(counts[mark]), key=counts[mark].count, default=0)
    return last.count(mark) < usual
