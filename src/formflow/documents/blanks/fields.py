"""The fields of a PDF form with what shows in them."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from formflow.documents.blanks.face import RESOURCE, lines_of, set_text
from formflow.documents.blanks.fill import Filling, Typed
from formflow.forms.controlnames import DATE, LOG, OPINION, REMARK, ControlName, marker_name
from formflow.forms.layout import Area, Blank, Page
from formflow.forms.layout.measure import MM
from formflow.forms.spec import Field, FieldType
from formflow.model import Box

_READ_ONLY, _MULTILINE, _RADIO, _COMBO, _EDIT = 1, 1 << 12, 1 << 15, 1 << 17, 1 << 18
_PRINT = 4
_INSET = 0.6
_LEAST_SIZE = 5.0
_WIDEST_GUIDE = 15 * MM
_GUIDES = {FieldType.DATE: ("年", "月", "日"), FieldType.DATETIME: ("年", "月", "日", "时", "分")}
_OPTIONS = frozenset({FieldType.CHOICE, FieldType.CHOICES})
_WRAPPED = frozenset({FieldType.TEXT, FieldType.ORGANISATION})
_TICK = "√"
_TICK_STROKE = 1.1
"""Points by which a tick's strokes are thicker than the font draws them: on paper it is ink that counts."""


class Fields:
    """The fields of one document, made page by page."""

    def __init__(self, pdf: Pdf, face: Object) -> None:
        self._pdf = pdf
        self._resources = Dictionary(Font=Dictionary({f"/{RESOURCE}": face}))
        self._fields: list[Object] = []
        self._groups: dict[str, Object] = {}
        self._page: Any = None
        self._height = 0.0

    def form(self) -> Dictionary:
        """The form dictionary of the document."""
        return Dictionary(
            Fields=Array(self._fields),
            DR=self._resources,
            DA=String(f"/{RESOURCE} 10.5 Tf 0 g"),
            NeedAppearances=False,
        )

    def on_page(self, page: Object, layout: Page, blank: Blank, filled: Filling) -> None:
        """Put the fields of a page onto it."""
        self._page, self._height = page, layout.height
        page["/Annots"] = Array([])
        specs = {item.id: item for item in blank.form.fields}
        columns = {item.id: item for item in blank.columns}
        for area in layout.areas:
            if area.kind in ("label", "number", "title", "note", "below", "footer") or not area.field:
                continue
            in_row = area.row is not None
            item = columns[area.column or area.field] if in_row else specs[area.field]
            row = None if area.row is None else area.row + 1
            table = (area.field if area.column else LOG) if in_row else ""
            self._place(area, item, ControlName(item.id, table, row), filled.of(item, area.row))
        if layout.number == 1:
            foot = next(area for area in layout.print if area.kind == "footer")
            self._text(foot.box, marker_name(blank.form.id), "表单与版式", foot.text, 8.0, flags=_READ_ONLY)

    def _place(self, area: Area, item: Field, name: ControlName, typed: Typed) -> None:
        box, size = area.box, area.size
        if area.kind == "option":
            self._option(area, item, name, ticked=area.option in typed.chosen)
        elif area.kind == "remark":
            if REMARK not in item.options:
                self._text(box, f"{name}:{REMARK}", f"{item.label}（其他说明）", typed.text, size)
        elif area.kind == "opinion":
            self._text(box, f"{name}:{OPINION}", f"{item.heading} 意见", "", size, flags=_MULTILINE, top=True)
        elif area.kind == "signature":
            self._text(box, str(name), item.label, typed.text, size)
        elif area.kind == "signed_on":
            self._text(
                box, f"{name}:{DATE}", f"{item.label} 日期", typed.on, size, guides=_GUIDES[FieldType.DATE]
            )
        elif item.type in _OPTIONS:
            self._choice(box, str(name), item, typed, size)
        else:
            whole = typed.whole if item.type is FieldType.SIGNATURE else typed.text
            guides = () if name.table else _GUIDES.get(item.type, ())
            self._text(
                box,
                str(name),
                item.heading,
                whole,
                size,
                flags=_MULTILINE if item.type in _WRAPPED else 0,
                top=not name.table and box[3] - box[1] > 14 * MM,
                guides=guides,
            )

    # --- Kinds of fields ---

    def _text(
        self,
        box: Box,
        name: str,
        title: str,
        value: str,
        size: float,
        *,
        flags: int = 0,
        top: bool = False,
        guides: tuple[str, ...] = (),
    ) -> None:
        look = self._look(box, value, size, top=top) if value else self._guided(box, guides, size)
        widget = self._widget(box, look)
        widget["/FT"] = Name.Tx
        widget["/T"] = String(name)
        widget["/TU"] = String(title)
        widget["/Ff"] = flags
        widget["/DA"] = String(f"/{RESOURCE} {size:g} Tf 0 g")
        if value:
            widget["/V"] = String(value)
        self._add(widget)

    def _choice(self, box: Box, name: str, item: Field, typed: Typed, size: float) -> None:
        texts = {id: texts[0] for id, texts in item.options.items()}
        value = "、".join(texts[id] for id in typed.chosen) or typed.text
        widget = self._widget(box, self._look(box, value, size))
        widget["/FT"] = Name.Ch
        widget["/T"] = String(name)
        widget["/TU"] = String(item.heading)
        # Editable, so that 无 and several can be written.
        widget["/Ff"] = _COMBO | _EDIT
        widget["/Opt"] = Array([String(text) for text in texts.values()])
        widget["/DA"] = String(f"/{RESOURCE} {size:g} Tf 0 g")
        if value:
            widget["/V"] = String(value)
        self._add(widget)

    def _option(self, area: Area, item: Field, name: ControlName, *, ticked: bool) -> None:
        state = Name(f"/{area.option}")
        looks = Dictionary(
            {
                str(state): self._look(area.box, _TICK, 11.0, align="centre", stroke=_TICK_STROKE),
                "/Off": self._empty(area.box),
            }
        )
        widget = self._widget(area.box, None)
        widget["/AP"] = Dictionary(N=looks)
        widget["/AS"] = state if ticked else Name.Off
        widget["/MK"] = Dictionary(CA=String("4"))
        # The option's own text, by which a reader tells the buttons of a group apart.
        widget["/TU"] = String(area.text)
        if item.type is FieldType.CHOICES:
            widget["/FT"] = Name.Btn
            widget["/T"] = String(f"{name}:{area.option}")
            widget["/V"] = widget["/AS"]
            self._add(widget)
            return
        group = self._groups.get(str(name))
        if group is None:
            group = self._pdf.make_indirect(
                Dictionary(
                    FT=Name.Btn,
                    T=String(str(name)),
                    TU=String(item.label),
                    Ff=_RADIO,
                    V=Name.Off,
                    Kids=Array([]),
                )
            )
            self._groups[str(name)] = group
            self._fields.append(group)
        widget["/Parent"] = group
        if ticked:
            group["/V"] = state
        made = self._pdf.make_indirect(widget)
        group["/Kids"].append(made)
        self._page["/Annots"].append(made)

    # --- Looks ---

    def _widget(self, box: Box, look: Object | None) -> Dictionary:
        left, top, right, bottom = box
        widget = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            Rect=Array(
                [
                    round(left + _INSET, 2),
                    round(self._height - bottom + _INSET, 2),
                    round(right - _INSET, 2),
                    round(self._height - top - _INSET, 2),
                ]
            ),
            F=_PRINT,
            P=self._page,
        )
        if look is not None:
            widget["/AP"] = Dictionary(N=look)
        return widget

    def _add(self, widget: Dictionary) -> None:
        made = self._pdf.make_indirect(widget)
        self._fields.append(made)
        self._page["/Annots"].append(made)

    def _look(
        self,
        box: Box,
        text: str,
        size: float,
        *,
        top: bool = False,
        align: str = "left",
        stroke: float = 0.0,
    ) -> Object:
        wide, high = box[2] - box[0] - 2 * _INSET, box[3] - box[1] - 2 * _INSET
        margin = 0.0 if align == "centre" else 4.0
        lines = lines_of(text, size, wide - 2 * margin)
        while size > _LEAST_SIZE and len(lines) * size * 1.25 > high - (3 if top else 0):
            size -= 0.25
            lines = lines_of(text, size, wide - 2 * margin)
        shown = set_text(
            lines, (margin, 0, wide - margin, high - (2 if top else 0)), size, align=align, top=top
        )
        weight = f"0 G {stroke:g} w 2 Tr " if stroke else ""
        return self._stream(f"/Tx BMC q 0 g {weight}{shown} Q EMC", wide, high)

    def _guided(self, box: Box, guides: tuple[str, ...], size: float) -> Object:
        wide, high = box[2] - box[0] - 2 * _INSET, box[3] - box[1] - 2 * _INSET
        if not guides or wide < 14 * len(guides) * MM / 2:
            return self._empty(box)
        # The year takes twice the room of the others; a wide field leaves its end free.
        step = min((wide - 4) / (len(guides) + 1), _WIDEST_GUIDE)
        shown = [
            set_text([guide], (0, 0, (number + 2) * step, high), size, align="right")
            for number, guide in enumerate(guides)
        ]
        return self._stream(f"/Tx BMC q 0 g {' '.join(shown)} Q EMC", wide, high)

    def _empty(self, box: Box) -> Object:
        return self._stream("/Tx BMC EMC", box[2] - box[0] - 2 * _INSET, box[3] - box[1] - 2 * _INSET)

    def _stream(self, content: str, wide: float, high: float) -> Object:
        look = Stream(self._pdf, content.encode("ascii"))
        look["/Type"] = Name.XObject
        look["/Subtype"] = Name.Form
        look["/BBox"] = Array([0, 0, round(wide, 2), round(high, 2)])
        look["/Resources"] = self._resources
        return self._pdf.make_indirect(look)
