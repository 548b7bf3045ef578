"""What lies in a drawing of Word: pictures, ink and text boxes, each once whatever the alternatives."""

from __future__ import annotations

from formflow.readers.docx import names as n
from formflow.readers.packages.ooxml import Element, alternate

_PICTURES = {
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic": "picture",
    n.V + "imagedata": "picture",
    n.O + "OLEObject": "object",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "chart",
    n.V + "polyline": "ink",
}
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"
_FREEHAND = "{http://schemas.openxmlformats.org/drawingml/2006/main}custGeom"
_SIGNATURE_LINE = n.O + "signatureline"


def scan(drawing: Element) -> tuple[list[str], list[Element]]:
    """The kinds of picture in a `w:drawing`, `w:pict` or `w:object`, and the contents of its text boxes.

    The image of a signature line is no picture: Word draws it before anybody has signed.
    """
    kinds: list[str] = []
    boxes: list[Element] = []
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag == n.TXBX_CONTENT:
            boxes.append(element)
            continue
        if tag == n.ALTERNATE:
            branch = alternate(element)
            if branch is not None:
                waiting.append(branch)
            continue
        if tag in _PICTURES:
            kinds.append(_PICTURES[tag])
        elif tag.endswith("}contentPart") or (tag == _SHAPE and _is_scribble(element)):
            kinds.append("ink")
        if any(child.tag == _SIGNATURE_LINE for child in element):
            continue
        waiting.extend(reversed(element))
    if "object" in kinds:
        # An embedded object brings a picture of itself.
        kinds = [kind for kind in kinds if kind != "picture"]
    return kinds, boxes


def _is_scribble(shape: Element) -> bool:
    """Whether a shape is a line drawn by hand: a free form that holds no text."""
    return next(shape.iter(_FREEHAND), None) is not None and next(shape.iter(n.TXBX_CONTENT), None) is None
