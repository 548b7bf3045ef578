"""Signed papers that come back: which entry a scanned page belongs to, and which of its places to sign hold ink."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from formflow.extraction.slots import mark_of
from formflow.model import Cell, Document, Line, Mark, Part, Picture
from formflow.pages.separators import is_separator
from formflow.values.entrycode import EntryCode, parse_entry_code

_PLACE_TO_SIGN = re.compile(r"签\s*[字名章]")
_PRINTED = re.compile(
    r"[□☐○√☑]|同意|退回补正|不同意|予以认定|不予认定|签\s*[字名章]|原表已签|[年月日\s　:：;；,，。.、()（）_＿/-]"
)
"""What a place to sign says before anybody has signed it."""
_LABEL_LENGTH = 20
_SEALS = {Mark.SEAL: "yes", Mark.UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPlace:
    """A place to sign on a paper.

    Attributes:
        label: What stands beside it (`销售部经理`).
        inked: Somebody wrote or signed there.
        text: What was recognised there beyond what is printed; empty for ink that no one could read.
        part: The page (`page 1`).
        seal: `yes`: nothing but a seal is there; `unknown`: ink that may be a seal or a pen's.
    """

    label: str
    inked: bool
    text: str
    part: str
    seal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedPaper:
    """The pages of one entry's document in a scan.

    Attributes:
        parts: Names of the pages.
        places: Its places to sign, from top to bottom.
    """

    code: EntryCode
    parts: tuple[str, ...]
    places: tuple[SignedPlace, ...]


def returned_papers(document: Document) -> tuple[ReturnedPaper, ...]:
    """The papers in a document, each known by the code on its pages; none where no page bears an entry's code.

    A page without a code belongs to the paper before it: a back page, an attachment; not so behind a separator.
    """
    papers: dict[tuple[str, int, int], tuple[EntryCode, list[Part]]] = {}
    current: list[Part] | None = None
    for part in document.parts:
        code = next(_codes(part), None)
        if code is not None:
            key = (code.series, code.year, code.serial)
            current = papers.setdefault(key, (code, []))[1]
        elif is_separator(part):
            current = None
        if current is not None:
            current.append(part)
    return tuple(
        ReturnedPaper(
            code=code,
            parts=tuple(part.name for part in parts),
            places=tuple(place for part in parts for place in _places(part)),
        )
        for code, parts in papers.values()
    )


def _codes(part: Part) -> Iterator[EntryCode]:
    return filter(None, map(parse_entry_code, part.codes))


def _places(part: Part) -> Iterator[SignedPlace]:
    for table in part.tables:
        for row in table.by_row():
            for cell in row:
                if _PLACE_TO_SIGN.search(cell.text):
                    # What stands above is printed, or an opinion: who signs does so behind the last 签字.
                    behind = _PLACE_TO_SIGN.split(cell.text)[-1]
                    yield _place(part, _label(row, cell), behind, _inside(cell))
    for line in part.lines:
        if _PLACE_TO_SIGN.search(line.text):
            before = _PLACE_TO_SIGN.split(line.text)[0]
            yield _place(part, _short(before), line.text[len(before) :], _beside(line, part.pictures))


def _place(part: Part, label: str, text: str, pictures: Iterable[Picture]) -> SignedPlace:
    written = _PRINTED.sub("", text)
    mark = mark_of(tuple(pictures))
    inked = bool(written) or mark is Mark.INK
    seal = "" if inked else _SEALS.get(mark, "")
    return SignedPlace(label=label, inked=inked, text=written, part=part.name, seal=seal)


def _label(row: list[Cell], cell: Cell) -> str:
    """The nearest text to the left, else what the cell itself begins with."""
    left = [other for other in row if other.column < cell.column and other.text.strip()]
    return _short(left[-1].text if left else _PLACE_TO_SIGN.split(cell.text)[0])


def _short(text: str) -> str:
    return "".join(text.split())[:_LABEL_LENGTH]


def _inside(cell: Cell) -> Iterator[Picture]:
    yield from cell.pictures
    for table in cell.tables:
        for inner in table.cells:
            yield from _inside(inner)


def _beside(line: Line, pictures: Iterable[Picture]) -> Iterator[Picture]:
    """Pictures anchored in the line, and those of the page that overlap its height to the right of its beginning."""
    yield from line.pictures
    box = line.source.box
    for picture in pictures:
        other = picture.source.box
        if box is not None and other is not None and other[0] >= box[0]:
            overlap = min(box[3], other[3]) - max(box[1], other[1])
            if overlap > 0.5 * min(box[3] - box[1], other[3] - other[1]):
                yield picture
