"""A form's blank: rows set one below the other and cut into pages.

Fields keep their order, signatures come last. A row that ends half filled is widened rather than left open.
Rows for sentences grow into what a page has to spare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from formflow.forms.layout import measure, surround
from formflow.forms.layout.measure import MM
from formflow.forms.layout.model import Blank, Cell, Page, Row
from formflow.forms.layout.surround import FOOT, HEAD, TOP, Sheet
from formflow.forms.layout.versions import REVISION, blank_version
from formflow.forms.spec import Field, FieldType, Form

A4 = (595.3, 841.9)
_GAP = 3.0 * MM
"""Between tables."""
_TALL_WANTED = 22.0 * MM
"""Room for five lines of a text, before any other row grows."""
_LANDSCAPE_COLUMNS = 6
_OPTIONS = frozenset({FieldType.CHOICE, FieldType.CHOICES})
_NUMBER = 10.0


def blank_layout(
    form: Form, kind: str = "", pages: int = 1, *, company: str = "", revision: int = REVISION
) -> Blank:
    """The pages of a form's blank.

    Args:
        kind: `record` or `log`; empty: the first layout that the form has.
        pages: At least so many; those beyond what the form needs hold more rows of its table.
        company: Printed above the title; the same places whether there is one or not.
        revision: Of `versions`, for a paper that was issued before.
    Raises:
        ValueError: The form has no such layout.
    """
    kind = kind or form.layouts[0]
    if kind not in form.layouts:
        raise ValueError(f"form {form.id} has no layout {kind!r}, only {', '.join(form.layouts)}")
    return _Setter(form, kind, pages, company, revision).blank()


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
    opinion: bool = False

    @property
    def wanted(self) -> float:
        return (
            min(max(self.least, _TALL_WANTED), self.most) if self.tall and self.entry is None else self.least
        )


class _Setter:
    """Sets one form."""

    def __init__(self, form: Form, kind: str, pages: int, company: str, revision: int) -> None:
        self._form = form
        self._company = company
        self._revision = revision
        self._approvers = {step.role for step in form.approval} if revision > 1 and kind != "log" else set()
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
        self._notes = surround.note_lines(form, self._width) if revision > 1 else []
        self._sheet = Sheet(width=self._size[0], height=self._size[1], left=self._left, revision=revision)
        self._body = self._size[1] - TOP - HEAD - FOOT - surround.notes_height(self._notes)
        self._small = 9.0 if self._log or len(self._columns) > 5 else measure.TEXT_SIZE
        self._entry_height = (9.5 if self._log else 12.0) * MM

    def blank(self) -> Blank:
        version = blank_version(self._form, self._kind, self._revision)
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
            revision=self._revision,
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
            text = self._starred(item)
            size = measure.fitting(text, self._label - 2 * measure.PAD, measure.TEXT_SIZE, 9.0)
            cells.append(("label", item, text, self._label, size))
            cells.append(("value", item, "", wide, measure.TEXT_SIZE))
        first = fields[0]
        if first.type is FieldType.SIGNATURE and first.id in self._approvers:
            return _Band(cells, 16 * MM, 30 * MM, opinion=True)
        if first.type is FieldType.SIGNATURE:
            return _Band(cells, 14 * MM, 20 * MM)
        if measure.is_tall(first):
            return _Band(cells, 17 * MM, 46 * MM, tall=True)
        if first.type in _OPTIONS and len(fields) == 1:
            height = measure.options_height(first, self._width - self._label)
            return _Band(cells, height, height + 2 * MM)
        return _Band(cells, 9.0 * MM, 10.5 * MM)

    def _starred(self, item: Field, gap: str = " ") -> str:
        label = item.label if self._revision == 1 else item.heading
        return f"*{gap}{label}" if item.required else label

    def _heading(self, *, apart: bool) -> _Band:
        size = self._small
        widths = self._column_widths()
        cells: list[tuple[str, Field | None, str, float, float]] = [("column", None, "序号", widths[0], size)]
        for item, width in zip(self._columns, widths[1:], strict=True):
            text = self._starred(item, "")
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
        heights = self._heights(bands)
        y = TOP + HEAD
        rows: list[Row] = []
        for band, height in zip(bands, heights, strict=True):
            y += _GAP if band.apart else 0
            rows.append(self._row(band, y, height))
            y += height
        width, height = self._size
        shown = header_fields(self._form) if self._log else self._form.fields
        printed = [*surround.above(self._form, self._sheet, self._company, shown)]
        printed += surround.below(self._notes, self._sheet, y) if number == of else ()
        printed += surround.foot(self._form, self._sheet, version, number, of)
        return Page(
            number=number,
            of=of,
            width=width,
            height=height,
            qr=self._sheet.qr,
            rows=tuple(rows),
            print=tuple(printed),
            rows_field=self._form.rows_field.id if self._form.rows_field and not self._log else "",
        )

    def _heights(self, bands: Sequence[_Band]) -> list[float]:
        room = self._room(bands)
        least = [band.least for band in bands]
        if self._revision > 1:
            least = _grown([(band.least, band.wanted) for band in bands], room)
            room -= sum(least) - sum(band.least for band in bands)
        return _grown([(low, band.most) for low, band in zip(least, bands, strict=True)], room)

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
                    cell = replace(cell, inner=measure.place_signature(item, box, opinion=band.opinion))
            cells.append(cell)
            x += width
        return Row(cells=tuple(cells))


def _grown(bounds: Sequence[tuple[float, float]], room: float) -> list[float]:
    """Heights between their bounds that share out what room there is, in proportion to how far each may grow."""
    growth = sum(most - least for least, most in bounds)
    share = min(max(room, 0.0) / growth, 1.0) if growth else 0.0
    return [round((least + share * (most - least)) * 20) / 20 for least, most in bounds]
