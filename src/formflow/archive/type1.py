"""The number that LibreOffice gives each embedded Type 1 font by counting, made to depend on the font alone.

Source:
    Adobe Type 1 Font Format (1990), chapter 7: eexec encryption; 5.4: UniqueID, 4000000 to 4999999 for private use.
"""

from __future__ import annotations

import re
import zlib

_ID = re.compile(rb"/UniqueID (\d{7}) ")
_KEY, _C1, _C2 = 55665, 52845, 22719


def renumbered(program: bytes, clear: int, encrypted: int) -> bytes:
    """The font program with a UniqueID made of its own content.

    Args:
        program: As in the PDF's `FontFile`.
        clear, encrypted: Lengths of its first two sections (`Length1`, `Length2`).
    Returns:
        A program of the same lengths; as it is where it has no UniqueID in its clear section.
    """
    head, body, tail = program[:clear], program[clear : clear + encrypted], program[clear + encrypted :]
    if _ID.search(head) is None:
        return program
    private = _decrypted(body)
    bare = _ID.sub(b"", head) + _ID.sub(b"", private)
    number = b"/UniqueID %d " % (4_000_000 + zlib.crc32(bare) % 1_000_000)
    return _ID.sub(number, head) + _encrypted(_ID.sub(number, private)) + tail


def _decrypted(cipher: bytes) -> bytes:
    plain, key = bytearray(len(cipher)), _KEY
    for place, byte in enumerate(cipher):
        plain[place] = byte ^ (key >> 8)
        key = ((byte + key) * _C1 + _C2) & 0xFFFF
    return bytes(plain)


def _encrypted(plain: bytes) -> bytes:
    cipher, key = bytearray(len(plain)), _KEY
    for place, byte in enumerate(plain):
        now = byte ^ (key >> 8)
        cipher[place] = now
        key = ((now + key) * _C1 + _C2) & 0xFFFF
    return bytes(cipher)
