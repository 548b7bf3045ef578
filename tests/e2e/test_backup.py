"""A workspace saved to one file and laid out elsewhere from it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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


def test_a_backup_holds_all_that_a_workspace_is(busy, tmp_path):
    home = busy.workspace.folder
    own = {
        "layouts/old.json": "layout",
        "signatures/李明.png": "ink",
        "returned/华南/表.补正通知书.docx": "notice",
        "inbox/.failed/坏.docx": "broken",
        "inbox/.failed/坏.docx.reason.txt": "why",
        "schemas/own.yaml.txt": "a note",
    }
    for name, content in own.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    odd = os.fsencode(str(home / "inbox/.failed")) + b"/\xb1\xed\\1.docx"  # GB 18030, and a sign of Windows
    Path(os.fsdecode(odd)).write_text("odd")
    (home / "inbox/waits.docx.part").write_text("half")
    busy.says("backup", tmp_path / "b.zip")

    restored = elsewhere(tmp_path / "new", "restore", tmp_path / "b.zip")

    assert 0 == restored.returncode, restored.stderr
    assert own == {name: (tmp_path / "new" / name).read_text() for name in own}
    assert "odd" == (tmp_path / "new/inbox/.failed/表＼1.docx").read_text()
    assert list((tmp_path / "new/var/log").glob("*.log"))
    assert not (tmp_path / "new/inbox/waits.docx.part").exists()
    assert 0 == elsewhere(tmp_path / "new", "archive", "verify", "--originals").returncode


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_nobody_else_can_read_what_holds_personal_data(clerk, tmp_path, umask):
    before = os.umask(umask)
    try:
        clerk.says("process", clerk.paper("new_customer.docx"))
        clerk.says("backup", tmp_path / "b.zip")
        assert 0 == elsewhere(tmp_path / "new", "restore", tmp_path / "b.zip").returncode
        told = clerk.says("doctor", "--lang", "en")
    finally:
        os.umask(before)

    for home in (clerk.workspace.folder, tmp_path / "new"):
        assert 0o700 == (home / "var").stat().st_mode & 0o777
        private = [path for path in (home / "var").rglob("*") if path.is_file()]
        private = [path for path in private if path.suffix not in (".json", ".tmp")]
        assert private and {0o600} == {path.stat().st_mode & 0o777 for path in private}, private
    assert 0o600 == (tmp_path / "b.zip").stat().st_mode & 0o777
    assert "readable for their owner alone" in told

    (clerk.workspace.folder / "var").chmod(0o755)
    (clerk.workspace.folder / "var/formflow.db").chmod(0o644)
    assert "other users of this machine can read" in clerk.says("doctor")
