"""A fault in a form definition, with its place, what was expected and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process

from formflow.errors import SchemaError


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault of a definition.

    Attributes:
        file: Folder and name of the definition (`schemas/new_customer.yaml`).
        line: From 1; 0 where it concerns the whole file.
        message: What is so; what was expected.
        remedy: What to do; may be empty.
    """

    file: str
    line: int
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return "; ".join(filter(None, (f"{place}: {self.message}", self.remedy)))


def nearest(name: str, known: Iterable[str]) -> str:
    """`did you mean X?` for the known name most like `name`; empty where none is like it."""
    found = process.extractOne(name, sorted(known), score_cutoff=60)
    return f"did you mean {found[0]}?" if found else ""


def schema_error(problems: Iterable[Problem]) -> SchemaError:
    """The error that carries every problem, one a line, in order of place."""
    ordered = sorted(problems, key=lambda problem: (problem.file, problem.line))
    return SchemaError("\n".join(map(str, ordered)), code="bad-schema")
