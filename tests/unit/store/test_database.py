from __future__ import annotations

import multiprocessing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from formflow.errors import IntegrityError, StoreError
from formflow.store.database import Database
from formflow.store.migrations import HEAD, upgrade
from formflow.store.tables import APPEND_ONLY, metadata


@pytest.fixture
def database(url):
    opened = Database(url)
    opened.migrate()
    yield opened
    opened.close()


def test_the_migrations_end_where_the_code_expects():
    assert upgrade.head() == HEAD


def test_the_migrations_build_the_schema_that_the_code_describes(database):
    with database.read() as conn:
        differences = compare_metadata(MigrationContext.configure(conn), metadata)

    assert differences == []


def test_migrating_again_changes_nothing(database):
    database.migrate()

    assert database.version() == HEAD


def test_a_database_of_a_newer_formflow_is_refused_with_a_remedy(database):
    with database.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError, match="newer") as raised:
        database.migrate()

    assert raised.value.code == "newer"
    assert raised.value.exit_code == 6


def test_what_fails_halfway_leaves_nothing(database):
    with pytest.raises(ZeroDivisionError), database.begin() as conn:
        conn.execute(text("INSERT INTO books VALUES ('XKH', 2026, 1)"))
        raise ZeroDivisionError

    with database.read() as conn:
        assert conn.execute(text("SELECT count(*) FROM books")).scalar() == 0


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {}"])
def test_append_only_tables_refuse_change(store, office, table, verb):
    office.fill_every_table()
    column = next(iter(metadata.tables[table].columns)).name

    with pytest.raises(StoreError, match="append-only"), store.database.begin() as conn:
        conn.execute(text(verb.format(table, f'"{column}"')))


def test_a_second_writer_waits_for_the_first_and_gives_up_after_its_patience(url):
    first, second = Database(url), Database(url, busy_seconds=0.05)
    first.migrate()

    with first.begin(), pytest.raises(StoreError) as raised, second.begin():
        pass

    assert raised.value.code == "locked"
    first.close()
    second.close()


def test_readers_do_not_wait_for_a_writer(url):
    first, second = Database(url), Database(url, busy_seconds=0.05)
    first.migrate()

    with first.begin() as conn:
        conn.execute(text("INSERT INTO books VALUES ('XKH', 2026, 1)"))
        with second.read() as other:
            assert other.execute(text("SELECT count(*) FROM books")).scalar() == 0
    first.close()
    second.close()


def test_sqlite_commits_are_durable_and_foreign_keys_hold(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/a.db")

    with database.read() as conn:
        found = [
            conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert found == ["wal", 2, 1]
    database.close()


@pytest.mark.parametrize("url", ["mysql://host/name", "nonsense", "sqlite:////proc/nowhere/a.db"])
def test_a_database_that_cannot_be_reached_says_what_to_do(url):
    with pytest.raises(StoreError) as raised:
        Database(url).version()

    assert raised.value.exit_code == 6
    assert raised.value.remedy.english


def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path):
    path = tmp_path / "a.db"
    path.write_bytes(b"not a database at all" * 100)

    with pytest.raises(IntegrityError) as raised:
        Database(f"sqlite:///{path}").migrate()

    assert raised.value.code == "database-damaged"
    assert "已损坏" in raised.value.chinese and "restore" in raised.value.remedy.english


def test_a_full_disk_is_said_as_such(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/a.db")
    database.migrate()

    with pytest.raises(StoreError) as raised, database.begin() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        conn.execute(text("INSERT INTO readings VALUES ('d', 'r', zeroblob(1000000), 'x')"))

    assert raised.value.code == "full"
    database.close()


def test_the_password_is_not_told(tmp_path):
    with pytest.raises(StoreError) as raised:
        Database("postgresql://clerk:secret@127.0.0.1:1/none", busy_seconds=1).version()

    assert "secret" not in str(raised.value)


def test_a_forked_process_opens_connections_of_its_own(database):
    database.version()
    context = multiprocessing.get_context("fork")
    child = context.Process(target=_add_book, args=(database,))
    child.start()
    child.join(30)

    assert child.exitcode == 0
    with database.read() as conn:
        assert conn.execute(text("SELECT count(*) FROM books")).scalar() == 1


def _add_book(database):
    with database.begin() as conn:
        conn.execute(text("INSERT INTO books VALUES ('XKH', 2026, 0)"))
