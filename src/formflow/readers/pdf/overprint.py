"""Text printed over other text: watermarks are taken apart, what else collides is doubtful.

A watermark is known by what a reader sees: it runs aslant, or the file says so, or it is printed across other text from
which it stands back, being far paler or larger. Where two texts lie over each other and neither stands back, nobody
can tell which of them is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from formflow.model import Box
from formflow.readers.pdf.lines import Item, box_of

_PALE = 2.0
"""Contrast of what looks printed for the eye to pass over: silver on paper has 1.8, a hint to fill in 2.3."""
_PALER, _LARGER = 4.0, 1.5
"""How many times the contrast of a watermark, or the size of what lies below one, goes into the other's."""
_OVER = 0.4
"""Share of the narrower and of the lower of two glyphs from which they lie over each other."""
_HALF_WIDTH = 0.65
"""Of its size a Latin glyph is wide at most: fonts without widths make them as wide as Chinese ones."""
_MOST_PAIRS = 3_000_000


def taken_apart(items: Sequence[Item]) -> tuple[list[Item], list[list[Item]]]:
    """The items of a page without its watermarks, and these, one list each run; colliding items become doubtful."""
    runs = _runs(items)
    level = [run for run in runs if not _is_watermark(run)]
    if not level:
        return list(items), []
    across = [run for run in runs if _is_watermark(run)]
    pairs = _collisions(level)
    if pairs is None:
        for item in items:
            item.doubtful = True
        return [item for run in level for item in run], across
    standing_back = _standing_back(level, pairs)
    for one, other in pairs:
        back = (_look(one) in standing_back) + (_look(other) in standing_back)
        # A pale watermark hides nothing of what it crosses; a dark one may.
        if back != 1 or min(one.contrast, other.contrast) * _PALER > max(one.contrast, other.contrast):
            one.doubtful = other.doubtful = True
    kept = []
    for run in level:
        if _look(run[0]) in standing_back:
            across.append(run)
            continue
        kept.extend(run)
        for item in run:
            if item.contrast < _PALE:
                item.doubtful = True
    return kept, across


def text_across(runs: Sequence[Sequence[Item]]) -> dict[str, Box]:
    """What the watermarks of a page say, each once, in the order they were drawn."""
    found: dict[str, Box] = {}
    for run in runs:
        text = "".join(item.text for item in run).strip()
        if text:
            found.setdefault(text, box_of(run))
    return found


def _runs(items: Sequence[Item]) -> list[list[Item]]:
    return [list(run) for _, run in groupby(items, key=lambda item: id(item.run))]


def _is_watermark(run: Sequence[Item]) -> bool:
    drawn = run[0].run
    return drawn is not None and (drawn.aslant or drawn.watermark)


def _look(item: Item) -> tuple[object, ...]:
    return item.run.look if item.run is not None else ()


def _standing_back(runs: Sequence[Sequence[Item]], pairs: Sequence[tuple[Item, Item]]) -> set[object]:
    """The looks of text that is printed across other text: of half its runs at least, and standing back from it."""
    over: dict[object, set[int]] = {}
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            if one.contrast * _PALER <= other.contrast or one.size >= _LARGER * other.size:
                over.setdefault(_look(one), set()).add(id(one.run))
    all_runs: dict[object, int] = {}
    for run in runs:
        all_runs[_look(run[0])] = all_runs.get(_look(run[0]), 0) + 1
    return {look for look, own in over.items() if 2 * len(own) >= all_runs[look]}


def _collisions(runs: Sequence[list[Item]]) -> list[tuple[Item, Item]] | None:
    """Items of different runs that lie over each other and say different things; None for more than can be compared."""
    saying = ([item for item in run if item.text.isalnum()] for run in runs)
    boxes = sorted(((_around(run), run) for run in saying if run), key=lambda entry: entry[0][1])
    found: list[tuple[Item, Item]] = []
    open_runs: list[tuple[Box, list[Item]]] = []
    compared = 0
    for box, run in boxes:
        open_runs = [entry for entry in open_runs if entry[0][3] > box[1]]
        compared += len(open_runs)
        for other_box, other in open_runs:
            if other_box[0] < box[2] and other_box[2] > box[0] and not _is_shadow(run, other):
                compared += len(run) * len(other)
                if compared > _MOST_PAIRS:
                    return None
                found.extend(_over_each_other(run, other))
        open_runs.append((box, run))
    return found


def _around(run: Sequence[Item]) -> Box:
    """The box around a run, which lies on one line."""
    first, last = run[0], run[-1]
    return (
        min(first.x0, last.x0),
        min(first.top, last.top),
        max(first.x1, last.x1),
        max(first.bottom, last.bottom),
    )


def _is_shadow(run: Sequence[Item], other: Sequence[Item]) -> bool:
    """Whether two runs say the same at nearly the same place: one is the other's shadow, or makes it bold."""
    first, second = run[0], other[0]
    return (
        len(run) == len(other)
        and abs(first.x0 - second.x0) + abs(first.top - second.top) <= _OVER * first.size
        and all(one.text == two.text for one, two in zip(run, other, strict=True))
    )


def _over_each_other(run: Sequence[Item], other: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    for one in run:
        for two in other:
            if one.text != two.text and _lie_over(one, two):
                yield one, two


def _lie_over(one: Item, two: Item) -> bool:
    down = min(one.bottom, two.bottom) - max(one.top, two.top)
    if down <= _OVER * min(one.bottom - one.top, two.bottom - two.top):
        return False
    wide, other_wide = _width(one), _width(two)
    across = min(one.x0 + wide, two.x0 + other_wide) - max(one.x0, two.x0)
    return across > _OVER * min(wide, other_wide)


def _width(item: Item) -> float:
    wide = item.x1 - item.x0
    return min(wide, _HALF_WIDTH * item.size) if item.text.isascii() and item.upright else wide
