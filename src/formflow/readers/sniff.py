"""What a file is, by its content; names lie."""

from __future__ import annotations

from enum import StrEnum

from formflow.errors import ReadError
from formflow.readers.zipped import open_zip


class Kind(StrEnum):
    """A kind of file; those without a reader are named so that the refusal can be exact."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    TEXT = "text"
    DOC = "doc"
    XLS = "xls"
    ENCRYPTED_OFFICE = "encrypted-office"
    OLE = "ole"
    OPEN_DOCUMENT = "open-document"
    PACKAGE = "zip"
    IMAGE = "image"
    RTF = "rtf"
    HTML = "html"
    XML = "xml"
    UNKNOWN = "unknown"


MEDIA_TYPES: dict[Kind, str] = {
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.PDF: "application/pdf",
    Kind.TEXT: "text/csv",
    Kind.DOC: "application/msword",
    Kind.XLS: "application/vnd.ms-excel",
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"II*\x00",
    b"MM\x00*",
    b"II+\x00",
    b"MM\x00+",
    b"BM",
    b"GIF87a",
    b"GIF89a",
)
_ISO_MEDIA_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"avif")


def sniff(data: bytes) -> Kind:
    """The kind of a whole file's bytes.

    Raises:
        ReadError: `empty`; `corrupt` for a package whose directory cannot be read.
    """
    if not data:
        raise ReadError("empty")
    head = data[:1024]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package_kind(data)
    if head.startswith(_OLE):
        return _ole_kind(data)
    if b"%PDF-" in head:
        return Kind.PDF
    if _is_image(head):
        return Kind.IMAGE
    if head.startswith(b"{\\rtf"):
        return Kind.RTF
    return _text_kind(data)


def _is_image(head: bytes) -> bool:
    if head.startswith(b"BM"):
        # Two letters are too few for a signature: the reserved bytes of the header must be zero as well.
        return len(head) > 26 and head[6:10] == b"\x00\x00\x00\x00"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return True
    if head[4:8] == b"ftyp" and head[8:12] in _ISO_MEDIA_BRANDS:
        return True
    return head.startswith(_IMAGES)


def _package_kind(data: bytes) -> Kind:
    with open_zip(data) as package:
        names = {name.replace("\\", "/").lstrip("/").lower() for name in package.namelist()}
    if "mimetype" in names and "meta-inf/manifest.xml" in names:
        return Kind.OPEN_DOCUMENT
    if "[content_types].xml" not in names:
        return Kind.PACKAGE
    if "xl/workbook.bin" in names or any(name.startswith("ppt/") for name in names):
        return Kind.PACKAGE
    if any(name.startswith("xl/") for name in names):
        return Kind.XLSX
    if any(name.startswith("word/") for name in names):
        return Kind.DOCX
    return Kind.PACKAGE


def _ole_kind(data: bytes) -> Kind:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return Kind.ENCRYPTED_OFFICE
    if holds("WordDocument"):
        return Kind.DOC
    if holds("Workbook") or holds("Book"):
        return Kind.XLS
    return Kind.OLE


def _text_kind(data: bytes) -> Kind:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Kind.TEXT
    sample = data[:65536]
    if b"\x00" in sample:
        return Kind.UNKNOWN
    start = sample.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"mime-version:")):
        return Kind.HTML
    if start.startswith((b"<?xml", b"<workbook")):
        return Kind.HTML if b"<html" in start[:4096] else Kind.XML
    control = sum(byte < 32 and byte not in (9, 10, 12, 13, 26, 27) for byte in sample[:4096])
    return Kind.UNKNOWN if control else Kind.TEXT
