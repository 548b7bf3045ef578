"""formflow.toml and the environment."""

from __future__ import annotations

import pytest

from formflow.errors import ConfigurationError
from formflow.settings import describe, find_workspace, load_settings


@pytest.fixture
def write(tmp_path):
    def write(text: str):
        (tmp_path / "formflow.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_an_empty_file_gives_the_defaults(write):
    settings = load_settings(write(""), {})

    assert ("Asia/Shanghai", 1.0, 2) == (settings.timezone, settings.scan_seconds, settings.still_scans)


def test_the_environment_overrides_the_file(write):
    settings = load_settings(
        write('company = "甲"\n[limits]\nseconds = 5'),
        {"FORMFLOW_COMPANY": "乙", "FORMFLOW_LIMITS_SECONDS": "7.5", "FORMFLOW_LANG": "zh", "HOME": "/"},
    )

    assert ("乙", 7.5) == (settings.company, settings.limits.seconds)


@pytest.mark.parametrize(
    ("text", "environ", "expected"),
    [
        ("scan_second = 2", {}, "'scan_second'; did you mean scan_seconds?"),
        ("[limits]\nsecond = 2", {}, "'limits.second'; did you mean seconds?"),
        ("", {"FORMFLOW_WORKER": "2"}, "FORMFLOW_WORKER; did you mean FORMFLOW_WORKERS?"),
        ("workers = 'two'", {}, "workers = 'two'; expected int"),
        ("workers = true", {}, "workers = True; expected int"),
        ("", {"FORMFLOW_WORKERS": "two"}, "FORMFLOW_WORKERS='two'; expected int"),
        ("limits = 3", {}, "write it as [limits]"),
        ("scan_seconds = 0", {}, "expected more than 0"),
        ("timezone = 'Mars/Olympus'", {}, "expected a name such as 'Asia/Shanghai'"),
        ("language = 'fr'", {}, "expected one of 'zh', 'en', nothing"),
        ("a = ", {}, "not valid TOML"),
    ],
)
def test_what_is_wrong_is_refused_with_what_was_expected(write, text, environ, expected):
    with pytest.raises(ConfigurationError) as caught:
        load_settings(write(text), environ)

    assert expected in caught.value.message.english


def test_every_problem_is_listed_at_once(write):
    with pytest.raises(ConfigurationError) as caught:
        load_settings(write("one = 1\ntwo = 2"), {"FORMFLOW_THREE": "3"})

    assert 3 == len(caught.value.message.english.splitlines())


def test_the_workspace_is_the_nearest_folder_upwards(write, tmp_path):
    write("")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)

    assert tmp_path.resolve() == find_workspace(below)


def test_a_relative_database_lies_in_the_workspace(write, tmp_path):
    assert f"sqlite:///{tmp_path}/var/formflow.db" == load_settings(write(""), {}).database_url


def test_every_key_is_explained_in_both_languages():
    assert all(english and chinese for _, _, _, english, chinese in describe())
