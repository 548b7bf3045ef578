"""Fixtures for faults: real processes in a real workspace."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "support")]

import papers  # noqa: E402
from workspace import Workspace  # noqa: E402


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "office")


@pytest.fixture(scope="session")
def two_hundred(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two hundred small filled forms of every kind, each one different."""
    return papers.make_many(tmp_path_factory.mktemp("papers"), 200)
