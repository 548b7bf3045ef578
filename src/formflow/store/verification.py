"""The proof that the books are whole: numbers, entries, voids and the chain tell one story."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select, tuple_

from formflow.messages import store as messages
from formflow.store.chain import verify_chain
from formflow.store.consistency import PAGE, check_entries, check_history, check_submissions
from formflow.store.damage import damages
from formflow.store.database import Database
from formflow.store.guard import book_problem
from formflow.store.objects import Objects
from formflow.store.people_proof import check_people
from formflow.store.report import Problem, Problems, Report
from formflow.store.seals import as_stored
from formflow.store.tables import audit, books, entries, submissions

_DIGESTS = (
    select(submissions.c.digest, func.min(submissions.c.size), func.min(submissions.c.id))
    .where(submissions.c.digest > bindparam("after"))
    .group_by(submissions.c.digest)
    .order_by(submissions.c.digest)
    .limit(PAGE)
)
_MISSING = (
    select(audit.c.subject, audit.c.payload)
    .outerjoin(entries, entries.c.number == audit.c.subject)
    .where(audit.c.kind == "entered", entries.c.number.is_(None))
    .order_by(audit.c.seq)
)


def verify_register(
    conn: Connection,
    series: str | None,
    year: int | None,
    shelved: Sequence[Problem] = (),
    since: str | None = None,
) -> Report:
    """See `Register.verify`; memory does not grow with the register.

    Args:
        shelved: Where the archive is ahead of the register (`Guard.problems`).
        since: A head of the chain that was noted earlier.
    """
    problems = Problems()
    for problem in shelved:
        problems.take(problem)
    chain = verify_chain(conn, since=since)
    problems.extend(chain)
    checked = void_count = 0
    reached: dict[tuple[str, int], int] = {}
    for page in entry_pages(conn, series, year, stored=True):
        for row in page:
            book = (row.series, row.year)
            _check_serial(row, reached.get(book, 0), problems)
            reached[book] = row.serial
        checked += len(page)
        void_count += check_entries(conn, page, problems)
    _check_books(conn, series, year, reached, problems)
    _check_missing(conn, series, year, problems)
    check_submissions(conn, problems)
    check_history(conn, problems)
    check_people(conn, problems)
    return Report(
        subject=_subject(series, year),
        checked=checked,
        problems=problems.kept,
        voids=void_count,
        more=problems.more,
        notes=chain.notes,
        head=chain.head,
    )


def verify_originals(database: Database, objects: Objects) -> Report:
    """Read every original that was ever received, and see that its bytes are those that its digest names."""
    problems = Problems()
    checked, after = 0, ""
    with database.read() as conn:
        while rows := conn.execute(_DIGESTS, {"after": after}).all():
            after = rows[-1].digest
            checked += len(rows)
            for digest, size, first in rows:
                if not objects.has(digest):
                    problems.add("original-lost", first, messages.ORIGINAL_GONE(digest=digest))
                elif not objects.verify(digest, size):
                    problems.add("original-changed", first, messages.ORIGINAL_CHANGED(digest=digest))
    return Report(subject="originals", checked=checked, problems=problems.kept, more=problems.more)


def damage_report(database: Database, faults: Sequence[str], series: str | None, year: int | None) -> Report:
    """The report on a database that cannot be read as it was written: every row that is known to be damaged."""
    problems = Problems()
    for fault in faults:
        problems.add("database-damaged", "database", messages.DATABASE_FAULT(fault=fault))
    for one in damages(database):
        problems.add("row-damaged", f"{one.table} {one.row}", messages.COLUMN_UNREADABLE(column=one.column))
    return Report(subject=_subject(series, year), checked=0, problems=problems.kept, more=problems.more)


def _subject(series: str | None, year: int | None) -> str:
    return "-".join(str(part) for part in (series, year) if part is not None) or "register"


def _only(query: Select[Any], table: Any, series: str | None, year: int | None) -> Select[Any]:
    if series is not None:
        query = query.where(table.c.series == series)
    return query if year is None else query.where(table.c.year == year)


def entry_pages(
    conn: Connection, series: str | None, year: int | None, *, stored: bool = False
) -> Iterator[Sequence[Row[Any]]]:
    """Rows of entries in order of series, year and serial, some hundred at a time.

    Args:
        stored: Moments as the text they are stored as.
    """
    key = (entries.c.series, entries.c.year, entries.c.serial)
    columns = as_stored(entries) if stored else list(entries.c)
    query = _only(select(*columns), entries, series, year).order_by(*key).limit(PAGE)
    rows = conn.execute(query).all()
    while rows:
        yield rows
        last = rows[-1]
        rows = conn.execute(query.where(tuple_(*key) > tuple_(last.series, last.year, last.serial))).all()


def _check_serial(row: Row[Any], before: int, problems: Problems) -> None:
    if row.serial != before + 1:
        problems.add(
            "gap",
            row.number,
            messages.SERIALS_MISSING(
                series=row.series, year=row.year, before=before + 1, serial=row.serial - 1
            ),
        )


def _check_books(
    conn: Connection,
    series: str | None,
    year: int | None,
    reached: dict[tuple[str, int], int],
    problems: Problems,
) -> None:
    lasts = {
        (row.series, row.year): row.last for row in conn.execute(_only(select(books), books, series, year))
    }
    for book in sorted({*lasts, *reached}):
        last, highest = lasts.get(book, 0), reached.get(book, 0)
        if last != highest:
            problems.take(book_problem(book[0], book[1], last, highest))


def _check_missing(conn: Connection, series: str | None, year: int | None, problems: Problems) -> None:
    for row in conn.execute(_MISSING):
        try:
            payload = json.loads(row.payload)
            elsewhere = (series is not None and payload["series"] != series) or (
                year is not None and payload["year"] != year
            )
        except (ValueError, KeyError, TypeError):
            elsewhere = False
        if not elsewhere:
            problems.add("entry-missing", row.subject, messages.AUDITED_ENTRY_GONE())
