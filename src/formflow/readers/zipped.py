"""Opening a zip without trusting its directory."""

from __future__ import annotations

import io
import struct
import zipfile

from formflow.errors import ReadError

_END = b"PK\x05\x06"
# A directory entry takes about a hundred bytes; the standard library reads all of them before anybody can count.
_MAX_DIRECTORY = 2 * 1024 * 1024


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
