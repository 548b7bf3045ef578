"""Flat OPC: a Word or Excel package written as one XML file, whose members are elements.

Source: [MS-OFFICE] Flat OPC; Open XML SDK, *Transforming Open XML documents to Flat OPC format*.
"""

from __future__ import annotations

import base64
import io
import zipfile
from xml.sax.saxutils import quoteattr

from lxml import etree

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.packages.ooxml import parse_xml

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def packed(data: bytes, limits: Limits) -> bytes:
    """The same package as a zip.

    Raises:
        ReadError: `corrupt`; `too-large` for more members than allowed; `unsupported` for XML that is no package.
    """
    root = parse_xml(data, "package")
    if root.tag != _PKG + "package":
        raise ReadError("unsupported", f"XML: {root.tag}")
    parts = root.findall(_PKG + "part")
    if len(parts) > limits.max_members:
        raise ReadError("too-large", f"{len(parts)} parts")
    types = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for part in parts:
            name = part.get(_PKG + "name", "").lstrip("/")
            types.append(
                f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(part.get(_PKG + 'contentType', ''))}/>"
            )
            package.writestr(name, _content(part))
        package.writestr("[Content_Types].xml", f'<Types xmlns="{_TYPES}">{"".join(types)}</Types>')
    return buffer.getvalue()


def _content(part: etree._Element) -> bytes:
    held = part.find(_PKG + "xmlData")
    if held is not None and len(held):
        return bytes(etree.tostring(held[0], with_tail=False))
    return base64.b64decode(part.findtext(_PKG + "binaryData", ""))
