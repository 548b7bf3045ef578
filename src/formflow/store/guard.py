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

from formflow.errors import Bilingual, IntegrityError
from formflow.store.database import Database
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


def exchanged() -> IntegrityError:
    """The error of a database that is no longer the one that this program opened."""
    return IntegrityError(
        Bilingual(
            "数据库在程序运行期间被更换、删除或恢复成旧状态，未写入任何内容",
            "the database was exchanged, removed or set back while this program runs; nothing was written",
        ),
        code="database-exchanged",
        remedy=Bilingual(
            "请放回原来的数据库，或重新启动 formflow（启动时会再次与归档核对）",
            "put the database back, or start formflow again: it is held against the archive at the start",
        ),
    )


def book_problem(series: str, year: int, last: int, highest: int) -> Problem:
    """A book whose last serial is not that of its highest entry."""
    return Problem(
        code="book-last",
        subject=f"{series}-{year}",
        message=f"登记簿末号为 {last}，但最大件号为 {highest}",
        english=f"the book's last serial is {last}, the highest entry's is {highest}",
    )


def _ahead(series: str, year: int, last: int, top: Shelved) -> Problem:
    number = top.number or f"{series}/{year}/{top.serial:04}"
    day = top.registered_at[:16].replace("T", " ")
    when = (f"（{day} 登记）", f", entered {day},") if day else ("", "")
    return Problem(
        code="archive-ahead",
        subject=f"{series}-{year}",
        message=f"归档文件夹中已有 {number}{when[0]}，登记簿只到第 {last} 号：数据库比归档旧，或不是同一个",
        english=f"the archive holds {number}{when[1]} but the register ends at serial {last}: the database is older"
        " than the archive, or not its own",
    )


def _foreign(series: str, year: int, top: Shelved) -> Problem:
    return Problem(
        code="archive-foreign",
        subject=f"{series}-{year}",
        message=f"归档文件夹中的第 {top.serial} 号不是本登记簿的第 {top.serial} 号：数据库与归档不属于同一工作区",
        english=f"serial {top.serial} in the archive is not the register's serial {top.serial}: database and archive"
        " do not belong together",
    )


def _audit_ahead(number: str) -> Problem:
    return Problem(
        code="audit-ahead",
        subject=number,
        message=f"审计记录显示 {number} 已登记过，但登记簿中没有",
        english=f"the audit tells that {number} was entered, but the register does not hold it",
    )


def _refused(problem: Problem) -> IntegrityError:
    return IntegrityError(
        Bilingual(
            f"为防止重号，暂停登记。{problem.subject}：{problem.message}",
            f"numbering is refused lest a number be given twice. {problem.subject}: {problem.english}",
        ),
        code=problem.code,
        remedy=Bilingual(
            "请移走数据库后用 formflow restore 恢复包含该号的备份；没有这样的备份时见 docs/how-to/lost-database.md。"
            "收件与原件都在，未丢失",
            "move the database away and formflow restore a backup that holds this number; where there is none, see"
            " docs/how-to/lost-database.md. Nothing that came in is lost",
        ),
    )


def _check_clock(conn: Connection, at: datetime) -> None:
    if at.year < FIRST_YEAR:
        raise _wrong_clock(at, Bilingual("早于本程序的年代", "is before formflow's own time"))
    newest = conn.execute(_NEWEST).scalar()
    if newest is not None and (at < newest - BEHIND or at.year < newest.year):
        when = f"{newest:%Y-%m-%d %H:%M}"
        raise _wrong_clock(at, Bilingual(f"早于最近一次登记（{when}）", f"is before the last entry ({when})"))


def _wrong_clock(at: datetime, why: Bilingual) -> IntegrityError:
    return IntegrityError(
        Bilingual(
            f"时钟 {at:%Y-%m-%d %H:%M} {why.chinese}，暂停登记",
            f"numbering is refused: the clock shows {at:%Y-%m-%d %H:%M}, which {why.english}",
        ),
        code="clock",
        remedy=Bilingual(
            "请校准时钟；如时钟正确而先前的登记走快了，请运行 formflow register clock --reason 说明",
            "set the clock; where it is right and the earlier entry was ahead, say so with"
            " formflow register clock --reason",
        ),
    )
