"""Numbers as people type them: `xkh-2026-7`, `收传(2026)1号`, `收传［２０２６］１号` for the entry that bears it."""

from __future__ import annotations

import itertools
import re

from sqlalchemy import Connection, bindparam, select

from formflow.model import Entry
from formflow.store.entries import row_entry
from formflow.store.entry_queries import BY_NUMBER
from formflow.store.tables import books, entries
from formflow.values.folding import dashed, fold

_OPEN, _CLOSE = "([{<〔【〖《〈「『", ")]}>〕】〗》〉」』"
_BRACKETS = str.maketrans(_OPEN + _CLOSE, "〔" * len(_OPEN) + "〕" * len(_CLOSE))
_DIGITS = re.compile(r"\d+")
_MOST_DIGITS = 9
"""Digits of a serial number; more are no number of ours, and no integer of the database."""

_AT = select(entries).where(
    entries.c.series.in_(select(books.c.series).where(books.c.year == bindparam("year"))),
    entries.c.year == bindparam("year"),
    entries.c.serial == bindparam("serial"),
)


def same_number(text: str) -> str:
    """What two ways of typing one number have in common.

    Width, case, blanks, the kind of brackets and dashes and leading zeros are matters of typing.
    """
    folded = dashed(fold(text)).translate(_BRACKETS)
    return _DIGITS.sub(lambda run: run.group().lstrip("0") or "0", folded)


def entry_named(text: str, conn: Connection) -> Entry | None:
    """The entry whose number people mean by a text; None where there is none, or several."""
    exact = conn.execute(BY_NUMBER, {"number": text}).one_or_none()
    if exact is not None:
        return row_entry(exact)
    wanted = same_number(text)
    runs = [int(run) for run in _DIGITS.findall(wanted) if len(run) <= _MOST_DIGITS]
    found = {
        row.number: row
        for year, serial in set(itertools.permutations(runs[:4], 2))
        for row in conn.execute(_AT, {"year": year, "serial": serial})
        if same_number(row.number) == wanted
    }
    return row_entry(next(iter(found.values()))) if len(found) == 1 else None
