"""What properties and styles of Word make of text: hidden, struck out, white, underlined, a prompt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from formflow.readers.docx import names as n
from formflow.readers.packages.ooxml import Element, Package, parse_xml

UNDERLINED, SYMBOLS, PROMPT = 1, 2, 4
VANISHED, STRUCK, STRUCK_TWICE, TINY, WHITE, SHADED = 8, 16, 32, 64, 128, 256
MAYBE_UNSEEN = VANISHED | STRUCK | STRUCK_TWICE | TINY | WHITE
_TOGGLES = VANISHED | STRUCK
"""What two styles on the same text switch on and off again (ECMA-376 part 1, 17.7.3)."""
_TAKEN_BACK = 16
"""A flag that a style switches off is its bit, that many places to the left."""
_SWITCHES = {n.VANISH: VANISHED, n.STRIKE: STRUCK, n.DSTRIKE: STRUCK_TWICE, n.UNDERLINE: UNDERLINED}
_LOOKED_AT = frozenset((*_SWITCHES, n.SIZE, n.COLOUR, n.SHADING, n.HIGHLIGHT))
_UNSEEN_SIZES = frozenset(("0", "1", "2", "3"))
"""Half points: nobody reads letters of that height, and none fits a form."""
_LIGHTEST_SEEN = 0xF0

_WORTH_PARSING = re.compile(
    rb"<(?:\w+:)?(?:vanish|strike|dstrike|shd)\b|<(?:\w+:)?u |<(?:\w+:)?name \w+:val=\"[Pp]laceholder [Tt]ext\""
    rb"|<(?:\w+:)?sz \w+:val=\"[123]\"|<(?:\w+:)?color [^>]*val=\"[Ff]"
)
_MAX_BASES = 16
_WORTH_KEEPING = 500_000
"""Bytes of a styles part beyond which its flags are worked out anew, so that few bytes are kept."""


def run_flags(properties: Element, inherited: int = 0) -> int:
    """What an `rPr` makes of the text below it, on top of what its style does."""
    flags = inherited
    for entry in properties:
        tag = entry.tag
        if tag not in _LOOKED_AT:
            continue
        if tag in _SWITCHES:
            flags = _put(flags, _SWITCHES[tag], n.is_on(entry.get(n.VAL)))
        elif tag == n.SIZE:
            flags = _put(flags, TINY, entry.get(n.VAL) in _UNSEEN_SIZES)
        elif tag == n.COLOUR:
            flags = _put(flags, WHITE, _is_white(entry.get(n.VAL, "")))
        elif tag == n.SHADING:
            flags = _put(flags, SHADED, is_shaded(entry))
        elif tag == n.HIGHLIGHT and entry.get(n.VAL) not in ("none", "white"):
            flags = _put(flags, SHADED, True)
    return flags


def _put(flags: int, flag: int, on: bool) -> int:
    back = flag << _TAKEN_BACK
    return (flags | flag) & ~back if on else (flags | back) & ~flag


def with_style(flags: int, style: int) -> int:
    """The flags of text that a style is laid on top of; what both hide shows again."""
    both = (flags & ~(style >> _TAKEN_BACK)) | style
    return both & ~_TOGGLES | (flags ^ style) & _TOGGLES


def is_hidden(flags: int) -> bool:
    """Whether nobody sees the text, or somebody took it back by striking it out."""
    return bool(flags & (VANISHED | STRUCK | STRUCK_TWICE | TINY))


def is_white(flags: int) -> bool:
    """Whether the text is white, with nothing darker behind it as far as flags tell."""
    return flags & (WHITE | SHADED) == WHITE


def is_shaded(shading: Element | None) -> bool:
    """Whether a `w:shd` is darker than paper."""
    if shading is None:
        return False
    plain = shading.get(n.VAL, "clear") in ("clear", "nil")
    fill = shading.get(n.W + "fill", "auto")
    return not plain or not (fill == "auto" or _is_white(fill))


def _is_white(colour: str) -> bool:
    try:
        return len(colour) == 6 and min(bytes.fromhex(colour)) >= _LIGHTEST_SEEN
    except ValueError:
        return False


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
    shaded: set[str] = set()
    for style in parse_xml(data, name).iterfind(n.W + "style"):
        base = style.find(n.W + "basedOn")
        own[style.get(n.W + "styleId", "")] = ("" if base is None else base.get(n.VAL, ""), style.find(n.RPR))
        called = style.find(n.W + "name")
        if called is not None and called.get(n.VAL, "").lower() == "placeholder text":
            # Its id is another in every language; the name is not.
            prompts.add(style.get(n.W + "styleId", ""))
        if any(map(is_shaded, style.iter(n.SHADING))):
            shaded.add(style.get(n.W + "styleId", ""))
    found = {}
    for style_id in own:
        flags = (PROMPT if style_id in prompts else 0) | (SHADED if style_id in shaded else 0)
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
