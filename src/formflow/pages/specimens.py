"""The pages of one paper's copies, told apart by their numbers: pure, and honest about what numbers cannot tell.

A symbol says `page 2 of 3`, not of which copy. One page of each is one copy, in whatever order they lie. Of several
copies those are certain that follow each other in one and the same order, and those whose other pages are alike.
Whatever lies otherwise is put together as it most likely belongs, and said to be doubtful.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Numbered:
    """A page that bears its number.

    Attributes:
        index: Its place among all pages of the batch.
        page: Its number, from 1.
        text: What stands on it.
    """

    index: int
    page: int
    text: str


@dataclass(slots=True)
class Copy:
    """The pages that are taken for one copy.

    Attributes:
        pages: In their order.
        spare: Pages that were scanned a second time.
        doubtful: A page of it may belong to another copy.
    """

    pages: list[Numbered]
    spare: list[Numbered] = field(default_factory=list)
    doubtful: bool = False

    def missing(self, of: int) -> tuple[int, ...]:
        """The numbers of the pages that are not there."""
        there = {numbered.page for numbered in self.pages}
        return tuple(number for number in range(1, of + 1) if number not in there)


def copies(found: Sequence[Numbered], of: int) -> list[Copy]:
    """The copies that the pages of one paper make up.

    Args:
        found: In the order in which they were scanned.
        of: How many pages a copy has.
    """
    if of == 1 or len({numbered.page for numbered in found}) == len(found):
        return [_sorted(piece) for piece in (_windows(found, 1) if of == 1 else [found])]
    once, spare = _without_twins(found, of)
    made = _told(once, of)
    for numbered in spare:
        _home(made, numbered).spare.append(numbered)
    return made


def _told(found: Sequence[Numbered], of: int) -> list[Copy]:
    windows = _windows(found, of)
    if all(_is_whole(window, of) for window in windows):
        return _doubted(windows, of)
    counts = Counter(numbered.page for numbered in found)
    if len(counts) < of or len(set(counts.values())) > 1:
        return _doubted(_rising(found), of)
    by_page = [[numbered for numbered in found if numbered.page == page] for page in sorted(counts)]
    # Where all pages but one are alike in every copy, it is all the same which of them belongs to which.
    differing = sum(len({numbered.text for numbered in same}) > 1 for same in by_page)
    made = [_sorted(pages) for pages in zip(*by_page, strict=True)]
    for copy in made:
        copy.doubtful = differing > 1
    return made


def _doubted(pieces: Sequence[Sequence[Numbered]], of: int) -> list[Copy]:
    """A copy for each piece; doubtful where it lacks a page or lies in another order than most, and beside such."""
    orders = Counter(_order(piece) for piece in pieces if _is_whole(piece, of))
    usual = min(orders, key=lambda order: (-orders[order], order)) if orders else ()
    odd = [_order(piece) != usual for piece in pieces]
    made = []
    for at, piece in enumerate(pieces):
        copy = _sorted(piece)
        copy.doubtful = len(piece) > 1 and any(odd[max(at - 1, 0) : at + 2])
        made.append(copy)
    return made


def _windows(found: Sequence[Numbered], of: int) -> list[Sequence[Numbered]]:
    return [found[start : start + of] for start in range(0, len(found), of)]


def _rising(found: Sequence[Numbered]) -> list[Sequence[Numbered]]:
    """The pages cut wherever their number does not rise."""
    cuts = [at for at in range(1, len(found)) if found[at].page <= found[at - 1].page]
    return [found[a:b] for a, b in zip([0, *cuts], [*cuts, len(found)], strict=True)]


def _without_twins(found: Sequence[Numbered], of: int) -> tuple[list[Numbered], list[Numbered]]:
    """The pages without those that are there more often than others and were scanned twice, and these.

    Where every page is there equally often, pages that read alike are pages of copies that were left empty.
    """
    counts = Counter(numbered.page for numbered in found)
    fewest = min(counts[page] for page in range(1, of + 1))
    once: list[Numbered] = []
    spare: list[Numbered] = []
    for numbered in found:
        twin = any(other.page == numbered.page and other.text == numbered.text for other in once)
        if twin and counts[numbered.page] > max(fewest, 1):
            counts[numbered.page] -= 1
            spare.append(numbered)
        else:
            once.append(numbered)
    return once, spare


def _home(made: Sequence[Copy], spare: Numbered) -> Copy:
    """The copy whose page was scanned twice."""
    return next(
        copy for copy in made if any(one.page == spare.page and one.text == spare.text for one in copy.pages)
    )


def _sorted(piece: Sequence[Numbered]) -> Copy:
    return Copy(sorted(piece, key=lambda numbered: numbered.page))


def _is_whole(piece: Sequence[Numbered], of: int) -> bool:
    return len(piece) == of and {numbered.page for numbered in piece} == set(range(1, of + 1))


def _order(piece: Sequence[Numbered]) -> tuple[int, ...]:
    return tuple(numbered.page for numbered in piece)
