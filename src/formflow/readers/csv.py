"""Separated values (.csv, .tsv) to a sheet: encoding and separator are found, not asked for."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import PurePath

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.model import Cell, Part, PartKind, Source, Table
from formflow.readers.cell_names import cell_name
from formflow.readers.encodings import decoded

_SEPARATORS = ",\t;|，"
_SAMPLE_ROWS = 60
_TABLE_NAMES = frozenset((".csv", ".tsv", ".tab", ".txt", ".xls", ".xlsx"))
_OTHER_NAMES = frozenset(
    (".docx", ".docm", ".doc", ".pdf", ".wps", ".et", ".xlsm", ".png", ".jpg", ".jpeg", ".tif")
)


def read_csv(data: bytes, name: str, limits: Limits) -> tuple[Part, ...]:
    """One sheet with one table, ragged rows padded.

    Args:
        data: In one of the encodings that `encodings` tells apart.
        name: The file's name; text called .docx is no table but a damaged document.
        limits: Bounds on the cells.
    Raises:
        ReadError: `corrupt`, `encoding`, `too-large`, or `unsupported` for prose.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _OTHER_NAMES:
        raise ReadError("corrupt", f"text where the name says {suffix}")
    text = decoded(data).rstrip("\x1a")
    separator = _separator(text)
    if not separator:
        if suffix not in (".csv", ".tsv", ".tab"):
            raise ReadError("unsupported", "text without columns")
        separator = ","
    elif suffix not in _TABLE_NAMES and suffix:
        raise ReadError("unsupported", f"text where the name says {suffix}")
    rows = _rows(text, separator, limits)
    part = "Sheet1"
    if not rows:
        return ()
    width = max(map(len, rows))
    if width * len(rows) > limits.max_cells:
        raise ReadError("too-large", f"{len(rows)} rows of {width} columns")
    cells = tuple(
        Cell(
            row=r,
            column=c,
            text=_plain(row[c]) if c < len(row) else "",
            source=Source(part=part, ref=cell_name(r, c)),
        )
        for r, row in enumerate(rows)
        for c in range(width)
    )
    table = Table(rows=len(rows), columns=width, cells=cells, source=Source(part=part, ref="table 1"))
    return (Part(name=part, kind=PartKind.SHEET, blocks=(table,)),)


def _plain(value: str) -> str:
    """A value without outer blanks, and without the formula that keeps Excel from cutting zeros off (`="007"`)."""
    value = value.strip()
    if value.startswith('="') and value.endswith('"') and len(value) > 2:
        value = value[2:-1].replace('""', '"')
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _separator(text: str) -> str:
    """The separator that cuts most of the first rows into the same number of columns; empty where none does."""
    first = text.partition("\n")[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    best, most = "", 0.0
    for candidate in _SEPARATORS:
        sample = []
        try:
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=candidate):
                if row:
                    sample.append(len(row))
                if len(sample) == _SAMPLE_ROWS:
                    break
        except csv.Error:
            continue
        cut = [width for width in sample if width > 1]
        if not cut:
            continue
        width, rows = Counter(cut).most_common(1)[0]
        # Agreement weighs most, width breaks ties: text has commas too, but not the same number a line.
        score = rows / len(sample) + min(width, 50) / 1000
        if score > most and (rows > 1 or len(sample) == 1):
            best, most = candidate, score
    return best


def _rows(text: str, separator: str, limits: Limits) -> list[list[str]]:
    """The rows from the first to the last that holds something."""
    lines = io.StringIO(text, newline="")
    if text[:4].lower() == "sep=":
        lines.readline()
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(lines, delimiter=separator):
            cells += len(row)
            if cells > limits.max_cells:
                raise ReadError("too-large", f"more than {limits.max_cells} cells")
            rows.append(row)
    except csv.Error as error:
        raise ReadError("corrupt", f"row {len(rows) + 1}: {error}") from error
    while rows and not any(value.strip() for value in rows[-1]):
        rows.pop()
    return rows
