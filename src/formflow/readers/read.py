"""Reading a file, whatever it is: sniff, hand over to the reader of its kind, wrap up the Document."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.model import Document, Part
from formflow.readers.characters import cleaned
from formflow.readers.containers.unpack import NeedsUnpacking
from formflow.readers.scanned import VERSION as SCAN_VERSION
from formflow.readers.scanned import fill_pages, image_media_type, read_image
from formflow.readers.sniff import CONTAINERS, MEDIA_TYPES, Kind, sniff

Reader = Callable[[bytes, str, Limits], tuple[Part, ...]]
"""Bytes, file name and limits to parts; a name decides only what content leaves open."""

VERSION: dict[Kind, str] = {
    Kind.DOCX: "docx/3",
    Kind.XLSX: "xlsx/3",
    Kind.TEXT: "csv/2",
    Kind.PDF: "pdf/4",
    Kind.DOC: "office-docx/2",
    Kind.RTF: "office-docx/2",
    Kind.WORD_XML: "office-docx/2",
    Kind.ODT: "office-docx/2",
    Kind.FLAT_ODT: "office-docx/2",
    Kind.ODS: "office-xlsx/2",
    Kind.FLAT_ODS: "office-xlsx/2",
    Kind.XLS: "xls/2",
    Kind.XLSB: "xls/2",
    Kind.SHEET_XML: "excel-xml/2",
    Kind.HTML: "html/2",
}
"""Name and version of the reader of a kind. What an older version read and still waits is read anew."""

CURRENT = frozenset(VERSION.values()) | {SCAN_VERSION}
"""Names and versions of the readers of now."""


def read(
    path: Path,
    *,
    name: str | None = None,
    limits: Limits | None = None,
    pages: Mapping[int, Part] | None = None,
) -> Document:
    """The neutral Document of a file.

    Args:
        path: The file.
        name: Its own name where the path's is another (a stored original); default: the path's.
        limits: Bounds on what is read; None takes the defaults.
        pages: Pages that have been recognised, by number from 0, for a file that needed it.
    Raises:
        NeedsUnpacking: The file holds others (see `containers`).
        NeedsRecognition: Pages hold only pixels (see `scan`); a ReadError `no-text` to who cannot recognise.
        ReadError: The file cannot be read; nothing else is raised for a bad file.
        OSError: The path cannot be opened.
    """
    limits = limits or Limits()
    name = name if name is not None else path.name
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ReadError("unreadable", "not a file: a folder, a pipe or a device")
    if status.st_size > limits.max_bytes:
        raise ReadError("too-large", f"{status.st_size} bytes")
    return read_bytes(path.read_bytes(), name, limits, pages)


def read_bytes(data: bytes, name: str, limits: Limits, pages: Mapping[int, Part] | None = None) -> Document:
    """The neutral Document of a file's bytes; raises as `read`."""
    kind = sniff(data)
    parts: tuple[Part, ...] | None = None
    try:
        kind, content = _unwrapped(kind, data, limits)
        parts = cleaned(_reader(kind, pages)(content, name, limits))
    except ReadError:
        raise
    except MemoryError:
        pass  # it is told below, where what filled the memory is let go
    except Exception as error:
        # The libraries below raise whatever a malformed file makes them stumble over (KeyError, struct.error,
        # RecursionError, ...). Here, and only here, any of them means that the file is damaged.
        raise ReadError("corrupt", f"{kind}: {type(error).__name__}: {error}"[:500]) from error
    if parts is None:
        raise ReadError("too-large", f"{kind}: out of memory")
    return Document(
        digest=hashlib.sha256(data).hexdigest(),
        media_type=image_media_type(data) if kind is Kind.IMAGE else MEDIA_TYPES[kind],
        name=name,
        reader=SCAN_VERSION if pages else VERSION[kind],
        parts=parts,
    )


def _unwrapped(kind: Kind, data: bytes, limits: Limits) -> tuple[Kind, bytes]:
    """The document that is only wrapped in another format, and its kind; any other file as it is."""
    if kind is Kind.ENCRYPTED_OFFICE:
        from formflow.readers.packages.encrypted import unlocked  # each format its library

        data = unlocked(data)
    elif kind is Kind.FLAT_PACKAGE:
        from formflow.readers.packages.flat_opc import packed

        data = packed(data, limits)
    else:
        return kind, data
    return sniff(data), data


def _reader(kind: Kind, pages: Mapping[int, Part] | None) -> Reader:
    """The reader of a kind, loaded when it is first needed.

    Raises:
        ReadError: `unsupported`: no reader is for this kind.
    """
    if kind is Kind.DOCX:
        from formflow.readers.docx.document import read_docx  # each format its library

        return lambda data, _, limits: read_docx(data, limits)
    if kind is Kind.XLSX:
        from formflow.readers.xlsx.workbook import read_xlsx

        return lambda data, _, limits: read_xlsx(data, limits)
    if kind is Kind.TEXT:
        from formflow.readers.csv import read_csv

        return read_csv
    if kind is Kind.PDF:
        from formflow.readers.pdf.document import read_pdf

        return lambda data, _, limits: fill_pages(data, read_pdf(data, limits), pages)
    if kind is Kind.IMAGE:
        return lambda data, _, limits: read_image(data, limits, pages)
    if kind in (Kind.DOC, Kind.RTF, Kind.ODT, Kind.FLAT_ODT):
        from formflow.readers.via_office import read_as_docx

        return lambda data, _, limits: read_as_docx(data, kind.value, limits)
    if kind is Kind.WORD_XML:
        from formflow.readers.via_office import read_as_docx

        return lambda data, _, limits: read_as_docx(data, "xml", limits)
    if kind in (Kind.ODS, Kind.FLAT_ODS):
        from formflow.readers.via_office import read_as_xlsx

        return lambda data, _, limits: read_as_xlsx(data, kind.value, limits)
    if kind in (Kind.XLS, Kind.XLSB):
        from formflow.readers.xls import read_xls

        return lambda data, _, limits: read_xls(data, kind.value, limits)
    if kind is Kind.SHEET_XML:
        from formflow.readers.xlsx.xml_2003 import read_sheet_xml

        return lambda data, _, limits: read_sheet_xml(data, limits)
    if kind is Kind.HTML:
        from formflow.readers.html import read_html

        return lambda data, _, limits: read_html(data, limits)
    if kind in CONTAINERS:
        raise NeedsUnpacking(MEDIA_TYPES[kind])
    raise ReadError("unsupported", f"content: {kind}")
