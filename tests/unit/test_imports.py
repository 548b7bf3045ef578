"""Imports in src: no circle of files, and none inside a function without its reason."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
FILES = sorted((SRC / "formflow").rglob("*.py"))


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")


NAMES = {name_of(file) for file in FILES}


def imported(tree: ast.AST) -> set[str]:
    """The modules of ours that a file imports anywhere, for types too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in NAMES else node.module)
    return found & NAMES


def circle_in(graph: Mapping[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def without_reason(source: str) -> list[int]:
    """First lines of imports inside functions that do not say why: a comment beside or above a function's first."""
    lines = source.splitlines()
    found = []
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            inner = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            first = min((node.lineno for node in inner), default=None)
            if first and "#" not in lines[first - 1] and not lines[first - 2].strip().startswith("#"):
                found.append(first)
    return sorted(found)


def test_no_file_imports_itself_by_way_of_others():
    graph = {name_of(file): imported(ast.parse(file.read_text())) - {name_of(file)} for file in FILES}

    assert [] == circle_in(graph)


def test_a_circle_is_found():
    assert ["a", "b", "a"] == circle_in({"a": {"b"}, "b": {"a"}, "c": {"a"}})


@pytest.mark.parametrize(
    "file",
    # A command, and a job in its worker, import what they need when they run.
    [file for file in FILES if file.parent.name not in ("cli", "jobs")],
    ids=name_of,
)
def test_an_import_inside_a_function_says_why_it_is_there(file):
    assert [] == without_reason(file.read_text())


def test_an_import_without_a_reason_is_found():
    source = "def f():\n    import a\n    import b\n\ndef g():\n    import c  # large\n    import d\n"

    assert [2] == without_reason(source)
