"""What the register tells: entries by number, record, row, value and book, and the lists that people look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select, tuple_

from formflow.errors import NotFound, UsageError
from formflow.messages import store as messages
from formflow.model import Entry, Json
from formflow.store.database import Database
from formflow.store.entries import Listed, Void, row_entry
from formflow.store.entry_queries import (
    BY_NUMBER,
    BY_NUMBERS,
    COUNT,
    HOLDING,
    LISTED,
    OF_SUBMISSION,
    ROW_HOLDERS,
    UNACCEPTED,
    VOID_OF,
    only,
)
from formflow.store.lookup import value_key
from formflow.store.numbers import entry_named
from formflow.store.tables import books, entries
from formflow.store.verification import entry_pages

BATCH = 400
"""Keys a query; SQLite allows 999 parameters on old builds."""


class RegisterReader:
    """The register of a database, as it is read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, number: str, *, conn: Connection | None = None) -> Entry | None:
        """The entry of that number, void or not; or None."""
        with self._database.read(conn) as conn:
            row = conn.execute(BY_NUMBER, {"number": number}).one_or_none()
            return None if row is None else row_entry(row)

    def named(self, text: str, *, conn: Connection | None = None) -> Entry | None:
        """The entry whose number people mean by what they type (see `numbers.entry_named`); or None."""
        with self._database.read(conn) as conn:
            return entry_named(text, conn)

    def several(self, numbers: Sequence[str], *, conn: Connection | None = None) -> dict[str, Entry]:
        """The entries of those numbers; a number that no entry bears is missing."""
        found: dict[str, Entry] = {}
        with self._database.read(conn) as conn:
            for start in range(0, len(numbers), BATCH):
                batch = list(numbers[start : start + BATCH])
                found |= {row.number: row_entry(row) for row in conn.execute(BY_NUMBERS, {"numbers": batch})}
        return found

    def of_submission(self, submission: str, *, conn: Connection | None = None) -> tuple[Entry, ...]:
        """The entries that a submission's own records became, in order of their numbers."""
        with self._database.read(conn) as conn:
            return tuple(row_entry(row) for row in conn.execute(OF_SUBMISSION, {"submission": submission}))

    def void_of(self, number: str, *, conn: Connection | None = None) -> Void | None:
        """How an entry became void, or None while it stands."""
        with self._database.read(conn) as conn:
            row = conn.execute(VOID_OF, {"number": number}).one_or_none()
            return None if row is None else Void(number=row.number, reason=row.reason, by=row.by, at=row.at)

    def known_rows(
        self, form: str, keys: Sequence[str], *, conn: Connection | None = None
    ) -> dict[str, Entry]:
        """Standing entries of log rows by identity key; keys that no standing entry holds are missing."""
        holders: dict[str, Entry] = {}
        with self._database.read(conn) as conn:
            for start in range(0, len(keys), BATCH):
                batch = list(keys[start : start + BATCH])
                for row in conn.execute(ROW_HOLDERS, {"form": form, "keys": batch}):
                    holders[row.identity_key] = row_entry(row)
        return holders

    def holding(
        self, form: str, field: str, value: Json, *, conn: Connection | None = None
    ) -> tuple[Entry, ...]:
        """Entries of a form that stand, neither void nor corrected, whose field has exactly that value.

        Args:
            value: A text of up to 200 characters, or a number.
        """
        wanted = (form, field, value)
        return self.holding_any([wanted], conn=conn).get(wanted, ())

    def holding_any(
        self, wanted: Iterable[tuple[str, str, Json]], *, conn: Connection | None = None
    ) -> dict[tuple[str, str, Json], tuple[Entry, ...]]:
        """The same for many forms, fields and values at once; what no entry holds is missing."""
        keys = {value_key(*one): one for one in wanted}
        found: dict[tuple[str, str, Json], tuple[Entry, ...]] = {}
        with self._database.read(conn) as conn:
            for start in range(0, len(keys), BATCH):
                for row in conn.execute(HOLDING, {"keys": list(keys)[start : start + BATCH]}):
                    form, field, value = wanted_one = keys[row.value_key]
                    entry = row_entry(row)
                    if entry.form == form and entry.values.get(field) == value:
                        found[wanted_one] = (*found.get(wanted_one, ()), entry)
        return found

    def unaccepted(self, form: str, *, conn: Connection | None = None) -> tuple[Entry, ...]:
        """Entries of a form that stand, neither void nor corrected, and that the rules did not simply accept."""
        with self._database.read(conn) as conn:
            return tuple(row_entry(row) for row in conn.execute(UNACCEPTED, {"form": form}))

    def all(
        self, series: str | None = None, year: int | None = None, *, conn: Connection | None = None
    ) -> Iterator[Entry]:
        """Every entry in order of series, year and serial, void or not, read in pages."""
        with self._database.read(conn) as conn:
            for page in entry_pages(conn, series, year):
                yield from (row_entry(row) for row in page)

    def books(self, *, conn: Connection | None = None) -> tuple[tuple[str, int, int], ...]:
        """Series, year and last serial of every book, in order."""
        query = select(books.c.series, books.c.year, books.c.last).order_by(books.c.series, books.c.year)
        with self._database.read(conn) as conn:
            return tuple((row.series, row.year, row.last) for row in conn.execute(query))

    def list(
        self,
        *,
        series: str | None = None,
        year: int | None = None,
        form: str | None = None,
        text: str | None = None,
        limit: int | None = 200,
        after: str | None = None,
        newest_first: bool = False,
        conn: Connection | None = None,
    ) -> tuple[Listed, ...]:
        """Entries in order of series, year and serial, voids among them.

        Args:
            text: Looked for in number, file name and values, whatever the width, case and blanks.
            after: Number of the last entry seen; the list goes on behind it.
        """
        key = (entries.c.series, entries.c.year, entries.c.serial)
        query = only(LISTED, series, year, form, text)
        with self._database.read(conn) as conn:
            if after is not None:
                seen = self.find(after, conn=conn)
                if seen is None:
                    raise no_entry(after)
                place = tuple_(seen.series, seen.year, seen.serial)
                query = query.where(tuple_(*key) < place if newest_first else tuple_(*key) > place)
            order = [column.desc() if newest_first else column.asc() for column in key]
            rows = conn.execute(query.order_by(*order).limit(limit))
            return tuple(Listed.of(row) for row in rows)

    def recent(
        self,
        *,
        series: str | None = None,
        year: int | None = None,
        form: str | None = None,
        text: str | None = None,
        limit: int = 200,
        conn: Connection | None = None,
    ) -> Iterator[Listed]:
        """The entries registered last, of all books, the newest first, voids among them; read as they are asked for.

        Args:
            text: As for `list`.
        """
        newest = (
            entries.c.registered_at.desc(),
            entries.c.series,
            entries.c.year.desc(),
            entries.c.serial.desc(),
        )
        query = only(LISTED, series, year, form, text).order_by(*newest).limit(limit)
        with self._database.read(conn) as conn:
            yield from (Listed.of(row) for row in conn.execute(query))

    def count(
        self,
        *,
        series: str | None = None,
        year: int | None = None,
        form: str | None = None,
        text: str | None = None,
        conn: Connection | None = None,
    ) -> int:
        """How many entries `list` and `recent` would show without a limit."""
        with self._database.read(conn) as conn:
            return conn.execute(only(COUNT, series, year, form, text)).scalar() or 0


def no_entry(number: str) -> UsageError:
    return NotFound(messages.NO_ENTRY(number=number), code="no-such-number")
