"""Styles of Word that decide whether text shows: hidden, struck out, underlined, a prompt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from formflow.readers import docx_names as n
from formflow.readers.package import Element, Package, parse_xml

HIDDEN = 1
UNDERLINED = 2
SYMBOLS = 4
PROMPT = 8

_WORTH_PARSING = re.compile(
    rb"<(?:\w+:)?(?:vanish|strike|dstrike)\b|<(?:\w+:)?u |<(?:\w+:)?name \w+:val=\"[Pp]laceholder [Tt]ext\""
)
_MAX_BASES = 16
_WORTH_KEEPING = 500_000
"""Bytes of a styles part beyond which its flags are worked out anew, so that few bytes are kept."""


def run_flags(properties: Element, inherited: int = 0) -> int:
    """What an `rPr` makes of the text below it, on top of what its style does."""
    flags = inherited
    for entry in properties:
        tag = entry.tag
        if tag in (n.VANISH, n.STRIKE, n.DSTRIKE):
            flags = flags | HIDDEN if n.is_on(entry.get(n.VAL)) else flags & ~HIDDEN
        elif tag == n.UNDERLINE:
            flags = flags | UNDERLINED if n.is_on(entry.get(n.VAL)) else flags & ~UNDERLINED
    return flags


class Styles:
    """Flags by style id, read from the styles part when a paragraph or run first names a style.

    Most forms name none, and the styles are the largest part of a small document.
    """

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        self._flags: Mapping[str, int] | None = None

    def flags(self, style_id: str) -> int:
        if self._flags is None:
            self._flags = _read(self._package, self._name)
        return self._flags.get(style_id, 0)


def _read(package: Package, name: str) -> Mapping[str, int]:
    if name not in package:
        return {}
    data = package.read(name)
    return _flags_of(data, name) if len(data) > _WORTH_KEEPING else _known(data, name)


@lru_cache(maxsize=16)
def _known(data: bytes, name: str) -> Mapping[str, int]:
    """The documents of an office share a few styles parts, and reading one is half the work of a small form."""
    return _flags_of(data, name)


def _flags_of(data: bytes, name: str) -> Mapping[str, int]:
    if not _WORTH_PARSING.search(data):
        return {}
    own: dict[str, tuple[str, Element | None]] = {}
    prompts: set[str] = set()
    for style in parse_xml(data, name).iterfind(n.W + "style"):
        base = style.find(n.W + "basedOn")
        own[style.get(n.W + "styleId", "")] = ("" if base is None else base.get(n.VAL, ""), style.find(n.RPR))
        called = style.find(n.W + "name")
        if called is not None and called.get(n.VAL, "").lower() == "placeholder text":
            # Its id is another in every language; the name is not.
            prompts.add(style.get(n.W + "styleId", ""))
    found = {}
    for style_id in own:
        flags = PROMPT if style_id in prompts else 0
        for properties in reversed(_chain(own, style_id)):
            flags = run_flags(properties, flags)
        if flags:
            found[style_id] = flags
    return found


def _chain(own: Mapping[str, tuple[str, Element | None]], style_id: str) -> list[Element]:
    chain: list[Element] = []
    for _ in range(_MAX_BASES):
        if style_id not in own:
            break
        style_id, properties = own[style_id]
        if properties is not None:
            chain.append(properties)
    return chain
