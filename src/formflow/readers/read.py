"""Reading a file, whatever it is: sniff, hand over to the reader of its kind, wrap up the Document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from formflow.errors import ReadError
from formflow.model import Document, Part
from formflow.readers.limits import Limits
from formflow.readers.sniff import MEDIA_TYPES, Kind, sniff

Reader = Callable[[bytes, str, Limits], tuple[Part, ...]]
"""Bytes, file name and limits to parts; a name decides only what content leaves open."""

VERSION: dict[Kind, str] = {
    Kind.DOCX: "docx/1",
    Kind.XLSX: "xlsx/1",
    Kind.TEXT: "csv/1",
    Kind.PDF: "pdf/1",
}
"""Name and version of the reader of a kind; a new version reads anew what is already stored."""


def read(path: Path, *, name: str | None = None, limits: Limits | None = None) -> Document:
    """The neutral Document of a file.

    Args:
        path: The file.
        name: Its own name where the path's is another (a stored original); default: the path's.
        limits: Bounds on what is read; None takes the defaults.
    Raises:
        ReadError: The file cannot be read; nothing else is raised for a bad file.
        OSError: The path cannot be opened.
    """
    limits = limits or Limits()
    name = name if name is not None else path.name
    if path.stat().st_size > limits.max_bytes:
        raise ReadError("too-large", f"{path.stat().st_size} bytes")
    return read_bytes(path.read_bytes(), name, limits)


def read_bytes(data: bytes, name: str, limits: Limits) -> Document:
    """The neutral Document of a file's bytes; raises as `read`."""
    kind = sniff(data)
    reader = _reader(kind)
    try:
        parts = reader(data, name, limits)
    except ReadError:
        raise
    except MemoryError as error:
        raise ReadError("too-large", f"{kind}: out of memory") from error
    except Exception as error:
        # The libraries below raise whatever a malformed file makes them stumble over (KeyError, struct.error,
        # RecursionError, ...). Here, and only here, any of them means that the file is damaged.
        raise ReadError("corrupt", f"{kind}: {type(error).__name__}: {error}"[:500]) from error
    return Document(
        digest=hashlib.sha256(data).hexdigest(),
        media_type=MEDIA_TYPES[kind],
        name=name,
        reader=VERSION[kind],
        parts=parts,
    )


def _reader(kind: Kind) -> Reader:
    """The reader of a kind, loaded when it is first needed.

    Raises:
        ReadError: `encrypted` or `unsupported`: no reader is for this kind.
    """
    if kind is Kind.DOCX:
        from formflow.readers.docx import read_docx

        return lambda data, _, limits: read_docx(data, limits)
    if kind is Kind.XLSX:
        from formflow.readers.xlsx import read_xlsx

        return lambda data, _, limits: read_xlsx(data, limits)
    if kind is Kind.TEXT:
        from formflow.readers.csv import read_csv

        return read_csv
    if kind is Kind.PDF:
        from formflow.readers.pdf import read_pdf

        return lambda data, _, limits: read_pdf(data, limits)
    if kind is Kind.ENCRYPTED_OFFICE:
        raise ReadError("encrypted", "an OLE file with an EncryptedPackage")
    raise ReadError("unsupported", f"content: {kind}")
