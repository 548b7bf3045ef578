"""A workspace saved to one file and laid out elsewhere from it."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.fixture
def busy(clerk):
    """An office with two entries and their archive copies."""
    for kind in ("new_customer.docx", "complaint.xlsx"):
        clerk.says("process", clerk.paper(kind))
    return clerk


def elsewhere(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "formflow", "--lang", "en", "--workspace", str(folder), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_restored_workspace_verifies_and_works_on(busy, tmp_path):
    busy.says("backup", tmp_path / "b.zip")

    restored = elsewhere(tmp_path / "new", "restore", tmp_path / "b.zip")

    assert 0 == restored.returncode, restored.stderr
    assert "2 entries, 2 originals, 2 archive copies" in restored.stdout
    assert (
        busy.says("register", "list", "--json")
        == elsewhere(tmp_path / "new", "register", "list", "--json").stdout
    )
    assert (
        "-0002" in elsewhere(tmp_path / "new", "process", busy.paper("new_customer.docx", 2), "--json").stdout
    )
    assert 0 == elsewhere(tmp_path / "new", "archive", "verify").returncode


def test_a_backup_says_which_archive_copy_is_gone(busy, tmp_path):
    import shutil

    (folder,) = busy.workspace.settings.folder("archive").glob("XKH/*/0001")
    shutil.rmtree(folder)

    busy.says("backup", tmp_path / "b.zip", expect=5)

    assert "archive copy is gone: XKH/" in busy.told
    assert (tmp_path / "b.zip").exists()
    assert 5 == elsewhere(tmp_path / "new", "restore", tmp_path / "b.zip").returncode


def test_nothing_is_restored_over_a_workspace_with_entries(busy, tmp_path):
    busy.says("backup", tmp_path / "b.zip")

    busy.says("restore", tmp_path / "b.zip", expect=2)

    assert 2 == len(busy.lines("register", "list"))


def test_a_damaged_backup_is_refused(busy, tmp_path):
    busy.says("backup", tmp_path / "b.zip")
    content = bytearray((tmp_path / "b.zip").read_bytes())
    content[len(content) // 3] ^= 1
    (tmp_path / "b.zip").write_bytes(content)

    assert 5 == elsewhere(tmp_path / "new", "restore", tmp_path / "b.zip").returncode
    assert not (tmp_path / "new/var/formflow.db").exists()
