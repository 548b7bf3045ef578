"""Values of docxtpl in a context: RichText, RichTextParagraph, Listing, InlineImage, Subdoc.

People bring contexts that they have; what is in them is taken over, without docxtpl itself being loaded. What
refers to docxtpl's own copy of the template (a link by its id, a picture of a sub-document) is left out.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

from formflow.documents.templates.rich import EMU_PER_MM, PAGE, PARAGRAPH, Blocks, Picture, Runs

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_BAD = re.compile("[\\x00-\\x06\\x08\\x0b\\x0e-\\x1f\ud800-\udfff\ufdd0-\ufddf\ufffe\uffff]")


def taken_over(value: Any) -> Any:
    """A value of docxtpl as one of ours; anything else as it is.

    Raises:
        ValueError: A picture cannot be read.
    """
    kind = type(value)
    if not kind.__module__.startswith("docxtpl"):
        return value
    if kind.__name__ == "Listing":
        return html.unescape(value.xml)
    if kind.__name__ == "RichText":
        return Runs(_adapted(value.xml), _plain(value.xml))
    if kind.__name__ in ("RichTextParagraph", "Subdoc"):
        xml = str(value)
        return Blocks(_adapted(xml), _plain(xml))
    if kind.__name__ == "InlineImage":
        return _picture(value)
    return value


def _picture(image: Any) -> Picture:
    source = image.image_descriptor
    if hasattr(source, "read"):
        source.seek(0)
        data = source.read()
    else:
        try:
            data = Path(source).read_bytes()
        except OSError as error:
            raise ValueError(f"picture {source}: {error.strerror or error}") from error
    return Picture(
        data=data,
        width_mm=(image.width or 0) / EMU_PER_MM,
        height_mm=(image.height or 0) / EMU_PER_MM,
        link=image.anchor or "",
    )


def _adapted(xml: str) -> str:
    """Line breaks, tabs and paragraph ends made Word's own; references to docxtpl's copy taken out."""
    xml = _TEXT.sub(lambda match: match[1] + _breaks(_BAD.sub("", match[2])) + match[3], xml)
    if ":id=" not in xml and ":embed=" not in xml and ":link=" not in xml:
        return xml
    from lxml import etree

    root = etree.fromstring(f'<w:body xmlns:w="{_W}" xmlns:r="{_OFFICE}">{xml}</w:body>'.encode())
    for link in list(root.iter(f"{{{_W}}}hyperlink")):
        parent, at = link.getparent(), link.getparent().index(link)
        parent[at : at + 1] = list(link)
    for element in list(root.iter(etree.Element)):
        if any(key.startswith(f"{{{_OFFICE}}}") for key in element.attrib):
            outer = next(
                (
                    a
                    for a in (element, *element.iterancestors())
                    if etree.QName(a).localname in ("drawing", "pict", "object")
                ),
                element,
            )
            if outer.getparent() is not None:
                outer.getparent().remove(outer)
    return "".join(etree.tostring(child, encoding="unicode") for child in root)


def _breaks(text: str) -> str:
    return text.replace("\a", PARAGRAPH).replace("\f", PAGE).replace("\n", _BREAK).replace("\t", _TAB)


def _plain(xml: str) -> str:
    return html.unescape("".join(match[2] for match in _TEXT.finditer(xml)))
