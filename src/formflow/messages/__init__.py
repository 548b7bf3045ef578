"""What formflow says to people: every sentence in Chinese and English, a file for each room, a constant for each message.

    NO_FORM = Message(zh="没有表单“{name}”", en="no form {name!r}")

    raise UsageError(messages.NO_FORM(name=name), code="no-such-form")

Errors, findings and problems take what a message gives, a `Bilingual`; none of them takes a plain string, so that
nothing is said in one language only.
"""

from __future__ import annotations

from collections.abc import Iterable
from string import Formatter
from typing import NamedTuple


class Bilingual(NamedTuple):
    """A text for a person, in both languages."""

    chinese: str
    english: str

    def __str__(self) -> str:
        return self.english

    def split_lines(self) -> list[Bilingual]:
        """Each line of a text of several lines, which has as many in both languages."""
        return list(map(Bilingual, self.chinese.splitlines(), self.english.splitlines()))

    def __bool__(self) -> bool:
        return bool(self.chinese or self.english)


class Message:
    """A sentence in both languages, with named placeholders as `str.format` takes them.

    Args:
        zh: In Chinese.
        en: In English; it has the same placeholders.
    Raises:
        ValueError: A placeholder stands in one of the two only, or has no name.
    """

    def __init__(self, zh: str, en: str) -> None:
        names = _placeholders(zh)
        if names != _placeholders(en) or not all(map(str.isidentifier, names)):
            raise ValueError(f"placeholders differ or have no name: {zh!r}, {en!r}")
        self.zh, self.en, self.names = zh, en, names

    def __call__(self, **values: object) -> Bilingual:
        """The sentence with its placeholders filled in; a value that is `Bilingual` is given to each language in its own.

        Raises:
            KeyError: A placeholder has no value.
        """
        if not any(isinstance(value, Bilingual) for value in values.values()):
            return Bilingual(self.zh.format_map(values), self.en.format_map(values))
        chinese, english = dict(values), dict(values)
        for name, value in values.items():
            if isinstance(value, Bilingual):
                chinese[name], english[name] = value
        return Bilingual(self.zh.format_map(chinese), self.en.format_map(english))


def same(text: object) -> Bilingual:
    """A name, a path or another text that is the same in both languages."""
    return Bilingual(str(text), str(text))


NOTHING = Bilingual("", "")
"""No text."""


def listed(items: Iterable[object]) -> Bilingual:
    """The items one after another, as each language separates them."""
    return _joined(items, "、", ", ")


def parted(items: Iterable[Bilingual]) -> Bilingual:
    """Parts of a sentence with commas between them."""
    return _joined(items, "，", ", ")


def clauses(*parts: Bilingual) -> Bilingual:
    """Parts of a sentence one after another, such as a message and its remedy; empty ones are left out."""
    return _joined(filter(None, parts), "；", "; ")


def lines(items: Iterable[Bilingual]) -> Bilingual:
    """The texts, a line each."""
    return _joined(items, "\n", "\n")


def _joined(items: Iterable[object], chinese: str, english: str) -> Bilingual:
    texts = [item if isinstance(item, Bilingual) else same(item) for item in items]
    return Bilingual(
        chinese.join(text.chinese for text in texts), english.join(text.english for text in texts)
    )


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
