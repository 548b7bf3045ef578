"""What the documentation says is what the code does."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from operator import attrgetter

import pytest
from tools.make_reference import PAGES, REFERENCE

ROOT = REFERENCE.parents[1]
SRC = ROOT / "src" / "formflow"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_what_the_code_says_today(name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERMINAL_WIDTH", "80")

    assert PAGES[name]() == (REFERENCE / name).read_text(encoding="utf-8"), "run `make docs`"


ONE_FILE = (ROOT / "docs" / "explanation" / "one-file.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(\w[\w/]*\.py)` `([\w.]+)`", ONE_FILE)


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_function_on_the_way_of_one_file_is_where_the_page_says(file, name):
    found = import_module("formflow." + file.removesuffix(".py").replace("/", "."))

    assert callable(attrgetter(name)(found))


def test_the_way_of_one_file_has_ten_functions_and_names_only_files_that_exist():
    way = ONE_FILE.partition("## ")[0]
    places = re.findall(r"`((?:\w+/)+(?:\w+\.py)?)`", ONE_FILE)
    made = (
        "var/",
        "readers/NAME",
        "values/NAME",
        "tests/unit/readers/test_NAME",
        "tests/unit/values/test_NAME",
    )
    missing = [place for place in places if not (SRC / place).exists() and not (ROOT / place).exists()]

    assert 10 == len(re.findall(r"^\d+\. `\w[\w/]*\.py` `[\w.]+`", way, re.MULTILINE))
    assert [] == [place for place in missing if not place.startswith(made)]


@pytest.mark.parametrize("room", sorted(SRC.glob("**/__init__.py")), ids=lambda file: file.parent.name)
def test_a_room_says_what_lives_in_it_and_names_only_what_is_there(room):
    told = ast.get_docstring(ast.parse(room.read_text(encoding="utf-8"))) or ""
    named = set(re.findall(r"`([a-z][a-z_0-9]+)`", told)) - {"conn"}

    assert told
    assert {
        name for name in named if (room.parent / f"{name}.py").exists() or (room.parent / name).is_dir()
    } == named
