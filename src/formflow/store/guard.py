"""Nothing is numbered twice: register, archive and audit are held against each other before a number is given.

A database can be lost, emptied or restored from an old backup while the archive beside it is full. It then looks
whole, and would give every number a second time. The archive's folders are named by the numbers that were given,
so they are asked before the first number after a start. While a program runs, the last audit line that it saw must
still lie in the chain whenever it begins to write; so a database that is exchanged under it is not written to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, bindparam, func, or_, select

from formflow.errors import IntegrityError
from formflow.messages import NOTHING, Bilingual
from formflow.messages import store as messages
from formflow.store.database import Database, exchanged
from formflow.store.report import Problem
from formflow.store.tables import audit, books, entries

BEHIND = timedelta(minutes=5)
"""How far the clock may lie behind the last entry: what a time server sets right at a stroke."""

FIRST_YEAR = 2026
"""No clock that shows an earlier year is right: formflow was not there."""

CLOCK = "clock"
"""Kind of the audit line by which a person says that the clock is right and earlier lines were ahead of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """The highest numbered folder of a book in the archive.

    Attributes:
        number, registered_at, record: What its record says; empty where it cannot be read.
    """

    serial: int
    number: str = ""
    registered_at: str = ""
    record: str = ""


class Shelves(Protocol):
    """What the archive tells of the numbers that were given."""

    def highest(self) -> Mapping[tuple[str, int], Shelved]:
        """The highest folder of every book, by the folder of its series and the year."""
        ...

    def folder(self, series: str) -> str:
        """The folder of a series."""
        ...


_FOLLOW = select(audit.c.seq, audit.c.hash).where(
    or_(audit.c.seq == bindparam("known"), audit.c.seq == select(func.max(audit.c.seq)).scalar_subquery())
)
_NEWEST = select(audit.c.at).where(audit.c.kind.in_(("entered", CLOCK))).order_by(audit.c.seq.desc()).limit(1)
_TAKEN = (
    select(audit.c.subject)
    .outerjoin(entries, entries.c.number == audit.c.subject)
    .where(
        audit.c.subject.in_(bindparam("numbers", expanding=True)),
        audit.c.kind == "entered",
        entries.c.number.is_(None),
    )
    .limit(1)
)
_GONE = (
    select(audit.c.subject)
    .outerjoin(entries, entries.c.number == audit.c.subject)
    .where(audit.c.kind == "entered", entries.c.number.is_(None))
    .order_by(audit.c.seq.desc())
    .limit(1)
)
_TOPS = (
    select(entries.c.series, entries.c.year, func.max(entries.c.serial).label("serial"))
    .group_by(entries.c.series, entries.c.year)
    .order_by(entries.c.series, entries.c.year)
)
_RECORD = select(entries.c.record).where(
    entries.c.series == bindparam("series"),
    entries.c.year == bindparam("year"),
    entries.c.serial == bindparam("serial"),
)
_BATCH = 400


class Guard:
    """Stands before the register of one database.

    Args:
        shelves: The archive; None where there is none to ask.
    """

    def __init__(self, database: Database, shelves: Shelves | None = None) -> None:
        self._database = database
        self._shelves = shelves
        self._held = False
        self._head: tuple[int, str] | None = None

    def begun(self, conn: Connection) -> None:
        """At the beginning of a write transaction: the chain still holds the last line that was seen.

        Raises:
            IntegrityError: It does not: the database was exchanged or rolled back while this program runs.
        """
        known = self._head or (0, "")
        last: Any = None
        found = self._head is None
        for row in conn.execute(_FOLLOW, {"known": known[0]}):
            found = found or (row.seq, row.hash) == known
            last = row if last is None or row.seq > last.seq else last
        if not found:
            raise exchanged()
        if last is not None:
            self.committed((int(last.seq), str(last.hash)))

    def committed(self, head: tuple[int, str]) -> None:
        """Remember the last audit line that stands; a thread that comes late does not take it back."""
        if self._head is None or head[0] > self._head[0]:
            self._head = head

    def check(self, *, at: datetime | None = None, conn: Connection | None = None) -> None:
        """Hold register, archive and audit against each other, before anything is taken in.

        Args:
            at: The clock; None leaves it unchecked.
        Raises:
            IntegrityError: A number that would be given next was given already, the database is damaged, or the
                clock lies behind the last entry.
        """
        if conn is None:
            self._database.check()
        with self._database.read(conn) as conn:
            self._hold(conn)
            if at is not None:
                _check_clock(conn, at)

    def admit(self, conn: Connection, numbers: Sequence[str], *, at: datetime) -> None:
        """Before these numbers are written. Raises as `check`; the first time since the start it looks as closely."""
        if not self._held:
            self._hold(conn)
        _check_clock(conn, at)
        for start in range(0, len(numbers), _BATCH):
            taken = conn.execute(_TAKEN, {"numbers": list(numbers[start : start + _BATCH])}).scalar()
            if taken is not None:
                raise _refused(_audit_ahead(taken))

    def problems(
        self, series: str | None = None, year: int | None = None, *, conn: Connection | None = None
    ) -> tuple[Problem, ...]:
        """Books of which the archive holds more than the register, or another's.

        Args:
            series, year: Only these books.
        """
        with self._database.read(conn) as conn:
            found = tuple(self._problems(conn))
        if series is not None:
            folders = {series, series if self._shelves is None else self._shelves.folder(series)}
            found = tuple(one for one in found if one.subject.rpartition("-")[0] in folders)
        return tuple(one for one in found if year is None or one.subject.rpartition("-")[2] == str(year))

    def _hold(self, conn: Connection) -> None:
        for problem in self._problems(conn):
            raise _refused(problem)
        gone = conn.execute(_GONE).scalar()
        if gone is not None:
            raise _refused(_audit_ahead(gone))
        tops = {(row.series, row.year): row.serial for row in conn.execute(_TOPS)}
        for row in conn.execute(select(books)):
            top = tops.pop((row.series, row.year), 0)
            if top != row.last:
                raise _refused(book_problem(row.series, row.year, row.last, top))
        for (series, year), top in tops.items():
            raise _refused(book_problem(series, year, 0, top))
        self._held = True

    def _problems(self, conn: Connection) -> Iterator[Problem]:
        if self._shelves is None:
            return
        shelved = dict(self._shelves.highest())
        for row in conn.execute(_TOPS).all():
            top = shelved.pop((self._shelves.folder(row.series), row.year), None)
            if top is None:
                continue
            if top.serial > row.serial:
                yield _ahead(row.series, row.year, row.serial, top)
            elif top.record:
                key = {"series": row.series, "year": row.year, "serial": top.serial}
                record = conn.execute(_RECORD, key).scalar()
                if record is not None and record != top.record:
                    yield _foreign(row.series, row.year, top)
        for (folder, year), top in sorted(shelved.items()):
            yield _ahead(folder, year, 0, top)


def book_problem(series: str, year: int, last: int, highest: int) -> Problem:
    """A book whose last serial is not that of its highest entry."""
    return Problem(
        code="book-last",
        subject=f"{series}-{year}",
        said=messages.LAST_SERIAL_DIFFERS(last=last, highest=highest),
    )


def _ahead(series: str, year: int, last: int, top: Shelved) -> Problem:
    number = top.number or f"{series}/{year}/{top.serial:04}"
    day = top.registered_at[:16].replace("T", " ")
    when = messages.ENTERED(day=day) if day else NOTHING
    return Problem(
        code="archive-ahead",
        subject=f"{series}-{year}",
        said=messages.ARCHIVE_AHEAD(number=number, when=when, last=last),
    )


def _foreign(series: str, year: int, top: Shelved) -> Problem:
    return Problem(
        code="archive-foreign", subject=f"{series}-{year}", said=messages.ARCHIVE_FOREIGN(serial=top.serial)
    )


def _audit_ahead(number: str) -> Problem:
    return Problem(code="audit-ahead", subject=number, said=messages.AUDIT_AHEAD(number=number))


def _refused(problem: Problem) -> IntegrityError:
    return IntegrityError(
        messages.NUMBERING_REFUSED(subject=problem.subject, said=problem.said),
        code=problem.code,
        remedy=messages.RESTORE_BACKUP_WITH_NUMBER(),
    )


def _check_clock(conn: Connection, at: datetime) -> None:
    if at.year < FIRST_YEAR:
        raise _wrong_clock(at, messages.BEFORE_FORMFLOW())
    newest = conn.execute(_NEWEST).scalar()
    if newest is not None and (at < newest - BEHIND or at.year < newest.year):
        when = f"{newest:%Y-%m-%d %H:%M}"
        raise _wrong_clock(at, messages.BEFORE_LAST_ENTRY(when=when))


def _wrong_clock(at: datetime, why: Bilingual) -> IntegrityError:
    return IntegrityError(
        messages.NUMBERING_REFUSED_BY_CLOCK(at=at, why=why), code="clock", remedy=messages.SET_CLOCK()
    )
