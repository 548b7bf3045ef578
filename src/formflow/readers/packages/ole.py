"""Compound files (OLE, [MS-CFB]): what lies at their root."""

from __future__ import annotations

import io
import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ENCRYPTED_WORD = 0x0100


def root_names(data: bytes) -> set[str]:
    """Names at the root with their case folded ([MS-CFB] 2.6.4); empty where the directory cannot be read."""
    import olefile  # few files are compound files

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            return {path[0].casefold() for path in compound.listdir(streams=True, storages=True)}
    except Exception:
        # A malformed directory makes the library stumble over whatever it meets; the caller knows another way.
        return set()


def stream(data: bytes, name: str) -> bytes:
    """A stream at the root; empty where there is none, or it cannot be read."""
    import olefile  # few files are compound files

    if not data.startswith(SIGNATURE):
        return b""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            return bytes(compound.openstream(name).read()) if compound.exists(name) else b""
    except Exception:
        # As above: no stream is what a damaged file has.
        return b""


def is_locked_word(data: bytes) -> bool:
    """Whether a Word 97 document is encrypted, by the flags at its beginning ([MS-DOC] FibBase)."""
    head = stream(data, "WordDocument")[:12]
    return len(head) == 12 and bool(struct.unpack_from("<H", head, 10)[0] & _ENCRYPTED_WORD)
