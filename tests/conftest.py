"""What every test may ask for: an empty database of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from tests.support import postgres

# The same examples every time: a red run means that the code changed. `--hypothesis-profile=explore` looks for more.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=2_000)
settings.load_profile("same")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a server, started when the first test asks for it."""
    with postgres.server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of an empty database, of every kind that formflow runs on."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/var/formflow.db"
        return
    with postgres.empty_database(request.getfixturevalue("postgres_server")) as empty:
        yield empty
