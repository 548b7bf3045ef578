"""Archive marks: which bags are known to be whole and durable on the disk, append-only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, insert, literal, select

from formflow.store import audit
from formflow.store.columns import moment_text
from formflow.store.database import Database
from formflow.store.seals import ARCHIVED, mark_payload
from formflow.store.tables import archive_marks, entries

REGISTERED = "registered"
"""Event of an entry's own bag; later ones (`approved`, `rejected`) have bags of their own."""
RENDITION = "rendition"
"""Event of the bag with the PDF/A copies of an entry's own bag; `rendition-EVENT` of a later one's."""
SIGNED = "signed"
"""Events `signed-SUBMISSION`: papers that came back with ink on them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMark:
    """Proof that a bag was made.

    Attributes:
        event: `registered`, or what the bag was made for later.
        path: Its folder below the archive's root, `/`-separated (`XKH/2026/0001`).
        manifest: The bag's seal: SHA-256 of its `tagmanifest-sha256.txt`, and so of everything in it.
    """

    number: str
    event: str
    path: str
    manifest: str
    at: datetime


_BATCH = 400
"""Numbers a query; SQLite allows 999 parameters on old builds."""

_INSERT = insert(archive_marks)
_OF = (
    select(archive_marks)
    .where(archive_marks.c.number == bindparam("number"))
    .order_by(archive_marks.c.at, archive_marks.c.event)
)
_OF_MANY = (
    select(archive_marks)
    .where(archive_marks.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(archive_marks.c.number, archive_marks.c.at, archive_marks.c.event)
)
_UNMADE = (
    select(entries.c.number)
    .outerjoin(
        archive_marks,
        and_(archive_marks.c.number == entries.c.number, archive_marks.c.event == REGISTERED),
    )
    .where(archive_marks.c.number.is_(None))
    .order_by(entries.c.series, entries.c.year, entries.c.serial)
)


_RENDERED = archive_marks.alias("rendered")
_UNRENDERED = (
    select(archive_marks.c.number, archive_marks.c.event)
    .join(entries, entries.c.number == archive_marks.c.number)
    .outerjoin(
        _RENDERED,
        and_(
            _RENDERED.c.number == archive_marks.c.number,
            _RENDERED.c.event
            == case(
                (archive_marks.c.event == REGISTERED, RENDITION),
                else_=literal(f"{RENDITION}-").concat(archive_marks.c.event),
            ),
        ),
    )
    .where(
        _RENDERED.c.number.is_(None),
        archive_marks.c.event.not_like(f"{RENDITION}%"),
        archive_marks.c.event.not_like(f"{SIGNED}-%"),
    )
    .order_by(entries.c.series, entries.c.year, entries.c.serial, archive_marks.c.event)
)


class Archives:
    """The archive marks of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self, marks: Iterable[ArchiveMark], *, conn: Connection | None = None) -> None:
        """Write down that bags are whole and durable, with their audit lines; a mark that is there already stays."""
        with self._database.begin(conn) as conn:
            marks = list(marks)
            known = {
                (mark.number, mark.event)
                for found in self.marks([mark.number for mark in marks], conn=conn).values()
                for mark in found
            }
            fresh: list[dict[str, Any]] = [
                {"number": m.number, "event": m.event, "path": m.path, "manifest": m.manifest, "at": m.at}
                for m in marks
                if (m.number, m.event) not in known
            ]
            if fresh:
                conn.execute(_INSERT, fresh)
                lines = [
                    (row["number"], mark_payload({**row, "at": moment_text(row["at"])})) for row in fresh
                ]
                audit.append_all(conn, ARCHIVED, lines, at=max(row["at"] for row in fresh))

    def of(self, number: str, *, conn: Connection | None = None) -> tuple[ArchiveMark, ...]:
        """The marks of an entry, the earliest first."""
        with self._database.read(conn) as conn:
            return tuple(ArchiveMark(**row._mapping) for row in conn.execute(_OF, {"number": number}))

    def marks(
        self, numbers: Sequence[str], *, conn: Connection | None = None
    ) -> dict[str, tuple[ArchiveMark, ...]]:
        """The marks of entries by number, the earliest first; an entry without any is missing."""
        found: dict[str, tuple[ArchiveMark, ...]] = {}
        with self._database.read(conn) as conn:
            for start in range(0, len(numbers), _BATCH):
                for row in conn.execute(_OF_MANY, {"numbers": list(numbers[start : start + _BATCH])}):
                    found[row.number] = (*found.get(row.number, ()), ArchiveMark(**row._mapping))
        return found

    def unmade(self, limit: int = 500, *, conn: Connection | None = None) -> tuple[str, ...]:
        """Numbers of the entries whose bag has not been marked: the sweep's work."""
        with self._database.read(conn) as conn:
            return tuple(conn.execute(_UNMADE.limit(limit)).scalars())

    def unrendered(
        self,
        limit: int = 500,
        *,
        series: str | None = None,
        year: int | None = None,
        conn: Connection | None = None,
    ) -> tuple[tuple[str, str], ...]:
        """Number and event of the bags that have no PDF/A rendition beside them, in order of the register."""
        query = _UNRENDERED.limit(limit)
        if series is not None:
            query = query.where(entries.c.series == series)
        if year is not None:
            query = query.where(entries.c.year == year)
        with self._database.read(conn) as conn:
            return tuple((row.number, row.event) for row in conn.execute(query))
