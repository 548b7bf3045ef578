"""What lies over the cells of a sheet: pictures by the cell they cover, the text of shapes, captions of controls."""

from __future__ import annotations

from dataclasses import dataclass, field

from formflow.model import Line, Source
from formflow.readers.cell_names import Range, cell_name
from formflow.readers.packages.ooxml import Element, Package, alternate

_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_COMPATIBLE = "{http://schemas.microsoft.com/office/drawing/2010/main}compatExt"
"""What marks a shape as the picture of a form control, which is read as one."""
_ANCHORS = frozenset((_XDR + "twoCellAnchor", _XDR + "oneCellAnchor"))
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


@dataclass(slots=True)
class Drawing:
    """What a drawing holds.

    Attributes:
        pictures: Number of pictures by row and column from 0.
        lines: Text of shapes with the cells under their corners: first row and column, last row and column.
        captions: Text of the shapes of form controls, by shape number.
    """

    pictures: dict[tuple[int, int], int] = field(default_factory=dict)
    lines: list[tuple[Range, Line]] = field(default_factory=list)
    captions: dict[str, str] = field(default_factory=dict)


def read_drawing(package: Package, name: str, part: str) -> Drawing:
    """The drawing of a sheet; an empty one where the package holds none of that name."""
    found = Drawing()
    if name not in package:
        return found
    for anchor in package.xml(name):
        if anchor.tag == _ALTERNATE:
            branch = alternate(anchor)
            anchor = anchor if branch is None else next(iter(branch), anchor)
        if anchor.tag not in _ANCHORS:
            continue
        at = _middle(anchor)
        if at is None:
            continue
        for element in anchor.iter(_XDR + "pic", _XDR + "sp", _XDR + "contentPart"):
            if element.tag != _XDR + "sp":
                found.pictures[at] = found.pictures.get(at, 0) + 1
                continue
            text = "\n".join(
                "".join(piece.text or "" for piece in paragraph.iter(_A + "t"))
                for paragraph in element.iter(_A + "p")
            ).strip("\n")
            control = next(element.iter(_COMPATIBLE), None)
            if control is not None:
                found.captions[control.get("spid", "").rpartition("_s")[2]] = " ".join(text.split())
            elif text.strip():
                source = Source(part=part, ref=f"text box {cell_name(*at)}")
                found.lines.append((_area(anchor), Line(text=text, source=source)))
    return found


def _middle(anchor: Element) -> tuple[int, int] | None:
    """The cell under the middle of a drawing: one that begins a hair above its cell still belongs to it."""
    begin = _corner(anchor.find(_XDR + "from"))
    if begin is None:
        return None
    end = _corner(anchor.find(_XDR + "to")) or begin
    return (begin[0] + max(end[0], begin[0])) // 2, (begin[1] + max(end[1], begin[1])) // 2


def _area(anchor: Element) -> Range:
    begin = _corner(anchor.find(_XDR + "from")) or (0, 0)
    end = _corner(anchor.find(_XDR + "to")) or begin
    return (*begin, max(end[0], begin[0]), max(end[1], begin[1]))


def _corner(element: Element | None) -> tuple[int, int] | None:
    if element is None:
        return None
    row, column = element.findtext(_XDR + "row", ""), element.findtext(_XDR + "col", "")
    try:
        return max(int(row), 0), max(int(column), 0)
    except ValueError:
        return None
