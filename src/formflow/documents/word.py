"""Word files made with python-docx: elements, pictures fixed on the page, and the same bytes for the same content."""

from __future__ import annotations

import io
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from formflow.documents.package import read_members, write_members

_FIXED = (
    f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="{{behind}}"'
    ' locked="{behind}" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV></wp:anchor>'
)


def element(tag: str, *children: Any, **values: object) -> Any:
    """An element of WordprocessingML with its attributes: `element("tab", val="center", pos=40)`.

    Args:
        tag: Of another namespace with its prefix (`w14:checkbox`), which its attributes then have too.
    """
    space, _, name = tag.rpartition(":")
    space = space or "w"
    made = OxmlElement(f"{space}:{name}")
    for key, value in values.items():
        made.set(qn(f"{space}:{key}"), str(value))
    made.extend(children)
    return made


def fixed(inline: Any, left: int, top: int, *, behind: bool = False) -> Any:
    """An inline picture of python-docx as one that stands at a place of the page, in EMU, and moves no text.

    Source:
        ECMA-376 part 1, 20.4.2.3 (anchor): the order of its elements.
    """
    anchor = parse_xml(_FIXED.format(left=left, top=top, behind=int(behind)))
    anchor.extend(list(inline))
    anchor.find(qn("wp:docPr")).addprevious(OxmlElement("wp:wrapNone"))
    return anchor


def saved(document: Any) -> bytes:
    """The file that a document is saved as, with fixed times."""
    out = io.BytesIO()
    document.save(out)
    return write_members(read_members(out.getvalue()))
