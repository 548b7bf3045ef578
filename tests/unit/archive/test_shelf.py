from __future__ import annotations

import time

import pytest

from formflow.archive.shelf import ArchiveShelves, serial_of


@pytest.mark.parametrize(
    ("name", "serial"),
    [
        ("0001", 1),
        ("0012.approved", 12),
        ("12345", 12345),
        ("0007.signed-20260305-091500-3f9a0c1b2d", 7),
        ("0000", 0),
        ("README.md", 0),
        ("1a", 0),
        ("", 0),
        ("٣", 0),
        ("9" * 40, 0),
    ],
)
def test_a_folder_tells_the_number_it_begins_with(name, serial):
    assert serial_of(name) == serial


def test_an_archive_that_is_not_there_holds_nothing(tmp_path):
    assert ArchiveShelves(tmp_path / "archive").highest() == {}


def test_the_highest_folder_of_every_book_is_found_with_what_its_record_says(workspace):
    first, second = workspace.enter(), workspace.enter(b"second")
    workspace.archive(first)
    workspace.archive(second)
    (workspace.root / "XKH/2026/0003.approved").mkdir()
    (workspace.root / "SC/2025/0004").mkdir(parents=True)
    (workspace.root / "SC/2025/notes.txt").write_text("x")
    (workspace.root / "SC/old/0009").mkdir(parents=True)
    (workspace.root / ".making/0005-1").mkdir(parents=True)
    (workspace.root / "README.md").write_text("x")

    found = ArchiveShelves(workspace.root).highest()

    assert {key: top.serial for key, top in found.items()} == {("XKH", 2026): 3, ("SC", 2025): 4}
    (workspace.root / "XKH/2026/0003.approved").rmdir()
    top = ArchiveShelves(workspace.root).highest()["XKH", 2026]
    assert (top.number, top.record) == (second.number, second.record)


def test_a_link_in_the_place_of_a_bag_had_its_number_too(tmp_path):
    (tmp_path / "XKH/2026").mkdir(parents=True)
    (tmp_path / "XKH/2026/0007").symlink_to("/nowhere")

    assert ArchiveShelves(tmp_path).highest()["XKH", 2026].serial == 7


def test_ten_thousand_folders_are_listed_in_no_time(tmp_path):
    book = tmp_path / "XKH/2026"
    book.mkdir(parents=True)
    for serial in range(1, 10_001):
        (book / f"{serial:04}").mkdir()

    begun = time.process_time()
    found = ArchiveShelves(tmp_path).highest()

    assert found["XKH", 2026].serial == 10_000
    assert time.process_time() - begun < 0.5
