"""Glyphs on a page to lines of text: clustered by height, blanks put in by the gaps between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from formflow.model import Box
from formflow.readers.pdf_view import View
from formflow.readers.symbols import has_private, is_symbol_font, shown

# Gaps in parts of the font size. Chinese glyphs are set apart when a line is justified, so that only a gap of
# about half a glyph means a blank; between Latin words a quarter does.
_LATIN_GAP, _CHINESE_GAP, _WIDE_GAP = 0.2, 0.45, 1.25
_SAME_GLYPH = 0.12
_UNREADABLE = "\ufffd"
_BOXES = frozenset("□■☐☑☒○●◯")
_NEVER_LAST = frozenset("（《〈「『【〔“‘([{")
_NEVER_FIRST = frozenset("，。、；：！？）》〉」』】〕”’…,.;:!?)]}")


@dataclass(slots=True, eq=False)
class Item:
    """A glyph, or the text of a form field, at its place on the page in points from the top-left corner.

    Attributes:
        size: Font size, for the gaps.
        field: The text comes from a form field or an annotation; it may have several lines.
        upright: False for text that runs up or down the page.
        rises: Text that is not upright runs up the page.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    size: float
    field: bool = False
    upright: bool = True
    rises: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class TextLine:
    """Items on one height, from left to right."""

    items: list[Item] = field(default_factory=list)
    middle: float = 0.0

    @property
    def box(self) -> Box:
        return box_of(self.items)


def box_of(items: Sequence[Item]) -> Box:
    """The box around some items."""
    return (
        round(min(item.x0 for item in items), 2),
        round(min(item.top for item in items), 2),
        round(max(item.x1 for item in items), 2),
        round(max(item.bottom for item in items), 2),
    )


def items_of(chars: Iterable[dict[str, Any]], view: View) -> list[Item]:
    """The glyphs of a page (pdfplumber's chars) that show."""
    items = []
    for char in chars:
        x0, x1 = char["x0"] - view.left, char["x1"] - view.left
        top, bottom = char["top"] - view.top, char["bottom"] - view.top
        if x1 < 0 or x0 > view.width or bottom < 0 or top > view.height:
            continue
        text = char["text"]
        font = _plain_font(char["fontname"])
        if is_symbol_font(font) or has_private(text):
            text = shown(text, font)
        elif text.startswith("(cid:"):
            text = _UNREADABLE
        if not text or text == "\x00":
            continue
        upright = char["upright"]
        size = (bottom - top if upright else x1 - x0) or char["size"]
        items.append(
            Item(
                x0, top, x1, bottom, text, size, upright=upright, rises=not upright and char["matrix"][1] > 0
            )
        )
    return items


def _plain_font(name: Any) -> str:
    """`Wingdings` for `ABCDEF+Wingdings-Regular`."""
    text = name if isinstance(name, str) else ""
    return text.rpartition("+")[2].partition("-")[0].partition(",")[0]


def is_readable(items: Sequence[Item]) -> bool:
    """Whether the fonts tell what their glyphs mean; a page of unknown glyphs is no better than a picture."""
    unknown = sum(item.text == _UNREADABLE for item in items)
    return unknown * 3 <= len(items)


def cluster(items: Sequence[Item]) -> list[TextLine]:
    """Lines from top to bottom. Form fields join the line of text they stand beside."""
    lines: list[TextLine] = []
    glyphs = sorted((item for item in items if not item.field and item.upright), key=lambda item: item.middle)
    count = 0
    for item in glyphs:
        line = lines[-1] if lines else None
        if line is not None and item.middle - line.middle <= 0.5 * min(item.size, line.items[-1].size):
            line.items.append(item)
            count += 1
            line.middle += (item.middle - line.middle) / count
        else:
            lines.append(TextLine([item], item.middle))
            count = 1
    lines.extend(_sideways([item for item in items if not item.upright and not item.field]))
    text_lines = list(lines)
    for item in sorted((item for item in items if item.field), key=lambda item: item.top):
        beside = [line for line in text_lines if item.top <= line.middle <= item.bottom]
        if not beside:
            beside = [line for line in lines if abs(line.middle - item.middle) <= item.size / 2]
        if beside:
            min(beside, key=lambda line: abs(line.middle - item.middle)).items.append(item)
        else:
            lines.append(TextLine([item], item.middle))
    for line in lines:
        if line.items[0].upright:
            line.items.sort(key=lambda item: item.x0)
    lines.sort(key=lambda line: line.middle)
    return lines


def _sideways(items: Sequence[Item]) -> list[TextLine]:
    """Lines that run up or down the page, one a column of glyphs."""
    lines: list[TextLine] = []
    for item in sorted(items, key=lambda item: item.x0 + item.x1):
        place = (item.x0 + item.x1) / 2
        last = lines[-1].items[-1] if lines else None
        if last is not None and abs((last.x0 + last.x1) / 2 - place) <= item.size / 2:
            lines[-1].items.append(item)
        else:
            lines.append(TextLine([item]))
    for line in lines:
        line.items.sort(key=lambda item: item.top, reverse=line.items[0].rises)
        line.middle = sum(item.middle for item in line.items) / len(line.items)
    return lines


def render(items: Sequence[Item]) -> str:
    """The text of a line: one blank for a gap between words, two or more for a wide one."""
    pieces: list[str] = []
    before: Item | None = None
    for item in items:
        if before is not None:
            if (
                item.text == before.text
                and not item.field
                and abs(item.x0 - before.x0) < _SAME_GLYPH * item.size
                and abs(item.top - before.top) < _SAME_GLYPH * item.size
            ):
                # The same glyph twice at one place is a poor man's bold.
                continue
            if item.upright:
                pieces.append(_gap(before, item))
        pieces.append(item.text)
        before = item
    return "".join(pieces).rstrip()


def _gap(before: Item, item: Item) -> str:
    size = min(max(before.size, 1.0), max(item.size, 1.0))
    gap = (item.x0 - before.x1) / size
    if gap < _LATIN_GAP or item.text.isspace() or before.text.isspace():
        # Blanks that the file itself holds say how far apart the words are, up to a wide gap beyond them.
        return "  " if gap >= _WIDE_GAP else ""
    if gap >= _WIDE_GAP:
        return " " * min(max(2, round(gap * 2)), 40)
    if gap >= _CHINESE_GAP or not (_is_chinese(before.text[-1]) or _is_chinese(item.text[0])):
        return " "
    return ""


def _is_chinese(character: str) -> bool:
    return character >= "\u2e80"


def join_lines(lines: Sequence[TextLine], left: float, right: float) -> str:
    """The lines of a cell, one below the other; a line that only wrapped goes on in the same line.

    Args:
        lines: From top to bottom.
        left: Left edge of the cell in points.
        right: Its right edge.
    """
    lines = [line for line in lines if any(item.text.strip() for item in line.items)]
    if not lines:
        return ""
    # What is kept free at the left is kept free at the right; a centred line begins further in.
    margin = max(min(line.items[0].x0 for line in lines) - left, 0.0)
    text = render(lines[0].items)
    for before, line in pairwise(lines):
        more = render(line.items)
        if not _is_full(before, line, right - margin):
            joint = "\n"
        elif before.items[-1].text.isspace() or more[0] in _BOXES:
            joint = " "
        else:
            joint = "" if _is_chinese(text[-1]) or _is_chinese(more[0]) else " "
        text = f"{text}{joint}{more}"
    return text


def _is_full(line: TextLine, following: TextLine, right: float) -> bool:
    """Whether the line broke because what follows had no room: the next glyph, or the whole next word."""
    last, first = line.items[-1], following.items[0]
    if last.field or first.field or not (last.upright and first.upright):
        return False
    end = first.x1
    for previous, item in pairwise(following.items):
        word = not (_is_chinese(previous.text[-1]) or _is_chinese(item.text[0]) or item.text.isspace())
        if not (word or item.text[0] in _NEVER_FIRST or previous.text[-1] in _NEVER_LAST):
            break
        end = item.x1
    return right - last.x1 < end - first.x0 + 0.25 * first.size
