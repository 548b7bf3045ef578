"""Unpacking the streams of a PDF with bounds, which pdfminer does not have.

pdfminer unpacks a deflated stream whole, whatever it grows to, gives up one that is damaged at its end, and takes
damaged ones byte by byte, in time that grows with the square of their size. Its module's `zlib` is replaced by one
function here: it counts what a file unpacks to, and keeps what came before the damage, as viewers do.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from pdfminer import pdftypes

from formflow.errors import ReadError

_CHUNK = 1024 * 1024
_left = [sys.maxsize]


@contextmanager
def bounded(size: int) -> Iterator[None]:
    """Let the streams read inside unpack to that many bytes, all together."""
    _left[0] = size
    try:
        yield
    finally:
        _left[0] = sys.maxsize


def inflated(data: bytes) -> bytes:
    """A deflated stream unpacked, as far as it is whole.

    Raises:
        ReadError: `too-large` where the file has unpacked to more than it may.
    """
    unpack = zlib.decompressobj()
    pieces = []
    rest = data
    try:
        while rest and not unpack.eof:
            piece = unpack.decompress(rest, _CHUNK)
            _left[0] -= len(piece)
            if _left[0] < 0:
                raise ReadError("too-large", "the streams of the file unpack to too much")
            pieces.append(piece)
            rest = unpack.unconsumed_tail
    except zlib.error:
        pass  # what came before the damage is kept
    return b"".join(pieces)


_module: Any = pdftypes
_module.zlib = SimpleNamespace(decompress=inflated, error=zlib.error, decompressobj=zlib.decompressobj)
