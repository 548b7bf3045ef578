"""Copies of bags for somebody who asks for a few entries."""

from __future__ import annotations

import bagit
import pytest

from formflow.archive.export import copy_bags
from formflow.errors import Conflict, IntegrityError, NotFound


@pytest.fixture
def entry(workspace):
    made = workspace.enter()
    workspace.archive(made)
    return made


def export(workspace, target, *numbers):
    return list(copy_bags(workspace.root, workspace.store, numbers, target))


def test_a_copy_is_a_whole_bag_at_the_same_place(workspace, entry, tmp_path):
    ((number, folder),) = export(workspace, tmp_path / "out", entry.number)

    assert (entry.number, tmp_path / "out" / "XKH" / "2026" / "0001") == (number, folder)
    assert bagit.Bag(str(folder)).validate()


def test_nothing_that_is_there_is_overwritten(workspace, entry, tmp_path):
    export(workspace, tmp_path / "out", entry.number)
    with pytest.raises(Conflict):
        export(workspace, tmp_path / "out", entry.number)


def test_an_entry_without_a_bag_has_nothing_to_copy(workspace, tmp_path):
    with pytest.raises(NotFound):
        export(workspace, tmp_path / "out", workspace.enter().number)


def test_a_damaged_bag_is_not_copied(workspace, entry, tmp_path):
    (mark,) = workspace.store.archives.of(entry.number)
    (workspace.root / mark.path / "data" / "record.json").write_text("{}", encoding="utf-8")
    with pytest.raises(IntegrityError):
        export(workspace, tmp_path / "out", entry.number)

    assert not (tmp_path / "out" / mark.path).exists()
