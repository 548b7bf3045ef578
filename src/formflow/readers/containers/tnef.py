"""The attachments in a winmail.dat, which Outlook makes of a mail in its own format.

Source: [MS-OXTNEF] 2.1.1–2.1.3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from formflow.errors import ReadError

SIGNATURE = b"\x78\x9f\x3e\x22"

_ATTACHMENT_LEVEL = 2
_BEGINS, _TITLE, _DATA = 0x9002, 0x8010, 0x800F


def tnef_files(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of each attachment.

    Raises:
        ReadError: `corrupt` where it is no such file, or cut off.
    """
    if not data.startswith(SIGNATURE):
        raise ReadError("corrupt", "winmail.dat without its signature")
    name, content, at = "", b"", 6
    data = data.removesuffix(b"\r\n")  # left by a gateway
    while at < len(data):
        if at + 11 > len(data):
            raise ReadError("corrupt", "winmail.dat is cut off")
        level, attribute, size = struct.unpack_from("<BIi", data, at)
        value = data[at + 9 : at + 9 + size]
        if size < 0 or len(value) < size:
            raise ReadError("corrupt", "winmail.dat is cut off")
        at += 9 + size + 2
        kind = attribute & 0xFFFF
        if level != _ATTACHMENT_LEVEL:
            continue
        if kind == _BEGINS:
            if content:
                yield name, content
            name, content = "", b""
        elif kind == _TITLE:
            name = _text(value)
        elif kind == _DATA:
            content = value
    if content:
        yield name, content


def _text(value: bytes) -> str:
    """A name in the code page of whoever sent it, which is Chinese here."""
    return value.rstrip(b"\0").decode("gb18030", "replace")
