"""Rows that hold what was never written there: found one by one, read past the database's own types.

A damaged page or a hand in the file leaves text that is no text, a day that is no day, a state that nobody knows.
Reading such a row fails somewhere far from it; this looks at every cell by itself, so that the row can be named.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, LargeBinary, Table

from formflow.model import Outcome, RecordState
from formflow.people.acts import Kind
from formflow.store.codec import load_candidate, load_findings
from formflow.store.columns import Moment, read_moment
from formflow.store.database import Database
from formflow.store.originals import SubmissionState
from formflow.store.reviews import ReviewAction
from formflow.store.tables import metadata

_MEANING: Mapping[tuple[str, str], Callable[[Any], object]] = {
    ("entries", "values"): json.loads,
    ("entries", "findings"): load_findings,
    ("entries", "outcome"): Outcome,
    ("records", "candidate"): load_candidate,
    ("records", "findings"): load_findings,
    ("records", "outcome"): Outcome,
    ("records", "state"): RecordState,
    ("reviews", "action"): ReviewAction,
    ("submissions", "state"): SubmissionState,
    ("audit", "payload"): json.loads,
    ("people_acts", "detail"): json.loads,
    ("people_acts", "kind"): Kind,
}
"""What a cell must be read as, beyond its type."""
_YEARS = range(1, 10_000)
_WRONG = (ValueError, TypeError, LookupError, OverflowError, AttributeError, zlib.error)
_CACHES = ("entry_values", "readings")
"""Tables that can be made again and say nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A cell that cannot be right; `row` names it by its primary key."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.column}"


def first_damage(database: Database) -> Damage | None:
    """The first cell that cannot be right, or None."""
    return next(damages(database), None)


def damages(database: Database) -> Iterator[Damage]:
    """Every cell that cannot be right, table by table; a table that cannot be read on ends with one that says so."""
    for table in metadata.sorted_tables:
        if table.name in _CACHES:
            continue
        names = [column.name for column in table.columns]
        try:
            for raw in _raw(database, table):
                row = dict(zip(names, raw, strict=True))
                for column in table.columns:
                    if not _sound(table.name, column, row[column.name]):
                        yield Damage(table.name, _key(table, row), column.name)
        except sqlite3.Error as error:
            yield Damage(table.name, "?", str(error))


def _raw(database: Database, table: Table) -> Iterator[Sequence[Any]]:
    """The rows of a table as the driver has them; on SQLite text as its bytes."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    query = f'SELECT {columns} FROM "{table.name}"'  # noqa: S608 - names of our own tables
    if not database.is_sqlite:
        with database.read() as conn:
            yield from (tuple(row) for row in conn.exec_driver_sql(query))
        return
    path = Path(str(database.url.database)).absolute()
    with contextlib.closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as raw:
        raw.text_factory = bytes
        yield from raw.execute(query)


def _sound(table: str, column: Column[Any], cell: Any) -> bool:
    if cell is None:
        return bool(column.nullable)
    try:
        if isinstance(column.type, Boolean):
            return cell in (0, 1)
        if isinstance(column.type, Integer | BigInteger):
            return isinstance(cell, int) and (column.name != "year" or cell in _YEARS)
        if isinstance(column.type, LargeBinary):
            value: Any = bytes(cell)
        elif isinstance(column.type, Date):
            return isinstance(cell, date) or bool(date.fromisoformat(_text(cell)))
        elif isinstance(column.type, Moment):
            return isinstance(cell, datetime) or bool(read_moment(_text(cell)))
        else:
            value = _text(cell)
        meaning = _MEANING.get((table, column.name))
        return meaning is None or meaning(value) is not None
    except _WRONG:
        return False


def _text(cell: Any) -> str:
    if isinstance(cell, bytes):
        return cell.decode()
    if isinstance(cell, str):
        return cell
    raise TypeError(f"{type(cell).__name__} is no text")


def _key(table: Table, row: Mapping[str, Any]) -> str:
    cells = (row[column.name] for column in table.primary_key.columns)
    return " ".join(cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell) for cell in cells)
