"""The cells of an Excel blank: looks, names, lists and checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from itertools import combinations
from typing import Any

from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from formflow.documents.blanks.fill import Filling, Typed
from formflow.forms.controlnames import DATE, OPINION, ControlName, sheet_name
from formflow.forms.layout import Blank, Cell
from formflow.forms.layout.measure import PAD, text_width
from formflow.forms.spec import Field, FieldType

_DATE = 'yyyy"年"m"月"d"日"'
_FORMATS = {
    FieldType.DATE: _DATE,
    FieldType.DATETIME: f'{_DATE} h"时"mm"分"',
    FieldType.MONEY: "#,##0.00",
    FieldType.INTEGER: "0",
}
_SHORT_DATE, _SHORT_DATETIME = "yyyy-m-d", "yyyy-m-d h:mm"
_OPTIONS = frozenset({FieldType.CHOICE, FieldType.CHOICES})
_MOST_COMBINED = 5
"""Options of which several may be chosen: up to here every combination is offered."""
_LISTS = "选项"
_TALLEST = 400.0
"""Points; Excel allows 409."""


@dataclass(frozen=True, slots=True)
class Place:
    """A range of cells: rows and columns from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def absolute(self) -> str:
        """`$B$3` or `$B$3:$B$9`."""
        first = f"${get_column_letter(self.left)}${self.top}"
        return first if self.top == self.bottom else f"{first}:${get_column_letter(self.right)}${self.bottom}"


class Pen:
    """Writes cells of one sheet."""

    def __init__(self, blank: Blank, filled: Filling, book: Any, sheet: Any, title: str) -> None:
        line = Side(style="thin", color="000000")
        self._ruled = Border(left=line, right=line, top=line, bottom=line)
        self._blank = blank
        self._filled = filled
        self._book = book
        self._sheet = sheet
        self._title = title
        self._lists: list[list[str]] = []
        self._checks: dict[str, Any] = {}
        self.entries = len(filled.rows)

    # --- Print ---

    def print(self, place: Place, text: str, size: float, kind: str) -> None:
        """A line outside the table."""
        cell = self._merged(place)
        cell.value = text
        cell.font = self._font(size, "黑体" if kind == "title" else "宋体", bold=kind == "title")
        cell.alignment = self._aligned("left" if kind in ("below", "footer") else "center", wrap=False)

    def label(self, place: Place, cell: Cell) -> None:
        """A printed cell of the table."""
        made = self._merged(place, ruled=True)
        made.value = int(cell.text) if cell.kind == "number" else cell.text
        made.font = self._font(cell.size)
        made.alignment = self._aligned("center", wrap=True)

    def value(self, place: Place, cell: Cell) -> None:
        """A cell to fill in."""
        item = cell.spec
        assert item is not None  # noqa: S101 - the caller has looked
        typed = self._filled.of(item, cell.row)
        made = self._merged(place, ruled=True)
        signed_on = any(area.kind == "signed_on" for area in cell.inner)
        made.font = self._font(cell.size)
        made.protection = Protection(locked=False)
        top = cell.tall and cell.row is None
        if cell.row is not None and item.type in _FORMATS:
            # A day or a number does not wrap: it would print as ####.
            made.alignment = self._aligned("left", shrink=True)
        else:
            made.alignment = self._aligned("left", wrap=True, top=top, indent=int(cell.row is None))
        kind = FieldType.DATE if signed_on else item.type
        made.number_format = self._format(kind, narrow=cell.row is not None)
        content = self._content(item, cell, typed, signed_on=signed_on)
        if content is not None:
            made.value = content
            if isinstance(content, str):
                made.data_type = "s"  # A text that begins with = stays a text.
            elif kind is FieldType.DATETIME and not isinstance(content, datetime):
                made.number_format = self._format(FieldType.DATE, narrow=cell.row is not None)
        if cell.row is None:
            name = ControlName(item.id, part=DATE if signed_on else "")
            self.name(sheet_name(name), Place(place.top, place.left, place.top, place.left))
            self._check(item, kind, place, boxes=True)
        elif self._blank.kind != "log":
            self._check(item, kind, place, boxes=False)

    def opinion(self, place: Place, cell: Cell) -> None:
        """Room for what an approver has to say."""
        assert cell.spec is not None  # noqa: S101 - it is a signature's
        made = self._merged(place, ruled=True)
        made.font = self._font(cell.size)
        made.protection = Protection(locked=False)
        made.alignment = self._aligned("left", wrap=True, top=True, indent=1)
        made.number_format = "@"
        name = sheet_name(ControlName(cell.spec.id, part=OPINION))
        self.name(name, Place(place.top, place.left, place.top, place.left))

    def height(self, cells: Sequence[Cell]) -> float:
        """What the row needs for what is typed into its cells: a merged cell does not grow by itself."""
        needed = 0.0
        for cell in cells:
            if cell.kind != "value" or cell.spec is None or cell.spec.type in _OPTIONS:
                continue
            room = max(cell.width - 2 * PAD, cell.size)
            text = self._filled.of(cell.spec, cell.row).text
            lines = sum(-(-text_width(line, cell.size) // room) or 1 for line in text.split("\n"))
            needed = max(needed, lines * cell.size * 1.35 + 6)
        return min(needed, _TALLEST)

    def column(self, place: Place, item: Field) -> None:
        """A whole column of a log: its name and its check."""
        self.name(sheet_name(ControlName(item.id)), place)
        self._check(item, item.type, place, boxes=False)

    def name(self, name: str, place: Place) -> None:
        """Give a range of the sheet a name."""
        self._book.defined_names[name] = DefinedName(name, attr_text=f"'{self._title}'!{place.absolute}")

    def finish(self) -> None:
        """Write the checks, and the lists onto a sheet that does not show."""
        for check in self._checks.values():
            self._sheet.add_data_validation(check)
        if not self._lists:
            return
        lists = self._book.create_sheet(_LISTS)
        lists.sheet_state = "hidden"
        lists.protection.sheet = True
        for column, entries in enumerate(self._lists, start=1):
            for row, entry in enumerate(entries, start=1):
                lists.cell(row, column, entry).data_type = "s"

    # --- Values ---

    def _content(self, item: Field, cell: Cell, typed: Typed, *, signed_on: bool) -> Any:
        if signed_on:
            return typed.day if typed.on else None
        if item.type in _OPTIONS:
            if cell.row is not None:
                return "、".join(item.options[id][0] for id in typed.chosen) or typed.text or None
            return typed.text or boxes(item, typed.chosen)
        if item.type is FieldType.SIGNATURE:
            return (typed.text if cell.inner else typed.whole) or None
        if typed.day is not None and not (isinstance(typed.day, datetime) and typed.day.time() == time()):
            return typed.day
        return _number(item, typed.text) or typed.text or None

    def _format(self, kind: FieldType, *, narrow: bool) -> str:
        if narrow and kind is FieldType.DATE:
            return _SHORT_DATE
        if narrow and kind is FieldType.DATETIME:
            return _SHORT_DATETIME
        # Everything else is text, so that no program makes a number or a day of it.
        return _FORMATS.get(kind, "@")

    def _check(self, item: Field, kind: FieldType, place: Place, *, boxes: bool) -> None:
        settings: dict[str, Any]
        if kind in _OPTIONS:
            settings = {"type": "list", "formula1": self._list(item, boxes=boxes)}
            message = "请从列表中选择。"
        elif kind in (FieldType.DATE, FieldType.DATETIME):
            settings = {"type": "date", "operator": "between", "formula1": "18264", "formula2": "73415"}
            message = "请填写日期，例如 2026-3-5。"
        elif kind is FieldType.INTEGER:
            settings = {"type": "whole", "operator": "between", "formula1": "0", "formula2": "999999"}
            message = "请填写整数。"
        elif kind is FieldType.MONEY:
            settings = {"type": "decimal", "operator": "between", "formula1": "0", "formula2": "999999999999"}
            message = f"请填写金额（{item.unit or '元'}）。"
        elif kind is FieldType.USCC:
            settings = {"type": "textLength", "operator": "equal", "formula1": "18"}
            message = "统一社会信用代码应为 18 位。"
        else:
            return
        key = f"{settings}"
        check = self._checks.get(key)
        if check is None:
            check = DataValidation(
                allow_blank=True,
                showErrorMessage=True,
                errorStyle="warning",
                errorTitle="请核对",
                error=f"{message}没有的可以填“无”。",
                **settings,
            )
            self._checks[key] = check
        check.add(place.absolute.replace("$", ""))

    def _list(self, item: Field, *, boxes: bool) -> str:
        entries = _entries(item) if boxes else [texts[0] for texts in item.options.values()]
        if entries not in self._lists:
            self._lists.append(entries)
        letter = get_column_letter(self._lists.index(entries) + 1)
        return f"{_LISTS}!${letter}$1:${letter}${len(entries)}"

    # --- Looks ---

    def _merged(self, place: Place, *, ruled: bool = False) -> Any:
        if ruled:
            for row in range(place.top, place.bottom + 1):
                for column in range(place.left, place.right + 1):
                    self._sheet.cell(row, column).border = self._ruled
        if (place.top, place.left) != (place.bottom, place.right):
            self._sheet.merge_cells(
                start_row=place.top, start_column=place.left, end_row=place.bottom, end_column=place.right
            )
        return self._sheet.cell(place.top, place.left)

    def _font(self, size: float, face: str = "宋体", *, bold: bool = False) -> Any:
        return Font(name=face, size=size, bold=bold)

    def _aligned(
        self, side: str, *, wrap: bool = False, top: bool = False, indent: int = 0, shrink: bool = False
    ) -> Any:
        return Alignment(
            horizontal=side,
            vertical="top" if top else "center",
            wrap_text=wrap,
            shrink_to_fit=shrink,
            indent=indent,
        )


def boxes(item: Field, chosen: tuple[str, ...]) -> str:
    """All options in one line with their boxes: what prints, and what the list offers."""
    return "　　".join(f"{'☑' if id in chosen else '☐'}{texts[0]}" for id, texts in item.options.items())


def _entries(item: Field) -> list[str]:
    ids = tuple(item.options)
    entries = [boxes(item, (id,)) for id in ids]
    if item.type is FieldType.CHOICES and len(ids) <= _MOST_COMBINED:
        for count in range(2, len(ids) + 1):
            entries += [boxes(item, chosen) for chosen in combinations(ids, count)]
    return [boxes(item, ()), *entries]


def _number(item: Field, text: str) -> Any:
    if item.type is FieldType.MONEY:
        return Decimal(text) if text.replace(".", "", 1).isdecimal() else None
    if item.type is FieldType.INTEGER:
        return int(text) if text.isdecimal() else None
    return None
