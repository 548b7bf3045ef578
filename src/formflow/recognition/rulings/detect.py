"""Rulings: the straight level and upright lines that a form is drawn with.

Strokes are found by morphological opening with a long, thin bar. Two things look like rulings and are none: the
strokes of characters in a row or below each other, and streaks of dirt. A level stroke is refused where ink crowds
it; an upright one is confirmed only between level rulings that it meets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from formflow.recognition.raster import Pixels, pixels
from formflow.recognition.rulings.parameters import RULINGS


@dataclass(frozen=True, slots=True)
class Ruling:
    """A level or an upright line in pixels.

    Attributes:
        at: Its height on the page, or its distance from the left.
        solid: Share of its length that is inked.
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
        streaks: Upright lines that are dirt on the glass of a fax machine.
    """

    lying: tuple[Ruling, ...]
    standing: tuple[Ruling, ...]
    streaks: tuple[Ruling, ...] = ()


def rulings_of(ink: Pixels, *, bilevel: bool, hidden: Pixels | None = None) -> Rulings:
    """The rulings of a level page.

    Args:
        bilevel: The page came by fax, which loses long parts of thin lines; its streaks are gone already.
        hidden: Mask of the seals, under which a ruling may go on.
    """
    pieces = _pieces(_strokes(ink, lying=True), ink, lying=True, bilevel=bilevel)
    lying = joined([piece for piece, drawn in pieces if drawn])
    upright = _pieces(_strokes(ink, lying=False), ink, lying=False, bilevel=bilevel)
    candidates = joined([piece for piece, _ in upright])
    seen = ink
    if hidden is not None:
        seen, candidates = ink | hidden, [_under(line, hidden) for line in candidates]
    standing = _all_confirmed(candidates, lying, seen, bilevel=bilevel)
    # Between narrow rows a ruling is as crowded as a character's stroke, but it runs from one upright ruling to the
    # next. The level rulings gained so may confirm more upright ones.
    if more := [piece for piece, drawn in pieces if not drawn and _spans(piece, standing)]:
        lying = joined([*lying, *more])
        standing = _all_confirmed(candidates, lying, seen, bilevel=bilevel)
    if bilevel:
        lying, standing = _over_losses(lying, standing), _over_losses(standing, lying)
    streaks = [] if bilevel else _streaks(candidates, standing, lying, ink.shape[0])
    drift = pixels(RULINGS.drift_mm)
    standing = [line for line in standing if not any(abs(line.at - dirt.at) <= drift for dirt in streaks)]
    return Rulings(tuple(lying), tuple(standing), tuple(streaks))


# --- Strokes ------------------------------------------------------------------------------------


def _min_length(*, lying: bool) -> int:
    return pixels(RULINGS.min_level_mm if lying else RULINGS.min_upright_mm)


def _strokes(ink: Pixels, *, lying: bool) -> Pixels:
    """Mask of the pixels of long straight strokes, 0 and 255."""
    length, thickest = _min_length(lying=lying), pixels(RULINGS.max_thickness_mm)
    along = (length, 1) if lying else (1, length)
    across: Pixels = np.ones((3, 1) if lying else (1, 3), np.uint8)
    bridge: Pixels = np.ones((1, 5) if lying else (5, 1), np.uint8)
    # A ruling that leans by a pixel or two, or has a pixel missing, is still one stroke.
    thick = cv2.morphologyEx(cv2.dilate(ink, across), cv2.MORPH_CLOSE, bridge)
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, along))
    # Take out blocks of black: what survives an erosion by the greatest thickness, grown back with some margin.
    block: Pixels = np.ones((thickest, thickest), np.uint8)
    solid = cv2.dilate(cv2.erode(opened, block), np.ones((thickest + 6, thickest + 6), np.uint8))
    return cv2.bitwise_and(opened, cv2.bitwise_not(solid))


def _pieces(mask: Pixels, ink: Pixels, *, lying: bool, bilevel: bool) -> list[tuple[Ruling, bool]]:
    """The strokes of a mask, and whether each is certainly a ruling.

    Strokes of characters in a row leave gaps, and other ink stands close to them. Only a fax leaves gaps in rulings.
    """
    shortest, thickest = _min_length(lying=lying), pixels(RULINGS.max_thickness_mm)
    long = 3 * pixels(RULINGS.min_level_mm)
    count, _, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for number in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[number])
        start, length, across = (x, width, height) if lying else (y, height, width)
        # A long stroke that leans slightly has a taller frame than it is thick.
        if length < shortest or across > thickest + 0.02 * length:
            continue
        inside = ink[y : y + height, x : x + width] & mask[y : y + height, x : x + width]
        solid = float(inside.any(axis=0 if lying else 1).mean())
        at = float(centres[number][1] if lying else centres[number][0])
        # The mask is two pixels thicker than the ink it was made from.
        piece = Ruling(at, start, start + length, max(area / length - 2, 1), solid)
        drawn = solid >= (RULINGS.drawn_share if length < long else RULINGS.long_drawn_share)
        sides = _crowds(ink, start, start + length, (y, y + height)) if drawn and lying else (0.0, 0.0)
        crowded = min(sides) > RULINGS.crowded_share
        # The strokes at the top or the foot of a row of characters have ink beside them on one side only.
        crowded |= not bilevel and solid < RULINGS.through_share and max(sides) > RULINGS.row_share
        found.append((piece, drawn and not crowded))
    return found


def _crowds(ink: Pixels, start: int, end: int, across: tuple[int, int]) -> tuple[float, float]:
    """Shares of a level stroke's length along which ink stands close above it and close below it."""
    beside = pixels(RULINGS.beside_mm)
    top = ink[max(across[0] - beside, 0) : max(across[0] - 1, 1), start:end]
    bottom = ink[across[1] + 1 : across[1] + beside, start:end]
    if not top.size or not bottom.size:
        return 0.0, 0.0
    return float(top.any(axis=0).mean()), float(bottom.any(axis=0).mean())


def _spans(piece: Ruling, standing: Sequence[Ruling]) -> bool:
    """Whether a level stroke runs from one upright ruling to another."""
    if piece.solid < RULINGS.drawn_share:
        return False
    joint = pixels(RULINGS.joint_mm)
    return all(
        any(
            abs(line.at - end) <= joint and line.start - joint <= piece.at <= line.end + joint
            for line in standing
        )
        for end in (piece.start, piece.end)
    )


def _under(line: Ruling, hidden: Pixels) -> Ruling:
    """An upright line made as long as the seals that it ends at may hide of it."""
    joint = pixels(RULINGS.joint_mm)
    covered = hidden[:, max(round(line.at) - 1, 0) : round(line.at) + 2].any(axis=1)
    start, end = line.start, line.end
    if covered[max(start - joint, 0) : start].any():
        bare = np.flatnonzero(~covered[: max(start - joint, 0)])
        start = int(bare[-1]) + 1 if len(bare) else 0
    if covered[end : end + joint].any():
        bare = np.flatnonzero(~covered[end + joint :])
        end = end + joint + int(bare[0]) if len(bare) else len(covered)
    return line if (start, end) == (line.start, line.end) else replace(line, start=start, end=end)


# --- Upright rulings are confirmed by level ones ------------------------------------------------


def _all_confirmed(
    candidates: Sequence[Ruling], lying: Sequence[Ruling], ink: Pixels, *, bilevel: bool
) -> list[Ruling]:
    return [part for line in candidates for part in _confirmed(line, lying, ink, bilevel=bilevel)]


def _confirmed(line: Ruling, lying: Sequence[Ruling], ink: Pixels, *, bilevel: bool) -> list[Ruling]:
    """The stretches of an upright line that part two fields.

    Strokes of characters below each other look like an upright line, but they end before the level rulings; a ruling
    meets them. A stretch of which a fax lost some is confirmed by its neighbours.
    """
    at = round(line.at)
    levels = _distinct(sorted(_met(line, lying)))
    if len(levels) < 2:
        long = line.length >= pixels(RULINGS.min_alone_mm)
        return [line] if long and _support(ink, at, line.start, line.end) >= RULINGS.drawn_share else []
    seen = [_stretch(ink, at, round(top), round(bottom), bilevel=bilevel) for top, bottom in pairwise(levels)]
    drawn = [stretch is True for stretch in seen]
    # Once downwards and once upwards, so that a confirmed stretch reaches all doubtful ones in a row beside it.
    for number in [*range(len(seen)), *reversed(range(len(seen)))]:
        beside = drawn[max(number - 1, 0) : number] + drawn[number + 1 : number + 2]
        if seen[number] is None and any(beside):
            drawn[number] = True
    parts: list[Ruling] = []
    for number, (top, bottom) in enumerate(pairwise(levels)):
        if not drawn[number]:
            continue
        # The line may begin a little above its first level ruling, but not at a character far above it.
        near = number == 0 and line.start > top - pixels(RULINGS.meet_mm)
        start = min(line.start, round(top)) if near else round(top)
        if parts and parts[-1].end == round(top):
            parts[-1] = replace(parts[-1], end=round(bottom))
        else:
            parts.append(replace(line, start=start, end=round(bottom)))
    return parts


def _met(line: Ruling, lying: Sequence[Ruling]) -> list[float]:
    """Heights of the level rulings that an upright line meets."""
    meet = pixels(RULINGS.meet_mm)
    return [
        level.at
        for level in lying
        if level.start - meet <= line.at <= level.end + meet
        and line.start - meet <= level.at <= line.end + meet
    ]


def _distinct(places: Sequence[float]) -> list[float]:
    """Of places in order, the first of each group that stands together."""
    kept: list[float] = []
    for place in places:
        if not kept or place - kept[-1] > pixels(RULINGS.drift_mm):
            kept.append(place)
    return kept


def _stretch(ink: Pixels, at: int, top: int, bottom: int, *, bilevel: bool) -> bool | None:
    """Whether an upright line is drawn from one level ruling to the next; None if only its neighbours can tell."""
    support, joint = _support(ink, at, top, bottom), pixels(RULINGS.joint_mm)
    at_ends = min(
        _support(ink, at, top, min(top + joint, bottom)),
        _support(ink, at, max(bottom - joint, top), bottom),
    )
    if support >= RULINGS.drawn_share and at_ends >= (
        RULINGS.fax_joint_share if bilevel else RULINGS.drawn_share
    ):
        return True
    if bilevel:
        return None if support >= RULINGS.fax_lost_share else False
    return None if min(support, at_ends) >= RULINGS.long_drawn_share else False


def _support(ink: Pixels, at: int, start: int, end: int) -> float:
    """Share of a stretch of an upright line along which there is ink."""
    band = ink[max(start, 0) : end, max(at - 2, 0) : at + 3]
    return float(band.any(axis=1).mean()) if band.size else 0.0


def _streaks(
    candidates: Sequence[Ruling], standing: Sequence[Ruling], lying: Sequence[Ruling], height: int
) -> list[Ruling]:
    """Upright lines that are dirt: nearly as long as the page and past all level rulings, or long and alone.

    Args:
        candidates: The upright lines as they were found.
        standing: The stretches of them that part two fields.
        height: Of the page, in pixels.
    """
    least, overshoot = RULINGS.min_streak_height_share * height, pixels(RULINGS.max_overshoot_mm)
    # A frame ends where its table does; a streak goes on.
    past = [
        line
        for line in candidates
        if line.solid >= RULINGS.drawn_share
        and line.length >= least
        and (met := _met(line, lying))
        and (min(met) - line.start > overshoot or line.end - max(met) > overshoot)
    ]
    alone = pixels(RULINGS.min_streak_alone_mm)
    return [*past, *(line for line in standing if line.length > alone and not _met(line, lying))]


# --- Pieces of one ruling are joined ------------------------------------------------------------


def joined(pieces: Sequence[Ruling]) -> list[Ruling]:
    """Rulings whose short breaks are closed."""
    gap = pixels(RULINGS.gap_mm)
    return _merged(pieces, lambda before, piece: piece.start - before.end <= gap)


def _over_losses(pieces: Sequence[Ruling], crossing: Sequence[Ruling]) -> list[Ruling]:
    """Long pieces of one ruling joined over what a fax lost of it.

    A merged cell also interrupts a ruling, but from one crossing line to another; a loss begins anywhere.
    """
    meet, far = pixels(RULINGS.meet_mm), pixels(RULINGS.fax_gap_mm)
    shortest = pixels(RULINGS.min_fax_piece_mm)

    def meets(end: int, at: float) -> bool:
        return any(
            abs(line.at - end) <= meet and line.start - meet <= at <= line.end + meet for line in crossing
        )

    def is_loss(before: Ruling, piece: Ruling) -> bool:
        if min(before.length, piece.length) < shortest:
            return False
        ends = meets(before.end, before.at), meets(piece.start, piece.at)
        return not all(ends) if piece.start - before.end <= far else not any(ends)

    return _merged(pieces, is_loss)


def _merged(pieces: Sequence[Ruling], belong: Callable[[Ruling, Ruling], bool]) -> list[Ruling]:
    """Pieces at one place that belong together as one ruling each, its place weighted by their lengths."""
    drift = pixels(RULINGS.drift_mm)
    merged: list[Ruling] = []
    for piece in sorted(pieces, key=lambda piece: piece.start):
        for number, before in enumerate(merged):
            if abs(before.at - piece.at) <= drift and belong(before, piece):
                whole = before.length + piece.length
                at = (before.at * before.length + piece.at * piece.length) / whole
                thickness = (before.thickness * before.length + piece.thickness * piece.length) / whole
                solid = min(before.solid, piece.solid)
                merged[number] = Ruling(at, before.start, max(before.end, piece.end), thickness, solid)
                break
        else:
            merged.append(piece)
    return merged
