"""Imports in src: no circle of files."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

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


def test_no_file_imports_itself_by_way_of_others():
    graph = {name_of(file): imported(ast.parse(file.read_text())) - {name_of(file)} for file in FILES}

    assert [] == circle_in(graph)


def test_a_circle_is_found():
    assert ["a", "b", "a"] == circle_in({"a": {"b"}, "b": {"a"}, "c": {"a"}})
