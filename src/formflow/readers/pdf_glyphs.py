"""What a page's content draws: glyphs with the order they come in, pictures, and paths for the rulings.

A device for pdfminer's interpreter. It tells glyphs that show from those that do not: text laid invisibly under or
over a scan, and all that belongs to a layer that is switched off.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfminer.psparser import PSLiteral

from formflow.errors import ReadError
from formflow.model import Box
from formflow.readers.pdf_layers import is_off
from formflow.readers.symbols import is_symbol_font

UNREADABLE = "\ufffd"
"""Stands for a glyph whose font does not say what it means."""

_INVISIBLE = (3, 7)
_MAX_GLYPHS = 400_000
_MAX_PATHS = 30_000
_MAX_DEPTH = 24
_MAX_STATES = 2_000
"""Graphics states kept inside each other; the format asks of programs to bear 28."""
_MAX_CONTENT = 16 * 1024 * 1024
"""Bytes of content of a page or a form XObject: more than can be run in a file's time."""
_LOOK_EVERY = 2_000


@dataclass(slots=True)
class Image:
    """A picture that the page's content draws.

    Attributes:
        box: In pdfminer's coordinates: left, bottom, right, top.
        glyphs: How many glyphs were drawn before it.
        opaque: It hides what lies below.
    """

    box: Box
    glyphs: int
    opaque: bool


@dataclass(slots=True)
class Drawn:
    """All that a page draws.

    Attributes:
        glyphs: Those that show, in the order of drawing.
        unseen: Text drawn in no colour.
        layout: The paths, as pdfminer's tree.
    """

    layout: LTPage
    glyphs: list[LTChar] = field(default_factory=list)
    unseen: list[LTChar] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


def draw(
    page: PDFPage, fonts: PDFResourceManager, off: Collection[int], deadline: float = float("inf")
) -> Drawn:
    """Run the content of a page.

    Args:
        fonts: Keeps the fonts between pages.
        off: Object ids of the layers that are switched off.
        deadline: On the monotonic clock.
    Raises:
        ReadError: `timeout`, or `too-large` for more glyphs than any page has.
    """
    device = _Device(fonts, deadline)
    _Interpreter(fonts, device, off).process_page(page)
    return Drawn(device.get_result(), device.glyphs, device.unseen, device.images)


class _Device(PDFPageAggregator):
    """Keeps glyphs and pictures apart from the paths, and counts."""

    def __init__(self, fonts: PDFResourceManager, deadline: float) -> None:
        super().__init__(fonts, laparams=None)
        self.glyphs: list[LTChar] = []
        self.unseen: list[LTChar] = []
        self.images: list[Image] = []
        self.depth = 0
        self.hidden: list[bool] = []
        self.clip: Box | None = None
        self._deadline = deadline
        self._invisible = False
        self._count = self._paths = 0

    @property
    def is_hidden(self) -> bool:
        return True in self.hidden

    def look_at_clock(self) -> None:
        if time.monotonic() > self._deadline:
            raise ReadError("timeout", "the content of a page")

    def render_string(self, textstate: Any, *rest: Any) -> None:
        self._invisible = textstate.render in _INVISIBLE
        super().render_string(textstate, *rest)

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
        if not self.is_hidden and (self.clip is None or _shows(item, self.clip)):
            (self.unseen if self._invisible else self.glyphs).append(item)
        return float(item.adv)

    def render_image(self, name: str, stream: Any) -> None:  # noqa: ARG002
        if self.is_hidden:
            return
        opaque = not any(key in stream for key in ("SMask", "Mask", "ImageMask", "IM"))
        x0, y0, x1, y1 = self.cur_item.bbox
        self.images.append(Image((x0, y0, x1, y1), len(self.glyphs), opaque))

    def paint_path(self, *rest: Any, **more: Any) -> None:
        self._paths += 1
        if self._paths % _LOOK_EVERY == 0:
            self.look_at_clock()
        # More than a form can have are a drawing, and none of them a ruling.
        if not self.is_hidden and self._paths <= _MAX_PATHS:
            super().paint_path(*rest, **more)


class _Interpreter(PDFPageInterpreter):
    """Follows layers, and forms within forms no deeper than anybody nests them."""

    def __init__(
        self, fonts: PDFResourceManager, device: _Device, off: Collection[int] = (), clip: Box | None = None
    ) -> None:
        super().__init__(fonts, device)
        self._sheet = device
        self._off = off
        self._clip = clip
        self._clips: list[Box | None] = []
        self._clipping = False
        self._unsaved = 0

    def dup(self) -> _Interpreter:
        return type(self)(self.rsrcmgr, self._sheet, self._off, self._clip)

    def init_resources(self, resources: Any) -> None:
        try:
            super().init_resources(resources)
        except Exception:
            # A colour space that cannot be made leaves its colours unknown; it keeps nobody from reading.
            spaces = resolve1(resources.get("ColorSpace"))
            sound = {name: space for name, space in dict_value(spaces).items() if self._can_make(space)}
            super().init_resources({**resources, "ColorSpace": sound})

    def _can_make(self, space: Any) -> bool:
        try:
            PDFPageInterpreter(self.rsrcmgr, self.device).init_resources({"ColorSpace": {"space": space}})
        except Exception:
            return False
        return True

    def execute(self, streams: Sequence[Any]) -> None:
        held = (stream for stream in map(resolve1, streams) if isinstance(stream, PDFStream))
        if sum(len(stream.get_data()) for stream in held) > _MAX_CONTENT:
            raise ReadError("too-large", f"more than {_MAX_CONTENT} bytes of content on a page")
        super().execute(streams)

    def do_q(self) -> None:
        if len(self.gstack) >= _MAX_STATES:
            self._unsaved += 1
            return
        super().do_q()
        self._clips.append(self._clip)

    def do_Q(self) -> None:
        if self._unsaved:
            self._unsaved -= 1
            return
        super().do_Q()
        if self._clips:
            self._clip = self._sheet.clip = self._clips.pop()

    def do_W(self) -> None:
        self._clipping = True

    def do_W_a(self) -> None:
        self._clipping = True

    def do_n(self) -> None:
        if self._clipping:
            self._clipping = False
            box = _around(self.curpath, self.ctm)
            if box is not None:
                self._clip = self._sheet.clip = box if self._clip is None else _common(self._clip, box)
        super().do_n()

    def do_BMC(self, tag: Any) -> None:  # noqa: ARG002
        self._sheet.hidden.append(False)

    def do_BDC(self, tag: Any, props: Any) -> None:
        layer = isinstance(tag, PSLiteral) and tag.name == "OC"
        self._sheet.hidden.append(layer and self._is_off(props))

    def do_EMC(self) -> None:
        if self._sheet.hidden:
            self._sheet.hidden.pop()

    def do_Do(self, xobjid_arg: Any) -> None:
        sheet = self._sheet
        if sheet.depth >= _MAX_DEPTH:
            return
        sheet.look_at_clock()
        name = xobjid_arg.name if isinstance(xobjid_arg, PSLiteral) else xobjid_arg
        target = resolve1(self.xobjmap.get(name))
        attributes: Mapping[str, Any] = getattr(target, "attrs", {})
        marked = len(sheet.hidden)
        for name in ("BBox", "Matrix"):
            if isinstance(entries := resolve1(attributes.get(name)), list):
                target.attrs[name] = [resolve1(entry) for entry in entries]
        sheet.hidden.append("OC" in attributes and is_off(attributes["OC"], self._off))
        sheet.depth += 1
        try:
            super().do_Do(xobjid_arg)
        finally:
            sheet.depth -= 1
            sheet.clip = self._clip
            del sheet.hidden[marked:]

    def _is_off(self, props: Any) -> bool:
        if not self._off:
            return False
        if isinstance(props, PSLiteral):
            named = resolve1(self.resources.get("Properties")) if self.resources else None
            props = named.get(props.name) if isinstance(named, Mapping) else None
        return is_off(props, self._off)


def _around(path: Sequence[Any], matrix: Any) -> Box | None:
    """The box around a path, in the page's coordinates."""
    a, b, c, d, e, f = matrix
    points = [
        (a * x + c * y + e, b * x + d * y + f)
        for _, *numbers in path
        for x, y in zip(numbers[::2], numbers[1::2], strict=False)
    ]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _common(box: Box, other: Box) -> Box:
    return max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3])


def _shows(glyph: LTChar, clip: Box) -> bool:
    """Whether a glyph's middle is inside the box around what is not cut away."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    return clip[0] - 1 <= x <= clip[2] + 1 and clip[1] - 1 <= y <= clip[3] + 1


def fonts() -> PDFResourceManager:
    """A keeper of fonts for one document."""
    return PDFResourceManager(caching=True)


def plain_font(name: Any) -> str:
    """`Wingdings` for `ABCDEF+Wingdings-Regular`."""
    text = name if isinstance(name, str) else ""
    return text.rpartition("+")[2].partition("-")[0].partition(",")[0]


def turn_of(glyphs: Sequence[LTChar]) -> int:
    """By how many degrees clockwise a page must be turned for most of its text to be read; 0 where it is level."""
    if not glyphs:
        return 0
    turns = {90: 0, 180: 0, 270: 0}
    for glyph in glyphs:
        a, b = glyph.matrix[0], glyph.matrix[1]
        if abs(b) > abs(a):
            turns[90 if b > 0 else 270] += 1
        elif a < 0 and glyph.matrix[3] < 0:
            turns[180] += 1
    turn, count = max(turns.items(), key=lambda pair: pair[1])
    return turn if count > 0.7 * len(glyphs) else 0
