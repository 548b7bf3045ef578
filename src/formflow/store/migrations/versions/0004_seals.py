"""Lines in the audit for what had none: archive marks, where submissions stand, and their records.

What an older database holds is sealed as it stands now; from here on every change has its line.
"""

from datetime import UTC, datetime
from typing import Any

from alembic import op
from sqlalchemy import bindparam, select, tuple_

from formflow.store import audit
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
from formflow.store.tables import archive_marks, history_batches, records, submissions

revision = "0004"
down_revision = "0003"

_PAGE = 400
_SUBMISSIONS = SUBMISSIONS.where(submissions.c.id > bindparam("after")).limit(_PAGE)
_RECORDS = RECORDS.where(records.c.submission.in_(bindparam("ids", expanding=True)))
_KEY = (archive_marks.c.number, archive_marks.c.event)
_MARKS = (
    select(*as_stored(archive_marks, ("number", "event", "path", "manifest", "at")))
    .where(tuple_(*_KEY) > tuple_(bindparam("number"), bindparam("event")))
    .order_by(*_KEY)
    .limit(_PAGE)
)


def upgrade() -> None:
    conn = op.get_bind()
    at = datetime.now(UTC)
    counts = {"submissions": 0, "records": 0, "marks": 0}
    after = ""
    while page := conn.execute(_SUBMISSIONS, {"after": after}).all():
        after = page[-1].id
        held: dict[str, list[Any]] = {row.id: [] for row in page}
        for record in conn.execute(_RECORDS, {"ids": list(held)}):
            held[record.submission].append(record)
        settled = [(id, records_seal(rows)) for id, rows in held.items() if rows]
        audit.append_all(conn, MOVED, [(row.id, submission_seal(row._mapping)) for row in page], at=at)
        audit.append_all(conn, SETTLED, settled, at=at)
        counts["submissions"] += len(page)
        counts["records"] += sum(len(rows) for rows in held.values())
    last = {"number": "", "event": ""}
    while marks := conn.execute(_MARKS, last).all():
        last = {"number": marks[-1].number, "event": marks[-1].event}
        audit.append_all(conn, ARCHIVED, [(row.number, mark_payload(row._asdict())) for row in marks], at=at)
        counts["marks"] += len(marks)
    for batch in conn.execute(select(history_batches.c.id, history_batches.c.digest)).all():
        audit.append(conn, SEALED, batch.digest, history_seal(conn, batch.id), at=at)
    if any(counts.values()):
        audit.append(conn, SEALED, revision, counts, at=at)
