"""Glyphs on a page to lines of text: clustered by height, blanks put in by the gaps between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from formflow.model import Box
from formflow.readers.packages.symbols import has_private, is_symbol_font, shown
from formflow.readers.pdf.coordinates import View
from formflow.readers.pdf.drawn import UNREADABLE, Run, is_unknown
from formflow.readers.pdf.fonts import plain_font
from formflow.readers.pdf.visibility import MOST, Sight
from formflow.readers.radicals import PLAIN

# Gaps in parts of the font size. Chinese glyphs are set apart when a line is justified, so that only a gap of
# about half a glyph means a blank; between Latin words a quarter does.
_LATIN_GAP, _CHINESE_GAP, _WIDE_GAP = 0.2, 0.45, 1.25
_SAME_GLYPH = 0.12
_SEEN = 1.0
"""Points below which a glyph cannot be seen."""
_FEW_UNKNOWN, _UNKNOWN_SHARE = 2, 0.02


@dataclass(slots=True, eq=False)
class Item:
    """A glyph, or the text of a form field, at its place on the page in points from the top-left corner.

    Attributes:
        size: Font size, for the gaps.
        field: The text comes from a form field or an annotation; it may have several lines.
        upright: False for text that runs up or down the page.
        rises: Text that is not upright runs up the page.
        run: What it was drawn with; None for a field.
        contrast: To the ground it stands on.
        doubtful: Whether, or as what, people see it is not certain.
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
    run: Run | None = None
    contrast: float = MOST
    doubtful: bool = False

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

    @property
    def first(self) -> Item:
        """The first item that is no blank; the first where all are."""
        return next((item for item in self.items if not item.text.isspace()), self.items[0])

    @property
    def last(self) -> Item:
        """The last item that is no blank; the last where all are."""
        return next((item for item in reversed(self.items) if not item.text.isspace()), self.items[-1])


def box_of(items: Sequence[Item]) -> Box:
    """The box around some items."""
    return (
        round(min(item.x0 for item in items), 2),
        round(min(item.top for item in items), 2),
        round(max(item.x1 for item in items), 2),
        round(max(item.bottom for item in items), 2),
    )


def items_of(sights: Iterable[Sight], view: View) -> list[Item]:
    """The glyphs of a page at their places, without those that fall outside it or are too small to be seen."""
    items = []
    left, base = view.crop[0], view.page_height - view.crop[1]
    fonts: dict[Any, tuple[str, bool]] = {}
    for sight in sights:
        glyph = sight.glyph
        x0, x1 = glyph.x0 - left, glyph.x1 - left
        top, bottom = base - glyph.y1, base - glyph.y0
        # Written so that what is no number falls out as well; and nobody reads a glyph larger than the page.
        if not (x1 >= 0 and x0 <= view.width and bottom >= 0 and top <= view.height):
            continue
        if x1 - x0 > view.width or bottom - top > view.height:
            continue
        text = glyph.get_text()
        known = fonts.get(glyph.fontname)
        if known is None:
            font = plain_font(glyph.fontname)
            known = fonts[glyph.fontname] = font, is_symbol_font(font)
        if known[1] or (not text.isascii() and has_private(text)):
            text = shown(text, known[0])
        if not text.isascii():
            text = text.translate(PLAIN)
        if not text or text < " ":
            continue
        if text >= "\ue000" and is_unknown(text):
            text = UNREADABLE
        upright = glyph.upright
        size = (bottom - top if upright else x1 - x0) or glyph.size
        if size < _SEEN and x1 - x0 < _SEEN:
            continue
        rises = not upright and glyph.matrix[1] > 0
        items.append(
            Item(
                x0,
                top,
                x1,
                bottom,
                text,
                size,
                False,
                upright,
                rises,
                sight.run,
                sight.contrast,
                sight.doubtful,
            )
        )
    return items


def is_readable(items: Sequence[Item]) -> bool:
    """Whether the fonts tell what their glyphs mean; a page of unknown glyphs is no better than a picture."""
    unknown = sum(item.text == UNREADABLE for item in items)
    few = unknown <= max(_FEW_UNKNOWN, _UNKNOWN_SHARE * len(items))
    return few and (not unknown or unknown < len(items))


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
    if gap >= _CHINESE_GAP or not (is_chinese(before.text[-1]) or is_chinese(item.text[0])):
        return " "
    return ""


def is_chinese(character: str) -> bool:
    """Whether a character is of the kind that lines may break before and after."""
    return character >= "\u2e80"
