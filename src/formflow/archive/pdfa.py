"""PDF/A-2b files as LibreOffice writes them, made reproducible; and what a file must hold to be one.

Source:
    ISO 19005-2:2011, 6.1.3 (file identifier, no encryption), 6.2.2 (output intent), 6.2.11.4 (embedded fonts),
    6.6.2 and 6.6.4 (metadata and version identification).
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pikepdf import Dictionary, Name, PasswordError, Pdf, PdfError, Stream, String

from formflow.archive.type1 import renumbered

_DATES = re.compile(rb"(<xmp:(?:CreateDate|ModifyDate|MetadataDate)>)[^<]*(</xmp:)")
_ICC_HEADER = 128
_IDS = re.compile(rb"<xmpMM:(DocumentID|InstanceID)>[^<]*</xmpMM:\1>")


def reproducible(data: bytes, *, at: datetime) -> bytes:
    """The same PDF with that moment in every date and an identifier made of its content.

    Args:
        data: A PDF that LibreOffice exported; it differs between runs in nothing but dates and identifiers.
        at: A fixed moment, timezone-aware: that of the entry.
    Raises:
        ValueError: It is no PDF that can be read.
    """
    moment = at.astimezone(UTC).replace(microsecond=0)
    try:
        with Pdf.open(io.BytesIO(data)) as pdf:
            written = String(f"D:{moment:%Y%m%d%H%M%S}Z")
            for key in ("/CreationDate", "/ModDate"):
                if key == "/CreationDate" or key in pdf.docinfo:
                    pdf.docinfo[Name(key)] = written
            if "/Metadata" in pdf.Root:
                stamp = f"{moment:%Y-%m-%dT%H:%M:%S}Z".encode()
                packet = _DATES.sub(rb"\g<1>" + stamp + rb"\g<2>", pdf.Root.Metadata.read_bytes())
                pdf.Root.Metadata.write(_IDS.sub(b"", packet))
            for intent in pdf.Root.get("/OutputIntents", []):
                _settle_profile(intent.get("/DestOutputProfile"), moment)
            _settle_fonts(pdf)
            for key in ("/ID", "/DocChecksum"):
                if key in pdf.trailer:
                    del pdf.trailer[Name(key)]
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    except PdfError as error:
        raise ValueError(f"not a PDF that can be read: {error}") from error
    return out.getvalue()


def _settle_profile(profile: Any, moment: datetime) -> None:
    """Put the moment into the header of a colour profile (ICC.1:2010, 7.2.8: six numbers from byte 24)."""
    if profile is None:
        return
    icc = bytearray(profile.read_bytes())
    if len(icc) < _ICC_HEADER or icc[36:40] != b"acsp":
        return
    numbers = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    icc[24:36] = struct.pack(">6H", *numbers)
    profile.write(bytes(icc))


def _settle_fonts(pdf: Any) -> None:
    for descriptor in list(pdf.objects):
        font = (
            descriptor.get("/FontFile")
            if not isinstance(descriptor, Stream) and _is_descriptor(descriptor)
            else None
        )
        if font is None:
            continue
        lengths = {key: font[key] for key in ("/Length1", "/Length2", "/Length3") if key in font}
        if len(lengths) == 3:
            font.write(renumbered(font.read_bytes(), int(lengths["/Length1"]), int(lengths["/Length2"])))
            for key, value in lengths.items():
                font[Name(key)] = value


def _is_descriptor(found: Any) -> bool:
    return isinstance(found, Dictionary) and found.get("/Type") == "/FontDescriptor"


def pdfa_faults(data: bytes) -> tuple[str, ...]:
    """What keeps a file from being PDF/A-2b, of what can be seen without a validator; nothing where all is well."""
    try:
        with Pdf.open(io.BytesIO(data)) as pdf:
            return tuple(_faults(pdf))
    except PasswordError:
        return ("encrypted",)
    except PdfError as error:
        return (f"damaged: {error}",)


def _faults(pdf: Any) -> Iterator[str]:
    root = pdf.Root
    if pdf.is_encrypted:
        yield "encrypted"
    if "/ID" not in pdf.trailer:
        yield "no file identifier"
    intents = root.get("/OutputIntents", [])
    if not any(i.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in i for i in intents):
        yield "no output intent with a colour profile"
    packet = root.Metadata.read_bytes() if "/Metadata" in root else b""
    if not re.search(rb"pdfaid:part(?:>|=\")2", packet) or not re.search(
        rb"pdfaid:conformance(?:>|=\")[BUA]", packet
    ):
        yield "no identification as PDF/A-2"
    if "/JavaScript" in root.get("/Names", {}) or "/AA" in root:
        yield "scripts or actions"
    if "/EmbeddedFiles" in root.get("/Names", {}):
        yield "embedded files"
    for font in sorted({_font_name(f) for page in pdf.pages for f in _fonts(page) if not _embedded(f)}):
        yield f"font {font} is not embedded"


def _fonts(page: Any) -> Iterator[Any]:
    resources = page.get("/Resources", {})
    seen: set[Any] = set()
    todo = [resources]
    while todo:
        now = todo.pop()
        yield from dict(now.get("/Font", {}).items()).values()
        for form in dict(now.get("/XObject", {}).items()).values():
            inner = form.get("/Resources")
            if inner is not None and form.objgen not in seen:
                seen.add(form.objgen)
                todo.append(inner)


def _embedded(font: Any) -> bool:
    if font.get("/Subtype") == "/Type3":
        return True
    own = font["/DescendantFonts"][0] if font.get("/Subtype") == "/Type0" else font
    descriptor = own.get("/FontDescriptor", {})
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _font_name(font: Any) -> str:
    return str(font.get("/BaseFont", "without a name")).lstrip("/")
