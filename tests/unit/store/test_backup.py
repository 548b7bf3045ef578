from __future__ import annotations

import zipfile

import pytest

from formflow.errors import IntegrityError, UsageError
from formflow.store.backup import backup, restore
from formflow.store.database import Database
from formflow.store.store import Store


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/var/formflow.db"


@pytest.fixture
def saved(store, office, tmp_path):
    entry = office.enter()
    made = backup(store.database, store.objects, tmp_path / "b.formflow", at=entry.registered_at)
    assert (made.entries, made.originals) == (1, 1)
    return made


def test_a_restored_workspace_is_the_one_that_was_saved(store, office, saved, tmp_path):
    office.enter()

    restored = restore(saved.path, database=tmp_path / "new/f.db", originals=tmp_path / "new/originals")

    found = Store.open(f"sqlite:///{tmp_path}/new/f.db", tmp_path / "new/originals")
    (line,) = found.register.list()
    assert found.register.verify().ok
    assert found.objects.verify(line.entry.digest)
    assert (restored.entries, restored.at) == (1, saved.at)
    assert not list(tmp_path.rglob(".*"))


def test_a_database_that_is_no_file_is_not_backed_up_here(store, office, tmp_path):
    with pytest.raises(UsageError, match="pg_dump"):
        backup(Database("sqlite://"), store.objects, tmp_path / "b", at=office.receive().receipt.at)


def test_neither_a_backup_nor_a_database_is_written_over(store, office, saved, tmp_path):
    with pytest.raises(UsageError):
        backup(store.database, store.objects, saved.path, at=saved.at)
    with pytest.raises(UsageError):
        restore(saved.path, database=tmp_path / "var/formflow.db", originals=tmp_path / "originals")


def test_a_backup_without_all_its_originals_is_not_made(store, office, tmp_path):
    entry = office.enter()
    store.objects.path(entry.digest).unlink()

    with pytest.raises(IntegrityError, match="lost or changed"):
        backup(store.database, store.objects, tmp_path / "b.formflow", at=entry.registered_at)

    assert not [path for path in tmp_path.iterdir() if "formflow" in path.name]


@pytest.mark.parametrize("damage", ["truncate", "flip", "strange"])
def test_a_damaged_backup_is_refused_and_leaves_no_database(saved, tmp_path, damage):
    content = saved.path.read_bytes()
    if damage == "truncate":
        saved.path.write_bytes(content[: len(content) // 2])
    elif damage == "flip":
        place = content.index(b"file 1")
        saved.path.write_bytes(content[:place] + b"F" + content[place + 1 :])
    else:
        with zipfile.ZipFile(saved.path, "w") as archive:
            archive.writestr("a.txt", "")

    with pytest.raises(IntegrityError):
        restore(saved.path, database=tmp_path / "new/f.db", originals=tmp_path / "new/originals")

    assert not (tmp_path / "new/f.db").exists()
