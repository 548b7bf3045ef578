"""The papers of a batch: its pages parted at separators, shared out among papers and put in order.

Pages that name their paper go to it wherever they lie between two separators; a page that names none goes with the
page before it, as the back of a sheet does. Pages that only bear a printed number are put in order among themselves,
where every one of them bears it; which form they are is for extraction to tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from formflow.model import Part
from formflow.pages.page_marks import PageMarks, leaves, page_number
from formflow.pages.specimens import Copy, Numbered, copies

_SAME_TITLE = 60.0
"""Likeness from which two first lines, one of them perhaps misread, are the same title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The numbered pages of one copy of a paper.

    Attributes:
        parts: Names of its pages, in order.
        of: How many there should be.
        missing: Numbers of those that are not there.
        doubled: Numbers of those that were scanned twice.
        doubtful: A page of it may belong to another copy.
        printed: Only print says so, which may count the pages of a whole print run.
    """

    parts: tuple[str, ...]
    of: int
    missing: tuple[int, ...] = ()
    doubled: tuple[int, ...] = ()
    doubtful: bool = False
    printed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """Pages that belong together, in their order.

    Attributes:
        whose: The paper that its pages name; empty for pages that name none, which may hold several forms.
        spare: Pages that were scanned a second time: not to be read again.
        sheets: What its numbers say: of a paper that is named one, else any number.
        separator: It is a separator page.
    """

    parts: tuple[Part, ...]
    whose: str = ""
    spare: tuple[Part, ...] = ()
    sheets: tuple[Sheets, ...] = ()
    separator: bool = False


def papers(parts: Sequence[Part]) -> list[Packet]:
    """The papers that parts make up, whatever order the parts are in; sheets and stories are one paper."""
    parts = in_file_order(parts)
    told = leaves(parts)
    found: list[Packet] = []
    start = 0
    for stop in range(len(parts) + 1):
        if stop == len(parts) or told[stop].separator:
            found.extend(_Stretch(parts, told).papers(range(start, stop)))
            if stop < len(parts):
                found.append(Packet(parts=(parts[stop],), separator=True))
            start = stop + 1
    return found


def stretches(parts: Sequence[Part]) -> list[list[Packet]]:
    """The papers between separators; these are left out."""
    found: list[list[Packet]] = [[]]
    for paper in papers(parts):
        if paper.separator:
            found.append([])
        else:
            found[-1].append(paper)
    return [stretch for stretch in found if stretch]


def in_file_order(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The pages as they lie in the file; parts that are no pages as they are."""
    numbers = [page_number(part) for part in parts]
    if any(number is None for number in numbers):
        return tuple(parts)
    return tuple(part for _, part in sorted(zip(numbers, parts, strict=True), key=lambda pair: pair[0] or 0))


class _Stretch:
    """The pages between two separators."""

    def __init__(self, parts: Sequence[Part], told: Sequence[PageMarks]) -> None:
        self._parts = parts
        self._told = told

    def papers(self, span: range) -> list[Packet]:
        """The papers in the span, each where its first page lies."""
        named: dict[tuple[str, int], list[int]] = {}
        loose: list[list[int]] = []
        behind: dict[int, list[int]] = {}
        head: int | None = None
        opened = {leaf.pages: leaf.paper for leaf in (self._told[at] for at in span) if leaf.open}
        for at in span:
            leaf = self._told[at]
            whose = leaf.paper or (opened.get(leaf.pages, "") if leaf.pages > 1 else "")
            before = None if head is None else self._told[head]
            if whose and not (before and _runs_over(leaf, before)):
                named.setdefault((whose, leaf.pages), []).append(at)
                head = at
            elif head is not None and before and (whose or before.open or leaf.pages in (0, before.pages)):
                behind.setdefault(head, []).append(at)
            else:
                if head is not None or not loose:
                    loose.append([])
                loose[-1].append(at)
                head = None
        found = [(run[0], self._loose(run)) for run in loose]
        for (whose, of), places in named.items():
            for copy in copies(self._numbered(places), of):
                first = min(numbered.index for numbered in copy.pages)
                found.append((first, self._named(whose, copy, of, behind)))
        return [paper for _, paper in sorted(found, key=lambda pair: pair[0])]

    def _named(self, whose: str, copy: Copy, of: int, behind: dict[int, list[int]]) -> Packet:
        order: list[int] = []
        for numbered in copy.pages:
            order += [numbered.index, *behind.get(numbered.index, [])]
        for numbered in copy.spare:
            order += behind.get(numbered.index, [])
        return Packet(
            parts=self._at(order),
            whose=whose,
            spare=self._at([numbered.index for numbered in copy.spare]),
            sheets=(self._sheets(copy, of),),
        )

    def _loose(self, run: Sequence[int]) -> Packet:
        order: list[int] = []
        sheets: list[Sheets] = []
        spare: list[int] = []
        for numbered, of in self._printed(run):
            if of < 2:
                order += numbered
                continue
            made = copies(self._numbered([at for at in numbered if self._told[at].page]), of)
            sheets += [self._sheets(copy, of, printed=True) for copy in made]
            twice = {one.index for copy in made for one in copy.spare}
            spare += sorted(twice)
            if any(copy.doubtful or copy.missing(of) for copy in made):
                order += [at for at in numbered if at not in twice]
            else:
                order += self._with_backs(numbered, [one.index for copy in made for one in copy.pages])
        return Packet(parts=self._at(order), spare=self._at(spare), sheets=tuple(sheets))

    def _printed(self, run: Sequence[int]) -> Iterator[tuple[list[int], int]]:
        """The run cut where the printed total changes; blank backs go with the page before them."""
        group: list[int] = []
        of = -1
        for at in run:
            leaf = self._told[at]
            if group and not leaf.blank and leaf.pages != of:
                yield group, of
                group = []
            of = of if leaf.blank and group else leaf.pages
            group.append(at)
        if group:
            yield group, of

    def _with_backs(self, group: Sequence[int], order: Sequence[int]) -> list[int]:
        """The pages in this order, each with the blank backs that lay behind it."""
        made: list[int] = []
        for at in order:
            made.append(at)
            for back in group[group.index(at) + 1 :]:
                if not self._told[back].blank:
                    break
                made.append(back)
        return made

    def _numbered(self, places: Sequence[int]) -> list[Numbered]:
        return [Numbered(at, self._told[at].page, self._told[at].text) for at in places]

    def _sheets(self, copy: Copy, of: int, *, printed: bool = False) -> Sheets:
        return Sheets(
            parts=tuple(self._parts[numbered.index].name for numbered in copy.pages),
            of=of,
            missing=copy.missing(of),
            doubled=tuple(sorted({numbered.page for numbered in copy.spare})),
            doubtful=copy.doubtful,
            printed=printed,
        )

    def _at(self, places: Sequence[int]) -> tuple[Part, ...]:
        return tuple(self._parts[at] for at in places)


def _runs_over(leaf: PageMarks, before: PageMarks) -> bool:
    """Whether a page is where the page before it ran over: the same footer again, without a title or a symbol."""
    same = (leaf.paper, leaf.page, leaf.pages) == (before.paper, before.page, before.pages)
    return same and not leaf.coded and ratio(leaf.title, before.title) < _SAME_TITLE
