"""What annotations paint over a page (ISO 32000-1, 12.5.5): text below a note, a stamp or a field may be covered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import MATRIX_IDENTITY, Matrix, apply_matrix_pt

from formflow.model import Box
from formflow.readers.pdf.coordinates import numbers
from formflow.readers.pdf.layers import is_off

_UNSEEN = 2 | 32
"""Flags of annotations that are hidden, or not to be shown."""
_PAINTED = ("Square", "Circle", "Polygon", "FreeText", "Stamp", "Redact", "Ink")
"""Annotations that viewers draw themselves where the file does not."""
_BARE = ("Link", "Popup")


@dataclass(frozen=True, slots=True)
class Appearance:
    """How an annotation shows.

    Attributes:
        stream: The form XObject; None where a viewer draws it.
        matrix: From the form's coordinates, after its own matrix, to the page's own.
        box: Left, bottom, right, top in the page's own coordinates.
    """

    stream: PDFStream | None
    matrix: Matrix
    box: Box


def appearances(
    annotations: Any, off: Collection[int], glyphs: Sequence[Box], page: Any
) -> Iterator[Appearance]:
    """The appearances that lie over glyphs, in the order they are painted.

    Args:
        annotations: The entry `Annots` of the page's dictionary.
        off: Object ids of the layers that are switched off.
        glyphs: Their boxes.
        page: The matrix from the page's own coordinates to those of the glyphs.
    """
    entries = resolve1(annotations)
    for entry in entries if isinstance(entries, list) else ():
        data = resolve1(entry)
        if not isinstance(data, Mapping) or (box := numbers(data.get("Rect"))) is None:
            continue
        flags = resolve1(data.get("F"))
        subtype = getattr(resolve1(data.get("Subtype")), "name", "")
        if subtype in _BARE or (isinstance(flags, int) and flags & _UNSEEN) or is_off(data.get("OC"), off):
            continue
        box = (min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3]))
        stream = _stream(data)
        if stream is None and subtype not in _PAINTED:
            continue
        x0, y0, x1, y1 = _around(box, page)
        if any(x0 <= (g[0] + g[2]) / 2 <= x1 and y0 <= (g[1] + g[3]) / 2 <= y1 for g in glyphs):
            yield Appearance(stream, _fitted(stream, box), box)


def _stream(data: Mapping[str, Any]) -> PDFStream | None:
    looks = resolve1(data.get("AP"))
    normal = resolve1(looks.get("N")) if isinstance(looks, Mapping) else None
    if isinstance(normal, Mapping) and not isinstance(normal, PDFStream):
        normal = resolve1(normal.get(getattr(resolve1(data.get("AS")), "name", None)))
    return normal if isinstance(normal, PDFStream) else None


def _fitted(stream: PDFStream | None, box: Box) -> Matrix:
    """The matrix that fits the box of a form, by its own matrix, into a rectangle."""
    own = numbers(stream.attrs.get("BBox")) if stream is not None else None
    if stream is None or own is None:
        return MATRIX_IDENTITY
    entries = resolve1(stream.attrs.get("Matrix"))
    matrix = [resolve1(entry) for entry in entries] if isinstance(entries, list) else MATRIX_IDENTITY
    if len(matrix) != 6 or not all(isinstance(entry, (int, float)) for entry in matrix):
        matrix = MATRIX_IDENTITY
    x0, y0, x1, y1 = _around(own, matrix)
    wide = (box[2] - box[0]) / (x1 - x0) if x1 > x0 else 1.0
    high = (box[3] - box[1]) / (y1 - y0) if y1 > y0 else 1.0
    return (wide, 0.0, 0.0, high, box[0] - x0 * wide, box[1] - y0 * high)


def _around(box: Box, matrix: Any) -> Box:
    corners = [apply_matrix_pt(matrix, (x, y)) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
