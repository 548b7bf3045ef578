"""Fixtures for e2e: an office whose people use nothing but the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.support import papers
from tests.support.workspace import Workspace


class Clerk:
    """Somebody at the command line of a workspace."""

    def __init__(self, folder: Path) -> None:
        self.workspace = Workspace(folder / "office")
        self.inbox = self.workspace.inbox
        self.papers = folder / "papers"

    def paper(self, kind: str, serial: int = 1) -> Path:
        """A filled form that lies elsewhere (see tests/support/papers.py)."""
        return papers.make(kind, self.papers, serial)

    def says(self, *arguments: str | Path, expect: int = 0, lang: str = "en") -> str:
        """What a command prints to standard output; its exit status is as expected."""
        done = subprocess.run(
            [sys.executable, "-m", "formflow", "--lang", lang, "--workspace", str(self.workspace.folder)]
            + [str(argument) for argument in arguments],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert expect == done.returncode, done.stdout + done.stderr
        self.told = done.stderr
        return done.stdout

    def lines(self, *arguments: str | Path, expect: int = 0) -> list[dict[str, Any]]:
        """The JSON Lines that a command prints."""
        return [json.loads(line) for line in self.says(*arguments, "--json", expect=expect).splitlines()]


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return Clerk(tmp_path)
