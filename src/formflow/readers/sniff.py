"""What a file is, by its content; names lie."""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import StrEnum

from formflow.errors import ReadError
from formflow.readers.encodings import narrowed, wide_encoding
from formflow.readers.packages.ole import SIGNATURE, root_names
from formflow.readers.packages.zip_file import open_zip


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
    WORD_XML = "word-xml"
    FLAT_PACKAGE = "flat-opc"
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
    Kind.WORD_XML: "application/xml",
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
# What the content types of a package say of the part that it is about (ECMA-376 part 2, 10.1.2).
_MAIN_PARTS = re.compile(
    rb"(?P<word>wordprocessingml\.(?:document|template)\.main|ms-word\.(?:document|template)\.macroEnabled\w*\.main)"
    rb"|(?P<binary>ms-excel\.sheet\.binary\.macroEnabled\.main)"
    rb"|(?P<sheet>spreadsheetml\.(?:sheet|template)\.main|ms-excel\.(?:sheet|template)\.macroEnabled\w*\.main)"
    rb"|(?P<other>presentationml\.\w+\.main|ms-powerpoint\.|ms-visio\.)",
    re.IGNORECASE,
)
_OFFICE_KINDS = {"word": Kind.DOCX, "binary": Kind.XLSB, "sheet": Kind.XLSX, "other": Kind.UNKNOWN}
_FOLDERS = {"ppt/": Kind.UNKNOWN, "xl/": Kind.XLSX, "word/": Kind.DOCX}
"""Where the content types name no main part: programs that write none still use the usual folders."""

_XML_ROOTS = {
    b"urn:schemas-microsoft-com:office:spreadsheet": Kind.SHEET_XML,
    b"schemas.microsoft.com/office/word/2003/wordml": Kind.WORD_XML,
    b"schemas.microsoft.com/office/2006/xmlpackage": Kind.FLAT_PACKAGE,
}
_XML_TAGS = frozenset((b"workbook", b"worddocument", b"package", b"document"))
_HTML_TAGS = frozenset(
    b"html head title base link meta style script noscript body frameset table caption colgroup thead tbody tr td th div"
    b" span p h1 h2 h3 h4 h5 h6 center font b i u s strong em small big ul ol dl pre hr br img a form input label"
    b" fieldset section article main header footer nav blockquote address iframe".split()
)
# Comments, processing instructions and a document type may stand before the element that says what text is.
_FIRST_TAG = re.compile(
    rb"(?>\s+|<!--.*?-->|<\?(?P<xml>xml)?.*?\?>|<!doctype[^>\[]*+(?:\[.*?\]\s*)?>|<!\[[^>]*+>)*+"
    rb"<(?:[a-z][\w.-]*+:)?(?P<tag>[a-z][\w.-]*+)(?=[\s/>])",
    re.DOTALL,
)
_MBOX = re.compile(rb">?from [^\n]*\n")
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?\S")
_OF_MAIL = frozenset(
    (b"from", b"to", b"received", b"message-id", b"return-path", b"delivered-to", b"subject")
)
_OF_MAIL |= frozenset((b"date", b"mime-version", b"content-type", b"reply-to", b"sender", b"cc"))
_LEAST_PRINTED = 50
"""Characters of text for each control character that somebody's program left in it."""
_CONTENT_TYPES = "[content_types].xml"
_MAX_TYPES = 1024 * 1024
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
        names = {name.replace("\\", "/").lstrip("/").lower(): name for name in package.namelist()}
        if "mimetype" in names and "meta-inf/manifest.xml" in names:
            said = _member(package, "mimetype", 100).decode("ascii", "replace").strip()
            return _OPEN_DOCUMENTS.get(said, Kind.OPEN_DOCUMENT)
        if _CONTENT_TYPES not in names:
            return Kind.PACKAGE
        main = _MAIN_PARTS.search(narrowed(_member(package, names[_CONTENT_TYPES], _MAX_TYPES)))
    if main:
        return _OFFICE_KINDS[main.lastgroup or ""]
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    return next(
        (kind for folder, kind in _FOLDERS.items() if any(name.startswith(folder) for name in names)),
        Kind.PACKAGE,
    )


def _member(package: zipfile.ZipFile, name: str, size: int) -> bytes:
    """The beginning of a member; empty where it cannot be read."""
    try:
        with package.open(name) as member:
            return member.read(size)
    except (KeyError, ValueError, RuntimeError, EOFError, OSError, zipfile.BadZipFile, zlib.error):
        return b""


def _ole_kind(data: bytes) -> Kind:
    names = root_names(data)

    def holds(name: str) -> bool:
        if names:
            return name.casefold() in names
        # Where the directory is damaged, its names still stand somewhere in the file.
        return re.search(re.escape(name.encode("utf-16-le")), data, re.IGNORECASE) is not None

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
    if encoding := wide_encoding(data):
        sample = sample[: len(sample) & ~3].decode(encoding, "replace").encode()
    elif b"\x00" in sample:
        return Kind.UNKNOWN
    start = sample.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if marked := _markup_kind(start):
        return marked
    if mail := _mail_kind(start):
        return mail
    control = sum(byte < 32 and byte not in (9, 10, 12, 13, 26, 27) for byte in sample[:4096])
    return Kind.TEXT if control * _LEAST_PRINTED <= len(sample[:4096]) else Kind.UNKNOWN


def _markup_kind(start: bytes) -> Kind | None:
    """What the first element says, comments and declarations passed over; None for text without markup."""
    first = _FIRST_TAG.match(start)
    if first is None:
        return (
            Kind.HTML
            if start.startswith(b"<!doctype html")
            else Kind.XML
            if start.startswith(b"<?xml")
            else None
        )
    if first["tag"] in _HTML_TAGS or start.startswith(b"<!doctype html"):
        return Kind.HTML
    return _xml_kind(start) if first["xml"] or first["tag"] in _XML_TAGS else None


def _xml_kind(start: bytes) -> Kind:
    head = start[:4096]
    if b"<html" in head:
        return Kind.HTML
    for name, kind in _XML_ROOTS.items():
        if name in head:
            return kind
    if b"<office:document" in head:
        if b"opendocument.spreadsheet" in head:
            return Kind.FLAT_ODS
        return Kind.FLAT_ODT if b"opendocument.text" in head else Kind.XML
    return Kind.XML


def _mail_kind(start: bytes) -> Kind | None:
    """Mail, or a page saved with what belongs to it, which is written like one; None for neither."""
    text = start.replace(b"\r\n", b"\n")
    if envelope := _MBOX.match(
        text
    ):  # A mailbox of one message or more begins with the envelope of the first.
        text = text[envelope.end() :]
    head, blank, _ = text.partition(b"\n\n")
    lines = [line for line in head.split(b"\n") if not line.startswith((b" ", b"\t"))]
    found = [match[1] if (match := _HEADER.match(line)) else b"" for line in lines[:60]]
    if not blank or len(found) < 2 or not all(found[:2]) or len(_OF_MAIL & set(found)) < 2:
        return None
    page = b"multipart/related" in head and b"text/html" in head and b"\nto:" not in head
    return Kind.HTML if page and b"message-id" not in found else Kind.MAIL
