"""Grids from the edges of boxes: near edges are one ruling, and a box lies between the rulings it is nearest to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

SAME_RULING = 3.0
"""Points within which edges are those of one line."""


def rulings(places: Iterable[float]) -> list[float]:
    """The distinct places of rulings, those that are one line drawn with two edges taken as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > SAME_RULING:
            found.append(place)
    return found


def nearest(places: Sequence[float], place: float) -> int:
    """The index of the ruling that a place belongs to."""
    at = bisect_right(places, place)
    if at == 0:
        return 0
    if at == len(places) or place - places[at - 1] <= places[at] - place:
        return at - 1
    return at
