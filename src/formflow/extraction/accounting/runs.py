"""The text of a slot as a row of runs: label, value, caption, text.

A label is one that the form knows; a caption has a colon behind it and the form knows it not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from formflow.extraction.claims import Claims
from formflow.extraction.labels.labels import LabelIndex
from formflow.extraction.slots import Slot
from formflow.forms.spec import Field
from formflow.values.ticks import has_mark

_APART = re.compile(r"[\t\n]+|[ \u3000\xa0]{2,}|_{2,}|＿+")
_COLON = re.compile(r"[:：]")
_BRACKETED = re.compile(r"[（(\[【〔][^（()）\[\]【】〔〕]*[）)\]】〕]")
_BEFORE_CAPTION = re.compile(r"[\s。，；,;！!？?、]")
LONGEST_CAPTION = 16
"""Characters, brackets not counted; what is longer is text."""


class Kind(Enum):
    """What a run is."""

    LABEL = "label"
    VALUE = "value"
    CAPTION = "caption"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a slot's text.

    Attributes:
        field: Of a label or a value.
        open: For a label: nothing is drawn behind it to be written on, so that its value may come next.
    """

    kind: Kind
    text: str
    start: int
    field: Field | None = None
    open: bool = False


def runs_of(slot: Slot, claims: Claims, index: LabelIndex) -> list[Run]:
    """The runs of a slot in the order of its text; those of a blank one are none."""
    own = claims.labels.get(id(slot.itself))
    runs: list[Run] = []
    for start, end, field in claims.parts(slot):
        text = slot.text[start:end]
        if field is None and own is not None:
            runs.append(Run(Kind.LABEL, text, start, own, open=True))
        elif field is None:
            runs.extend(_free(text, start, index))
        elif _is_bare_label(text):
            runs.append(Run(Kind.LABEL, text, start, field, open=_ends_close(text)))
        else:
            runs.append(Run(Kind.VALUE, text, start, field))
    return runs


def could_caption(text: str) -> bool:
    """Whether a text may name what stands beside it: short, no sentence, no tick and no number."""
    bare = _BRACKETED.sub("", text).strip().rstrip(":：")
    return (
        0 < len("".join(bare.split())) <= LONGEST_CAPTION
        and not any(c.isdigit() for c in bare.lstrip("0123456789０１２３４５６７８９"))
        and not has_mark(text)
        and not re.search(r"[。；;！!，,]", bare)
        and not bare.strip().isdigit()
    )


def captions_in(text: str) -> Iterator[tuple[int, str]]:
    """Where in a text captions begin, each at the beginning of a line or behind a blank, and what they say."""
    at = 0
    for colon in _COLON.finditer(text):
        start = max(text.rfind("\n", at, colon.start()) + 1, at)
        at = colon.end()
        begin = _caption_begins(text[start : colon.start()])
        if begin is None:
            continue
        begin += start
        if begin == 0 or text[begin - 1].isspace() or text[begin - 1] in "；;":
            yield begin, text[begin : colon.start()].strip()


def _free(text: str, offset: int, index: LabelIndex) -> Iterator[Run]:
    """The runs of a text that no value took."""
    edges = [0, *(edge for gap in _APART.finditer(text) for edge in gap.span()), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if not text[start:end].strip():
            continue
        token = text[start:end]
        if not has_mark(token) and (field := index.find(token)):
            yield Run(Kind.LABEL, token, offset + start, field, open=True)
        else:
            yield from _by_colons(token, offset + start, index)


def _by_colons(token: str, offset: int, index: LabelIndex) -> Iterator[Run]:
    """The runs of a text without wide gaps: captions before its colons, and what stands between."""
    at = 0
    for colon in _COLON.finditer(token):
        begin = _caption_begins(token[at : colon.start()])
        if begin is None:
            continue
        begin += at
        if token[at:begin].strip():
            yield Run(Kind.TEXT, token[at:begin], offset + at)
        caption = token[begin : colon.start()]
        if field := index.find(caption):
            yield Run(Kind.LABEL, caption, offset + begin, field, open=True)
        else:
            yield Run(Kind.CAPTION, caption, offset + begin)
        at = colon.end()
    if token[at:].strip():
        yield Run(Kind.TEXT, token[at:], offset + at)


def _caption_begins(text: str) -> int | None:
    """Where in a text before a colon its caption begins; None where it is no caption: an hour, prose."""
    masked = _BRACKETED.sub(lambda found: "\0" * len(found[0]), text).rstrip()
    begin = max((gap.end() for gap in _BEFORE_CAPTION.finditer(masked)), default=0)
    caption = masked[begin:].replace("\0", "")
    if not 0 < len(caption) <= LONGEST_CAPTION or caption[-1].isdigit() or not any(map(str.isalpha, caption)):
        return None
    return begin


def _is_bare_label(text: str) -> bool:
    """Whether a claimed piece is a label with nothing written behind it."""
    return not _COLON.split(text, maxsplit=1)[-1].strip(" \t\n\u3000\xa0_＿") and bool(_COLON.search(text))


def _ends_close(text: str) -> bool:
    """Whether a label's piece leaves no room behind the colon to write in."""
    room = _APART.match(_COLON.split(text, maxsplit=1)[-1])
    return room is None or not room[0].strip("\n")
