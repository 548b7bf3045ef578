"""What grows while a story of Word is walked: its controls, its text boxes, the text of one paragraph or cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from formflow.model import Control, Picture, Source, Table
from formflow.readers.docx_prompts import Prompts
from formflow.readers.docx_styles import Styles
from formflow.readers.limits import Limits
from formflow.readers.package import Element


@dataclass(slots=True)
class Field:
    """A complex field while its runs are walked; `kind` is set for the legacy form fields.

    Attributes:
        value: What shows for a field without a result text of its own: a checkbox, a drop-down list.
        start: Where the result begins in the text.
        in_result: The separator has passed, so text is content again.
    """

    kind: str = ""
    name: str = ""
    title: str = ""
    value: str = ""
    start: int = 0
    in_result: bool = False


@dataclass(slots=True)
class Story:
    """One story (body, header, text box …) while it is walked, and what was met on the way."""

    name: str
    styles: Styles
    prompts: Prompts
    limits: Limits
    controls: list[Control] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    follow_fields: bool = True
    cells: int = 0


@dataclass(slots=True)
class Text:
    """The text of a paragraph or a cell as it grows.

    Attributes:
        value: Text of a date control and the day that Word keeps for it.
    """

    source: Source
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    underlined: list[tuple[int, int]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    problem: str = ""
    value: tuple[str, date] | None = None

    def add(self, text: str, *, underlined: bool = False) -> None:
        if not text:
            return
        end = self.length + len(text)
        if underlined:
            if self.underlined and self.underlined[-1][1] == self.length:
                self.underlined[-1] = (self.underlined[-1][0], end)
            else:
                self.underlined.append((self.length, end))
        self.pieces.append(text)
        self.length = end

    def since(self, start: int) -> str:
        """The text from a length on; only the pieces that hold it are looked at."""
        wanted, first = self.length - start, len(self.pieces)
        held = 0
        while held < wanted:
            first -= 1
            held += len(self.pieces[first])
        tail = "".join(self.pieces[first:])
        return tail[held - wanted :]

    def scratch(self) -> Text:
        """A text of its own at the same place, for what is looked at but not kept."""
        return Text(self.source)


def trimmed(text: Text) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without the empty lines it begins and ends with, its underlined ranges moved along."""
    whole = "".join(text.pieces)
    start = len(whole) - len(whole.lstrip("\n"))
    kept = whole.strip("\n")
    if not text.underlined:
        return kept, ()
    ranges = ((max(a - start, 0), min(b - start, len(kept))) for a, b in text.underlined)
    return kept, tuple((a, b) for a, b in ranges if a < b)
