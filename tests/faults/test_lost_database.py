"""A database that is lost, emptied or older than the archive beside it gives no number a second time."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from tests.support import papers
from tests.support.workspace import Workspace, wait_for


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A workspace with two entries, a backup of the first, one of both, and a third form that waits in the inbox."""
    home = tmp_path_factory.mktemp("saved")
    workspace = Workspace(home / "office")
    files = [papers.make("new_customer.docx", home / "papers", serial) for serial in (1, 2, 3)]
    assert workspace.run("process", str(files[0])) == 0
    assert workspace.run("backup", str(home / "old.zip")) == 0
    assert workspace.run("process", str(files[1])) == 0
    assert workspace.run("backup", str(home / "new.zip")) == 0
    workspace.drop(files[2:])
    return home


@pytest.fixture
def office(saved, tmp_path):
    """A copy of it."""
    shutil.copytree(saved, tmp_path, dirs_exist_ok=True)
    workspace = object.__new__(Workspace)
    workspace.folder, workspace.inbox = tmp_path / "office", tmp_path / "office/inbox"
    return workspace


def numbers(workspace):
    folder = workspace.settings.folder("archive")
    return sorted(path.name for path in folder.glob("XKH/*/*"))


@pytest.mark.parametrize("loss", ["removed", "emptied", "older"])
def test_a_lost_database_numbers_nothing_until_its_backup_is_back(office, tmp_path, loss):
    database = office.folder / "var/formflow.db"
    if loss == "removed":
        shutil.rmtree(office.folder / "var")
    elif loss == "emptied":
        database.write_bytes(b"")
    else:
        shutil.rmtree(office.folder / "var")
        assert office.run("restore", str(tmp_path / "old.zip")) == 5
    given = numbers(office)

    assert office.run("process", str(office.inbox)) == 5, office.log()
    assert office.run("register", "verify") == 5
    assert office.run("doctor") == 1

    assert given == numbers(office)
    waiting = [path.name for path in office.inbox.iterdir() if path.name != "README.md"]
    assert len(waiting) == 1, "what came in stays in the inbox"
    assert "numbering is refused" in office.log()

    if loss == "older":
        shutil.rmtree(office.folder / "var")
    assert office.run("restore", str(tmp_path / "new.zip")) == 0, office.log()
    assert office.run("process", str(office.inbox)) == 0, office.log()
    assert len(numbers(office)) == len(given) + 1
    assert office.run("register", "verify") == 0, office.log()
    assert office.run("archive", "verify") == 0, office.log()


def test_a_database_that_is_taken_away_under_a_running_service_ends_it_and_loses_nothing(office, tmp_path):
    for path in office.inbox.glob("*.docx"):
        path.unlink()
    process = office.start("run")
    try:
        wait_for(lambda: "watching" in office.log(), process, office)
        given = numbers(office)
        for path in (office.folder / "var").glob("formflow.db*"):
            path.rename(tmp_path / path.name)
        office.drop([papers.make("new_customer.docx", tmp_path / "papers", 3)])
        assert process.wait(timeout=60) == 5, office.log()
    finally:
        process.kill()

    assert given == numbers(office)
    assert len(list(office.inbox.glob("*.docx"))) == 1
    assert office.run("run") == 5


def test_a_damaged_database_is_told_as_damaged_and_not_numbered_into(office):
    subprocess.run(["sync"], check=False)
    database = office.folder / "var/formflow.db"
    content = bytearray(database.read_bytes())
    for page in range(4096 * 4, len(content), 4096 * 2):
        content[page : page + 64] = b"\x0d" + b"\xff" * 63
    database.write_bytes(content)
    given = numbers(office)

    assert office.run("process", str(office.inbox)) == 5
    assert office.run("register", "verify") == 5
    assert office.run("doctor") == 1

    assert given == numbers(office)
    assert len(list(office.inbox.glob("*.docx"))) == 1
    assert "the database is damaged" in office.log()
    assert "Traceback" not in office.log()
