"""Stretches of ink along a row or a column of pixels."""

from __future__ import annotations

import numpy as np

from formflow.recognition.raster import Pixels


def runs(filled: Pixels, apart: float = 1) -> list[tuple[int, int]]:
    """Begin and end of each filled stretch.

    Args:
        filled: Whether each place is filled.
        apart: Two filled places belong to one stretch if they are no more than this apart; 1 allows no gap.
    """
    places = np.flatnonzero(filled)
    if not len(places):
        return []
    breaks = np.flatnonzero(np.diff(places) > apart)
    starts, ends = [places[0], *places[breaks + 1]], [*places[breaks], places[-1]]
    return [(int(start), int(end) + 1) for start, end in zip(starts, ends, strict=True)]
