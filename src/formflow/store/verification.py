"""The proof that the books are whole: numbers, entries, voids and the chain tell one story."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select, tuple_

from formflow.store.audit import verify_chain
from formflow.store.columns import canonical
from formflow.store.database import Database
from formflow.store.entries import entered_payload, void_payload
from formflow.store.guard import book_problem
from formflow.store.report import Problem, Problems, Report
from formflow.store.tables import audit, books, entries, voids

_PAGE = 400

_LINES = (
    select(audit.c.subject, audit.c.payload)
    .where(audit.c.subject.in_(bindparam("subjects", expanding=True)), audit.c.kind == bindparam("kind"))
    .order_by(audit.c.seq)
)
_VOIDS = select(voids).where(voids.c.number.in_(bindparam("numbers", expanding=True)))
_MISSING = (
    select(audit.c.subject, audit.c.payload)
    .outerjoin(entries, entries.c.number == audit.c.subject)
    .where(audit.c.kind == "entered", entries.c.number.is_(None))
    .order_by(audit.c.seq)
)


def verify_register(
    conn: Connection, series: str | None, year: int | None, shelved: Sequence[Problem] = ()
) -> Report:
    """See `Register.verify`; memory does not grow with the register.

    Args:
        shelved: Where the archive is ahead of the register (`Guard.problems`).
    """
    problems = Problems()
    for problem in shelved:
        problems.take(problem)
    problems.extend(verify_chain(conn))
    checked = void_count = 0
    reached: dict[tuple[str, int], int] = {}
    for page in entry_pages(conn, series, year):
        for row in page:
            book = (row.series, row.year)
            _check_serial(row, reached.get(book, 0), problems)
            reached[book] = row.serial
        checked += len(page)
        void_count += _check_lines(conn, page, problems)
    _check_books(conn, series, year, reached, problems)
    _check_missing(conn, series, year, problems)
    return Report(
        subject=_subject(series, year),
        checked=checked,
        problems=problems.kept,
        voids=void_count,
        more=problems.more,
    )


def damage_report(database: Database, faults: Sequence[str], series: str | None, year: int | None) -> Report:
    """The report on a database that cannot be read as it was written: every row that is known to be damaged."""
    from formflow.store.damage import damages

    problems = Problems()
    for fault in faults:
        problems.add(
            "database-damaged", "database", f"数据库已损坏：{fault}", f"the database is damaged: {fault}"
        )
    for one in damages(database):
        problems.add(
            "row-damaged",
            f"{one.table} {one.row}",
            f"“{one.column}”一栏的内容无法读取，曾被改动或已损坏",
            f"its {one.column} cannot be read: changed or damaged",
        )
    return Report(subject=_subject(series, year), checked=0, problems=problems.kept, more=problems.more)


def _subject(series: str | None, year: int | None) -> str:
    return "-".join(str(part) for part in (series, year) if part is not None) or "register"


def _only(query: Select[Any], table: Any, series: str | None, year: int | None) -> Select[Any]:
    if series is not None:
        query = query.where(table.c.series == series)
    return query if year is None else query.where(table.c.year == year)


def entry_pages(conn: Connection, series: str | None, year: int | None) -> Iterator[Sequence[Row[Any]]]:
    """Rows of entries in order of series, year and serial, some hundred at a time."""
    key = (entries.c.series, entries.c.year, entries.c.serial)
    query = _only(select(entries), entries, series, year).order_by(*key).limit(_PAGE)
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
            f"{row.series} {row.year} 年第 {before + 1} 至 {row.serial - 1} 号缺失",
            f"serials {before + 1} to {row.serial - 1} of {row.series} {row.year} are missing",
        )


def _check_lines(conn: Connection, page: Sequence[Row[Any]], problems: Problems) -> int:
    """Every entry and void as its audit line saw it; how many of the page are void."""
    numbers = [row.number for row in page]
    entered = _payloads(conn, numbers, "entered")
    voided = _payloads(conn, numbers, "voided")
    void_rows = {row.number: row for row in conn.execute(_VOIDS, {"numbers": numbers})}
    for row in page:
        _compare(row.number, "entry", entered.get(row.number), entered_payload(row._asdict()), problems)
        void = void_rows.get(row.number)
        if void is not None or row.number in voided:
            expected = None if void is None else void_payload(void.reason, void.by)
            _compare(row.number, "void", voided.get(row.number), expected, problems)
    return len(void_rows)


def _payloads(conn: Connection, subjects: list[str], kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in conn.execute(_LINES, {"subjects": subjects, "kind": kind}):
        # A second line of the kind can match nothing: an entry is entered once.
        found[row.subject] = row.payload if row.subject not in found else ""
    return found


def _compare(
    number: str, what: str, line: str | None, expected: dict[str, Any] | None, problems: Problems
) -> None:
    thing = "登记" if what == "entry" else "作废"
    if line is None:
        problems.add(
            f"{what}-unaudited",
            number,
            f"{thing}没有对应的审计记录",
            f"the {what} has no audit line",
        )
    elif expected is None:
        problems.add(
            f"{what}-missing",
            number,
            f"审计记录了{thing}，但{thing}已不存在",
            f"the audit tells of a {what} that is gone",
        )
    elif line != canonical(expected):
        problems.add(
            f"{what}-changed",
            number,
            f"{thing}内容与审计记录不一致，曾被改动",
            f"the {what} is not what its audit line saw",
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
            problems.add(
                "entry-missing",
                row.subject,
                "审计记录了登记，但该件已不在登记簿中",
                "the audit tells of an entry that is gone",
            )
