"""Runs the migrations inside a transaction of the caller."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from formflow.errors import StoreError
from formflow.messages import store as messages


def config(conn: Connection | None = None) -> Config:
    """Alembic's configuration, made in memory; `conn` is handed to `env.py`."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    made.attributes["connection"] = conn
    return made


def run(conn: Connection) -> None:
    """Upgrade the database to the newest revision.

    Raises:
        StoreError: The database stands at a revision that this code does not know.
    """
    try:
        command.upgrade(config(conn), "head")
    except CommandError as error:
        raise StoreError(
            messages.DATABASE_NEWER_THAN_FORMFLOW(error=error),
            code="newer",
            remedy=messages.UPGRADE_FORMFLOW(),
        ) from error


def head() -> str | None:
    """The newest revision that the scripts define."""
    return ScriptDirectory.from_config(config()).get_current_head()
