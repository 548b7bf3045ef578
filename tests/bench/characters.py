"""How much of a page's text was read right, whatever the order in which a reader gives it.

A page has two dimensions, and readers go through its cells and columns each in their own way; so texts are compared
as bags, page by page, of characters and of words.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_DRAWN = dict.fromkeys(map(ord, "☐☑☒□■▢▣✓✔√✗✘×○●◯_\u00ad\u200b\ufeff￼"))
"""What is drawn rather than written: boxes, ticks, the line under a blank; and what cannot be seen."""

_SPELLED = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−－\x02\ufffe", "-"),
        **dict.fromkeys("〔【", "["),
        **dict.fromkeys("〕】", "]"),
        **dict.fromkeys("‘’′`", "'"),
        **dict.fromkeys("“”″〃", '"'),
        **dict.fromkeys("・•‧∙", "·"),
        "￥": "¥",
    }
)
"""Signs that look alike in one typeface or another; pdfium gives the last two for a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Score:
    """Characters of one page or of many; scores add up.

    Attributes:
        true: Characters on the page, `read` those that the reader gave, `right` those in both: of each character as
            many as in the bag that has fewer.
        in_words: Characters on the page in words of two and more, and `whole` those of them in words that the reader
            gave whole. A word is what blanks part on the page; each place in the reader's text counts for one word.
    """

    true: int = 0
    read: int = 0
    right: int = 0
    in_words: int = 0
    whole: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.true + other.true,
            self.read + other.read,
            self.right + other.right,
            self.in_words + other.in_words,
            self.whole + other.whole,
        )

    @property
    def recall(self) -> float:
        """Share of the page's characters that were read."""
        return self.right / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        """Share of the characters read that are on the page."""
        return self.right / self.read if self.read else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both: the "characters right" of the report."""
        return 2 * self.right / (self.true + self.read) if self.true + self.read else 1.0

    @property
    def words(self) -> float:
        """Share of the characters in words that were read whole."""
        return self.whole / self.in_words if self.in_words else 1.0


def score(truth: str, read: str) -> Score:
    """Compare what stands on a page with what a reader gave, both folded alike."""
    words, text = folded(truth), "".join(folded(read))
    bag = Counter("".join(words))
    long = [word for word in words if len(word) > 1]
    return Score(
        true=bag.total(),
        read=len(text),
        right=(bag & Counter(text)).total(),
        in_words=sum(map(len, long)),
        whole=sum(map(len, _found(long, text))),
    )


def folded(text: str) -> list[str]:
    """The words of a text in characters of one width (NFKC), signs that look alike as one, drawn ones left out."""
    plain = unicodedata.normalize("NFKC", text.translate(_SPELLED).translate(_DRAWN))
    return plain.translate(_SPELLED).split()


def _found(words: Iterable[str], text: str) -> list[str]:
    """Those of the words that stand in the text; the longest take their places first."""
    found = []
    for word in sorted(words, key=len, reverse=True):
        if word in text:
            text = text.replace(word, "\0", 1)
            found.append(word)
    return found
