"""A page as a viewer draws it, looked at where the content alone does not tell what shows."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from formflow.model import Box

_SCALE = 2.0
"""Pixels to the point: enough to see a stroke of a glyph."""
_LONGEST = 3_000
_SHOWS = 8
"""Steps of 255 by which the darkest and the lightest pixel of a place differ where something shows."""


class Viewer:
    """PDFium on one file, opened when it is first needed.

    Args:
        data: The file.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def look(
        self, number: int, turn: int, size: tuple[float, float], boxes: Sequence[Box]
    ) -> list[bool] | None:
        """Whether anything shows in some boxes of a page; None where it cannot be drawn.

        Args:
            number: Of the page, from 0.
            turn: By how many degrees clockwise the page is turned further than the file says.
            size: Of the shown part of the page, turned, in points.
            boxes: Left, top, right, bottom in points from its top-left corner.
        """
        import pypdfium2  # for unknown glyphs only

        try:
            if self._document is None:
                self._document = pypdfium2.PdfDocument(self._data)
                with suppress(pypdfium2.PdfiumError):
                    self._document.init_forms()  # what is typed into fields shows too
            page = self._document[number]
            page.set_rotation((page.get_rotation() + turn) % 360)
            scale = min(_SCALE, _LONGEST / max(*page.get_size(), 1.0))
            bitmap = page.render(scale=scale, grayscale=True)
            pixels, stride = bytes(bitmap.buffer), bitmap.stride
            across, down = bitmap.width / size[0], bitmap.height / size[1]
            page.close()
        except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError, MemoryError):
            return None
        found = []
        for x0, top, x1, bottom in boxes:
            left, right = max(int(x0 * across), 0), min(int(x1 * across), bitmap.width - 1)
            upper, lower = max(int(top * down), 0), min(int(bottom * down), bitmap.height - 1)
            rows = [pixels[y * stride + left : y * stride + right + 1] for y in range(upper, lower + 1)]
            place = b"".join(rows)
            found.append(bool(place) and max(place) - min(place) >= _SHOWS)
        return found

    def close(self) -> None:
        """Let the file go."""
        if self._document is not None:
            self._document.close()
            self._document = None
