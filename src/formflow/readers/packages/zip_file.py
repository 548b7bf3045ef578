"""Opening a zip without trusting its directory."""

from __future__ import annotations

import io
import struct
import zipfile

from formflow.errors import ReadError
from formflow.limits import Limits

_END = b"PK\x05\x06"
# A directory entry takes about a hundred bytes; the standard library reads all of them before anybody can count.
_MAX_DIRECTORY = 2 * 1024 * 1024
_RATIO_FREE_BYTES = 32 * 1024 * 1024
"""What a member may unpack to whatever it was packed to: a blank page as a bitmap is packed to a thousandth."""


def is_bomb(member: zipfile.ZipInfo, limits: Limits) -> bool:
    """Whether a member unpacks to far more than anybody would pack."""
    packed = max(member.compress_size, 1)
    return member.file_size > _RATIO_FREE_BYTES and member.file_size > packed * limits.max_ratio


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The zip in some bytes.

    Raises:
        ReadError: `corrupt` where there is none; `too-large` where its directory alone is larger than that of
            any document.
    """
    at = data.rfind(_END)
    if at >= 0 and len(data) >= at + 22:
        size = min(struct.unpack_from("<I", data, at + 12)[0], len(data))
        if size > _MAX_DIRECTORY:
            raise ReadError("too-large", f"zip directory: {size} bytes")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
        raise ReadError("corrupt", f"zip directory: {error}") from error
