"""A form's blank: rows set one below the other and cut into pages.

Fields keep their order, signatures come last. A row that ends half filled is widened rather than left open.
Rows for sentences grow into what a page has to spare.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from formflow.forms.layout import measure
from formflow.forms.layout.measure import MM
from formflow.forms.layout.model import Area, Blank, Cell, Page, Row
from formflow.forms.spec import Field, FieldType, Form
from formflow.model import Box

REVISION = 1
"""Of this module: raise it when the same definition prints otherwise than before."""

A4 = (595.3, 841.9)
_QR = 21.0 * MM
_TOP, _HEAD, _FOOT = 12.0 * MM, 26.0 * MM, 17.0 * MM
"""Paper left free above, room for title and symbol, room below the last row."""
_GAP = 3.0 * MM
"""Between tables."""
_HINT = "填写说明：标 * 的必填；选项请在方框内打“√”；没有的请填“无”。"
_LANDSCAPE_COLUMNS = 6
_OPTIONS = frozenset({FieldType.CHOICE, FieldType.CHOICES})
_NUMBER = 10.0


def blank_version(form: Form, kind: str = "") -> str:
    """Eight hex digits that change when the blank prints otherwise: not with rules, aliases or templates."""
    shape = [REVISION, form.id, form.title, form.policy, kind or form.layouts[0], form.head]
    shape.append([_shape(item) for item in form.fields])
    text = json.dumps(shape, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]


def _shape(item: Field) -> list[Any]:
    options = [[id, texts[0]] for id, texts in item.options.items()]
    return [item.id, item.label, item.type, item.required, options, [_shape(f) for f in item.fields]]


def blank_layout(form: Form, kind: str = "", pages: int = 1) -> Blank:
    """The pages of a form's blank.

    Args:
        kind: `record` or `log`; empty: the first layout that the form has.
        pages: At least so many; those beyond what the form needs hold more rows of its table.
    Raises:
        ValueError: The form has no such layout.
    """
    kind = kind or form.layouts[0]
    if kind not in form.layouts:
        raise ValueError(f"form {form.id} has no layout {kind!r}, only {', '.join(form.layouts)}")
    return _Setter(form, kind, pages).blank()


def header_fields(form: Form) -> tuple[Field, ...]:
    """The fields of a log that its header states once: those that no row must hold itself."""
    return tuple(item for item in form.fields if item.id in form.head and not item.required)


@dataclass(slots=True)
class _Band:
    """A row before its place is known: cells with their widths, and how its height may grow."""

    cells: list[tuple[str, Field | None, str, float, float]]
    """Kind, field, print, width, size."""
    least: float
    most: float
    entry: int | None = None
    apart: bool = False
    tall: bool = field(default=False)


class _Setter:
    """Sets one form."""

    def __init__(self, form: Form, kind: str, pages: int) -> None:
        self._form = form
        self._log = kind == "log"
        self._kind = kind
        self._wanted = pages
        rows = form.rows_field
        if self._log:
            held = {item.id for item in header_fields(form)}
            self._columns = tuple(f for f in form.fields if f.id not in held and f.type is not FieldType.ROWS)
        else:
            self._columns = rows.fields if rows else ()
        landscape = self._log or len(self._columns) >= _LANDSCAPE_COLUMNS
        self._size = (A4[1], A4[0]) if landscape else A4
        self._units = 3 if landscape else 2
        self._left = (13.0 if landscape else 18.0) * MM
        self._width = round((self._size[0] - 2 * self._left) * 20) / 20
        self._label = (25.0 if landscape else 28.0) * MM
        self._body = self._size[1] - _TOP - _HEAD - _FOOT
        self._small = 9.0 if self._log or len(self._columns) > 5 else measure.TEXT_SIZE
        self._entry_height = (9.5 if self._log else 12.0) * MM

    def blank(self) -> Blank:
        version = blank_version(self._form, self._kind)
        sheets, entries = self._sheets()
        pages = tuple(
            self._page(number, len(sheets), bands, version) for number, bands in enumerate(sheets, start=1)
        )
        return Blank(
            form=self._form,
            kind=self._kind,
            version=version,
            pages=pages,
            entries=entries,
            columns=self._columns,
        )

    # --- What goes on which page ---

    def _sheets(self) -> tuple[list[list[_Band]], int]:
        fields = header_fields(self._form) if self._log else self._form.fields
        plain = [f for f in fields if f.type not in (FieldType.ROWS, FieldType.SIGNATURE)]
        signed = [f for f in fields if f.type is FieldType.SIGNATURE]
        above, below = self._bands(plain), self._bands(signed)
        if not self._columns:
            return self._cut([*above, *below]), 0
        for first in below[:1]:
            first.apart = True
        sheets = self._cut(above)
        heading = self._heading(apart=bool(above))
        room = self._room(sheets[-1]) - sum(b.least + (_GAP if b.apart else 0) for b in below)
        count = int((room - heading.least - (_GAP if heading.apart else 0)) / self._entry_height)
        entries = max(count, 0)
        sheets[-1] += [heading, *self._entries(0, entries)] if entries else []
        sheets[-1] += below
        full = int((self._body - heading.least) / self._entry_height)
        while len(sheets) < self._wanted or not entries:
            sheets.append([self._heading(apart=False), *self._entries(entries, full)])
            entries += full
        return sheets, entries

    def _room(self, bands: Sequence[_Band]) -> float:
        return self._body - sum(band.least + (_GAP if band.apart else 0) for band in bands)

    def _cut(self, bands: Sequence[_Band]) -> list[list[_Band]]:
        sheets: list[list[_Band]] = [[]]
        for band in bands:
            if sheets[-1] and self._room(sheets[-1]) < band.least:
                sheets.append([])
            sheets[-1].append(band)
        return sheets

    # --- Rows ---

    def _bands(self, fields: Sequence[Field]) -> list[_Band]:
        bands: list[_Band] = []
        waiting: list[Field] = []
        unit = self._width / self._units
        for item in fields:
            narrow = not measure.is_wide(item) and (
                item.type not in _OPTIONS or measure.options_fit(item, unit - self._label)
            )
            if not narrow and waiting:
                bands.append(self._line(waiting))
                waiting = []
            waiting.append(item)
            if not narrow or len(waiting) == self._units:
                bands.append(self._line(waiting))
                waiting = []
        if waiting:
            bands.append(self._line(waiting))
        return bands

    def _line(self, fields: Sequence[Field]) -> _Band:
        unit = self._width / self._units
        spare = self._units - len(fields)
        cells: list[tuple[str, Field | None, str, float, float]] = []
        for number, item in enumerate(fields):
            wide = (unit + (spare * unit if number == len(fields) - 1 else 0)) - self._label
            text = _starred(item)
            size = measure.fitting(text, self._label - 2 * measure.PAD, measure.TEXT_SIZE, 9.0)
            cells.append(("label", item, text, self._label, size))
            cells.append(("value", item, "", wide, measure.TEXT_SIZE))
        first = fields[0]
        if first.type is FieldType.SIGNATURE:
            return _Band(cells, 14 * MM, 20 * MM)
        if measure.is_tall(first):
            return _Band(cells, 17 * MM, 46 * MM, tall=True)
        if first.type in _OPTIONS and len(fields) == 1:
            height = measure.options_height(first, self._width - self._label)
            return _Band(cells, height, height + 2 * MM)
        return _Band(cells, 9.0 * MM, 10.5 * MM)

    def _heading(self, *, apart: bool) -> _Band:
        size = self._small
        widths = self._column_widths()
        cells: list[tuple[str, Field | None, str, float, float]] = [("column", None, "序号", widths[0], size)]
        for item, width in zip(self._columns, widths[1:], strict=True):
            text = _starred(item, "")
            fitted = measure.fitting(text, width - 1.5 * MM, size, 8.5)
            if hint := measure.options_hint(item):
                text += f"\n{hint}"
            cells.append(("column", item, text, width, fitted))
        return _Band(cells, 11 * MM, 11 * MM, apart=apart)

    def _column_widths(self) -> list[float]:
        weights = [measure.column_weight(item) for item in self._columns]
        return [_NUMBER * MM, *measure.shares(weights, self._width - _NUMBER * MM)]

    def _entries(self, first: int, count: int) -> list[_Band]:
        widths = self._column_widths()
        bands = []
        for number in range(first, first + count):
            cells: list[tuple[str, Field | None, str, float, float]] = [
                ("number", None, str(number + 1), widths[0], self._small)
            ]
            cells += [
                ("value", item, "", width, self._small)
                for item, width in zip(self._columns, widths[1:], strict=True)
            ]
            bands.append(_Band(cells, self._entry_height, self._entry_height, entry=number, tall=True))
        return bands

    # --- Places ---

    def _page(self, number: int, of: int, bands: Sequence[_Band], version: str) -> Page:
        heights = _grown([(band.least, band.most) for band in bands], self._room(bands))
        y = _TOP + _HEAD
        rows: list[Row] = []
        for band, height in zip(bands, heights, strict=True):
            y += _GAP if band.apart else 0
            rows.append(self._row(band, y, height))
            y += height
        width, height = self._size
        qr = (width - self._left - _QR, _TOP, width - self._left, _TOP + _QR)
        return Page(
            number=number,
            of=of,
            width=width,
            height=height,
            qr=qr,
            rows=tuple(rows),
            print=self._print(number, of, version),
            rows_field=self._form.rows_field.id if self._form.rows_field and not self._log else "",
        )

    def _row(self, band: _Band, top: float, height: float) -> Row:
        x = self._left
        cells = []
        for kind, item, text, width, size in band.cells:
            box = (x, top, x + width, top + height)
            cell = Cell(
                kind=kind,
                box=box,
                spec=item,
                text=text,
                size=size,
                row=band.entry,
                tall=band.tall and item is not None and kind == "value",
            )
            if kind == "value" and item is not None and band.entry is None:
                if item.type in _OPTIONS:
                    cell = replace(cell, inner=measure.place_options(item, box))
                elif item.type is FieldType.SIGNATURE:
                    cell = replace(cell, inner=measure.place_signature(item, box))
            cells.append(cell)
            x += width
        return Row(cells=tuple(cells))

    def _print(self, number: int, of: int, version: str) -> tuple[Area, ...]:
        width, height = self._size
        inner = (self._left + _QR + 4 * MM, width - self._left - _QR - 4 * MM)
        room = inner[1] - inner[0]

        def line(kind: str, top: float, high: float, text: str, size: float) -> Area:
            fitted = measure.fitting(text, room, size, 6.0)
            return Area(kind=kind, box=(inner[0], top, inner[1], top + high), text=text, size=fitted)

        policy = f"依据：{self._form.policy}" if self._form.policy else ""
        lines = [line("title", _TOP, 11 * MM, self._form.title, 18.0)]
        if policy:
            lines.append(line("note", _TOP + 11.5 * MM, 5 * MM, policy, 9.0))
        lines.append(line("note", _TOP + 17 * MM, 5 * MM, _HINT, 9.0))
        foot: Box = (self._left, height - 13 * MM, width / 2 - 30 * MM, height - 8 * MM)
        middle: Box = (width / 2 - 30 * MM, foot[1], width / 2 + 30 * MM, foot[3])
        lines.append(Area(kind="footer", box=foot, text=f"{self._form.id} {version}", size=8.0))
        lines.append(Area(kind="footer", box=middle, text=f"第 {number} 页　共 {of} 页", size=9.0))
        return tuple(lines)


def _starred(item: Field, gap: str = " ") -> str:
    return f"*{gap}{item.label}" if item.required else item.label


def _grown(bounds: Sequence[tuple[float, float]], room: float) -> list[float]:
    """Heights between their bounds that share out what room there is, in proportion to how far each may grow."""
    growth = sum(most - least for least, most in bounds)
    share = min(max(room, 0.0) / growth, 1.0) if growth else 0.0
    return [round((least + share * (most - least)) * 20) / 20 for least, most in bounds]
