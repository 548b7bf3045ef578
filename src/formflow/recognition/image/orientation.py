"""Turn a level page upright: the ink shows along which sides the lines run, the recogniser which side is up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from formflow.recognition.engine import Recogniser
from formflow.recognition.image.parameters import IMAGE
from formflow.recognition.layers import Prepared
from formflow.recognition.pieces import cut
from formflow.recognition.raster import Pixels, Raster
from formflow.recognition.rulings.grid import Area
from formflow.recognition.text.detect import lines_by_ink


def quarter_turns(page: Prepared, recogniser: Recogniser) -> int:
    """Number of quarter turns, counter-clockwise, that set the page upright."""
    lying, standing = lines_by_ink(page.ink), lines_by_ink(np.rot90(page.ink).copy())
    quarter = int(_length(standing) > _length(lying))
    lines = standing if quarter else lying
    if not lines:
        return 0
    text = np.rot90(page.text) if quarter else page.text
    # Read a few lines of a convenient length.
    length = IMAGE.asked_length_in_heights
    by_length = sorted(lines, key=lambda line: abs((line[2] - line[0]) - length * (line[3] - line[1])))
    chosen = by_length[: IMAGE.asked_lines_count]
    upright = _clarity(text, chosen, recogniser)
    if upright > IMAGE.upright_confidence:
        return quarter
    height, width = text.shape
    over = [(width - c, height - d, width - a, height - b) for a, b, c, d in chosen]
    upside_down = _clarity(np.rot90(text, 2), over, recogniser)
    return quarter + 2 if upside_down > upright + IMAGE.min_gain_confidence else quarter


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
