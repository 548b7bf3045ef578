"""Rows held against the audit lines that told of them: entries and all that hangs on them, submissions and records."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, String, bindparam, select, type_coerce

from formflow.messages import Bilingual
from formflow.messages import store as messages
from formflow.store.columns import canonical
from formflow.store.entries import entered_payload, void_payload
from formflow.store.report import Problems
from formflow.store.seals import (
    ARCHIVED,
    MOVED,
    RECORDS,
    SEALED,
    SETTLED,
    SUBMISSIONS,
    as_stored,
    history_seal,
    mark_payload,
    records_seal,
    submission_seal,
)
from formflow.store.tables import (
    archive_marks,
    assessments,
    audit,
    decisions,
    history_batches,
    records,
    reviews,
    submissions,
    voids,
)

PAGE = 400
"""Rows a query; SQLite allows 999 parameters on old builds."""


class Line(NamedTuple):
    """What is compared of an audit line: its moment as text, and its payload."""

    at: str
    payload: str


Lines = Mapping[tuple[str, str], Sequence[Line]]
"""Lines in their order by subject and kind."""

_LINES = (
    select(audit.c.subject, audit.c.kind, type_coerce(audit.c.at, String).label("moment"), audit.c.payload)
    .where(audit.c.subject.in_(bindparam("subjects", expanding=True)))
    .order_by(audit.c.seq)
)
_SUBMISSIONS = SUBMISSIONS.where(submissions.c.id > bindparam("after")).limit(PAGE)
_RECORDS = RECORDS.where(records.c.submission.in_(bindparam("ids", expanding=True)))
_LOST = (
    select(audit.c.subject)
    .outerjoin(submissions, submissions.c.id == audit.c.subject)
    .where(audit.c.kind == "received", submissions.c.id.is_(None))
    .order_by(audit.c.seq)
)
_IMPORTED = select(audit.c.subject).where(audit.c.kind == "imported").order_by(audit.c.seq)
_RECEIVED = ("digest", "name", "folder", "way", "duplicate_of")


@dataclass(frozen=True, slots=True)
class Told:
    """A table each of whose rows is repeated by an audit line.

    Attributes:
        name: In Chinese and English; `code` begins the codes of its problems.
        kind: Of its audit lines.
        rows: The rows of some subjects, in the order of their lines.
        subject: Name of the column that the lines are about.
        payload: What the line of a row says.
        timed: Whether the line's moment is the row's.
    """

    code: str
    name: Bilingual
    kind: str
    rows: Select[Any]
    subject: str
    payload: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    timed: bool = True


def _without(*names: str) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    return lambda row: {key: value for key, value in row.items() if key not in names}


_OF_ENTRIES = (
    Told(
        "void",
        messages.VOID(),
        "voided",
        select(*as_stored(voids)).where(voids.c.number.in_(bindparam("subjects", expanding=True))),
        "number",
        lambda row: void_payload(row["reason"], row["by"]),
    ),
    Told(
        "decision",
        messages.DECISION(),
        "decided",
        select(*as_stored(decisions))
        .where(decisions.c.number.in_(bindparam("subjects", expanding=True)))
        .order_by(decisions.c.number, decisions.c.step),
        "number",
        _without("number", "at"),
    ),
    Told(
        "assessment",
        messages.ASSESSMENT(),
        "assessed",
        select(*as_stored(assessments))
        .where(assessments.c.number.in_(bindparam("subjects", expanding=True)))
        .order_by(assessments.c.number, assessments.c.step),
        "number",
        _without("number", "at"),
    ),
    Told(
        "mark",
        messages.ARCHIVE_MARK(),
        ARCHIVED,
        select(*as_stored(archive_marks)).where(
            archive_marks.c.number.in_(bindparam("subjects", expanding=True))
        ),
        "number",
        mark_payload,
        timed=False,
    ),
)
_OF_RECORDS = Told(
    "review",
    messages.REVIEW(),
    "reviewed",
    select(*as_stored(reviews))
    .where(reviews.c.record.in_(bindparam("subjects", expanding=True)))
    .order_by(reviews.c.record, reviews.c.id),
    "record",
    _without("id", "record", "at"),
)


def check_entries(conn: Connection, page: Sequence[Row[Any]], problems: Problems) -> int:
    """Entries of a page, their voids, decisions and archive marks, as their lines saw them; how many are void."""
    numbers = [row.number for row in page]
    lines = lines_of(conn, numbers)
    for row in page:
        _check_entry(row, lines.get((row.number, "entered"), ()), problems)
    void_count = 0
    for told in _OF_ENTRIES:
        count = check_told(conn, told, numbers, lines, problems)
        void_count += count if told.code == "void" else 0
    return void_count


def check_submissions(conn: Connection, problems: Problems) -> None:
    """Every submission, its records and what persons did to them, as their last lines left them."""
    after = ""
    while page := conn.execute(_SUBMISSIONS, {"after": after}).all():
        after = page[-1].id
        ids = [row.id for row in page]
        lines = lines_of(conn, ids)
        held: dict[str, list[Row[Any]]] = {}
        for record in conn.execute(_RECORDS, {"ids": ids}).all():
            held.setdefault(record.submission, []).append(record)
        for row in page:
            _check_submission(row, lines, problems)
            _check_records(row.id, held.get(row.id, []), lines.get((row.id, SETTLED), ()), problems)
        found = [record.id for rows in held.values() for record in rows]
        for start in range(0, len(found), PAGE):
            some = found[start : start + PAGE]
            check_told(conn, _OF_RECORDS, some, lines_of(conn, some), problems)
    for lost in conn.execute(_LOST).scalars():
        problems.add("submission-missing", lost, messages.AUDITED_SUBMISSION_GONE())


def check_history(conn: Connection, problems: Problems) -> None:
    """Every imported list of transactions, by which rules judge, as its line saw it."""
    name = messages.LIST_OF_TRADES()
    there = set()
    for batch in conn.execute(select(history_batches)).all():
        there.add(batch.digest)
        lines = lines_of(conn, [batch.digest])
        imported = lines.get((batch.digest, "imported"), ())
        if not imported:
            _unaudited("history", name, batch.name, problems)
            continue
        told = _parsed(imported[0])
        sealed = _parsed((lines.get((batch.digest, SEALED)) or imported)[-1])
        covers = {"covers_from": batch.covers_from.isoformat(), "covers_to": batch.covers_to.isoformat()}
        expected = {"name": batch.name, "rows": batch.rows, **covers}
        if any(told.get(key) != value for key, value in expected.items()) or any(
            sealed.get(key) != value for key, value in history_seal(conn, batch.id).items()
        ):
            _changed("history", name, batch.name, problems)
    for digest in conn.execute(_IMPORTED).scalars():
        if digest not in there:
            problems.add("history-missing", digest, messages.AUDITED_LIST_GONE())


def lines_of(conn: Connection, subjects: Sequence[str]) -> Lines:
    """The audit lines of some subjects."""
    found: dict[tuple[str, str], list[Line]] = {}
    for subject, kind, at, payload in conn.execute(_LINES, {"subjects": list(subjects)}).all():
        found.setdefault((subject, kind), []).append(Line(at, payload))
    return found


def _check_entry(row: Row[Any], lines: Sequence[Line], problems: Problems) -> None:
    cells: Any = row._mapping
    if not lines:
        _unaudited("entry", messages.ENTRY(), row.number, problems)
    elif len(lines) > 1 or lines[0].payload != canonical(entered_payload(cells)):
        _changed("entry", messages.ENTRY(), row.number, problems)


def check_told(
    conn: Connection, told: Told, subjects: Sequence[str], lines: Lines, problems: Problems
) -> int:
    """The rows of a table for some subjects beside their lines; how many rows there are."""
    rows: dict[str, list[Line]] = {}
    count = 0
    for row in conn.execute(told.rows, {"subjects": list(subjects)}).all():
        cells: Any = row._mapping
        at = cells["at"] if told.timed else ""
        rows.setdefault(cells[told.subject], []).append(Line(at, canonical(told.payload(cells))))
        count += 1
    for subject in subjects:
        found = rows.get(subject, [])
        said = list(lines.get((subject, told.kind), ()))
        if not told.timed:
            found, said = sorted(found), sorted(Line("", line.payload) for line in said)
        if found == said:
            continue
        if len(found) < len(said) and set(found) <= set(said):
            problems.add(f"{told.code}-missing", subject, messages.AUDITED_ROW_GONE(name=told.name))
        elif len(found) > len(said) and set(said) <= set(found):
            _unaudited(told.code, told.name, subject, problems)
        else:
            _changed(told.code, told.name, subject, problems)
    return count


def _check_submission(row: Row[Any], lines: Lines, problems: Problems) -> None:
    name = messages.SUBMISSION()
    received = lines.get((row.id, "received"), ())
    if not received:
        _unaudited("submission", name, row.id, problems)
        return
    first = _parsed(received[0])
    last = _parsed((lines.get((row.id, MOVED)) or received)[-1])
    seal = submission_seal(row._mapping)
    if (
        len(received) > 1
        or any(first.get(key) != getattr(row, key) for key in _RECEIVED)
        or received[0].at != row.received_at
        or any(last.get(key) != value for key, value in seal.items())
    ):
        _changed("submission", name, row.id, problems)


def _check_records(
    submission: str, rows: Sequence[Row[Any]], lines: Sequence[Line], problems: Problems
) -> None:
    name = messages.SUBMISSION_RECORDS()
    if lines:
        if _parsed(lines[-1]) != records_seal(rows):
            _changed("records", name, submission, problems)
    elif rows:
        _unaudited("records", name, submission, problems)


def _parsed(line: Line) -> dict[str, Any]:
    try:
        told = json.loads(line.payload)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _unaudited(code: str, name: Bilingual, subject: str, problems: Problems) -> None:
    problems.add(f"{code}-unaudited", subject, messages.NO_AUDIT_LINE(name=name))


def _changed(code: str, name: Bilingual, subject: str, problems: Problems) -> None:
    problems.add(f"{code}-changed", subject, messages.AUDIT_LINE_DIFFERS(name=name))
