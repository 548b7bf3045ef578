"""Which glyphs of a page people see, by what was painted before and after them.

One test for all the ways of hiding text: a glyph shows where it lies inside what it is cut to, differs from the ground
it stands on, and nothing opaque was painted over it afterwards. What that cannot tell (soft masks, blend modes,
pictures with masks) is looked at on the page as a viewer draws it; what is half hidden, or cannot be looked at, is
doubtful.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pdfminer.layout import LTChar

from formflow.model import Box
from formflow.readers.pdf.drawn import Drawn, Run
from formflow.readers.pdf.paint import PAPER, Cover, Region, box_around, contrast

_LEAST = 1.05
"""Contrast below which nobody tells ink from its ground: that of 98 % grey on paper."""
MOST = 21.0
"""Contrast of black on white."""
_HIDDEN, _WHOLE = 0.75, 0.25
"""Shares of a glyph from which it is hidden, and up to which it is whole."""
_ACROSS, _DOWN = (0.1, 0.3, 0.5, 0.7, 0.9), (0.0, 0.5, 1.0)
"""Where to look for a glyph's ink."""
_BAND = 24.0

Look = Callable[[Sequence[Box]], Sequence[bool] | None]
"""Whether anything shows in some boxes (pdfminer's coordinates); None where the page cannot be drawn."""


@dataclass(slots=True, eq=False)
class Sight:
    """A glyph that shows.

    Attributes:
        contrast: To the ground it stands on, as of `contrast`.
        doubtful: Whether, or as what, people see it is not certain.
    """

    glyph: LTChar
    run: Run
    contrast: float = MOST
    doubtful: bool = False


def seen(drawn: Drawn, look: Look) -> list[Sight]:
    """The glyphs that people see, in the order they were drawn; what hides others is noted in `drawn.hiding`."""
    by_band = _Bands(drawn.covers)
    found: list[Sight] = []
    unsure: list[Sight] = []
    for run in drawn.runs:
        glyphs = drawn.glyphs[run.start : run.end]
        said = [glyph for glyph in glyphs if not glyph.get_text().isspace()]
        if not said:
            continue
        box = box_around(
            [c for g in (said[0], said[-1]) for core in (_core(g),) for c in (core[:2], core[2:])]
        )
        covers = by_band.over(box) if drawn.covers else []
        below = [cover for cover in covers if cover.order <= run.start and cover.sure]
        above = [cover for cover in covers if cover.order >= run.end]
        cut = [] if all(clip.contains(box) for clip in run.clips) else run.clips
        # Mostly one thing lies below a whole run, and nothing above it.
        even = not below or below[-1].contains(box)
        level = _contrast(run, below[-1].light if below else PAPER) if even else None
        if level is not None and level < _LEAST:
            continue
        if level is not None and run.plain and not cut and not above:
            found += [Sight(glyph, run, level) for glyph in glyphs]
            continue
        shows = False
        for glyph in glyphs:
            text = glyph.get_text()
            if text.isspace():
                if shows:  # a blank goes with what is before it
                    found.append(Sight(glyph, run))
                continue
            sight = Sight(glyph, run, _contrast(run, _ground(glyph, below)) if level is None else level)
            hidden = _share_under(glyph, above, sure=True) if above else 0.0
            if hidden > _WHOLE:
                drawn.hiding.extend(cover for cover in above if cover.sure and cover not in drawn.hiding)
            shows = sight.contrast >= _LEAST and hidden < _HIDDEN and (not cut or _inside(sight, cut))
            if not shows:
                continue
            found.append(sight)
            if text.isalnum():
                sight.doubtful = sight.doubtful or hidden > _WHOLE
                if not run.plain or (above and _share_under(glyph, above, sure=False) > _WHOLE):
                    unsure.append(sight)
    if not unsure:
        return found
    lost = set(map(id, _looked_at(unsure, look)))
    return [sight for sight in found if id(sight) not in lost]


def _looked_at(unsure: Sequence[Sight], look: Look) -> Iterator[Sight]:
    """Those of the glyphs where a drawn page shows nothing; where it cannot tell, they become doubtful."""
    answers = look([_core(sight.glyph) for sight in unsure])
    for number, sight in enumerate(unsure):
        if answers is None or not (answers[number] or sight.run.embedded):
            # A viewer without the font may draw nothing where others draw the glyph.
            sight.doubtful = True
        elif not answers[number]:
            yield sight


def _ground(glyph: LTChar, below: Sequence[Cover]) -> float | None:
    """The light of what a glyph stands on; None where that is not one colour."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    return next((cover.light for cover in reversed(below) if cover.holds(x, y)), PAPER)


def _contrast(run: Run, ground: float | None) -> float:
    if not run.alpha:
        return 1.0
    if ground is None or None in run.lights:
        return MOST
    return max(
        (
            contrast(run.alpha * light + (1 - run.alpha) * ground, ground)
            for light in run.lights
            if light is not None
        ),
        default=1.0,
    )


def _inside(sight: Sight, clips: Sequence[Region]) -> bool:
    """Whether a glyph shows within what it is cut to; one that is cut through is doubtful."""
    core = _core(sight.glyph)
    if all(clip.contains(core) for clip in clips):
        return True
    points = _points(sight.glyph)
    share = sum(all(clip.holds(x, y) for clip in clips) for x, y in points) / len(points)
    sight.doubtful = share < 1 - _WHOLE and sight.glyph.get_text().isalnum()
    return share > 1 - _HIDDEN


def _share_under(glyph: LTChar, covers: Iterable[Cover], *, sure: bool) -> float:
    """The part of a glyph that lies under covers, those that surely hide or those that may."""
    covers = [cover for cover in covers if cover.sure is sure]
    if not covers:
        return 0.0
    points = _points(glyph)
    return sum(any(cover.holds(x, y) for cover in covers) for x, y in points) / len(points)


def _points(glyph: LTChar) -> list[tuple[float, float]]:
    x0, low, x1, high = _core(glyph)
    return [(x0 + a * (x1 - x0), low + d * (high - low)) for a in _ACROSS for d in _DOWN]


def _core(glyph: LTChar) -> Box:
    """Where the ink of a glyph is: of level text from just above its foot up to the height of a figure."""
    x0, y0, x1, y1 = glyph.bbox
    foot, high = glyph.matrix[5], y1 - y0
    if glyph.upright and y0 <= foot <= y0 + high / 2:
        return (x0, foot + 0.08 * high, x1, foot + 0.62 * high)
    return (x0, y0 + 0.3 * high, x1, y1 - 0.3 * high)


class _Bands:
    """Covers by the height they lie at, in the order they were painted."""

    def __init__(self, covers: Sequence[Cover]) -> None:
        self._large: list[tuple[int, Cover]] = []
        self._bands: dict[int, list[tuple[int, Cover]]] = {}
        for entry in enumerate(covers):
            _, y0, _, y1 = entry[1].region.box
            first, last = y0 // _BAND, y1 // _BAND
            if not last - first < 8:
                self._large.append(entry)
                continue
            for band in range(int(first), int(last) + 1):
                self._bands.setdefault(band, []).append(entry)

    def over(self, box: Box) -> list[Cover]:
        """The covers that reach into a box, in order."""
        found = {
            number: cover
            for held in (self._large, *self._near(box))
            for number, cover in held
            if cover.region.box[0] <= box[2]
            and cover.region.box[2] >= box[0]
            and cover.region.box[1] <= box[3]
            and cover.region.box[3] >= box[1]
        }
        return [found[number] for number in sorted(found)]

    def _near(self, box: Box) -> Iterator[list[tuple[int, Cover]]]:
        first, last = box[1] // _BAND, box[3] // _BAND
        if not last - first < 400:
            yield from self._bands.values()
            return
        for band in range(int(first), int(last) + 1):
            if band in self._bands:
                yield self._bands[band]
