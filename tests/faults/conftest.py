"""Fixtures for faults: real processes in a real workspace."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support import papers
from tests.support.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "office")


@pytest.fixture(scope="session")
def two_hundred(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two hundred small filled forms of every kind, each one different."""
    return papers.make_many(tmp_path_factory.mktemp("papers"), 200)
