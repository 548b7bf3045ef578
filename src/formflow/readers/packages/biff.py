"""What BIFF8 says of a workbook beside its values ([MS-XLS]): a lock on it, hidden rows and columns."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from formflow.readers.packages.ole import stream

_BOUNDSHEET, _FILEPASS, _EOF, _BOF = 0x0085, 0x002F, 0x000A, 0x0809
_ROW, _COLINFO = 0x0208, 0x007D
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01


@dataclass(slots=True)
class Hidden:
    """Rows and columns of a sheet that do not show, from 0."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)


def is_locked(data: bytes) -> bool:
    """Whether a workbook's records are encrypted."""
    return any(kind == _FILEPASS for kind, _ in _records(_book(data), 0, until=_EOF))


def hidden_lines(data: bytes) -> dict[int, Hidden]:
    """Hidden rows and columns by the number of the sheet, from 0; empty for what is no BIFF8 workbook."""
    book = _book(data)
    starts = [
        struct.unpack_from("<I", body)[0]
        for kind, body in _records(book, 0, until=_EOF)
        if kind == _BOUNDSHEET and len(body) >= 4
    ]
    return {number: _hidden(book, start) for number, start in enumerate(starts)}


def _hidden(book: bytes, start: int) -> Hidden:
    hidden = Hidden()
    depth = 0
    for kind, body in _records(book, start):
        if kind == _BOF:  # charts stand inside their sheet, each with a beginning and an end of its own
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif kind == _ROW and len(body) >= 16:
            (row,) = struct.unpack_from("<H", body)
            if body[12] & _ROW_HIDDEN:
                hidden.rows.add(row)
        elif kind == _COLINFO and len(body) >= 10:
            first, last, _, _, flags = struct.unpack_from("<5H", body)
            if flags & _COLUMN_HIDDEN:
                hidden.columns.update(range(first, min(last, 255) + 1))
    return hidden


def _records(book: bytes, at: int, *, until: int | None = None) -> Iterator[tuple[int, bytes]]:
    """Type and body of the records from a place on, up to the end of the stream or the first of a type."""
    end = len(book)
    while at + 4 <= end:
        kind, size = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + size]
        if kind == until:
            return
        at += 4 + size


def _book(data: bytes) -> bytes:
    return stream(data, "Workbook") or stream(data, "Book")
