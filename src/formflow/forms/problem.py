"""A fault in a form definition, with its place, what was expected and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process

from formflow.errors import SchemaError
from formflow.messages import NOTHING, Bilingual, clauses, lines
from formflow.messages import forms as messages


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
    message: Bilingual
    remedy: Bilingual = NOTHING

    @property
    def said(self) -> Bilingual:
        """The whole of it on one line: place, message and remedy."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return messages.AT(place=place, said=clauses(self.message, self.remedy))

    def __str__(self) -> str:
        return self.said.english


def nearest(name: str, known: Iterable[str]) -> Bilingual:
    """`did you mean X?` for the known name most like `name`; empty where none is like it."""
    found = process.extractOne(name, sorted(known), score_cutoff=60)
    return messages.DID_YOU_MEAN(name=found[0]) if found else NOTHING


def schema_error(problems: Iterable[Problem]) -> SchemaError:
    """The error that carries every problem, one a line, in order of place."""
    ordered = sorted(problems, key=lambda problem: (problem.file, problem.line))
    return SchemaError(lines(problem.said for problem in ordered), code="bad-schema")
