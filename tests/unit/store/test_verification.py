"""Every way of tampering with rows, triggers out of the way, is told by the verification."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from formflow.messages import Bilingual
from formflow.store import audit
from formflow.store.chain import verify_chain
from formflow.store.report import Problem, Problems, Report
from formflow.store.tables import APPEND_ONLY


@pytest.fixture
def tamper(store, office):
    """Five entries, the second void; then a function that runs SQL with the triggers dropped."""
    entries = [office.enter() for _ in range(5)]
    store.register.void(entries[1].number, reason="重复", by="张三", at=entries[1].registered_at)
    assert store.register.verify("XKH", 2026).ok

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
        return store.register.verify("XKH", 2026)

    return run


def codes(report):
    return {problem.code for problem in report.problems}


def test_a_whole_register_says_so(store, office):
    entry = office.enter()
    office.enter()
    store.register.void(entry.number, reason="重复", by="张三", at=entry.registered_at)

    report = store.register.verify("XKH", 2026)

    assert (report.ok, report.checked, report.voids) == (True, 2, 1)
    head = store.audit.head()
    assert report.summary().chinese == f"XKH-2026：已核对 2 件，其中作废 1 件，完好。\n  审计链末行 {head}"
    assert report.summary().english == (
        f"XKH-2026: 2 checked, 1 void, all sound.\n  head of the audit chain: {head}"
    )


def test_an_empty_register_is_whole(store):
    assert store.register.verify().ok


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE entries SET \"values\" = '{}' WHERE serial = 3", {"entry-changed"}),
        ("UPDATE entries SET outcome = 'reject' WHERE serial = 3", {"entry-changed"}),
        ("UPDATE entries SET received_at = registered_at, way = 'inbox' WHERE serial = 3", {"entry-changed"}),
        ("UPDATE entries SET claimed_on = '2026-01-01' WHERE serial = 3", {"entry-changed"}),
        ("UPDATE entries SET search = '' WHERE serial = 3", {"entry-changed"}),
        ("UPDATE entries SET serial = 9 WHERE serial = 5", {"gap", "book-last", "entry-changed"}),
        ("DELETE FROM entries WHERE serial = 3", {"gap", "entry-missing"}),
        ("DELETE FROM entries WHERE serial = 5", {"book-last", "entry-missing"}),
        ("UPDATE books SET last = 7", {"book-last"}),
        ("DELETE FROM books", {"book-last"}),
        ("DELETE FROM voids", {"void-missing"}),
        ("UPDATE voids SET reason = '别的'", {"void-changed"}),
        (
            "INSERT INTO voids VALUES ('XKH-2026-0003', '假', '某人', '2026-01-01T00:00:00.000000Z +00:00')",
            {"void-unaudited"},
        ),
        ("DELETE FROM audit WHERE seq = 4", {"chain-gap"}),
        ("UPDATE audit SET subject = 'x' WHERE kind = 'received' AND seq = 1", {"chain-changed"}),
        ("UPDATE audit SET previous = hash WHERE seq = 3", {"chain-broken", "chain-changed"}),
        ("UPDATE audit SET at = '2020-01-01T00:00:00.000000Z +00:00' WHERE seq = 1", {"chain-changed"}),
        (
            "UPDATE audit SET payload = '{}' WHERE subject = 'XKH-2026-0003'",
            {"chain-changed", "entry-changed"},
        ),
    ],
)
def test_tampering_is_found(tamper, statement, expected):
    report = tamper(statement)

    assert not report.ok
    assert expected <= codes(report)


def test_every_single_line_of_the_chain_is_guarded(store, tamper):
    last = sum(1 for _ in store.audit.lines())
    for seq in range(1, last + 1):
        report = tamper(f"UPDATE audit SET kind = kind || 'x' WHERE seq = {seq}")
        assert f"audit {seq}" in {problem.subject for problem in report.problems}
        assert tamper(f"UPDATE audit SET kind = replace(kind, 'x', '') WHERE seq = {seq}").ok


def test_a_forged_entry_without_its_audit_line_is_found(tamper):
    columns = 'form, "values", findings, outcome, registered_at, received_at, claimed_on, way, name, folder'
    report = tamper(
        f"INSERT INTO entries (series, year, serial, number, {columns}, digest, submission, record, search) "
        f"SELECT series, year, 6, 'XKH-2026-0006', {columns}, digest, submission, 'forged', search "
        "FROM entries WHERE serial = 1",
        "INSERT INTO records SELECT 'forged', submission, 99, form, position, \"row\", candidate, state, findings, "
        "outcome, number, changed_at FROM records ORDER BY id LIMIT 1",
        "UPDATE books SET last = 6",
    )

    assert codes(report) == {"entry-unaudited", "records-changed"}


def test_another_book_does_not_answer_for_this_one(store, office, tamper):
    tamper("DELETE FROM entries WHERE serial = 5", "UPDATE books SET last = 4")

    assert codes(store.register.verify("XKH", 2026)) == {"entry-missing"}
    assert store.register.verify("SC", 2026).ok
    assert store.register.verify("XKH", 2027).ok
    assert not store.register.verify().ok


def test_the_chain_tells_who_did_what(store, office):
    office.fill_every_table()

    lines = list(store.audit.lines())

    assert [line.kind for line in lines] == [
        "received",
        "settled",
        "entered",
        "voided",
        "reviewed",
        "decided",
        "archived",
        "imported",
        "assessed",
        "learnt",
        *["people"] * 4,
        "read",
    ]
    assert json.loads(lines[3].payload) == {"by": "张三", "reason": "重复"}
    assert [line.seq for line in store.audit.lines(after=7)] == [8, 9, 10, 11, 12, 13, 14, 15]
    with store.database.read() as conn:
        assert verify_chain(conn).ok


def test_the_seal_is_the_one_that_is_written_down():
    moment = datetime(2026, 3, 5, tzinfo=UTC)

    assert audit.seal(audit.START, 1, moment, "entered", "XKH-2026-0001", "{}") == (
        "c4fd81cd2149df3d68f496f9a102deebd3c8393507538ab0eb3aad04fe7b1c3e"
    )


def test_a_report_keeps_so_many_problems_and_counts_the_rest():
    problems = Problems(limit=2)
    for n in range(5):
        problems.add("gap", f"{n}", Bilingual("缺号", "gap"))
    report = Report(subject="XKH", checked=9, problems=problems.kept, more=problems.more)

    assert not report.ok
    assert (
        report.summary().chinese == "XKH：已核对 9 件，发现 5 处问题：\n  0：缺号\n  1：缺号\n  …… 另有 3 处"
    )
    assert report.summary().english.endswith("… and 3 more")
    assert report.problems[0] == Problem(code="gap", subject="0", said=Bilingual("缺号", "gap"))
