"""Which way up a level page lies: lines of text say which sides are up or down, the recogniser which is up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from formflow.recognition.engine import Recogniser
from formflow.recognition.layers import Prepared
from formflow.recognition.pieces import cut
from formflow.recognition.raster import Pixels, Raster
from formflow.recognition.rulings.grid import Area
from formflow.recognition.text.detect import lines_by_ink

_ASKED, _EASY, _CLEAR = 6, 6.0, 0.93
"""Lines that are read, how long in their heights, and how clear an upright page is."""


def turned(page: Prepared, recogniser: Recogniser) -> int:
    """Quarter turns, counter-clockwise, that set the page upright."""
    lying, standing = lines_by_ink(page.ink), lines_by_ink(np.rot90(page.ink).copy())
    quarter = int(_length(standing) > _length(lying))
    lines = standing if quarter else lying
    if not lines:
        return 0
    text = np.rot90(page.text) if quarter else page.text
    # Some lines, from all over the page, of a length that is quickly read.
    chosen = sorted(lines, key=lambda line: abs((line[2] - line[0]) - _EASY * (line[3] - line[1])))[:_ASKED]
    upright = _clarity(text, chosen, recogniser)
    if upright > _CLEAR:
        return quarter
    height, width = text.shape
    over = [(width - c, height - d, width - a, height - b) for a, b, c, d in chosen]
    return quarter + 2 if _clarity(np.rot90(text, 2), over, recogniser) > upright + 0.05 else quarter


def _length(lines: Sequence[Area]) -> int:
    return sum(right - left for left, _, right, _ in lines)


def _clarity(text: Pixels, lines: Sequence[Area], recogniser: Recogniser) -> float:
    """Mean probability of the characters on the lines."""
    read = recogniser.read_lines([cut(text, line) for line in lines])
    weight = sum(max(len(line.glyphs), 1) for line in read)
    return sum(line.mean * len(line.glyphs) for line in read) / weight


def rotated(raster: Raster, quarter: int) -> Raster:
    """The page turned by quarters, counter-clockwise."""
    colour = None if raster.colour is None else np.rot90(raster.colour, quarter).copy()
    width, height = raster.size
    turn = np.eye(3)
    for _ in range(quarter % 4):
        turn = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, width], [0.0, 0.0, 1.0]]) @ turn
        width, height = height, width
    return raster.moved(turn, grey=np.rot90(raster.grey, quarter).copy(), colour=colour)
