"""PDFs that pdfminer cannot read: written anew by programs that bear more damage, and counted as viewers show them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

from formflow.errors import ReadError
from formflow.limits import Limits


def copies(data: bytes, limits: Limits) -> Iterator[bytes]:
    """The file written anew: by qpdf, which keeps what it understands, then by PDFium, as viewers take it."""
    for write in (_by_qpdf, _by_pdfium):
        buffer = _Bounded(2 * limits.max_bytes)
        try:
            written = write(data, buffer)
        except MemoryError:
            raise
        except Exception:  # noqa: S112 - whatever they say, the file is beyond them
            continue
        if written and not buffer.is_full:
            yield buffer.getvalue()


def pages_shown(data: bytes, limits: Limits) -> int:
    """How many pages a viewer shows; 0 for a file that it cannot open, or on whose pages it shows nothing.

    Raises:
        ReadError: `encrypted` where a password is needed to open it, `too-large` for more pages than allowed.
    """
    import pypdfium2  # for damaged files only

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("encrypted", "a user password") from error
        return 0
    try:
        # The number that the file itself tells may be a lie.
        objects = [_objects(document, number) for number in range(min(len(document), limits.max_pages + 1))]
    finally:
        document.close()
    there = [found for found in objects if found is not None]
    if len(there) > limits.max_pages:
        raise ReadError("too-large", f"more than {limits.max_pages} pages")
    return len(there) if any(there) else 0


def _objects(document: Any, number: int) -> bool | None:
    """Whether anything is drawn on a page; None for one that is not there."""
    import pypdfium2  # for damaged files only

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return None
    found = next(iter(page.get_objects(max_depth=1)), None) is not None
    page.close()
    return found


class _Bounded(io.BytesIO):
    """A buffer that stops growing: a small file may be written anew as a very large one."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self.is_full = False

    def write(self, piece: Any, /) -> int:
        self.is_full = self.is_full or self.tell() + len(piece) > self._most
        return len(piece) if self.is_full else super().write(piece)


def _by_qpdf(data: bytes, buffer: io.BytesIO) -> bool:
    import pikepdf  # for damaged files only

    with pikepdf.open(io.BytesIO(data)) as document:
        if next(islice(document.pages, 1), None) is None:
            return False
        document.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return True


def _by_pdfium(data: bytes, buffer: io.BytesIO) -> bool:
    import pypdfium2  # for damaged files only
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(data)
    try:
        document.save(buffer, flags=raw.FPDF_REMOVE_SECURITY)
    finally:
        document.close()
    return True
