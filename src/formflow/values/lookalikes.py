"""Characters that are taken for one another on paper, and the few texts that exchanging them can give.

What comes out is for a person to compare with the paper, never a value by itself: two texts may look alike and
both be right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, islice

_ALIKE = (
    "0OoDQ〇", "1lI|i!丨", "2Zz", "5Ss", "8B", "6bG", "9gq", "4A", "7T",
    "末未", "己已巳", "土士", "人入八", "日目曰", "千干于", "元无兀", "年午", "月用",
    "壹臺壶", "贰貳贡", "叁参參", "肆肄", "捌别", "玖玫", "拾抬恰", "佰伯", "仟什", "万方", "亿忆", "圆园", "角甬", "分兮",
)  # fmt: skip
"""Characters that look alike, the one that is meant most often first."""

_BY_CHARACTER = {character: group for group in _ALIKE for character in group}
_DIGITS = str.maketrans(
    {c: group[0] for group in _ALIKE if group[0].isdigit() for c in group[1:] if c.isascii()}
)

LETTERS = frozenset(map(chr, _DIGITS))
"""Letters and signs that look like a digit; none of them can stand in a number."""

LONGEST = 48
"""Characters of a text in which anything is exchanged."""
BUDGET = 300
"""Texts that are tried at most."""
MOST = 3
"""Candidates that still help a person; more of them say nothing."""


def as_digits(text: str) -> str:
    """The text with every letter that looks like a digit as that digit."""
    return text.translate(_DIGITS)


def alike(one: str, other: str) -> bool:
    """Whether two characters may be taken for each other."""
    return one != other and other in _BY_CHARACTER.get(one, "")


def candidates(
    text: str, passes: Callable[[str], bool], *, foreign: Iterable[str] = (), depth: int = 2
) -> tuple[str, ...]:
    """The texts that pass and come of the fewest exchanges; none where there are more than `MOST`.

    One exchange puts another character for one place, or for every place where the same character stands. The
    search is bounded: a text of more than `LONGEST` characters has no candidates, and `passes` is asked at most
    `BUDGET` times.

    Args:
        passes: Whether a text is one that may be written there.
        foreign: Characters that cannot be written there: each is exchanged before anything else is.
        depth: How many exchanges there may be beyond those.
    """
    if not text or len(text) > LONGEST:
        return ()
    banned = frozenset(foreign)
    bare = "".join(next(_others(c, banned), c) if c in banned else c for c in text)
    left = BUDGET
    for number in range(depth + 1):
        found: dict[str, None] = {}
        for start in dict.fromkeys((bare, text)):
            for made in islice(_exchanged(start, number, banned), left):
                left -= 1
                if made != text and made not in found and passes(made):
                    found[made] = None
        if found:
            return tuple(found) if len(found) <= MOST else ()
    return ()


def _exchanged(text: str, number: int, banned: frozenset[str]) -> Iterator[str]:
    """The texts that come of so many exchanges."""
    for steps in combinations(_steps(text, banned), number):
        places = [place for where, _ in steps for place in where]
        if len(places) == len(set(places)):
            made = list(text)
            for where, other in steps:
                for place in where:
                    made[place] = other
            yield "".join(made)


def _steps(text: str, banned: frozenset[str]) -> list[tuple[tuple[int, ...], str]]:
    """Every single exchange: the places and the character that goes there; whole texts alike first."""
    places: dict[str, list[int]] = {}
    for place, character in enumerate(text):
        if character in _BY_CHARACTER:
            places.setdefault(character, []).append(place)
    wide = [(tuple(own), other) for c, own in places.items() for other in _others(c, banned)]
    single = [((place,), other) for where, other in wide if len(where) > 1 for place in where]
    return [*wide, *single]


def _others(character: str, banned: frozenset[str]) -> Iterator[str]:
    return (other for other in _BY_CHARACTER.get(character, "") if other != character and other not in banned)
