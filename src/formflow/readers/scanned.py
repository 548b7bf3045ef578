"""Images and scanned PDF pages: what must be recognised, and the parts once it has been.

A reader runs in a sandbox that is far too small for recognition. So it only says which pages need it; whoever
runs the workers has each page recognised by a process made for that, and asks the reader again with the parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.model import Part
from formflow.pages.join import join_tables
from formflow.pages.packets import in_file_order, papers
from formflow.pages.page_marks import is_empty

READER = "scan"
"""Name of the reader of scans, whatever its version."""
VERSION = f"{READER}/2"
"""Name and version of the reader of pages that were recognised."""

UNRUN = (0.0, 0.0)
"""Size of a page whose content could not be run, so that nobody knows what is on it."""

_MEDIA_TYPES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II": "image/tiff",
    b"MM": "image/tiff",
    b"BM": "image/bmp",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}


class NeedsRecognition(ReadError):
    """A file with pages that hold only pixels; to whoever cannot recognise them it is a file without text.

    Attributes:
        pages: Their numbers, from 0.
        in_part: Other pages of the file have text, and can be read without them.
    """

    def __init__(self, pages: tuple[int, ...], detail: str = "", *, in_part: bool = False) -> None:
        super().__init__("no-text", detail)
        self.pages = pages
        self.in_part = in_part

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.pages, self.detail), {"in_part": self.in_part})


def image_media_type(data: bytes) -> str:
    """The media type of an image's bytes."""
    return next((kind for head, kind in _MEDIA_TYPES.items() if data.startswith(head)), "image/unknown")


def read_image(data: bytes, limits: Limits, pages: Mapping[int, Part] | None) -> tuple[Part, ...]:
    """The pages of an image file.

    Args:
        pages: The parts of pages that have been recognised, by number from 0; None where none has.
    Raises:
        NeedsRecognition: Pages are not recognised yet.
        ReadError: `too-large`, `corrupt`, `unsupported`; `no-text` where the scan component is not installed.
    """
    if pages is not None:
        return in_order([pages[number] for number in sorted(pages)])
    from formflow.recognition.image.load import image_pages  # of the scan extra

    count = image_pages(data, max_pages=limits.max_pages)
    raise NeedsRecognition(tuple(range(count)), f"{count} pages of pixels")


def fill_pages(data: bytes, parts: tuple[Part, ...], pages: Mapping[int, Part] | None) -> tuple[Part, ...]:
    """The parts of a PDF with its scanned pages filled in; those of them that `pages` lacks are marked as unread.

    Raises:
        NeedsRecognition: Pages without text are not recognised yet.
    """
    read, parts = parts, in_file_order(parts)
    bare = [number for number, part in enumerate(parts) if _is_bare(part)]
    if bare:
        # A page whose rows went on in the table of the page before is read already.
        carried = {cell.source.part for part in parts for table in part.tables for cell in table.cells}
        bare = [number for number in bare if parts[number].name not in carried]
    if not bare:
        return read
    if pages:
        return in_order([pages.get(number, part) for number, part in enumerate(parts)])
    drawn = _drawn(data, bare)
    # A page that could not be run is none that holds nothing, whatever a viewer makes of it.
    needed = tuple(number for number in bare if number in drawn or parts[number].size == UNRUN)
    if not needed and (len(bare) < len(parts) or any(part.attached for part in parts)):
        return read
    if pages is None:
        told = f"{len(needed)} of {len(parts)} pages without text"
        raise NeedsRecognition(needed or tuple(bare), told, in_part=len(bare) < len(parts))
    unread = {parts[number].name for number in needed}
    return tuple(replace(part, unread=True) if part.name in unread else part for part in read)


def in_order(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Pages of a batch paper by paper, without blank backs, each paper's pages and tables put together.

    Separator pages stay in their places, and a page that was scanned twice behind its paper: extraction passes over
    both.
    """
    ordered: list[Part] = []
    for paper in papers(parts):
        ordered += join_tables([part for part in paper.parts if not is_empty(part)])
        ordered += paper.spare
    return tuple(ordered) or tuple(parts)[:1]


def _is_bare(part: Part) -> bool:
    return part.kind == "page" and not (part.blocks or part.controls or part.codes)


def _drawn(data: bytes, numbers: list[int]) -> set[int]:
    """Those of the pages that show anything at all; the blank back of a sheet is none."""
    import pypdfium2  # for bare pages only

    try:
        document = pypdfium2.PdfDocument(data)
        found = set()
        for number in numbers:
            if number >= len(document):
                continue
            page = document[number]
            if next(iter(page.get_objects(max_depth=1)), None) is not None:
                found.add(number)
            page.close()
        document.close()
    except pypdfium2.PdfiumError as error:
        raise ReadError("corrupt", str(error)) from error
    return found
