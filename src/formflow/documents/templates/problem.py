"""What is wrong with a template, and where a clerk finds the place in Word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formflow.errors import TemplateError
from formflow.messages import NOTHING, Bilingual, clauses, lines
from formflow.messages import templates as messages
from formflow.words import place

_WORDS = {
    "footnotes": "脚注",
    "endnotes": "尾注",
    "styles": "样式",
    "properties": "文件属性",
    "package": "文件",
    "whole file": "整体",
    "whole part": "整体",
    "link": "链接",
    "defaults": "默认格式",
}


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

    @property
    def said(self) -> Bilingual:
        """Where it is, with the text in quotation marks."""
        text = self.text if len(self.text) <= 60 else f"{self.text[:57]}…"
        part, where = (_WORDS.get(word, word) for word in (self.part, self.where))
        chinese = place(part, where).chinese
        return Bilingual(f"{chinese}“{text}”", f"{self.part}, {self.where} “{text}”")

    def __str__(self) -> str:
        return self.said.english


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
    message: Bilingual
    remedy: Bilingual = NOTHING
    fatal: bool = True

    @property
    def placed(self) -> Bilingual:
        """Template, place and message."""
        return messages.AT(template=self.template, place=self.place.said, said=self.message)

    @property
    def said(self) -> Bilingual:
        """The same with the remedy."""
        return clauses(self.placed, self.remedy)

    def __str__(self) -> str:
        return self.said.english


class Unfillable(ValueError):
    """A value or a tag that cannot be filled in: why, in both languages."""

    def __init__(self, said: Bilingual) -> None:
        self.said = said
        super().__init__(said.english)


def refuse(problems: Iterable[Problem]) -> None:
    """Raise one error that lists every fatal problem, if there is any.

    Raises:
        TemplateError: At least one problem is fatal.
    """
    fatal = [problem for problem in problems if problem.fatal]
    if len(fatal) == 1:
        raise TemplateError(fatal[0].placed, code="template", remedy=fatal[0].remedy)
    if fatal:
        raise TemplateError(lines(problem.said for problem in fatal), code="template")


def nearest(name: str, known: Iterable[str]) -> Bilingual:
    """`did you mean customer_name?`, or nothing where no known name is near."""
    from rapidfuzz import fuzz, process  # for wrong names only

    found = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return messages.DID_YOU_MEAN(name=found[0]) if found else NOTHING
