"""Which files of the inbox are complete."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from formflow.intake.inbox import CUT_OFF_SECONDS, HELD_SECONDS, TELL_SECONDS, Fingerprint, Inbox
from formflow.intake.walk import MAX_DEPTH, walk


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(tmp_path: Path, clock: Clock) -> Inbox:
    return Inbox(tmp_path, still_scans=2, scan_seconds=1.0, clock=clock)


def names_over_scans(inbox: Inbox, clock: Clock, scans: int = 3) -> list[str]:
    found: list[str] = []
    for _ in range(scans):
        found = [arrival.name for arrival in inbox.scan()]
        clock.now += 1.0
    return found


def test_a_file_is_taken_at_the_second_scan_that_sees_it_unchanged(tmp_path, inbox, clock):
    (tmp_path / "a.csv").write_bytes(b"a,b\n1,2\n")

    assert [] == inbox.scan()
    clock.now += 1.0
    assert ["a.csv"] == [arrival.name for arrival in inbox.scan()]


def test_scans_that_follow_each_other_at_once_do_not_count_as_standing_still(tmp_path, inbox, clock):
    (tmp_path / "a.csv").write_bytes(b"a,b\n1,2\n")
    for _ in range(5):
        clock.now += 0.1
        found = inbox.scan()

    assert [] == found


def test_a_file_that_grows_starts_anew(tmp_path, inbox, clock):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    inbox.scan()
    clock.now += 1.0
    path.write_bytes(b"a,b\n1,2\n3,4\n")

    assert [] == inbox.scan()
    clock.now += 1.0
    assert 1 == len(inbox.scan())


def test_a_file_that_somebody_still_writes_is_left_however_long_it_stands_still(tmp_path, inbox, clock):
    with (tmp_path / "a.csv").open("wb") as writer:
        writer.write(b"a,b\n1,2\n")
        writer.flush()
        assert [] == names_over_scans(inbox, clock, scans=30)

    assert ["a.csv"] == names_over_scans(inbox, clock)


def test_half_a_package_is_left_until_its_other_half_comes(tmp_path, inbox, clock):
    with ZipFile(tmp_path / "whole.tmp", "w") as package:
        package.writestr("word/document.xml", "x" * 5000)
    whole = (tmp_path / "whole.tmp").read_bytes()
    path = tmp_path / "a.docx"
    path.write_bytes(whole[: len(whole) // 2])
    assert [] == names_over_scans(inbox, clock, scans=5)
    path.write_bytes(whole)

    assert ["a.docx"] == names_over_scans(inbox, clock)


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 cut", b"%PDF-1.7 cut", b"", b"\0" * 100, "收文日期,主题,页数\n3月5日,函,2\n3月6".encode()],
    ids=["package", "pdf", "empty", "set aside", "row"],
)
def test_what_looks_cut_off_is_taken_only_after_a_long_stillness(tmp_path, inbox, clock, content):
    (tmp_path / "a").write_bytes(content)
    assert [] == names_over_scans(inbox, clock, scans=5)

    assert ["a"] == names_over_scans(inbox, clock, scans=int(CUT_OFF_SECONDS))


@pytest.mark.parametrize(
    "name",
    [
        "~$申请表.docx",
        ".~lock.a.xlsx#",
        "a.tmp",
        "a.docx.part",
        "a.crdownload",
        ".DS_Store",
        "._a.docx",
        "Thumbs.db",
        "desktop.ini",
        "README.md",
        "@eaDir/a.csv",
        ".failed/a.csv",
    ],
)
def test_what_is_no_form_is_never_read(tmp_path, inbox, clock, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"a,b\n")

    assert [] == names_over_scans(inbox, clock)


def test_symbolic_links_are_never_followed(tmp_path, clock):
    outside, folder = tmp_path / "outside", tmp_path / "inbox"
    outside.mkdir()
    folder.mkdir()
    (outside / "a.csv").write_bytes(b"a,b\n")
    (folder / "link.csv").symlink_to(outside / "a.csv")
    (folder / "links").symlink_to(outside)

    assert [] == names_over_scans(Inbox(folder, clock=clock), clock)


def test_a_subfolder_is_the_context_of_its_files(tmp_path, inbox, clock):
    path = tmp_path / "fax_in" / "华南" / "a.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"a,b\n")
    inbox.scan()
    clock.now += 1.0

    assert ["fax_in/华南"] == [arrival.folder for arrival in inbox.scan()]


def test_the_oldest_file_comes_first(tmp_path, inbox, clock):
    for name, when in (("b.csv", 1000), ("a.csv", 2000)):
        (tmp_path / name).write_bytes(b"a,b\n")
        os.utime(tmp_path / name, (when, when))

    assert ["b.csv", "a.csv"] == names_over_scans(inbox, clock)


@pytest.mark.parametrize("named", ["inbox", "./inbox", "../{}/inbox", "link"])
def test_the_inboxs_own_readme_is_passed_over_however_the_folder_is_named(tmp_path, monkeypatch, named):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "README.md").write_text("# read me")
    (tmp_path / "link").symlink_to(folder)
    monkeypatch.chdir(tmp_path)

    assert [] == list(walk(Path(named.format(tmp_path.name)), inbox=folder))


def test_a_readme_is_passed_over_only_where_the_inbox_explains_itself(tmp_path, inbox, clock):
    (tmp_path / "华南").mkdir()
    for place in (tmp_path, tmp_path / "华南"):
        (place / "README.md").write_text("# read me")

    names_over_scans(inbox, clock)

    assert [("华南", "README.md")] == [(arrival.folder, arrival.name) for arrival in inbox.scan()]


def test_a_file_that_grew_twice_after_it_was_closed_is_expected_to_grow_again(tmp_path, inbox, clock):
    path = tmp_path / "scan.csv"
    for pages in (1, 2, 3):
        path.write_bytes(b"a,b\n1,2\n" * pages)
        inbox.scan()
        clock.now += 0.5
    assert [] == names_over_scans(inbox, clock, scans=5)

    assert ["scan.csv"] == names_over_scans(inbox, clock, scans=int(CUT_OFF_SECONDS))


def test_a_file_that_stays_is_passed_over_until_it_changes(tmp_path, inbox, clock):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    inbox.leave(path, Fingerprint.of(path.stat()))
    assert [] == names_over_scans(inbox, clock)
    path.write_bytes(b"a,b\n1,2\n3,4\n")

    assert ["a.csv"] == names_over_scans(inbox, clock)


def odd_things(folder: Path) -> None:
    """What lies in an inbox and is no file that can be read."""
    os.mkfifo(folder / "pipe.docx")
    (folder / "gone.docx").symlink_to(folder / "nowhere")
    deep = folder / "deep"
    for _ in range(MAX_DEPTH + 1):
        deep.mkdir()
        deep = deep / "d"
    deep.parent.joinpath("a.csv").write_bytes(b"a,b\n")


def test_what_cannot_be_read_is_told_once_and_stops_no_other(tmp_path, inbox, clock):
    odd_things(tmp_path)
    (tmp_path / "good.csv").write_bytes(b"a,b\n1,2\n")
    inbox.scan()
    early = inbox.news()
    clock.now += TELL_SECONDS
    found = [arrival.name for arrival in inbox.scan()]
    told = {path.name: error.code for path, error in inbox.news()}
    clock.now += 60
    inbox.scan()

    assert ([], ["good.csv"]) == (early, found)
    assert {"pipe.docx": "unreadable", "gone.docx": "unreadable", "d": "unreadable"} == told
    assert [] == inbox.news()


def test_what_has_gone_and_comes_again_is_told_again(tmp_path, inbox, clock):
    for _ in range(2):
        (tmp_path / "gone.docx").symlink_to(tmp_path / "nowhere")
        inbox.scan()
        clock.now += TELL_SECONDS
        inbox.scan()
        assert 1 == len(inbox.news())
        (tmp_path / "gone.docx").unlink()
        inbox.scan()


def test_a_file_held_open_for_a_minute_is_told(tmp_path, inbox, clock):
    with (tmp_path / "a.csv").open("wb"):
        inbox.scan()
        clock.now += HELD_SECONDS
        inbox.scan()

        assert ["incomplete"] == [error.code for _, error in inbox.news()]


def test_folders_a_thousand_deep_are_walked_without_recursion(tmp_path, inbox, clock):
    subprocess.run(["mkdir", "-p", "/".join([str(tmp_path), *"d" * 1500])], check=True)
    (tmp_path / "good.csv").write_bytes(b"a,b\n1,2\n")
    try:
        assert ["good.csv"] == names_over_scans(inbox, clock)
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)  # the library's own removal recurses
