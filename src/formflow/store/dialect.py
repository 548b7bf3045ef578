"""The one place that knows which database it is.

Both behave alike afterwards: a write transaction is the only one at a time and sees everything committed
before it (SQLite: `BEGIN IMMEDIATE`; PostgreSQL: a transaction-wide advisory lock), and the append-only
tables refuse UPDATE and DELETE.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

WRITES = "formflow_writes"
"""Execution option that marks the engine whose transactions write."""

_LOCK = 0x666F726D  # "form": the advisory lock that PostgreSQL writers queue for


def configure(engine: Engine, *, busy_seconds: float) -> None:
    """Give every connection of `engine` the settings and every transaction the start it needs."""
    if engine.dialect.name == "sqlite":
        _configure_sqlite(engine, busy_seconds)
    else:
        _configure_postgresql(engine, busy_seconds)


def append_only(dialect: str, tables: Iterable[str]) -> list[str]:
    """Statements after which rows of `tables` can be added and read, and nothing else."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for table in tables
            for verb in ("UPDATE", "DELETE")
        ]
    function = (
        "CREATE FUNCTION formflow_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    return [function, *append_only_tables(dialect, tables)]


def append_only_tables(dialect: str, tables: Iterable[str]) -> list[str]:
    """The same for tables that came later, when PostgreSQL has the function already."""
    if dialect == "sqlite":
        return append_only(dialect, tables)
    return [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION formflow_append_only()"
        for table in tables
    ]


def _configure_sqlite(engine: Engine, busy_seconds: float) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:  # noqa: ARG001
        # The driver must not begin transactions itself: it cannot begin immediate ones. From Python 3.12 on
        # it has an `autocommit` attribute, whose False means a deferred BEGIN at all times; the legacy
        # control with no isolation level leaves the BEGIN to us on every version.
        raw: Any = connection
        if hasattr(sqlite3, "LEGACY_TRANSACTION_CONTROL"):
            raw.autocommit = sqlite3.LEGACY_TRANSACTION_CONTROL
        raw.isolation_level = None
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {round(busy_seconds * 1000)}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        writes = conn.get_execution_options().get(WRITES, False)
        conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _configure_postgresql(engine: Engine, busy_seconds: float) -> None:
    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        if conn.get_execution_options().get(WRITES, False):
            conn.exec_driver_sql(f"SET LOCAL lock_timeout = '{round(busy_seconds * 1000)}ms'")
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
