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
from formflow.readers.pdf_drawn import Drawn, Run
from formflow.readers.pdf_paint import PAPER, Cover, Region, box_around, contrast

_LEAST = 1.05
"""Contrast below which nobody tells ink from its ground: that of 98 % grey on paper."""
MOST = 21.0
"""Contrast of black on white."""
_HIDDEN, _WHOLE = 0.75, 0.25
"""Shares of a glyph from which it is hidden, and up to which it is whole."""
_ACROSS, _DOWN = (0.1, 0.3, 0.5, 0.7, 0.9), (0.3, 0.5, 0.7)
"""Where in a glyph's box to look for it: the box is as high as the font, of which a digit fills the middle."""
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
        box = box_around([c for g in (glyphs[0], glyphs[-1]) for c in (g.bbox[:2], g.bbox[2:])])
        covers = by_band.over(box) if drawn.covers else []
        below = [cover for cover in covers if cover.order <= run.start and cover.sure]
        above = [cover for cover in covers if cover.order >= run.end]
        cut = [] if all(clip.contains(box) for clip in run.clips) else run.clips
        alike = None if below else _contrast(run, glyphs[0], ())
        for glyph in glyphs:
            sight = Sight(glyph, run, _contrast(run, glyph, below) if alike is None else alike)
            if sight.contrast < _LEAST or (cut and not _inside(sight, cut)):
                continue
            hidden = _share_under(glyph, above, sure=True) if above else 0.0
            if hidden > _WHOLE:
                drawn.hiding.extend(cover for cover in above if cover.sure and cover not in drawn.hiding)
            if hidden >= _HIDDEN:
                continue
            sight.doubtful = sight.doubtful or hidden > _WHOLE
            if not glyph.get_text().isspace() and (
                not run.plain or (above and _share_under(glyph, above, sure=False) > _WHOLE)
            ):
                unsure.append(sight)
            found.append(sight)
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


def _contrast(run: Run, glyph: LTChar, below: Sequence[Cover]) -> float:
    ground: float | None = PAPER
    if below:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        ground = next((cover.light for cover in reversed(below) if cover.holds(x, y)), PAPER)
    if ground is None:
        return MOST if run.alpha else 1.0
    found = 1.0
    for light in run.lights:
        if light is None:
            return MOST if run.alpha else 1.0
        found = max(found, contrast(run.alpha * light + (1 - run.alpha) * ground, ground))
    return found


def _inside(sight: Sight, clips: Sequence[Region]) -> bool:
    """Whether a glyph shows within what it is cut to; one that is cut through is doubtful."""
    points = _points(sight.glyph)
    share = sum(all(clip.holds(x, y) for clip in clips) for x, y in points) / len(points)
    sight.doubtful = share < 1 - _WHOLE
    return share > 1 - _HIDDEN


def _share_under(glyph: LTChar, covers: Iterable[Cover], *, sure: bool) -> float:
    """The part of a glyph that lies under covers, those that surely hide or those that may."""
    covers = [cover for cover in covers if cover.sure is sure]
    if not covers:
        return 0.0
    points = _points(glyph)
    return sum(any(cover.holds(x, y) for cover in covers) for x, y in points) / len(points)


def _points(glyph: LTChar) -> list[tuple[float, float]]:
    x0, y0, x1, y1 = glyph.bbox
    return [(x0 + a * (x1 - x0), y0 + d * (y1 - y0)) for a in _ACROSS for d in _DOWN]


def _core(glyph: LTChar) -> Box:
    x0, y0, x1, y1 = glyph.bbox
    wide, high = x1 - x0, y1 - y0
    return (x0 + 0.1 * wide, y0 + 0.2 * high, x1 - 0.1 * wide, y1 - 0.2 * high)


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
