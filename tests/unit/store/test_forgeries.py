"""Every forgery that an administrator of the database could try is told by the verification, or by a head noted earlier."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from formflow.errors import UsageError
from formflow.model import RecordState
from formflow.store import audit
from formflow.store.chain import START
from formflow.store.decisions import Decision
from formflow.store.originals import SubmissionState
from formflow.store.records import SettledRecord
from formflow.store.reviews import Review, ReviewAction
from formflow.store.tables import APPEND_ONLY

MOMENT = "2026-01-01T00:00:00.000000Z +00:00"


@pytest.fixture
def forge(store, office):
    """An entry with all that can hang on one, then a function that runs SQL with the triggers dropped."""
    entry = office.fill_every_table()
    at = entry.registered_at
    store.decisions.decide(
        Decision(number=entry.number, step=1, role="leader", decision="approve", by="王五", at=at)
    )
    review = Review(record=entry.record, action=ReviewAction.SET, field="a", new="1", by="张三", at=at)
    store.reviews.add(review)
    store.records.settle(
        [SettledRecord(form="fax_in", id=entry.record, state=RecordState.REGISTERED, number=entry.number)],
        at=at,
    )
    store.submissions.set_state(entry.submission, SubmissionState.DONE, at=at)
    office.receive()
    assert store.register.verify().ok, store.register.verify().summary().english

    def run(*statements):
        with store.database.begin() as conn:
            if store.database.is_sqlite:
                conn.execute(text("PRAGMA defer_foreign_keys = ON"))
                for table in APPEND_ONLY:
                    for verb in ("update", "delete"):
                        conn.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))
            else:
                conn.execute(text("SET session_replication_role = replica"))
            for statement in statements:
                conn.execute(text(statement))
            if not store.database.is_sqlite:
                conn.execute(text("SET session_replication_role = origin"))
        return {problem.code for problem in store.register.verify().problems}

    return run


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE decisions SET \"by\" = '某人' WHERE step = 0", "decision-changed"),
        ("UPDATE decisions SET decision = 'reject' WHERE step = 1", "decision-changed"),
        ("UPDATE decisions SET comment = '同意'", "decision-changed"),
        (f"UPDATE decisions SET at = '{MOMENT}'", "decision-changed"),
        ("DELETE FROM decisions WHERE step = 1", "decision-missing"),
        ("DELETE FROM decisions", "decision-missing"),
        (
            f"INSERT INTO decisions VALUES ('XKH-2026-0001', 2, 'leader', 'approve', '某人', '', '{MOMENT}')",
            "decision-unaudited",
        ),
        ("UPDATE reviews SET \"by\" = '某人'", "review-changed"),
        ("UPDATE reviews SET new = '2' WHERE field = 'a'", "review-changed"),
        ("DELETE FROM reviews WHERE field = 'a'", "review-missing"),
        (
            "INSERT INTO reviews SELECT 99, record, action, field, old, new, '某人', at, why FROM reviews WHERE field = 'a'",
            "review-unaudited",
        ),
        ("UPDATE reviews SET id = 9 - id", "review-changed"),
        ("UPDATE records SET state = 'returned'", "records-changed"),
        ("UPDATE records SET outcome = 'reject'", "records-changed"),
        ("UPDATE records SET number = NULL", "records-changed"),
        ("UPDATE records SET position = 'elsewhere'", "records-changed"),
        ("UPDATE submissions SET name = '别的.docx'", "submission-changed"),
        (f"UPDATE submissions SET received_at = '{MOMENT}'", "submission-changed"),
        ("UPDATE submissions SET claimed_on = '2026-01-01'", "submission-changed"),
        ("UPDATE submissions SET state = 'review' WHERE state = 'done'", "submission-changed"),
        ("UPDATE submissions SET digest = 'd' WHERE state = 'received'", "submission-changed"),
        ("DELETE FROM submissions WHERE state = 'received'", "submission-missing"),
        ("UPDATE archive_marks SET manifest = 'm'", "mark-changed"),
        ("UPDATE archive_marks SET path = 'p'", "mark-changed"),
        ("DELETE FROM archive_marks", "mark-missing"),
        (
            f"INSERT INTO archive_marks VALUES ('XKH-2026-0001', 'approved', 'p', 'm', '{MOMENT}')",
            "mark-unaudited",
        ),
        ("UPDATE voids SET \"by\" = '某人'", "void-changed"),
        (f"UPDATE voids SET at = '{MOMENT}'", "void-changed"),
        ("DELETE FROM voids", "void-missing"),
        ("UPDATE assessments SET outcome = 'reject'", "assessment-changed"),
        ("DELETE FROM assessments", "assessment-missing"),
        ("UPDATE people_acts SET \"by\" = '某人' WHERE seq = 1", "people-changed"),
        ("UPDATE people_acts SET detail = '{}' WHERE kind = 'add' AND subject = 'admin'", "people-changed"),
        (f"UPDATE people_acts SET at = '{MOMENT}' WHERE seq = 1", "people-changed"),
        ("DELETE FROM people_acts WHERE subject = 'security'", "people-missing"),
        ("DELETE FROM people_acts", "people-missing"),
        (
            f"INSERT INTO people_acts VALUES (9, 'admin', 'retire', '{{\"reason\":\"x\"}}', 'security', '{MOMENT}')",
            "people-unaudited",
        ),
        ("UPDATE passwords SET hash = 'mine' WHERE account = 'admin'", "password-changed"),
        ("DELETE FROM passwords", "password-changed"),
        ("INSERT INTO passwords VALUES ('limin', 'h')", "password-changed"),
        ("UPDATE reads SET account = 'security'", "read-changed"),
        ("DELETE FROM reads", "read-missing"),
        (f"INSERT INTO reads VALUES (9, 'x', 'show', 'admin', 'role', '{MOMENT}')", "read-unaudited"),
        ("UPDATE history SET \"on\" = '2020-01-01'", "history-changed"),
        ("DELETE FROM history", "history-changed"),
        ("UPDATE history_unread SET name = '别家'", "history-changed"),
        ("UPDATE history_batches SET covers_to = '2030-01-01'", "history-changed"),
    ],
)
def test_a_forgery_is_told(forge, statement, expected):
    assert expected in forge(statement)


def test_a_deleted_record_is_told(forge):
    assert "records-changed" in forge(
        *(
            f"DELETE FROM {table}"
            for table in ("reviews", "voids", "decisions", "assessments", "archive_marks")
        ),
        "DELETE FROM entries",
        "DELETE FROM records",
    )


def test_a_list_of_transactions_that_was_taken_out_is_told(forge):
    assert "history-missing" in forge(
        "DELETE FROM history", "DELETE FROM history_unread", "DELETE FROM history_batches"
    )


# --- What leaves a whole chain behind: only a head that was noted elsewhere tells ---


def cut(seq):
    return (f"DELETE FROM audit WHERE seq > {seq}",)


def test_a_void_cut_off_with_its_line_is_told_by_the_head(store, office, forge):
    other = office.enter()
    before = store.audit.head().seq
    store.register.void(other.number, reason="误登", by="张三", at=other.registered_at)
    noted = store.audit.head()

    assert forge(*cut(before), f"DELETE FROM voids WHERE number = '{other.number}'") == set()
    report = store.register.verify(since=noted.hash)
    assert [problem.code for problem in report.problems] == ["head-lost"]


def test_a_chain_rewritten_from_one_line_on_is_told_by_the_head(store, office, forge):
    noted = store.audit.head()
    rows = list(store.audit.lines())
    statements, previous = [], START
    for line in rows:
        payload = line.payload.replace("王五", "某人")
        digest = audit.seal(previous, line.seq, line.at, line.kind, line.subject, payload)
        statements.append(
            f"UPDATE audit SET payload = '{payload}', previous = '{previous}', hash = '{digest}' WHERE seq = {line.seq}"
        )
        previous = digest
    statements = [statement.replace(":", "\\:") for statement in statements]  # no parameters of SQLAlchemy's

    assert forge("UPDATE decisions SET \"by\" = '某人' WHERE step = 1", *statements) == set()
    assert not store.register.verify(since=noted.hash).ok


@pytest.mark.parametrize("length", [12, 16, 64])
def test_a_head_that_lies_in_the_chain_is_found_by_its_first_digits(store, office, length):
    office.enter()
    noted = store.audit.head().hash
    office.enter()

    assert store.register.verify(since=noted[:length].upper()).ok
    assert store.audit.holds(noted[:length])
    assert not store.audit.holds("f" * length)


@pytest.mark.parametrize("nonsense", ["", "abc", "x" * 64, "a" * 65])
def test_what_is_no_head_is_refused(store, office, nonsense):
    office.enter()

    with pytest.raises(UsageError, match="no head of a chain"):
        store.register.verify(since=nonsense)


def test_an_empty_chain_is_the_beginning_of_every_chain(store, office):
    noted = store.audit.head()
    office.enter()

    assert store.register.verify(since=noted.hash).ok


def test_the_hash_of_an_entry_s_line_is_what_its_papers_bear(store, office):
    first, second = office.enter(), office.enter()

    hashes = store.audit.hashes("entered", [first.number, second.number, "none"])

    assert set(hashes) == {first.number, second.number}
    assert store.register.verify(since=hashes[first.number][:16]).ok


def test_a_clock_that_was_set_back_is_told_and_no_problem(store, office):
    entry = office.enter()
    store.reviews.add(
        Review(
            record=entry.record,
            action=ReviewAction.ACCEPT,
            by="张三",
            at=entry.registered_at - timedelta(hours=2),
        )
    )

    report = store.register.verify()

    assert report.ok
    assert [note.code for note in report.notes] == ["clock-back"]
    assert "2:00:00 earlier" in report.summary().english


def test_a_log_has_one_line_for_all_its_rows(store, office):
    drafts = office.drafts([{"row": n} for n in range(50)])
    settled = [line for line in store.audit.lines() if line.kind == "settled"]

    assert len(drafts) == 50
    assert [json.loads(line.payload)["records"] for line in settled] == [50]
