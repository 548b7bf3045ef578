"""What a page's content draws: glyphs with the order they come in, pictures, covers, and paths for the rulings.

A device for pdfminer's interpreter. It leaves out what belongs to a layer that is switched off and text drawn in no
colour; what of the rest shows is told by `pdf_seen`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager

from formflow.errors import ReadError
from formflow.readers.packages.symbols import has_private, is_symbol_font
from formflow.readers.pdf.drawn import UNREADABLE, Drawn, Image, Mark, Run, is_unknown
from formflow.readers.pdf.fonts import plain_font
from formflow.readers.pdf.paint import Cover, Paint, Region, box_around, light_of, rectangle, region_of

_FILLED, _STROKED, _NEITHER = (0, 2), (1, 2), 3
"""Text render modes, those without clipping."""
_OPAQUE, _VEIL = 0.98, 0.3
"""How much of what lies below a paint hides that shows nothing of it; one that hides less than the second lets read it."""
_FONT_FILES = frozenset(("FontFile", "FontFile2", "FontFile3"))
_MAX_GLYPHS = 400_000
_MAX_PATHS = 30_000
_MAX_COVERS = 20_000
_LOOK_EVERY = 2_000
_LINE = 1.5
"""Points of the lesser side up to which an area is a line, which hides no glyph."""
_ASLANT = 0.09
"""The slope from which text runs neither level nor upright: five degrees."""


class Device(PDFPageAggregator):
    """Keeps glyphs, pictures and covers apart from the paths, and counts.

    Attributes:
        marks: The marked content that is open.
        clips: What is drawn now is cut to.
        group: How much the groups that are open let through, and whether that is all that changes them.
        muted: Only covers are kept.
    """

    def __init__(self, fonts: PDFResourceManager, deadline: float) -> None:
        super().__init__(fonts, laparams=None)
        self.glyphs: list[LTChar] = []
        self.runs: list[Run] = []
        self.covers: list[Cover] = []
        self.images: list[Image] = []
        self.marks: list[Mark] = []
        self.clips: tuple[Region, ...] = ()
        self.group = (1.0, True)
        self.depth = 0
        self.muted = False
        self._deadline = deadline
        self._skipped = self._is_part = False
        self._count = self._paths = 0

    @property
    def drawn(self) -> Drawn:
        """All that was drawn on the page."""
        return Drawn(self.get_result(), self.glyphs, self.runs, self.covers, self.images)

    @property
    def is_hidden(self) -> bool:
        return any(mark.hidden for mark in self.marks)

    def look_at_clock(self) -> None:
        if time.process_time() > self._deadline:
            raise ReadError("timeout", "the content of a page")

    def end_mark(self) -> None:
        """Close marked content; where its glyphs have no meaning of their own, they get the one that it is said to have.

        What the glyphs mean by their font is what people see, whatever else the file says.
        """
        if not self.marks:
            return
        mark = self.marks.pop()
        glyphs = self.glyphs[mark.start :]
        unknown = (text for glyph in glyphs if is_unknown(text := glyph.get_text()) and not has_private(text))
        if not mark.actual or next(unknown, None) is None:
            return
        if len(glyphs) == len(mark.actual):
            for glyph, text in zip(glyphs, mark.actual, strict=True):
                glyph._text = text
            return
        first, *others = glyphs
        first._text = mark.actual
        first.set_bbox(box_around([c for glyph in glyphs for c in (glyph.bbox[:2], glyph.bbox[2:])]))
        for glyph in others:
            glyph._text = ""

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        mode = textstate.render & 3
        self._skipped = mode == _NEITHER or self.muted or self.is_hidden
        start = len(self.glyphs)
        super().render_string(textstate, seq, ncs, graphicstate)
        if len(self.glyphs) > start:
            self._add_run(start, mode, textstate.font, graphicstate)

    def _add_run(self, start: int, mode: int, font: Any, paint: Paint) -> None:
        first = self.glyphs[start]
        lights: tuple[float | None, ...] = ()
        alpha = 0.0
        if mode in _FILLED:
            lights = (light_of(paint.ncolor, paint.ncs.name),)
            alpha = paint.alpha
        if mode in _STROKED:
            lights += (light_of(paint.scolor, paint.scs.name),)
            alpha = max(alpha, paint.stroke_alpha)
        alpha *= self.group[0]
        plain = self.group[1] and not (paint.blends or paint.masked)
        a, b = abs(first.matrix[0]), abs(first.matrix[1])
        aslant = min(a, b) > _ASLANT * max(a, b)
        watermark = bool(self.marks) and any(mark.watermark for mark in self.marks)
        look = (first.fontname, round(first.size, 1), lights, alpha, plain, aslant, watermark)
        before = self.runs[-1] if self.runs else None
        if (
            before is not None
            and before.look == look
            and before.clips is self.clips
            and not (self.covers and self.covers[-1].order >= start)
            and not aslant
            and abs(self.glyphs[start - 1].y0 - first.y0) <= 0.1
            and self.glyphs[start - 1].x1 <= first.x1
        ):
            before.end = len(self.glyphs)
            return
        embedded = not _FONT_FILES.isdisjoint(getattr(font, "descriptor", None) or ())
        self.runs.append(
            Run(
                start=start,
                end=len(self.glyphs),
                lights=lights,
                alpha=alpha,
                plain=plain,
                clips=self.clips,
                look=look,
                aslant=aslant,
                watermark=watermark,
                embedded=embedded,
            )
        )

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            # A symbol font needs no map: its codes are its glyphs.
            text = UNREADABLE if font.is_multibyte() or cid > 0xFF else chr(0xF000 + cid)
            if not is_symbol_font(plain_font(font.fontname)):
                text = UNREADABLE
        item = LTChar(
            matrix,
            font,
            fontsize,
            scaling,
            rise,
            text if isinstance(text, str) else UNREADABLE,
            font.char_width(cid),
            font.char_disp(cid),
            ncs,
            graphicstate,
        )
        self._count += 1
        if self._count % _LOOK_EVERY == 0:
            self.look_at_clock()
            if self._count > _MAX_GLYPHS:
                raise ReadError("too-large", f"more than {_MAX_GLYPHS} glyphs on a page")
        if not self._skipped:
            self.glyphs.append(item)
        return float(item.adv)

    def show_picture(self, stream: Any, paint: Paint) -> None:
        """A picture in the unit square of the coordinates as they are."""
        if self.is_hidden:
            return
        opaque = not any(key in stream for key in ("SMask", "Mask", "ImageMask", "IM", "SMaskInData"))
        region = rectangle((0.0, 0.0, 1.0, 1.0), self.ctm)
        if not self.muted:
            self.images.append(Image(region.box, opaque))
        self.cover(region, paint.alpha, None, plain=opaque and paint.plain)

    def render_image(self, name: str, stream: Any) -> None:
        """Nothing: `show_picture` knows more."""

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        self._paths += 1
        if self._paths % _LOOK_EVERY == 0:
            self.look_at_clock()
        if self.is_hidden:
            return
        if fill and not self._is_part and (region := region_of(path, self.ctm, even_odd=evenodd)) is not None:
            light = light_of(gstate.ncolor, gstate.ncs.name)
            one_colour = not isinstance(gstate.ncolor, str) and gstate.ncs.name != "Pattern"
            self.cover(region, gstate.alpha, light, plain=one_colour and gstate.plain)
        # More than a form can have are a drawing, and none of them a ruling.
        if not self.muted and self._paths <= _MAX_PATHS:
            # Of a path in several parts, pdfminer comes back here with each.
            before, self._is_part = self._is_part, True
            super().paint_path(gstate, stroke, fill, evenodd, path)
            self._is_part = before

    def cover(self, region: Region, alpha: float, light: float | None, *, plain: bool) -> None:
        """Note that an area was painted over."""
        x0, y0, x1, y1 = region.box
        through, group_is_plain = self.group
        alpha *= through
        if x1 - x0 <= _LINE or y1 - y0 <= _LINE or alpha < _VEIL:
            return
        sure = plain and group_is_plain and alpha >= _OPAQUE
        order = len(self.glyphs)
        if len(self.covers) < _MAX_COVERS:
            self.covers.append(Cover(order, region, self.clips, light, sure))
        else:
            # So many are a drawing: where all of them are, a look at the page must tell what shows.
            last = self.covers[-1].region.box
            box = box_around([last[:2], last[2:], (x0, y0), (x1, y1)])
            self.covers[-1] = Cover(order, Region(box), (), None, sure=False)
