"""One database, SQLite or PostgreSQL, behind transactions that either write alone or only read."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Connection, create_engine, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from formflow.errors import FormflowError, IntegrityError, StoreError
from formflow.messages import store as messages
from formflow.private import make_file, make_folder
from formflow.store import dialect
from formflow.store.migrations import HEAD

_DAMAGED = ("malformed", "not a database", "could not decode", "no such table", "no such column", "corrupt")
"""What a driver says of a file that is not as it was written."""
_UNREADABLE = (ValueError, TypeError, LookupError, OverflowError, AttributeError, zlib.error)
"""What reading a row raises that holds what nobody wrote there."""

HEAD_OF_CHAIN = "formflow-head"
"""Key of `Connection.info` under which a transaction notes the last audit line that it wrote: seq and hash."""


class Watch(Protocol):
    """Looks over the write transactions of a database."""

    def begun(self, conn: Connection) -> None:
        """First in the transaction, before anything is written."""
        ...

    def committed(self, head: tuple[int, str]) -> None:
        """The transaction stands, and its last audit line is this."""
        ...


class Database:
    """A database that formflow keeps its stores in.

    A `Database` may be handed to a forked process: it opens connections of its own there.

    Args:
        url: `sqlite:///var/formflow.db`, or `postgresql+psycopg://user@host/name`; a plain
            `postgresql://` means psycopg. The folder of a SQLite file is made when missing.
        busy_seconds: How long a writer waits for the writer before it.
        find_damage: Names a row that the program cannot have written, when reading has failed.
    Raises:
        StoreError: The URL is not one of these.
    """

    def __init__(
        self,
        url: str,
        *,
        busy_seconds: float = 30.0,
        find_damage: Callable[[Database], object | None] = lambda _: None,
    ) -> None:
        self.url = _parse(url)
        try:
            if self.is_sqlite and self.url.database:
                self._make(Path(self.url.database))
            self._reader = create_engine(self.url, connect_args=self._connect_args(busy_seconds))
        except (OSError, ImportError, SQLAlchemyError) as error:
            raise self._unreachable(error) from error
        dialect.configure(self._reader, busy_seconds=busy_seconds)
        self._writer = self._reader.execution_options(**{dialect.WRITES: True})
        self._process = os.getpid()
        self._file: tuple[int, int] | None = None
        self._watch: Watch | None = None
        self._find_damage = find_damage

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def begin(self, conn: Connection | None = None) -> Iterator[Connection]:
        """A write transaction: the only one at a time, committed at the end, rolled back on any exception.

        Args:
            conn: A write transaction that is already open; then this is part of it, and it commits.
        Raises:
            StoreError: The database cannot be reached, is locked, is full or refuses.
            IntegrityError: It is damaged, or no longer the one that was opened.
        """
        if conn is not None:
            yield conn
            return
        self._after_fork()
        with self._translated():
            with self._writer.begin() as fresh:
                fresh.info.pop(HEAD_OF_CHAIN, None)
                if self._watch is not None:
                    self._same_file()
                    self._watch.begun(fresh)
                yield fresh
                head = fresh.info.pop(HEAD_OF_CHAIN, None)
            if self._watch is not None and head is not None:
                self._watch.committed(head)

    @contextmanager
    def read(self, conn: Connection | None = None) -> Iterator[Connection]:
        """A read transaction; on SQLite it sees one state of the database from its first query to its last.

        Args:
            conn: A transaction that is already open; then it is used.
        Raises:
            StoreError: The database cannot be reached.
            IntegrityError: It is damaged.
        """
        if conn is not None:
            yield conn
            return
        self._after_fork()
        with self._translated(), self._reader.connect() as fresh:
            yield fresh

    def watch(self, watch: Watch) -> None:
        """From now on write only into the file that is open now, and tell `watch` of every write transaction."""
        self._file = self._identity()
        self._watch = watch

    def check(self) -> None:
        """Read the whole database once and see that its pages fit each other; a tenth of a second for 100 MB.

        Raises:
            IntegrityError: They do not.
        """
        for fault in self.faults(quick=True, most=1):
            raise self._damaged(fault)

    def faults(
        self, *, quick: bool = False, most: int = 100, conn: Connection | None = None
    ) -> tuple[str, ...]:
        """What SQLite finds wrong with the file; `quick` leaves out whether the indexes agree with the tables."""
        if not self.is_sqlite:
            return ()
        pragma = "quick_check" if quick else "integrity_check"
        with self.read(conn) as conn:
            found = tuple(str(row[0]) for row in conn.exec_driver_sql(f"PRAGMA {pragma}({most})"))
        return () if found == ("ok",) else found

    def version(self) -> str | None:
        """The schema version the database stands at; None for an empty one."""
        with self.read() as conn:
            if not inspect(conn).has_table("alembic_version"):
                return None
            found = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return None if found is None else str(found)

    def migrate(self) -> None:
        """Bring the schema to this formflow's version; one query when it stands there already.

        Raises:
            StoreError: The database was written by a newer formflow, or cannot be reached.
        """
        if self.version() == HEAD:
            return
        from formflow.store.migrations import upgrade  # alembic: a quarter of a second to import

        with self.begin() as conn:
            upgrade.run(conn)

    def close(self) -> None:
        """Close every connection; the database can be used again afterwards."""
        self._reader.dispose()

    @staticmethod
    def _make(path: Path) -> None:
        """The folder and the file, readable for nobody else: SQLite gives its other files the mode of this one."""
        if path.name != ":memory:" and not path.exists():
            make_folder(path.parent)
            make_file(path)

    def _connect_args(self, busy_seconds: float) -> dict[str, object]:
        if self.is_sqlite:
            return {"timeout": busy_seconds}
        return {"connect_timeout": max(1, round(busy_seconds))}

    def _after_fork(self) -> None:
        # A connection that two processes share corrupts both conversations; the parent's stay the parent's.
        if self._process != os.getpid():
            self._reader.dispose(close=False)
            self._process = os.getpid()

    def _identity(self) -> tuple[int, int] | None:
        """Device and inode of the file; None where there is none to look at."""
        if not self.is_sqlite or self.url.database in (None, "", ":memory:"):
            return None
        try:
            status = Path(str(self.url.database)).stat()
        except OSError:
            return (0, 0)
        return status.st_dev, status.st_ino

    def _same_file(self) -> None:
        if self._file is not None and self._identity() != self._file:
            raise exchanged()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._refused(error) from error
        except _UNREADABLE as error:
            # A fault of the program, unless a row holds what the program cannot have written.
            found = self._damaged_row()
            if found is None:
                raise
            raise self._damaged(found) from error

    def _refused(self, error: DBAPIError) -> FormflowError:
        cause = str(error.orig)
        if self.is_sqlite and any(word in cause.lower() for word in _DAMAGED):
            row = self._damaged_row() if "decode" in cause.lower() else None
            return self._damaged(row or cause)
        if isinstance(error, OperationalError):
            return self._unreachable(error)
        return StoreError(
            messages.DATABASE_REFUSED(name=self._name, cause=cause),
            code="refused",
            remedy=messages.RUN_DOCTOR_IF_IT_RECURS(),
        )

    def _damaged_row(self) -> str | None:
        found = self._find_damage(self)
        return None if found is None else str(found)

    def _damaged(self, what: str) -> IntegrityError:
        return IntegrityError(
            messages.DATABASE_DAMAGED(name=self._name, what=what),
            code="database-damaged",
            remedy=messages.RESTORE_LATEST_BACKUP(),
        )

    def _unreachable(self, error: Exception) -> StoreError:
        cause = str(getattr(error, "orig", None) or error)
        lowered = cause.lower()
        if "locked" in lowered or "lock timeout" in lowered or "busy" in lowered:
            return StoreError(
                messages.DATABASE_HELD(name=self._name, cause=cause),
                code="locked",
                remedy=messages.WAIT_FOR_OTHER_PROGRAM(),
            )
        if "full" in lowered or "no space" in lowered:
            return StoreError(
                messages.DATABASE_DISK_FULL(name=self._name, cause=cause),
                code="full",
                remedy=messages.MAKE_ROOM_ENTRIES_STAND(),
            )
        return StoreError(
            messages.DATABASE_UNREACHABLE(name=self._name, cause=cause),
            code="unreachable",
            remedy=messages.CHECK_DATABASE_SETTING(),
        )

    @property
    def _name(self) -> str:
        return self.url.render_as_string(hide_password=True)


def _parse(url: str) -> URL:
    remedy = messages.EXPECTED_DATABASE_URL()
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, SQLAlchemyError) as error:
        raise StoreError(messages.NO_DATABASE_URL(url=url), code="url", remedy=remedy) from error
    if backend == "postgresql" and parsed.drivername == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend not in ("sqlite", "postgresql"):
        raise StoreError(messages.DATABASE_UNSUPPORTED(backend=backend), code="url", remedy=remedy)
    return parsed


def exchanged() -> IntegrityError:
    """The error of a database that is no longer the one that this program opened."""
    return IntegrityError(
        messages.DATABASE_EXCHANGED(), code="database-exchanged", remedy=messages.PUT_DATABASE_BACK()
    )
