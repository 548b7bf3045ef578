from __future__ import annotations

import os

import pytest

from formflow.private import is_open_to_others, make_file, make_folder


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(*paths):
    return [path.stat().st_mode & 0o777 for path in paths]


def test_every_folder_that_is_made_is_its_owner_s_alone(tmp_path, umask):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)

    make_folder(shared / "var/log")

    assert modes(shared, shared / "var", shared / "var/log") == [0o755, 0o700, 0o700]
    make_folder(shared)
    assert modes(shared) == [0o755]


def test_a_file_that_is_made_is_its_owner_s_alone_and_one_that_is_there_stays(tmp_path, umask):
    fresh, there = tmp_path / "fresh", tmp_path / "there"
    there.write_text("x")
    there.chmod(0o644)

    make_file(fresh)
    make_file(there)

    assert modes(fresh, there) == [0o600, 0o644]
    assert there.read_text() == "x"
    assert [is_open_to_others(path) for path in (fresh, there, tmp_path / "none")] == [False, True, False]


def test_a_file_in_the_way_of_a_folder_is_said(tmp_path):
    (tmp_path / "var").write_text("x")

    with pytest.raises(OSError, match="var"):
        make_folder(tmp_path / "var")
    with pytest.raises(OSError, match="log"):
        make_folder(tmp_path / "var/log")
