"""What a file is, by its content; names lie."""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import StrEnum

from formflow.errors import ReadError
from formflow.readers.ole import SIGNATURE, root_names
from formflow.readers.zipped import open_zip


class Kind(StrEnum):
    """A kind of file; those without a reader are named so that the refusal can be exact."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    TEXT = "text"
    DOC = "doc"
    XLS = "xls"
    XLSB = "xlsb"
    ODT = "odt"
    ODS = "ods"
    FLAT_ODT = "fodt"
    FLAT_ODS = "fods"
    SHEET_XML = "excel-xml"
    MAIL = "eml"
    MESSAGE = "msg"
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
    Kind.XLSB: "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    Kind.RTF: "application/rtf",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Kind.FLAT_ODT: "application/vnd.oasis.opendocument.text-flat-xml",
    Kind.FLAT_ODS: "application/vnd.oasis.opendocument.spreadsheet-flat-xml",
    Kind.SHEET_XML: "application/xml",
    Kind.HTML: "text/html",
    Kind.PACKAGE: "application/zip",
    Kind.MAIL: "message/rfc822",
    Kind.MESSAGE: "application/vnd.ms-outlook",
}

CONTAINERS = frozenset((Kind.PACKAGE, Kind.MAIL, Kind.MESSAGE))
"""Kinds that are no document themselves but hold some."""

_OPEN_DOCUMENTS = {
    "application/vnd.oasis.opendocument.text": Kind.ODT,
    "application/vnd.oasis.opendocument.text-template": Kind.ODT,
    "application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    "application/vnd.oasis.opendocument.spreadsheet-template": Kind.ODS,
}
_PDF_HEADER = re.compile(rb"%PDF(?:-| ?[12]\.)")
_BIFF_BEFORE_OLE = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_SHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?\S")
_OF_MAIL = frozenset(
    (b"from", b"to", b"received", b"message-id", b"return-path", b"delivered-to", b"subject")
)
_OF_MAIL |= frozenset((b"date", b"mime-version", b"content-type", b"reply-to", b"sender", b"cc"))
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
        ReadError: `empty`; `corrupt` for a package or compound file whose directory cannot be read.
    """
    if not data:
        raise ReadError("empty")
    head = data[:1024]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package_kind(data)
    if head.startswith(SIGNATURE):
        return _ole_kind(data)
    if _PDF_HEADER.search(head):
        return Kind.PDF
    if _is_image(head):
        return Kind.IMAGE
    if head.startswith(b"{\\rtf"):
        return Kind.RTF
    if head.startswith(_BIFF_BEFORE_OLE):
        return Kind.XLS
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
            return _OPEN_DOCUMENTS.get(_media_type(package), Kind.OPEN_DOCUMENT)
    if "[content_types].xml" not in names:
        return Kind.PACKAGE
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if any(name.startswith("ppt/") for name in names):
        return Kind.UNKNOWN
    if any(name.startswith("xl/") for name in names):
        return Kind.XLSX
    if any(name.startswith("word/") for name in names):
        return Kind.DOCX
    return Kind.PACKAGE


def _media_type(package: zipfile.ZipFile) -> str:
    """What an OpenDocument package says it is; empty where it cannot be told."""
    try:
        with package.open("mimetype") as member:
            return member.read(100).decode("ascii", "replace").strip()
    except (KeyError, ValueError, RuntimeError, EOFError, OSError, zipfile.BadZipFile, zlib.error):
        return ""


def _ole_kind(data: bytes) -> Kind:
    names = root_names(data)

    def holds(name: str) -> bool:
        # Where the directory is damaged, its names still stand somewhere in the file.
        return name in names if names else name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return Kind.ENCRYPTED_OFFICE
    if holds("__properties_version1.0"):
        return Kind.MESSAGE
    if holds("WordDocument"):
        return Kind.DOC
    if holds("Workbook") or holds("Book"):
        return Kind.XLS
    if not names:
        raise ReadError("corrupt", "a compound file whose directory cannot be read")
    return Kind.OLE


def _text_kind(data: bytes) -> Kind:
    sample = data[:65536]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        sample = sample[: len(sample) & ~1].decode("utf-16", "replace").encode()
    elif b"\x00" in sample:
        return Kind.TEXT if bare_utf16(sample) else Kind.UNKNOWN
    start = sample.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<body", b"<style")):
        return Kind.HTML
    if start.startswith((b"<?xml", b"<workbook", b"<office:document")):
        return _xml_kind(start)
    if mail := _mail_kind(start):
        return mail
    control = sum(byte < 32 and byte not in (9, 10, 12, 13, 26, 27) for byte in sample[:4096])
    return Kind.UNKNOWN if control else Kind.TEXT


def _xml_kind(start: bytes) -> Kind:
    head = start[:4096]
    if _SHEET_XML in head and b"<html" not in head:
        return Kind.SHEET_XML
    if b"<office:document" in head:
        if b"opendocument.spreadsheet" in head:
            return Kind.FLAT_ODS
        return Kind.FLAT_ODT if b"opendocument.text" in head else Kind.XML
    return Kind.HTML if b"<html" in head else Kind.XML


def _mail_kind(start: bytes) -> Kind | None:
    """Mail, or a page saved with what belongs to it, which is written like one; None for neither."""
    head, blank, _ = start.replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = [line for line in head.split(b"\n") if not line.startswith((b" ", b"\t"))]
    found = [match[1] if (match := _HEADER.match(line)) else b"" for line in lines[:60]]
    if not blank or len(found) < 2 or not all(found[:2]) or len(_OF_MAIL & set(found)) < 2:
        return None
    page = b"multipart/related" in head and b"text/html" in head and b"\nto:" not in head
    return Kind.HTML if page and b"message-id" not in found else Kind.MAIL


def bare_utf16(data: bytes) -> str:
    """The encoding of UTF-16 text without a mark, by its line breaks and separators; empty for what is none."""
    even = data[: len(data) & ~1]
    for encoding, blank in (("utf-16-le", b"\n\x00"), ("utf-16-be", b"\x00\n")):
        if blank not in even:
            continue
        text = even.decode(encoding, "replace")
        odd = sum(not (c.isprintable() or c in "\r\n\t") for c in text[:4096])
        if "\n" in text and odd * 50 <= len(text[:4096]) and "\x00" not in text:
            return encoding
    return ""
