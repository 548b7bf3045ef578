"""What is wrong with a template, and where a clerk finds the place in Word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formflow.errors import TemplateError


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of a template.

    Attributes:
        part: `body`, `header 1`, `footer 2`, `footnotes`.
        where: `paragraph 4` or `table 1 R2C3`, counted from 1 within the part.
        text: The paragraph's text, so that it can be searched for.
    """

    part: str
    where: str
    text: str

    def __str__(self) -> str:
        text = self.text if len(self.text) <= 60 else f"{self.text[:57]}…"
        return f"{self.part}, {self.where} “{text}”"


NOWHERE = Place("package", "whole file", "")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a template.

    Attributes:
        template: File name.
        remedy: What to do next; may be empty.
        fatal: The template cannot be filled; otherwise it can, but hardly as meant.
    """

    template: str
    place: Place
    message: str
    remedy: str = ""
    fatal: bool = True

    def __str__(self) -> str:
        told = f"{self.template}: {self.place}: {self.message}"
        return f"{told}; {self.remedy}" if self.remedy else told


def refuse(problems: Iterable[Problem]) -> None:
    """Raise one error that lists every fatal problem, if there is any.

    Raises:
        TemplateError: At least one problem is fatal.
    """
    fatal = [problem for problem in problems if problem.fatal]
    if len(fatal) == 1:
        problem = fatal[0]
        message = f"{problem.template}: {problem.place}: {problem.message}"
        raise TemplateError(message, code="template", remedy=problem.remedy)
    if fatal:
        raise TemplateError("\n".join(map(str, fatal)), code="template")


def nearest(name: str, known: Iterable[str]) -> str:
    """`did you mean customer_name?`, or nothing where no known name is near."""
    from rapidfuzz import fuzz, process  # for wrong names only

    found = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f"did you mean {found[0]}?" if found else ""
