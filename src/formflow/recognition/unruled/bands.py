"""Rows of a form without rulings, each with all lines of its labels and values.

Beside a label of two lines its value of one stands between them, so that by height they are three rows. Rows that
overlap so are one band; in it, what stands below each other is read first, then what stands beside it. A line that
begins where values do, with no label in its row, goes on with the value that it stands nearer to.

What was put together here may be put together wrongly, and a value with a gap in it may be cut there, which no
character shows: both are doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from formflow.recognition.pieces import Piece
from formflow.recognition.rulings.grid import Area

_ALIGNED = 0.5
"""Heights of a row that two edges or middles may differ that stand below each other."""
_APART = 0.92
"""Heights of the lower one between the middles of two pieces that overlap by height; a speck makes a piece taller."""
_BELOW = 0.5
"""Share of the narrower piece's width that lies under the other where they stand below each other."""
_NEARER = 0.65
"""White to the value that a line goes on with, as a share of the white to the other one."""
_FURTHEST = 1.3
"""Heights of a row of white between two lines of a value at most."""

LABELLED = re.compile(r"\D{1,14}[：:]")
"""A label with its colon, and perhaps its value, at the beginning of a text."""
_LABELS = re.compile(r"[^\W\d_][^：:_]{0,20}[：:]")
"""Each label of a row, wherever it stands."""
_NUMBERED = re.compile(r"[一二三四五六七八九十\d]{1,3}[、.．)）]")

Row = Sequence[Piece]


@dataclass(slots=True)
class Band:
    """A row of a form.

    Attributes:
        stacks: Its pieces, those below each other together; stacks from left to right, each from top to bottom.
        doubtful: A line of it may be another's, or one of its own be missing.
    """

    stacks: list[list[Piece]]
    doubtful: bool = False

    @property
    def pieces(self) -> list[Piece]:
        """Its pieces in the order in which they are read."""
        return [piece for stack in self.stacks for piece in stack]

    @property
    def top(self) -> int:
        return around(self.pieces)[1]

    @property
    def bottom(self) -> int:
        return around(self.pieces)[3]


def bands_of(rows: Sequence[Row], high: float) -> list[Band]:
    """Rows of text as bands, from top to bottom.

    Args:
        high: Height of a row of text on the page.
    """
    bands = [band for group in _grouped(rows, high) for band in _made(group)]
    _doubt_cut_ones(bands, high)
    bands = _with_lines_of_values(bands, high)
    for band in bands:
        band.doubtful = band.doubtful or _has_lone_character(band)
    return bands


def around(pieces: Iterable[Piece]) -> Area:
    """The area that holds the pieces."""
    lefts, tops, rights, bottoms = zip(*(piece.area for piece in pieces), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def are_aligned(a: Area, b: Area, high: float) -> bool:
    """Whether two texts stand below each other by their left edges or their middles."""
    return min(abs(a[0] - b[0]), abs(a[0] + a[2] - b[0] - b[2]) / 2) <= _ALIGNED * high


def are_below(a: Piece, b: Piece) -> bool:
    """Whether half of the narrower piece stands below or above the other."""
    both = min(a.area[2], b.area[2]) - max(a.area[0], b.area[0])
    return both > _BELOW * min(a.area[2] - a.area[0], b.area[2] - b.area[0])


def _grouped(rows: Sequence[Row], high: float) -> list[list[Row]]:
    """The rows, those together that are one band."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _are_interlaced(groups[-1], row, high):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _made(group: Sequence[Row]) -> list[Band]:
    """The rows of a group as one band; as one each where nothing in them wrapped."""
    stacks = _stacks(group)
    if len(group) > 1 and any(len(stack) > 1 for stack in stacks):
        return [Band(stacks, doubtful=True)]
    return [Band([[piece] for piece in row]) for row in group]


def _are_interlaced(group: Sequence[Row], row: Row, high: float) -> bool:
    """Whether a row overlaps the last one of a group, and some columns of both would have wrapped, no others.

    Where a label and its value both stand below others, or two labels do, they are rows of their own, with a caption
    beside them.
    """
    if not any(_overlap(piece, other, high) for piece in row for other in group[-1]):
        return False
    stacks = _stacks([*group, row])
    if any(sum(bool(LABELLED.match(piece.spelled.text)) for piece in stack) > 1 for stack in stacks):
        return False
    wrapped = [len(stack) > 1 for stack in stacks]
    return not all(wrapped) and not any(a and b for a, b in pairwise(wrapped))


def _overlap(a: Piece, b: Piece, high: float) -> bool:
    """Whether two pieces that stand beside each other overlap by height."""
    apart = abs(a.area[1] + a.area[3] - b.area[1] - b.area[3]) / 2
    return apart < _APART * min(a.height, b.height, high) and not are_below(a, b)


def _stacks(rows: Sequence[Row]) -> list[list[Piece]]:
    """Pieces below each other together, from left to right."""
    stacks: list[list[Piece]] = []
    for piece in (piece for row in rows for piece in row):
        near = [stack for stack in stacks if any(are_below(piece, other) for other in stack)]
        stacks = [stack for stack in stacks if stack not in near]
        stacks.append([*(other for stack in near for other in stack), piece])
    for stack in stacks:
        stack.sort(key=lambda piece: piece.area[1])
    return sorted(stacks, key=lambda stack: around(stack)[0])


def _has_lone_character(band: Band) -> bool:
    """Whether a character stands by itself behind a label: a part of a name that is spread, or a stroke."""
    return any(
        len("".join(piece.spelled.text for piece in stack).strip("_＿ ")) == 1 for stack in band.stacks[1:]
    )


def _with_lines_of_values(bands: Sequence[Band], high: float) -> list[Band]:
    """The bands, with lines that have no label of their own in the band of the value that they go on with."""
    kept: list[Band] = []
    for above, band, below in zip([None, *bands], bands, [*bands[1:], None], strict=False):
        upper = _value_of(band, above, high) if above else None
        lower = _value_of(band, below, high) if below else None
        up = band.top - above.bottom if above and upper else float("inf")
        down = below.top - band.bottom if below and lower else float("inf")
        nearer, farther = sorted((up, down))
        if nearer > _FURTHEST * high:
            kept.append(band)
            continue
        for other, gap in ((above, up), (below, down)):
            if other and (gap == nearer or nearer > _NEARER * farther):
                other.doubtful = True
        if upper and up == nearer:
            upper.extend(band.pieces)
        elif lower:
            lower[:0] = band.pieces
    return kept


def _doubt_cut_ones(bands: Sequence[Band], high: float) -> None:
    """Doubt a row of several labels that fills the page up to its right edge, if the next begins at the left with none.

    The last value may have wrapped there; a heading may begin there as well, and nothing tells which.
    """
    if not bands:
        return
    left, _, right, _ = around(piece for band in bands for piece in band.pieces)
    for band, below in pairwise(bands):
        full = around(band.pieces)[2] >= right - high and below.top - band.bottom <= _FURTHEST * high
        labels = len(_LABELS.findall(" ".join(piece.spelled.text for piece in band.pieces)))
        if full and labels > 1 and _may_go_on(below, left + high):
            band.doubtful = True


def _may_go_on(band: Band, left: float) -> bool:
    """Whether a row may be the rest of one above: one text that begins at the page's left, no label and no heading."""
    first, *others = band.pieces
    text = first.spelled.text
    return not others and first.area[0] <= left and not (_LABELS.match(text) or _NUMBERED.match(text))


def _value_of(band: Band, other: Band, high: float) -> list[Piece] | None:
    """The value in another band that a band of one stack may go on with: it stands behind a label, no label in it.

    Below a value that stands in one piece with its label a heading begins as often as its second line.
    """
    if len(band.stacks) > 1 or LABELLED.match(band.pieces[0].spelled.text):
        return None
    left = around(band.pieces)[0]
    return next(
        (
            stack
            for stack in other.stacks[1:]
            if abs(around(stack)[0] - left) <= _ALIGNED * high and not LABELLED.match(stack[0].spelled.text)
        ),
        None,
    )
