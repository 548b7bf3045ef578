"""What a person must settle, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from formflow.messages import Bilingual
from formflow.messages import values as messages

LONGEST_QUOTE = 40
"""Characters of the written text that a message repeats."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Text that is there but cannot be taken as one certain value.

    Attributes:
        code: Stable and short (`year-missing`, `two-ticks`, `unreadable`).
        said: What is so, and what to write.
    """

    code: str
    said: Bilingual


def quote(text: str) -> str:
    """The text on one line, cut to what a message can hold."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def doubt(code: str, text: str, said: Bilingual) -> Doubt:
    """A Doubt about `text`; the sentence follows the quoted text (`没有写年份。请…`, `has no year; …`)."""
    return Doubt(code, messages.QUOTED(text=quote(text), said=said))
