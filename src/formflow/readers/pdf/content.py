"""Running a page's content: pdfminer's interpreter with the parts of the graphics state that say what shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pdfminer.pdfinterp import LITERAL_FORM, LITERAL_IMAGE, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import MATRIX_IDENTITY, decode_text, mult_matrix

from formflow.errors import ReadError
from formflow.readers.pdf.appearance import Appearance, appearances
from formflow.readers.pdf.drawn import Drawn, Mark
from formflow.readers.pdf.glyphs import Device
from formflow.readers.pdf.layers import is_off
from formflow.readers.pdf.paint import Paint, Region, common, rectangle, region_of

_MAX_DEPTH = 24
_MAX_STATES = 2_000
"""Graphics states kept inside each other; the format asks of programs to bear 28."""
_MAX_CONTENT = 16 * 1024 * 1024
"""Bytes of content of a page or a form XObject: more than can be run in a file's time."""
_MAX_CLIPS = 8
"""Areas that are no rectangles which clip at once; more are taken for the boxes around them."""
_NO_TEXT = ("Watermark", "Background")
_USUAL = ("Normal", "Compatible")
"""Blend modes in which a colour hides what lies below."""
_EVERYWHERE = Region((-1e9, -1e9, 1e9, 1e9))


def draw(
    page: PDFPage, fonts: PDFResourceManager, off: Collection[int], deadline: float = float("inf")
) -> Drawn:
    """Run the content of a page, then what its annotations cover.

    Args:
        fonts: Keeps the fonts between pages.
        off: Object ids of the layers that are switched off.
        deadline: On the clock of this process's processor time.
    Raises:
        ReadError: `timeout`, or `too-large` for more content or glyphs than any page has.
    """
    device = Device(fonts, deadline)
    interpreter = _Interpreter(fonts, device, off)
    interpreter.process_page(page)
    device.muted = True
    if page.annots:
        boxes = [glyph.bbox for glyph in device.glyphs]
        for appearance in appearances(page.annots, off, boxes, interpreter.page_matrix):
            interpreter.show(appearance)
    return device.drawn


class _Interpreter(PDFPageInterpreter):
    """Follows layers, marks, clips and transparency; forms within forms no deeper than anybody nests them."""

    graphicstate: Paint

    def __init__(self, fonts: PDFResourceManager, device: Device, off: Collection[int] = ()) -> None:
        super().__init__(fonts, device)
        self._sheet = device
        self._off = off
        self._clips: list[tuple[Region, ...]] = []
        self._clipping = ""
        self._unsaved = 0
        self._paint = Paint()
        self._mode = 0
        self.page_matrix: Any = MATRIX_IDENTITY

    def dup(self) -> _Interpreter:
        inner = type(self)(self.rsrcmgr, self._sheet, self._off)
        inner._paint, inner._mode = self._paint, self.textstate.render
        return inner

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

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self.graphicstate = self._paint.copy()
        self.textstate.render = self._mode

    def execute(self, streams: Sequence[Any]) -> None:
        held = (stream for stream in map(resolve1, streams) if isinstance(stream, PDFStream))
        if sum(len(stream.get_data()) for stream in held) > _MAX_CONTENT:
            raise ReadError("too-large", f"more than {_MAX_CONTENT} bytes of content on a page")
        super().execute(streams)

    # --- The graphics state ---

    def do_q(self) -> None:
        if len(self.gstack) >= _MAX_STATES:
            self._unsaved += 1
            return
        super().do_q()
        self._clips.append(self._sheet.clips)

    def do_Q(self) -> None:
        if self._unsaved:
            self._unsaved -= 1
            return
        super().do_Q()
        if self._clips:
            self._sheet.clips = self._clips.pop()

    def do_gs(self, name: Any) -> None:
        known = resolve1(self.resources.get("ExtGState")) if self.resources else None
        entries = resolve1(known.get(getattr(name, "name", None))) if isinstance(known, Mapping) else None
        if not isinstance(entries, Mapping):
            return
        state = self.graphicstate
        state.alpha = _share(entries.get("ca"), state.alpha)
        state.stroke_alpha = _share(entries.get("CA"), state.stroke_alpha)
        if "BM" in entries:
            mode = resolve1(entries["BM"])
            mode = resolve1(mode[0]) if isinstance(mode, list) and mode else mode
            state.blends = getattr(mode, "name", _USUAL[0]) not in _USUAL
        if "SMask" in entries:
            state.masked = isinstance(resolve1(entries["SMask"]), Mapping)

    def do_cs(self, name: Any) -> None:
        super().do_cs(name)
        self.graphicstate.ncolor = _first_colour(self.graphicstate.ncs, self.graphicstate.ncolor)

    def do_CS(self, name: Any) -> None:
        super().do_CS(name)
        self.graphicstate.scolor = _first_colour(self.graphicstate.scs, self.graphicstate.scolor)

    # --- Paths and clips ---

    def do_W(self) -> None:
        self._clipping = "W"

    def do_W_a(self) -> None:
        self._clipping = "W*"

    def do_S(self) -> None:
        path = self.curpath
        super().do_S()
        self._clip(path)

    def do_f(self) -> None:
        path = self.curpath
        super().do_f()
        self._clip(path)

    def do_F(self) -> None:
        self.do_f()

    def do_f_a(self) -> None:
        path = self.curpath
        super().do_f_a()
        self._clip(path)

    def do_B(self) -> None:
        path = self.curpath
        super().do_B()
        self._clip(path)

    def do_B_a(self) -> None:
        path = self.curpath
        super().do_B_a()
        self._clip(path)

    def do_n(self) -> None:
        path = self.curpath
        super().do_n()
        self._clip(path)

    def _clip(self, path: Sequence[Any]) -> None:
        if self._clipping:
            region = region_of(path, self.ctm, even_odd=self._clipping == "W*")
            self._clipping = ""
            if region is not None:
                self._sheet.clips = _narrowed(self._sheet.clips, region)

    def do_sh(self, name: Any) -> None:  # noqa: ARG002
        if not self._sheet.is_hidden:
            region = self._sheet.clips[0] if self._sheet.clips else _EVERYWHERE
            self._sheet.cover(region, self.graphicstate.alpha, None, plain=False)

    # --- Marked content ---

    def do_BMC(self, tag: Any) -> None:  # noqa: ARG002
        self._sheet.marks.append(Mark())

    def do_BDC(self, tag: Any, props: Any) -> None:
        kind = tag.name if isinstance(tag, PSLiteral) else ""
        entries = self._properties(props)
        mark = Mark(start=len(self._sheet.glyphs))
        if kind == "OC":
            mark.hidden = bool(self._off) and is_off(entries, self._off)
        elif isinstance(held := resolve1(entries), Mapping):
            subtype = resolve1(held.get("Subtype"))
            mark.watermark = kind == "Artifact" and getattr(subtype, "name", "") in _NO_TEXT
            actual = resolve1(held.get("ActualText"))
            mark.actual = decode_text(actual) if isinstance(actual, bytes) else None
        self._sheet.marks.append(mark)

    def do_EMC(self) -> None:
        self._sheet.end_mark()

    def _properties(self, props: Any) -> Any:
        """The entry itself, or what the resources have by its name; a reference stays one."""
        if not isinstance(props, PSLiteral):
            return props
        named = resolve1(self.resources.get("Properties")) if self.resources else None
        return named.get(props.name) if isinstance(named, Mapping) else None

    # --- Pictures and forms ---

    def do_EI(self, obj: Any) -> None:
        if isinstance(obj, PDFStream) and "W" in obj and "H" in obj:
            self._sheet.show_picture(obj, self.graphicstate)

    def do_Do(self, xobjid_arg: Any) -> None:
        sheet = self._sheet
        if sheet.depth >= _MAX_DEPTH:
            return
        sheet.look_at_clock()
        name = xobjid_arg.name if isinstance(xobjid_arg, PSLiteral) else xobjid_arg
        target = resolve1(self.xobjmap.get(name))
        if not isinstance(target, PDFStream):
            return
        attributes = target.attrs
        marked = len(sheet.marks)
        sheet.marks.append(Mark(hidden="OC" in attributes and is_off(attributes["OC"], self._off)))
        clips, group = sheet.clips, sheet.group
        sheet.depth += 1
        try:
            subtype = resolve1(attributes.get("Subtype"))
            if subtype is LITERAL_IMAGE and "Width" in attributes and "Height" in attributes:
                sheet.show_picture(target, self.graphicstate)
            elif subtype is LITERAL_FORM:
                self._open_form(target)
                super().do_Do(xobjid_arg)
        finally:
            sheet.depth -= 1
            sheet.clips, sheet.group = clips, group
            del sheet.marks[marked:]

    def _open_form(self, form: PDFStream) -> None:
        """What a form begins with: its box clips; a group is painted with what was set for it, others inherit that."""
        for name in ("BBox", "Matrix"):
            if isinstance(entries := resolve1(form.attrs.get(name)), list):
                form.attrs[name] = [resolve1(entry) for entry in entries]
        box = form.attrs.get("BBox")
        if isinstance(box, list) and len(box) == 4:
            matrix = mult_matrix(form.attrs.get("Matrix") or MATRIX_IDENTITY, self.ctm)
            self._sheet.clips = _narrowed(self._sheet.clips, rectangle(box, matrix))
        self._paint = self.graphicstate.copy()
        if isinstance(resolve1(form.attrs.get("Group")), Mapping):
            through, plain = self._sheet.group
            self._sheet.group = (through * self._paint.alpha, plain and self._paint.plain)
            self._paint.alpha = self._paint.stroke_alpha = 1.0
            self._paint.blends = self._paint.masked = False

    def show(self, appearance: Appearance) -> None:
        """Run the appearance of an annotation over the page, in the coordinates of the page."""
        self._sheet.clips, self._sheet.group = (), (1.0, True)
        self.init_resources({"XObject": {"appearance": appearance.stream}})
        self._paint, self._mode = Paint(), 0
        self.init_state(mult_matrix(appearance.matrix, self.page_matrix))
        if appearance.stream is None:
            self._sheet.cover(rectangle(appearance.box, self.page_matrix), 1.0, None, plain=False)
        else:
            self.do_Do("appearance")

    def render_contents(self, resources: Any, streams: Any, ctm: Any = MATRIX_IDENTITY) -> None:
        self.page_matrix = ctm
        super().render_contents(resources, streams, ctm)


def _narrowed(clips: tuple[Region, ...], region: Region) -> tuple[Region, ...]:
    """What is clipped by an area as well; the first is always a rectangle around what is left."""
    if not clips:
        box = Region(region.box)
        return (box,) if region.is_box else (box, region)
    box = Region(common(clips[0].box, region.box))
    if region.is_box:
        return (box, *clips[1:])
    return (box, *clips[1:], region)[: _MAX_CLIPS + 1]


def _share(value: Any, otherwise: float) -> float:
    number = resolve1(value)
    return min(max(float(number), 0.0), 1.0) if isinstance(number, (int, float)) else otherwise


def _first_colour(space: Any, colour: Any) -> Any:
    """The colour that a colour space begins with: black, or what is not known."""
    if space.name in ("Separation", "DeviceN", "Indexed", "Pattern", "Lab"):
        return space.name
    return {1: 0.0, 3: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0, 1.0)}.get(space.ncomponents, colour)
