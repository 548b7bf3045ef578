"""Formats that another program turns into one of ours: Word 97, RTF and OpenDocument by way of LibreOffice."""

from __future__ import annotations

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.model import Part
from formflow.office.converter import shared
from formflow.readers.docx.document import read_docx
from formflow.readers.packages.ole import is_locked_word
from formflow.readers.packages.ooxml import Package, refuse_declarations
from formflow.readers.xlsx.workbook import read_xlsx

_PACKAGES = frozenset(("odt", "ods", "xlsb"))
_MANIFEST = "META-INF/manifest.xml"


def read_as_docx(data: bytes, suffix: str, limits: Limits) -> tuple[Part, ...]:
    """The parts of a text document, converted to .docx first; sources name the places in that.

    Args:
        data: The file.
        suffix: Its format by content, without the dot (`doc`, `rtf`, `odt`, `fodt`; `xml` for Word 2003 XML).
        limits: Bounds on the file and, again, on what is made of it.
    Raises:
        ReadError: `no-office` without LibreOffice; `encrypted`, `corrupt`, `timeout` (`NotReady` where only the office
            had no time to start); what `read_docx` raises.
    """
    if suffix == "doc" and is_locked_word(data):
        raise ReadError("encrypted", "a Word document with a password")
    return read_docx(_convert(data, suffix, "docx", limits), limits)


def read_as_xlsx(data: bytes, suffix: str, limits: Limits) -> tuple[Part, ...]:
    """The parts of a workbook, converted to .xlsx first; arguments and errors as of `read_as_docx`."""
    return read_xlsx(_convert(data, suffix, "xlsx", limits), limits)


def _convert(data: bytes, suffix: str, to: str, limits: Limits) -> bytes:
    if suffix == "xml":
        refuse_declarations(data, "document")
    if suffix in _PACKAGES:
        package = Package(data, limits)
        package.refuse_bomb()  # The office unpacks whatever is in it.
        if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
            raise ReadError("encrypted", "an OpenDocument with a password")
    # On the file's own clock, the start of the office with it: no file costs more than its time.
    return shared().convert(data, suffix, to, seconds=limits.seconds)
