"""File names that are no UTF-8, and terminals that have no Chinese: shown escaped, never a crash."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formflow.errors import ReadError
from formflow.pipeline.quarantine import clear, set_aside, waiting
from formflow.store.columns import storable

ROOT = Path(__file__).resolve().parents[2]
NAME = os.fsdecode(b"\xd7\xd6.csv")


def extract(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from formflow.cli.main import main; main()", "--workspace", str(ROOT)]
    return subprocess.run(
        [*command, "extract", *arguments], capture_output=True, env=os.environ | environment, timeout=60
    )


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    try:
        path.write_text("客户名称,日期\n华南,2026-03-05\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    return path


def test_the_name_comes_back_from_json_as_it_was(odd):
    line = json.loads(extract("--json", str(odd)).stdout)

    assert (line["file"], line["error"]) == (str(odd), None)


def test_a_terminal_without_chinese_is_written_to(odd):
    done = extract(str(odd), PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_a_reason_is_written_beside_a_file_of_such_a_name(odd, tmp_path):
    inbox = tmp_path / "inbox"
    place = set_aside(inbox, odd, NAME, "", ReadError("corrupt"), at=datetime.now(UTC))

    assert "corrupt" in place.with_name(place.name + ".reason.txt").read_text(encoding="utf-8-sig")


def test_such_a_file_is_set_aside_once_whether_its_name_comes_from_the_disk_or_the_database(odd, tmp_path):
    inbox = tmp_path / "inbox"
    for name in (storable(NAME), NAME):
        set_aside(inbox, odd, name, "", ReadError("corrupt"), at=datetime.now(UTC))
    aside = [path.name for path in waiting(inbox)]
    clear(inbox, odd, NAME, "")

    assert (["字.csv"], []) == (aside, waiting(inbox))
