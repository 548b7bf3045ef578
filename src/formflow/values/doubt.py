"""What a person must settle, as a value."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_QUOTE = 40
"""Characters of the written text that a message repeats."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Text that is there but cannot be taken as one certain value.

    Attributes:
        code: Stable and short (`year-missing`, `two-ticks`, `unreadable`).
        message: In Chinese: what is so, and what to write.
        english: The same in English.
    """

    code: str
    message: str
    english: str


def quote(text: str) -> str:
    """The text on one line, cut to what a message can hold."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def doubt(code: str, text: str, chinese: str, english: str) -> Doubt:
    """A Doubt about `text`; the two sentences follow the quoted text (`没有写年份。请…`, `has no year; …`)."""
    written = quote(text)
    return Doubt(code, f"“{written}”{chinese}", f"“{written}” {english}")
