"""Rulings: the straight lines a form is drawn with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from formflow.recognition.raster import DPI, Pixels

_LYING = round(0.26 * DPI)
_STANDING = round(0.17 * DPI)
"""Least lengths of a stroke that may be a ruling; characters' strokes are mostly shorter."""
_THICKEST = round(0.07 * DPI)
_GAP = round(0.22 * DPI)
"""Breaks of a ruling that are closed: fax lines and bad copies lose that much."""
_FAR_GAP, _LONG_PIECE = round(1.3 * DPI), round(0.35 * DPI)
_DRIFT = 4
_MEETS = round(0.08 * DPI)
_SOLID, _SOLID_LONG = 0.9, 0.75
"""Share of its length along which a short, or a long, ruling is drawn."""
_ALONE = DPI
"""Length of an upright line that meets no two level ones, and is one yet."""
_JOINT = round(0.04 * DPI)
_HALF_JOINED, _LOST = 0.5, 0.25
_BESIDE = round(0.035 * DPI)
_CROWD, _CROWD_LONG = 0.12, 0.22
_THROUGH, _ROW = 0.95, 0.35
"""Share of its length along which a ruling is drawn but on a fax, and along which characters stand on one side of it."""
_PAST, _WHOLE = round(0.4 * DPI), 0.8
_LONG_STREAK = 2 * DPI


@dataclass(frozen=True, slots=True)
class Ruling:
    """A level or an upright line in pixels.

    Attributes:
        at: Its height on the page, or its distance from the left.
        solid: Share of its length that is drawn.
    """

    at: float
    start: int
    end: int
    thickness: float
    solid: float = 1.0

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Rulings:
    """The rulings of a page.

    Attributes:
        streaks: Upright lines that are dirt on the glass of a fax.
    """

    lying: tuple[Ruling, ...]
    standing: tuple[Ruling, ...]
    streaks: tuple[Ruling, ...] = ()


def rulings_of(ink: Pixels, *, bilevel: bool, hidden: Pixels | None = None) -> Rulings:
    """The rulings of a level page.

    Args:
        bilevel: The page came by fax, which loses long parts of thin lines; its streaks are gone already.
        hidden: Where seals lay, under which a ruling may go on, as a mask.
    """
    pieces = _pieces(_strokes(ink, _LYING, lying=True), ink, lying=True, bilevel=bilevel)
    lying = joined([piece for piece, drawn in pieces if drawn])
    upright = _pieces(_strokes(ink, _STANDING, lying=False), ink, lying=False, bilevel=bilevel)
    perhaps = joined([piece for piece, _ in upright])
    seen = ink
    if hidden is not None:
        seen, perhaps = ink | hidden, [_under(line, hidden) for line in perhaps]
    standing = _all_confirmed(perhaps, lying, seen, bilevel=bilevel)
    # Between rows set close a ruling stands as crowded as a character's stroke, but it runs from one to the next.
    if more := [piece for piece, drawn in pieces if not drawn and _spans(piece, standing)]:
        lying = joined([*lying, *more])
        standing = _all_confirmed(perhaps, lying, seen, bilevel=bilevel)
    if bilevel:
        lying, standing = _over_losses(lying, standing), _over_losses(standing, lying)
    streaks = [] if bilevel else _streaks(perhaps, standing, lying, ink.shape[0])
    standing = [line for line in standing if not any(abs(line.at - dirt.at) <= _DRIFT for dirt in streaks)]
    return Rulings(tuple(lying), tuple(standing), tuple(streaks))


def _strokes(ink: Pixels, length: int, *, lying: bool) -> Pixels:
    """The pixels of straight strokes of at least that length, in a mask of 0 and 255."""
    along = (length, 1) if lying else (1, length)
    across: Pixels = np.ones((3, 1) if lying else (1, 3), np.uint8)
    bridge: Pixels = np.ones((1, 5) if lying else (5, 1), np.uint8)
    # A ruling that leans by a pixel or two, or has a pixel missing, is still one stroke.
    thick = cv2.morphologyEx(cv2.dilate(ink, across), cv2.MORPH_CLOSE, bridge)
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, along))
    # Blocks of black are no rulings.
    block: Pixels = np.ones((_THICKEST, _THICKEST), np.uint8)
    solid = cv2.dilate(cv2.erode(opened, block), np.ones((_THICKEST + 6, _THICKEST + 6), np.uint8))
    return cv2.bitwise_and(opened, cv2.bitwise_not(solid))


def _pieces(mask: Pixels, ink: Pixels, *, lying: bool, bilevel: bool) -> list[tuple[Ruling, bool]]:
    """The strokes of a mask, and whether each is surely drawn through.

    Strokes of characters in a row leave gaps, and other characters stand close to them. Only a fax leaves gaps in a
    ruling too.
    """
    count, _, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for number in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[number])
        start, length, across = (x, width, height) if lying else (y, height, width)
        if length < (_LYING if lying else _STANDING) or across > _THICKEST + 0.02 * length:
            continue
        inside = ink[y : y + height, x : x + width] & mask[y : y + height, x : x + width]
        solid = float(inside.any(axis=0 if lying else 1).mean())
        at = float(centres[number][1] if lying else centres[number][0])
        # The mask is two pixels thicker than the ink it was made from.
        piece = Ruling(at, start, start + length, max(area / length - 2, 1), solid)
        drawn = solid >= (_SOLID if length < 3 * _LYING else _SOLID_LONG)
        sides = _crowds(ink, start, start + length, (y, y + height)) if drawn and lying else (0.0, 0.0)
        crowded = min(sides) > (_CROWD if length < 3 * DPI else _CROWD_LONG)
        # The strokes at the top or the foot of a row of characters have these on one side only.
        crowded |= not bilevel and solid < _THROUGH and max(sides) > _ROW
        found.append((piece, drawn and not crowded))
    return found


def _spans(piece: Ruling, standing: Sequence[Ruling]) -> bool:
    """Whether a level stroke runs from one upright ruling to another."""
    if piece.solid < _SOLID:
        return False
    return all(
        any(
            abs(line.at - end) <= _JOINT and line.start - _JOINT <= piece.at <= line.end + _JOINT
            for line in standing
        )
        for end in (piece.start, piece.end)
    )


def _under(line: Ruling, hidden: Pixels) -> Ruling:
    """An upright line as far as it may go on under the seals that it ends at."""
    covered = hidden[:, max(round(line.at) - 1, 0) : round(line.at) + 2].any(axis=1)
    start, end = line.start, line.end
    if covered[max(start - _JOINT, 0) : start].any():
        bare = np.flatnonzero(~covered[: max(start - _JOINT, 0)])
        start = int(bare[-1]) + 1 if len(bare) else 0
    if covered[end : end + _JOINT].any():
        bare = np.flatnonzero(~covered[end + _JOINT :])
        end = end + _JOINT + int(bare[0]) if len(bare) else len(covered)
    return line if (start, end) == (line.start, line.end) else replace(line, start=start, end=end)


def _all_confirmed(
    perhaps: Sequence[Ruling], lying: Sequence[Ruling], ink: Pixels, *, bilevel: bool
) -> list[Ruling]:
    return [part for line in perhaps for part in _confirmed(line, lying, ink, bilevel=bilevel)]


def _crowds(ink: Pixels, start: int, end: int, across: tuple[int, int]) -> tuple[float, float]:
    """Shares of a stroke's length along which ink stands close above and below it, as along a row of characters."""
    top = ink[max(across[0] - _BESIDE, 0) : max(across[0] - 1, 1), start:end]
    bottom = ink[across[1] + 1 : across[1] + _BESIDE, start:end]
    if not top.size or not bottom.size:
        return 0.0, 0.0
    return float(top.any(axis=0).mean()), float(bottom.any(axis=0).mean())


def _streaks(
    perhaps: Sequence[Ruling], standing: Sequence[Ruling], lying: Sequence[Ruling], height: int
) -> list[Ruling]:
    """Upright lines that are dirt: past every level one they cross and nearly as long as the page, or long and alone.

    Args:
        perhaps: The upright lines as they were found.
        standing: Those stretches of them that part two fields.
        height: Of the page, in pixels.
    """
    through = [line for line in perhaps if line.solid >= _SOLID and line.length >= _WHOLE * height]
    # A frame ends where its table does.
    past = [
        line
        for line in through
        if (met := _met(line, lying)) and (min(met) - line.start > _PAST or line.end - max(met) > _PAST)
    ]
    return [*past, *(line for line in standing if line.length > _LONG_STREAK and not _met(line, lying))]


def _met(line: Ruling, lying: Sequence[Ruling]) -> list[float]:
    """Heights of the level rulings that an upright line meets."""
    return [
        level.at
        for level in lying
        if level.start - _MEETS <= line.at <= level.end + _MEETS
        and line.start - _MEETS <= level.at <= line.end + _MEETS
    ]


def _confirmed(line: Ruling, lying: Sequence[Ruling], ink: Pixels, *, bilevel: bool) -> list[Ruling]:
    """Those stretches of an upright line that part two fields.

    Strokes of characters below each other look like one, but they end before the level rulings; a ruling meets
    them. Where a fax lost some of it, its neighbours speak for it.
    """
    at = round(line.at)
    levels = _thinned(sorted(_met(line, lying)))
    if len(levels) < 2:
        alone = line.length >= _ALONE and _support(ink, at, line.start, line.end) >= _SOLID
        return [line] if alone else []
    told = [_stretch(ink, at, round(top), round(bottom), bilevel=bilevel) for top, bottom in pairwise(levels)]
    drawn = [stretch is True for stretch in told]
    for number in [*range(len(told)), *reversed(range(len(told)))]:
        beside = drawn[max(number - 1, 0) : number] + drawn[number + 1 : number + 2]
        if told[number] is None and any(beside):
            drawn[number] = True
    parts: list[Ruling] = []
    for number, (top, bottom) in enumerate(pairwise(levels)):
        if not drawn[number]:
            continue
        start = min(line.start, round(top)) if number == 0 and line.start > top - _MEETS else round(top)
        if parts and parts[-1].end == round(top):
            parts[-1] = replace(parts[-1], end=round(bottom))
        else:
            parts.append(replace(line, start=start, end=round(bottom)))
    return parts


def _thinned(places: Sequence[float]) -> list[float]:
    """Places in order, one of those that stand together."""
    kept: list[float] = []
    for place in places:
        if not kept or place - kept[-1] > _DRIFT:
            kept.append(place)
    return kept


def _stretch(ink: Pixels, at: int, top: int, bottom: int, *, bilevel: bool) -> bool | None:
    """Whether an upright line is drawn from one level ruling to the next; None where only its neighbours tell."""
    support = _support(ink, at, top, bottom)
    joined = min(
        _support(ink, at, top, min(top + _JOINT, bottom)),
        _support(ink, at, max(bottom - _JOINT, top), bottom),
    )
    if support >= _SOLID and joined >= (_HALF_JOINED if bilevel else _SOLID):
        return True
    if bilevel:
        return None if support >= _LOST else False
    return None if support >= _SOLID_LONG and joined >= _SOLID_LONG else False


def _support(ink: Pixels, at: int, start: int, end: int) -> float:
    """Share of a stretch of an upright line along which there is ink."""
    band = ink[max(start, 0) : end, max(at - 2, 0) : at + 3]
    return float(band.any(axis=1).mean()) if band.size else 0.0


def joined(pieces: Sequence[Ruling]) -> list[Ruling]:
    """Pieces of one ruling made one, over its breaks."""
    return _merged(pieces, lambda before, piece: piece.start - before.end <= _GAP)


def _over_losses(pieces: Sequence[Ruling], crossing: Sequence[Ruling]) -> list[Ruling]:
    """Long pieces of one ruling made one over what a fax lost of it.

    A merged cell also interrupts a ruling, but from one crossing line to another; a loss begins anywhere.
    """

    def meets(end: int, at: float) -> bool:
        return any(
            abs(line.at - end) <= _MEETS and line.start - _MEETS <= at <= line.end + _MEETS
            for line in crossing
        )

    def lost(before: Ruling, piece: Ruling) -> bool:
        if min(before.length, piece.length) < _LONG_PIECE:
            return False
        ends = meets(before.end, before.at), meets(piece.start, piece.at)
        return not all(ends) if piece.start - before.end <= _FAR_GAP else not any(ends)

    return _merged(pieces, lost)


def _merged(pieces: Sequence[Ruling], belong: Callable[[Ruling, Ruling], bool]) -> list[Ruling]:
    made: list[Ruling] = []
    for piece in sorted(pieces, key=lambda piece: piece.start):
        for number, before in enumerate(made):
            if abs(before.at - piece.at) <= _DRIFT and belong(before, piece):
                whole = before.length + piece.length
                at = (before.at * before.length + piece.at * piece.length) / whole
                thickness = (before.thickness * before.length + piece.thickness * piece.length) / whole
                solid = min(before.solid, piece.solid)
                made[number] = Ruling(at, before.start, max(before.end, piece.end), thickness, solid)
                break
        else:
            made.append(piece)
    return made
