"""What a page draws, as values: glyphs in runs, pictures, covers, marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pdfminer.layout import LTChar, LTPage

from formflow.model import Box
from formflow.readers.pdf.paint import Cover, Region

UNREADABLE = "\ufffd"
"""Stands for a glyph whose font does not say what it means."""


@dataclass(slots=True)
class Image:
    """A picture that the page's content draws.

    Attributes:
        box: In pdfminer's coordinates: left, bottom, right, top.
        opaque: It hides what lies below.
    """

    box: Box
    opaque: bool


@dataclass(slots=True, eq=False)
class Run:
    """Glyphs drawn one after the other in one look, on one line.

    Attributes:
        start, end: Which of the page's glyphs they are.
        lights: Of the colours they are painted in, as of `light_of`.
        alpha: How much of what lies below they hide.
        plain: Neither a blend mode nor a soft mask has a say in what shows of them.
        clips: What they are cut to.
        look: Equal for runs that look alike.
        aslant: They run neither level nor upright.
        watermark: The file says that they are one.
        embedded: The file holds their font, so that every viewer draws them alike.
    """

    start: int
    end: int
    lights: tuple[float | None, ...]
    alpha: float
    plain: bool
    clips: tuple[Region, ...]
    look: tuple[Any, ...]
    aslant: bool
    watermark: bool
    embedded: bool


@dataclass(slots=True, eq=False)
class Mark:
    """Marked content that is open (ISO 32000-1, 14.6).

    Attributes:
        hidden: It belongs to a layer that is switched off.
        watermark: The file says that it is a watermark or a background.
        actual: The text that it stands for, as the file says; None where it does not.
        start: How many glyphs were drawn before it.
    """

    hidden: bool = False
    watermark: bool = False
    actual: str | None = None
    start: int = 0


@dataclass(slots=True)
class Drawn:
    """All that a page draws, in order.

    Attributes:
        runs: All glyphs, each in one run.
        layout: The paths, as pdfminer's tree.
        hiding: The covers that hide glyphs, once that has been found out.
    """

    layout: LTPage
    glyphs: list[LTChar] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    hiding: list[Cover] = field(default_factory=list)


def is_unknown(text: str) -> bool:
    """Whether a glyph's text begins with a character without a meaning: a private one, or none at all."""
    first = text[:1]
    return first >= "\ue000" and (first <= "\uf8ff" or first == UNREADABLE or first >= "\U000f0000")


def turn_of(drawn: Drawn) -> int:
    """By how many degrees clockwise a page must be turned for most of its text to be read; 0 where it is level.

    Text aslant, as a watermark is, has no say.
    """
    turns = {90: 0, 180: 0, 270: 0}
    level = 0
    for run in drawn.runs:
        if run.aslant:
            continue
        level += run.end - run.start
        matrix = drawn.glyphs[run.start].matrix
        a, b = matrix[0], matrix[1]
        if abs(b) > abs(a):
            turns[90 if b > 0 else 270] += run.end - run.start
        elif a < 0 and matrix[3] < 0:
            turns[180] += run.end - run.start
    turn, count = max(turns.items(), key=lambda pair: pair[1])
    return turn if count > 0.7 * level else 0
