"""The register: books of numbered entries, never changed, never deleted, without a gap.

A number is given in the transaction that writes its entry and its audit line. The audit line carries the
entry's hash, so that the chain vouches for every entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace

from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError as Violation

from formflow.errors import ConfigurationError, Conflict, IntegrityError, StoreError, UsageError
from formflow.forms.spec import Register as Book
from formflow.messages import listed
from formflow.messages import store as messages
from formflow.model import Entry
from formflow.store import audit
from formflow.store.columns import storable
from formflow.store.database import Database
from formflow.store.entries import Draft, Void, entered_payload, entry_row, row_entry, void_payload
from formflow.store.entry_queries import (
    BY_RECORDS,
    INSERT_ENTRIES,
    INSERT_VALUES,
    LAST_SERIAL,
    MOVE_BOOK,
    OPEN_BOOK,
)
from formflow.store.guard import Guard
from formflow.store.lookup import lookup_rows
from formflow.store.register_reader import BATCH, RegisterReader, no_entry
from formflow.store.report import Report
from formflow.store.rows import changed_fields
from formflow.store.tables import voids
from formflow.store.verification import damage_report, verify_register


class Register(RegisterReader):
    """The register of a database."""

    def __init__(self, database: Database, guard: Guard | None = None) -> None:
        super().__init__(database)
        self._guard = guard or Guard(database)

    def enter(
        self, drafts: Sequence[Draft], book: Book, *, year: int, at: datetime, conn: Connection | None = None
    ) -> tuple[Entry, ...]:
        """Give records their numbers in the order given: numbers, entries and audit lines in one transaction.

        A record that has its entry already gets that entry, so that entering twice numbers once. A log row
        whose `identity_key` a standing entry holds with the same values gets that entry too (its `record`
        is then another's), unless the draft corrects it.

        Args:
            book: Series and pattern of the number.
            year: The year of the book: that of the day of registration at the office.
            at: Moment of registration, with time zone.
        Raises:
            StoreError: `row-held`: the row's entry stands with other values, which a person must settle.
            UsageError: An entry to correct does not exist.
            ConfigurationError: The number's pattern gives a number that another entry has.
            IntegrityError: A number may have been given already, or the clock is wrong (see `Guard`).
        """
        with self._database.begin(conn) as conn:
            found = self._entered(conn, drafts)
            fresh = [draft for draft in drafts if draft.record not in found]
            if fresh:
                found |= self._write(conn, fresh, book, year, at)
            return tuple(found[draft.record] for draft in drafts)

    def void(
        self, number: str, *, reason: str, by: str, at: datetime, conn: Connection | None = None
    ) -> Void:
        """Make an entry void; it keeps its number for ever.

        Raises:
            UsageError: There is no such entry, it is void already, or no reason is given.
        """
        made = Void(number=number, reason=storable(reason.strip()), by=storable(by), at=at)
        if not made.reason:
            raise UsageError(messages.VOID_WITHOUT_REASON(), code="no-reason", remedy=messages.GIVE_REASON())
        with self._database.begin(conn) as conn:
            if self.find(number, conn=conn) is None:
                raise no_entry(number)
            earlier = self.void_of(number, conn=conn)
            if earlier is not None:
                raise Conflict(messages.VOID_ALREADY(number=number, at=earlier.at), code="already-void")
            conn.execute(
                insert(voids), {"number": number, "reason": made.reason, "by": made.by, "at": made.at}
            )
            audit.append(conn, "voided", number, void_payload(made.reason, made.by), at=at)
        return made

    def verify(
        self,
        series: str | None = None,
        year: int | None = None,
        *,
        since: str | None = None,
        conn: Connection | None = None,
    ) -> Report:
        """Prove the books whole: serials 1 to the book's last, every row as its audit line saw it, the chain.

        Args:
            series, year: Only these books; chain, submissions and records are followed whole in any case.
            since: A head of the chain that was noted earlier: the hash of a line, or its first 12 digits or more.
        """
        if conn is not None:
            shelved = self._guard.problems(series, year, conn=conn)
            return verify_register(conn, series, year, shelved, since)
        try:
            faults = self._database.faults(quick=True)
            if not faults:
                with self._database.read() as conn:
                    shelved = self._guard.problems(series, year, conn=conn)
                    return verify_register(conn, series, year, shelved, since)
        except IntegrityError as error:
            if error.code != "database-damaged":
                raise
            faults = (error.message.english,)
        return damage_report(self._database, faults, series, year)

    def _entered(self, conn: Connection, drafts: Sequence[Draft]) -> dict[str, Entry]:
        """Entries that stand for these drafts already, by the draft's record."""
        found: dict[str, Entry] = {}
        ids = [draft.record for draft in drafts]
        for start in range(0, len(ids), BATCH):
            for row in conn.execute(BY_RECORDS, {"records": ids[start : start + BATCH]}):
                found[row.record] = row_entry(row)
        keyed = [d for d in drafts if d.identity_key and not d.corrects and d.record not in found]
        forms = {draft.form for draft in keyed}
        for form in forms:
            keys = [d.identity_key for d in keyed if d.form == form and d.identity_key]
            holders = self.known_rows(form, keys, conn=conn)
            for draft in keyed:
                holder = holders.get(draft.identity_key or "") if draft.form == form else None
                if holder is None:
                    continue
                changed = changed_fields(holder.values, draft.values)
                if changed:
                    raise StoreError(
                        messages.ROW_ENTERED_AND_DIFFERS(number=holder.number, changed=listed(changed)),
                        code="row-held",
                        remedy=messages.SETTLE_IN_REVIEW(),
                    )
                found[draft.record] = holder
        return found

    def _write(
        self, conn: Connection, drafts: Sequence[Draft], book: Book, year: int, at: datetime
    ) -> dict[str, Entry]:
        for draft in drafts:
            if draft.corrects is not None and self.find(draft.corrects, conn=conn) is None:
                raise no_entry(draft.corrects)
        last = conn.execute(LAST_SERIAL, {"series": book.series, "year": year}).scalar()
        if last is None:
            last = 0
            conn.execute(OPEN_BOOK, {"series": book.series, "year": year, "last": 0})
        rows = [
            entry_row(
                draft,
                series=book.series,
                year=year,
                serial=serial,
                number=_number(book, year, serial),
                at=at,
            )
            for serial, draft in enumerate(drafts, start=last + 1)
        ]
        self._guard.admit(conn, [row["number"] for row in rows], at=at)
        try:
            conn.execute(INSERT_ENTRIES, rows)
        except Violation as error:
            if "entries.number" in str(error.orig) or "uq_entries_number" in str(error.orig):
                raise ConfigurationError(
                    messages.NUMBERS_TAKEN(rows=rows[0]["number"], series=book.series, number=book.number),
                    code="number-pattern",
                    remedy=messages.WRITE_SERIES_AND_YEAR(),
                ) from error
            raise
        found = [
            one
            for row, draft in zip(rows, drafts, strict=True)
            for one in lookup_rows(row["number"], draft.form, draft.values)
        ]
        if found:
            conn.execute(INSERT_VALUES, found)
        conn.execute(MOVE_BOOK, {"book": book.series, "of": year, "last": last + len(rows)})
        audit.append_all(conn, "entered", [(row["number"], entered_payload(row)) for row in rows], at=at)
        return {row["record"]: row_entry(SimpleNamespace(**row)) for row in rows}


def _number(book: Book, year: int, serial: int) -> str:
    try:
        return storable(book.number.format(series=book.series, year=year, serial=serial))
    except (KeyError, IndexError, ValueError) as error:
        raise ConfigurationError(
            messages.NUMBER_PATTERN_UNUSABLE(series=book.series, number=book.number, error=error),
            code="number-pattern",
            remedy=messages.USE_PATTERN_PARTS(),
        ) from error
