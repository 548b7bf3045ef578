"""Which way up a level page lies: lines of text say which sides are up or down, the recogniser which is up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formflow.recognition.engine import Recogniser
from formflow.recognition.grid import Area
from formflow.recognition.raster import Pixels, Raster
from formflow.recognition.taken import Prepared


def turned(page: Prepared, lines: Sequence[Area], recogniser: Recogniser) -> int:
    """Quarter turns, counter-clockwise, that set the page upright."""
    sized = [line for line in lines if max(line[2] - line[0], line[3] - line[1]) > 24]
    if not sized:
        return 0
    wide = sum((c - a) for a, b, c, d in sized if c - a > 1.6 * (d - b))
    tall = sum((d - b) for a, b, c, d in sized if d - b > 1.6 * (c - a))
    sample = page
    quarter = 0
    if tall > wide:
        quarter = 1
        height_of = page.text.shape[1]
        sized = [(b, height_of - c, d, height_of - a) for a, b, c, d in sized]
        sample = replace(page, text=np.rot90(page.text).copy())
    chosen = sorted(sized, key=lambda line: line[0] - line[2])[:40:4] or sized[:6]
    chosen = [line for line in chosen if line[2] - line[0] < 24 * (line[3] - line[1])][:8] or chosen[:6]
    upright = _clarity(sample.text, chosen, recogniser)
    if upright > 0.93:
        return quarter
    height, width = sample.text.shape
    flipped = np.rot90(sample.text, 2).copy()
    over = [(width - c, height - d, width - a, height - b) for a, b, c, d in chosen]
    return quarter + 2 if _clarity(flipped, over, recogniser) > upright + 0.05 else quarter


def _clarity(text: Pixels, lines: Sequence[Area], recogniser: Recogniser) -> float:
    read = recogniser.read_lines([text[b:d, a:c] for a, b, c, d in lines])
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
