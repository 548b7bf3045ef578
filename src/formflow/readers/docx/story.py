"""What grows while a story of Word is walked: its controls, its text boxes, the text of one paragraph or cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from formflow.limits import Limits
from formflow.model import Control, Picture, Source, Table
from formflow.readers.docx import names as n
from formflow.readers.docx.prompts import Prompts
from formflow.readers.docx.styles import Styles, is_shaded
from formflow.readers.packages.ooxml import Element

_FLOATING = ("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor", n.PICT)
_SHADES = {n.P: f"{n.PPR}/{n.SHADING}", n.TC: f"{n.CELL_PR}/{n.SHADING}"}


@dataclass(slots=True)
class Field:
    """A complex field while its runs are walked; `kind` is set for the legacy form fields.

    Attributes:
        value: What shows for a field without a result text of its own: a checkbox, a drop-down list.
        start: Where the result begins in the text.
        code: What the field is told to do (` eq \\o(a,b)`).
        in_result: The separator has passed, so text is content again.
    """

    kind: str = ""
    name: str = ""
    title: str = ""
    value: str = ""
    start: int = 0
    in_result: bool = False
    code: str = ""


@dataclass(slots=True)
class Story:
    """One story (body, header, text box …) while it is walked, and what was met on the way.

    Attributes:
        table_flags: What the style of the table makes of its text, where the walk stands in one.
        backed: Whether something may lie behind its text; None as long as nobody has asked.
    """

    name: str
    styles: Styles
    prompts: Prompts
    limits: Limits
    controls: list[Control] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    follow_fields: bool = True
    cells: int = 0
    table_flags: int = 0
    containers: list[Element] = field(default_factory=list)
    backed: bool | None = None

    def is_on_paper(self, run: Element) -> bool:
        """Whether a run stands on bare paper: no shade of its paragraph or cell, nothing that may float behind it."""
        if self.backed is None:
            self.backed = self.name.startswith("text box") or any(map(_is_backed, self.containers))
        return not self.backed and not any(
            around.tag in _SHADES and is_shaded(around.find(_SHADES[around.tag]))
            for around in run.iterancestors()
        )


def _is_backed(container: Element) -> bool:
    """Whether something floats in a story, or its page has a colour."""
    if next(container.iter(*_FLOATING), None) is not None:
        return True
    parent = container.getparent()
    return parent is not None and parent.find(n.W + "background") is not None


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
