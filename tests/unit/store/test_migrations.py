"""A database that an earlier formflow filled is sealed as it stands, and proved from there."""

from __future__ import annotations

import json

import pytest
from alembic import command
from sqlalchemy import text
from tests.unit.store.conftest import NOW, Office, mark_of, new_account

from formflow.store.audit import seal
from formflow.store.chain import START
from formflow.store.columns import canonical
from formflow.store.database import Database
from formflow.store.migrations import upgrade
from formflow.store.seals import SEALED
from formflow.store.store import Store
from formflow.store.tables import audit as audit_table

LATER = ("archived", "settled", "moved", "sealed", "people", "read")
LATER_TABLES = ("people_acts", "passwords", "reads")


@pytest.fixture
def earlier(url, tmp_path):
    """A filled database of revision 0003, as the code of that day left it: without the later kinds of lines."""
    store = Store.open(url, tmp_path / "originals")
    office = Office(store)
    first = office.fill_every_table()
    for _ in range(3):
        store.archives.mark([mark_of(office.enter())])
    office.receive()
    kept = [line for line in store.audit.lines() if line.kind not in LATER]
    store.close()
    database = Database(url)
    with database.begin() as conn:
        _untie(conn, database)
        conn.execute(text("DELETE FROM audit"))
        previous = START
        for seq, line in enumerate(kept, start=1):
            payload = canonical(earlier_payload(line))
            digest = seal(previous, seq, line.at, line.kind, line.subject, payload)
            conn.execute(
                audit_table.insert(),
                {
                    "seq": seq,
                    "at": line.at,
                    "kind": line.kind,
                    "subject": line.subject,
                    "payload": payload,
                    "previous": previous,
                    "hash": digest,
                },
            )
            previous = digest
        for table in LATER_TABLES:
            conn.execute(text(f"DROP TABLE {table}"))
        command.stamp(upgrade.config(conn), "0003", purge=True)
    database.close()
    return first


def test_an_older_database_is_sealed_as_it_stands(earlier, url, tmp_path):
    store = Store.open(url, tmp_path / "originals")

    report = store.register.verify()
    history, sealed = [line for line in store.audit.lines() if line.kind == SEALED]
    assert history.subject == "d"
    assert report.ok, report.summary().english
    assert '"marks":4,"records":4,"submissions":5' in sealed.payload
    assert store.register.find(earlier.number) == earlier
    office = Office(store)
    office._count = 50  # other files than those that came before
    assert office.enter().serial == 5
    assert not store.people.any()
    store.people.add([new_account("admin"), new_account("security")], by="@root", at=NOW, assign=True)
    assert store.register.verify().ok
    store.close()


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE submissions SET name = 'x'", "submission-changed"),
        ("UPDATE records SET state = 'returned'", "records-changed"),
        ("DELETE FROM archive_marks", "mark-missing"),
        ("UPDATE history SET amount = '9'", "history-changed"),
    ],
)
def test_what_is_changed_after_the_upgrade_is_told(earlier, url, tmp_path, statement, expected):
    store = Store.open(url, tmp_path / "originals")
    with store.database.begin() as conn:
        _untie(conn, store.database)
        conn.execute(text(statement))

    assert expected in {problem.code for problem in store.register.verify().problems}
    store.close()


def test_what_was_changed_before_the_upgrade_is_told_where_a_line_told_of_it(earlier, url, tmp_path):
    database = Database(url)
    with database.begin() as conn:
        conn.execute(text("UPDATE submissions SET name = 'x'"))
    database.close()
    store = Store.open(url, tmp_path / "originals")

    assert "submission-changed" in {problem.code for problem in store.register.verify().problems}
    store.close()


def _untie(conn, database):
    if not database.is_sqlite:
        conn.execute(text("SET session_replication_role = replica"))
        return
    for table, verb in (("audit", "delete"), ("archive_marks", "delete"), ("history", "update")):
        conn.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))


def earlier_payload(line):
    """A line's payload without what later code says besides."""
    return {key: value for key, value in json.loads(line.payload).items() if (line.kind, key) not in ADDED}


ADDED = {("received", "sha256"), ("received", "state"), ("imported", "sha256")}
