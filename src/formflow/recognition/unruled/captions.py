"""Captions at the left of groups of rows: 客户信息 beside five of them, or one of its characters beside each.

They stand in the middle of their group, so that by height they belong to no row, or to a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence

from formflow.recognition.pieces import Piece
from formflow.recognition.unruled.bands import LABELLED, Band, Row, are_aligned, are_below

_LEAST_LABELS = 3
"""Rows that must begin in one column before what stands at the left of it is a caption."""


def without_captions(rows: Sequence[Row], high: float) -> tuple[list[Band], list[Row]]:
    """The captions as bands of their own, characters below each other as one, and the rows without them."""
    # A label has its value behind it, in its own piece or another; headings in the middle of the page have none.
    firsts = [row[0] for row in rows if len(row) > 1 or LABELLED.match(row[0].spelled.text)]
    columns = ([other for other in firsts if are_aligned(one.area, other.area, high)] for one in firsts)
    labels = max(columns, key=len, default=[])
    if len(labels) < _LEAST_LABELS:
        return [], list(rows)
    edge = min(label.area[0] for label in labels)
    captions: list[Piece] = []
    kept: list[Row] = []
    for row in rows:
        left = [piece for piece in row if piece.area[2] < edge]
        if len(left) == 1:
            captions += left
            row = row[1:]
        if row:
            kept.append(row)
    return _joined(captions, high), kept


def _joined(captions: Sequence[Piece], high: float) -> list[Band]:
    bands: list[Band] = []
    for piece in sorted(captions, key=lambda piece: piece.area[1]):
        last = bands[-1].stacks[0][-1] if bands else None
        if last is not None and piece.area[1] - last.area[3] < high and are_below(last, piece):
            bands[-1].stacks[0].append(piece)
        else:
            bands.append(Band([[piece]]))
    return bands
