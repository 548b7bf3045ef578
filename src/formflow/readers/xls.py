"""Binary workbooks (.xls, .et, .xlsb): by way of LibreOffice where it is installed, else their values by calamine.

Calamine is fast and needs nothing installed, but knows neither number formats nor controls, pictures and
text boxes; what BIFF says of hidden rows and columns is read beside it. See ADR 0006.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.model import Part, PartKind
from formflow.readers.packages.biff import Hidden, hidden_lines, is_locked
from formflow.readers.via_office import read_as_xlsx
from formflow.readers.xlsx.cells import Written
from formflow.readers.xlsx.layout import lay_out
from formflow.readers.xlsx.numbers import EXACT, show_general
from formflow.readers.xlsx.sheet import Sheet

_LARGE_BYTES = 1024 * 1024
"""From here on a workbook is a long log; converting 100,000 cells (2 MB) takes most of the time a file may."""


def read_xls(data: bytes, suffix: str, limits: Limits) -> tuple[Part, ...]:
    """The visible sheets of a binary workbook.

    Args:
        data: The file.
        suffix: `xls` or `xlsb`, by content.
        limits: Bounds on cells and time.
    Raises:
        ReadError: `encrypted`, `corrupt`, `too-large`, `timeout`.
    """
    locked = suffix == "xls" and is_locked(data)
    # A lock that Excel opens by itself is opened by the office too, and by nothing else.
    if len(data) < _LARGE_BYTES or locked:
        try:
            return read_as_xlsx(data, suffix, limits)
        except ReadError as error:
            if error.code == "corrupt" and locked:
                raise ReadError("encrypted", "a workbook with a password") from error
            if error.code not in ("no-office", "crashed"):
                raise
    return read_values(data, limits)


def read_values(data: bytes, limits: Limits) -> tuple[Part, ...]:
    """The visible sheets of a binary workbook, values only; arguments and errors as of `read_xls`."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        hidden = hidden_lines(data)
        parts = []
        for number, about in enumerate(workbook.sheets_metadata):
            if about.typ is not SheetTypeEnum.WorkSheet or about.visible is not SheetVisibleEnum.Visible:
                continue
            read = workbook.get_sheet_by_index(number)
            if read.total_height * read.total_width > 4 * limits.max_cells:
                raise ReadError("too-large", f"{about.name}: {read.total_height} × {read.total_width} cells")
            rows = read.to_python(skip_empty_area=False)
            merges = [(*first, *last) for first, last in read.merged_cell_ranges or ()]
            table = lay_out(
                _sheet(rows, merges, hidden.get(number, Hidden()), limits), about.name, {}, limits
            )
            if table is not None:
                parts.append(Part(name=about.name, kind=PartKind.SHEET, blocks=(table,)))
    except PasswordError as error:
        raise ReadError("encrypted", str(error)) from error
    except CalamineError as error:
        raise ReadError("encrypted" if is_locked(data) else "corrupt", str(error)[:300]) from error
    return tuple(parts)


def _sheet(
    rows: list[list[Any]], merges: list[tuple[int, int, int, int]], hidden: Hidden, limits: Limits
) -> Sheet:
    sheet = Sheet(merges=merges[: limits.max_merges], hidden_rows=hidden.rows, hidden_columns=hidden.columns)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value not in ("", None):
                sheet.cells[r, c] = _written(value)
        if len(sheet.cells) > limits.max_cells:
            raise ReadError("too-large", f"more than {limits.max_cells} cells")
    return sheet


def _written(value: Any) -> Written:
    """A value as calamine types it."""
    if isinstance(value, str):
        return Written(value)
    if isinstance(value, bool):
        return Written("TRUE" if value else "FALSE", value)
    if isinstance(value, int | float):
        problem = "precision-lost" if abs(value) >= EXACT else ""
        whole = int(value) if isinstance(value, float) and value.is_integer() and not problem else value
        return Written(show_general(whole), whole, problem)
    if isinstance(value, datetime):
        # Midnight is taken as a bare date, as in `xlsx_dates`: a spreadsheet has no other way to write one.
        if value.time() == time():
            return Written(value.date().isoformat(), value.date())
        return Written(f"{value:%Y-%m-%d %H:%M}", value)
    if isinstance(value, date):
        return Written(value.isoformat(), value)
    if isinstance(value, time):
        return Written(f"{value:%H:%M}", value)
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return Written(f"{minutes // 60}:{minutes % 60:02}")
    return Written(str(value))
