"""A PostgreSQL server of the tests' own: a data folder of its own, a socket in it, no port."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text


def binaries() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest where there are several; None where there are none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


@contextmanager
def server() -> Iterator[str]:
    """A running server's URL, for as long as the block lasts."""
    programs = binaries()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed; run tools/test-requirements.sh")
    # Paths of sockets are short by law, so the folder is not pytest's.
    home = Path(tempfile.mkdtemp(prefix="ff-pg-"))
    data = home / "data"
    as_owner = _as_owner(home)
    try:
        _run(
            [
                *as_owner,
                str(programs / "initdb"),
                "-D",
                str(data),
                "-U",
                "formflow",
                "-E",
                "UTF8",
                "--no-locale",
                "-N",
            ]
        )
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off -c max_connections=50"
        )
        control = [*as_owner, str(programs / "pg_ctl"), "-D", str(data), "-s", "-w"]
        _run([*control, "-l", str(home / "log"), "-o", options, "start"])
        try:
            yield f"postgresql+psycopg://formflow@/postgres?host={home}"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def empty_database(server_url: str) -> Iterator[str]:
    """URL of a schema of its own on a running server."""
    schema = f"t{uuid.uuid4().hex}"
    admin = create_engine(server_url)
    try:
        with admin.begin() as conn:
            conn.execute(text(f"CREATE SCHEMA {schema}"))
        yield f"{server_url}&options=-csearch_path%3D{schema}"
        with admin.begin() as conn:
            conn.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    finally:
        admin.dispose()


def _as_owner(home: Path) -> list[str]:
    """PostgreSQL refuses to run as root; there its own account runs it."""
    if os.geteuid() != 0:
        return []
    shutil.chown(home, "postgres", "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=120)
