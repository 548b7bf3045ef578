"""Quarantine: every name fits, whatever the disk takes, and what cannot be put there is told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from formflow.errors import ReadError, StoreError
from formflow.pipeline.quarantine import clear, set_aside, waiting

NOW = datetime(2026, 3, 5, tzinfo=UTC)
LONG = "坏" * 83 + ".docx"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def kept(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / content.hex()
    path.write_bytes(content)
    return path


def aside(inbox: Path, source: Path, name: str, folder: str = "", **more: bool) -> Path:
    return set_aside(inbox, source, name, folder, ReadError("corrupt"), at=NOW, **more)


@pytest.mark.parametrize("name", ["x" * 255, LONG, "x" * 250 + ".docx", "x" * 239 + ".docx", "." + "长" * 84])
def test_a_long_name_is_shortened_and_its_reason_lies_beside_it(inbox, tmp_path, name):
    place = aside(inbox, kept(tmp_path, b"a"), name)

    assert place.is_file()
    assert f"文件 / File: {name}\n" in place.with_name(place.name + ".reason.txt").read_text("utf-8-sig")
    assert [place] == waiting(inbox)


def test_the_suffix_of_a_shortened_name_is_kept(inbox, tmp_path):
    assert aside(inbox, kept(tmp_path, b"a"), LONG).name.endswith(".docx")


def test_two_files_of_one_long_name_are_two_and_each_can_be_cleared(inbox, tmp_path):
    first, second = kept(tmp_path, b"a"), kept(tmp_path, b"b")
    places = {aside(inbox, first, LONG), aside(inbox, second, LONG), aside(inbox, first, LONG)}
    assert 2 == len(places) == len(waiting(inbox))
    clear(inbox, first, LONG, "")
    clear(inbox, second, LONG, "")

    assert [] == [path for path in (inbox / ".failed").iterdir() if path.is_file()]


def test_long_names_that_begin_alike_stay_two(inbox, tmp_path):
    source = kept(tmp_path, b"a")

    assert aside(inbox, source, LONG) != aside(inbox, source, "坏" * 83 + "了.docx")


@pytest.mark.parametrize("folder", ["/".join(["一" * 80] * 20), "/".join("d" * 1500), "长" * 200])
def test_a_folder_too_deep_or_too_long_is_no_reason_to_lose_a_file(inbox, tmp_path, folder):
    place = aside(inbox, kept(tmp_path, b"a"), "a.docx", folder)
    assert place.is_file()
    clear(inbox, kept(tmp_path, b"a"), "a.docx", folder)

    assert [] == waiting(inbox)


def test_the_file_itself_is_moved_where_that_is_asked(inbox, tmp_path):
    source = kept(tmp_path, b"a")
    place = aside(inbox, source, LONG, move=True)

    assert (b"a", False) == (place.read_bytes(), source.exists())


def test_a_file_where_the_folder_should_be_is_told_with_the_way_out(inbox, tmp_path):
    (inbox / ".failed").write_text("")
    with pytest.raises(StoreError) as refused:
        aside(inbox, kept(tmp_path, b"a"), "a.docx")

    assert "quarantine" == refused.value.code
    assert ("a.docx" in refused.value.english, "a.docx" in refused.value.chinese) == (True, True)


def test_the_reason_says_what_is_so_of_a_file_that_is_put_back_as_it_is(inbox, tmp_path):
    place = aside(inbox, kept(tmp_path, b"a"), "a.docx")
    told = place.with_name(place.name + ".reason.txt").read_text("utf-8-sig")

    assert "改正过的或原样的都可以" in told
    assert "corrected or as it is, and it is tried again" in told
