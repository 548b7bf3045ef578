"""One database, SQLite or PostgreSQL, behind transactions that either write alone or only read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from formflow.errors import StoreError
from formflow.store import dialect
from formflow.store.migrations import HEAD


class Database:
    """A database that formflow keeps its stores in.

    A `Database` may be handed to a forked process: it opens connections of its own there.

    Args:
        url: `sqlite:///var/formflow.db`, or `postgresql+psycopg://user@host/name`; a plain
            `postgresql://` means psycopg. The folder of a SQLite file is made when missing.
        busy_seconds: How long a writer waits for the writer before it.
    Raises:
        StoreError: The URL is not one of these.
    """

    def __init__(self, url: str, *, busy_seconds: float = 30.0) -> None:
        self.url = _parse(url)
        try:
            if self.is_sqlite and self.url.database:
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
            self._reader = create_engine(self.url, connect_args=self._connect_args(busy_seconds))
        except (OSError, ImportError, SQLAlchemyError) as error:
            raise self._unreachable(error) from error
        dialect.configure(self._reader, busy_seconds=busy_seconds)
        self._writer = self._reader.execution_options(**{dialect.WRITES: True})
        self._process = os.getpid()

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
        """
        if conn is not None:
            yield conn
            return
        self._after_fork()
        with self._translated(), self._writer.begin() as fresh:
            yield fresh

    @contextmanager
    def read(self, conn: Connection | None = None) -> Iterator[Connection]:
        """A read transaction; on SQLite it sees one state of the database from its first query to its last.

        Args:
            conn: A transaction that is already open; then it is used.
        Raises:
            StoreError: The database cannot be reached.
        """
        if conn is not None:
            yield conn
            return
        self._after_fork()
        with self._translated(), self._reader.connect() as fresh:
            yield fresh

    def ping(self) -> None:
        """Reach the database.

        Raises:
            StoreError: It cannot be reached.
        """
        with self.read() as conn:
            conn.execute(text("SELECT 1"))

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

    def _connect_args(self, busy_seconds: float) -> dict[str, object]:
        if self.is_sqlite:
            return {"timeout": busy_seconds}
        return {"connect_timeout": max(1, round(busy_seconds))}

    def _after_fork(self) -> None:
        # A connection that two processes share corrupts both conversations; the parent's stay the parent's.
        if self._process != os.getpid():
            self._reader.dispose(close=False)
            self._process = os.getpid()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            raise self._unreachable(error) from error
        except DBAPIError as error:
            raise StoreError(
                f"数据库拒绝了操作（{self._name}）：{error.orig}",
                code="refused",
                remedy="如反复出现，请运行 formflow doctor 并联系管理员",
            ) from error

    def _unreachable(self, error: Exception) -> StoreError:
        cause = str(getattr(error, "orig", None) or error)
        lowered = cause.lower()
        if "locked" in lowered or "lock timeout" in lowered or "busy" in lowered:
            return StoreError(
                f"数据库正被其他程序占用（{self._name}）：{cause}",
                code="locked",
                remedy="请等待正在运行的 formflow 结束后重试",
            )
        if "full" in lowered or "no space" in lowered:
            return StoreError(
                f"数据库所在磁盘已满（{self._name}）：{cause}",
                code="full",
                remedy="请清理磁盘后重试，已提交的登记不受影响",
            )
        return StoreError(
            f"无法连接数据库（{self._name}）：{cause}",
            code="unreachable",
            remedy="请检查 formflow.toml 的 database 以及文件夹权限",
        )

    @property
    def _name(self) -> str:
        return self.url.render_as_string(hide_password=True)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, SQLAlchemyError) as error:
        raise StoreError(
            f"数据库地址无法识别：{url!r}",
            code="url",
            remedy="应为 sqlite:///var/formflow.db 或 postgresql://…",
        ) from error
    if backend == "postgresql" and parsed.drivername == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend not in ("sqlite", "postgresql"):
        raise StoreError(
            f"不支持此种数据库：{backend}", code="url", remedy="应为 sqlite:///… 或 postgresql://…"
        )
    return parsed
