"""The command line, called in this very process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from formflow.cli.main import run


@dataclass(frozen=True)
class Told:
    """What a command said and its exit status."""

    status: int
    out: str
    err: str


class Line:
    """A command line with a workspace of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        assert 0 == self.run("init", str(folder), workspace=False).status

    def run(self, *arguments: str, workspace: bool = True, lang: str = "en") -> Told:
        self._capsys.readouterr()
        status = run(["--lang", lang, *(["--workspace", str(self.folder)] if workspace else []), *arguments])
        told = self._capsys.readouterr()
        return Told(status, told.out, told.err)

    def lines(self, *arguments: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run(*arguments, "--json").out.splitlines()]


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path / "office", capsys)
