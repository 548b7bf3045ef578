"""The XML of a spreadsheet's cell to what a person sees in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from formflow.readers.packages.ooxml import Element
from formflow.readers.packages.symbols import TICKED, UNTICKED
from formflow.readers.xlsx.dates import DateParts, date_parts, show_date
from formflow.readers.xlsx.numbers import EXACT, hides_text, show_general, show_number

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_V, _F, _IS = S + "v", S + "f", S + "is"
_T, _RUN, _RUN_PROPERTIES, _STRIKE = S + "t", S + "r", S + "rPr", S + "strike"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PICTURE_FORMULA = "DISPIMG("
"""WPS keeps a picture inside a cell as a formula of this name."""
_MOST_KNOWN = 20_000
_TEXTS = frozenset(("s", "str", "inlineStr"))


@dataclass(slots=True)
class Written:
    """What stands in one cell: text as a person sees it, native value, what is wrong with it, a picture in it."""

    text: str
    value: Any = None
    problem: str = ""
    picture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What all sheets of a workbook share.

    Attributes:
        strings: The shared strings.
        formats: Number format by style index.
        struck: Style indices of cells whose text nobody sees or somebody took back.
        white: Style indices of white text, which shows only where something darker lies behind it.
        boxes: Style indices of cells that show their truth value as a checkbox.
        epoch1904: Serial numbers count from 1904.
        pictures: Cells may hold pictures of their own (as rich values).
    """

    strings: Sequence[str]
    formats: Sequence[str]
    struck: frozenset[int]
    white: frozenset[int]
    boxes: frozenset[int]
    epoch1904: bool
    pictures: bool


class CellReader:
    """Cells of one workbook to what a person sees in them."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._struck = book.struck
        self._known: dict[tuple[str, str, str], Written | None] = {}
        self._styles: dict[str, tuple[int, str, DateParts | None]] = {}

    def read(self, cell: Element) -> Written | None:
        """What shows in a `c` element; None for nothing."""
        kind = cell.get("t", "n")
        number = cell.get("s", "0")
        raw: str | None = None
        formula: Element | None = None
        inline: Element | None = None
        for child in cell:
            tag = child.tag
            if tag == _V:
                raw = child.text
            elif tag == _F:
                formula = child
            elif tag == _IS:
                inline = child
        if formula is not None or inline is not None or raw is None or kind == "e":
            return self._read(cell, kind, number, raw, formula, inline)
        # In a log the same days, numbers and names come again and again.
        key = (kind, number, raw)
        if key in self._known:
            return self._known[key]
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        written = self._known[key] = self._read(cell, kind, number, raw, None, None)
        return written

    def _read(
        self,
        cell: Element,
        kind: str,
        number: str,
        raw: str | None,
        formula: Element | None,
        inline: Element | None,
    ) -> Written | None:
        style, code, parts = self._style(number)
        if self._struck and style in self._struck:
            return None
        if kind in _TEXTS and hides_text(code):
            return None
        if kind == "s":
            if raw is None:
                return None
            return self._shared(raw)
        if inline is not None and kind == "inlineStr":
            return _text(rich_text(inline))
        if formula is not None and _PICTURE_FORMULA in (formula.text or ""):
            return Written("", picture=True)
        if style in self._book.boxes and kind in ("b", "n") and (kind == "b" or raw is None):
            ticked = raw is not None and raw.strip() == "1"
            return Written(TICKED if ticked else UNTICKED, ticked)
        if raw is None:
            # An empty result is a text; nothing at all is a formula that nobody has calculated.
            return Written("", problem="no-cached-value") if formula is not None and kind != "str" else None
        if kind == "n":
            return self._numeric(raw.strip(), code, parts)
        if kind == "e" and self._book.pictures and cell.get("vm") and raw == "#VALUE!":
            # What a program that knows no pictures in cells would show in their place.
            return Written("", picture=True)
        return _typed(raw, kind)

    def _style(self, number: str) -> tuple[int, str, DateParts | None]:
        """Index, number format and what the format shows of a date, by style index as written."""
        known = self._styles.get(number)
        if known is None:
            index = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
            code = self._book.formats[index] if index < len(self._book.formats) else ""
            known = self._styles[number] = (index, code, date_parts(code))
        return known

    def _shared(self, raw: str) -> Written | None:
        number = raw.strip()
        index = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else -1
        return _text(self._book.strings[index]) if 0 <= index < len(self._book.strings) else None

    def _numeric(self, raw: str, code: str, parts: DateParts | None) -> Written | None:
        try:
            value: int | float = int(raw) if raw.lstrip("-").isdecimal() else float(raw)
        except ValueError:
            return _text(raw)
        if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
            value = int(value)
        if parts is None:
            text = show_number(value, code)
            # Spreadsheets keep 15 digits: the end of a longer number is not what was typed.
            return Written(text, value, "precision-lost" if abs(value) >= EXACT else "") if text else None
        if value < 0:
            return Written(show_general(value), value)
        text, native = show_date(value, parts, epoch1904=self._book.epoch1904)
        return Written(text, native)


def _typed(raw: str, kind: str) -> Written | None:
    if kind in ("str", "inlineStr"):
        return _text(unescape(raw))
    if kind == "b":
        truth = raw.strip() == "1"
        return Written("TRUE" if truth else "FALSE", truth)
    if kind == "e":
        return Written(raw, problem="error-value")
    return _iso(raw) if kind == "d" else _text(raw)


def _text(text: str) -> Written | None:
    return Written(text) if text and not text.isspace() else None


def _iso(raw: str) -> Written:
    try:
        found = datetime.fromisoformat(raw.strip())
    except ValueError:
        return Written(raw)
    if not (found.hour or found.minute or found.second):
        return Written(found.date().isoformat(), found.date())
    return Written(f"{found:%Y-%m-%d %H:%M}" + (f":{found:%S}" if found.second else ""), found)


def rich_text(item: Element) -> str:
    """A string item without phonetic guides and struck-out runs."""
    text = ""
    for child in item:
        if child.tag == _T:
            text += child.text or ""
        elif child.tag == _RUN:
            properties = child.find(_RUN_PROPERTIES)
            if properties is not None:
                struck = properties.find(_STRIKE)
                if struck is not None and struck.get("val", "1") not in ("0", "false"):
                    continue
            text += "".join(part.text or "" for part in child.iterfind(_T))
    return unescape(text)


def unescape(text: str) -> str:
    """Undo the `_x000D_` notation and bring line ends to `\\n`."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
