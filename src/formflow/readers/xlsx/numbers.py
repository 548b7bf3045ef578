"""Number formats of spreadsheets (ECMA-376 part 1, 18.8.30–31): how a number shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

Number = int | float

GENERAL = "General"
EXACT = 10**15
"""Spreadsheets keep 15 digits; a longer number has lost its end."""
LITERAL = re.compile(r'"[^"]*"?|[\\!_*].|\[[^\]]*\]?')
"""What stands in a format for itself or for nothing: quoted text, escapes, colours, conditions."""
SCIENTIFIC = re.compile(r"E[+-]", re.IGNORECASE)

_MAX_PLAIN_EXPONENT = 30


def show_general(value: Number) -> str:
    """A number in full digits, never in powers of ten, rounded to the 15 digits a spreadsheet keeps."""
    if isinstance(value, int):
        return str(value)
    text = format(value, ".15g")
    if "e" not in text:
        return text
    if text in ("inf", "-inf", "nan") or abs(Decimal(text).adjusted()) > _MAX_PLAIN_EXPONENT:
        return text
    return format(Decimal(text), "f")


@lru_cache(maxsize=512)
def split_sections(code: str) -> tuple[str, ...]:
    """The sections of a format: positive, negative, zero, text."""
    sections, start, quoted, at = [], 0, False, 0
    while at < len(code):
        character = code[at]
        if character == '"':
            quoted = not quoted
        elif character in "\\!" and not quoted:
            at += 1
        elif character == ";" and not quoted:
            sections.append(code[start:at])
            start = at + 1
        at += 1
    sections.append(code[start:])
    return tuple(sections)


@lru_cache(maxsize=512)
def hides_text(code: str) -> bool:
    """Whether a format shows nothing of a text: its fourth section is there and empty (`;;;`)."""
    sections = split_sections(code)
    return len(sections) > 3 and not re.sub(r"\[[^\]]*\]", "", sections[3]).strip()


_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]*)?)\]")


def show_number(value: Number, code: str) -> str:
    """A number as a format shows it: decimals, thousands, percent, units and currency signs."""
    if code == GENERAL or not code:
        return show_general(value)
    sections = split_sections(code)
    section, signed = _section(value, sections)
    bare = LITERAL.sub("", section)
    if SCIENTIFIC.search(bare) or ("/" in bare and "?" in bare):
        return show_general(value)
    shown = _fill(abs(value), section)
    return f"-{shown}" if signed and value < 0 and any(c in "123456789" for c in shown) else shown


def _section(value: Number, sections: tuple[str, ...]) -> tuple[str, bool]:
    """The section for a value, and whether a minus sign is still to be written."""
    conditions = [_CONDITION.search(section) for section in sections[:2]]
    if any(conditions):
        for section, condition in zip(sections[:2], conditions, strict=True):
            if condition is None or _meets(value, condition[1], float(condition[2])):
                return section, True
        return sections[-1], True
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _meets(value: Number, sign: str, limit: float) -> bool:
    tests = {"<": value < limit, ">": value > limit, "=": value == limit}
    return any(tests[mark] for mark in sign)


@dataclass(slots=True)
class _Pattern:
    """A section taken apart: literals and digit places before and after the decimal point."""

    whole: list[tuple[bool, str]]
    fraction: list[tuple[bool, str]]
    has_point: bool
    thousands: bool
    power: int


@lru_cache(maxsize=512)
def _pattern(section: str) -> _Pattern:
    tokens: list[tuple[bool, str]] = []
    power, point, last_place, at = 0, -1, -1, 0
    commas: list[int] = []
    while at < len(section):
        character = section[at]
        if character == '"':
            end = section.find('"', at + 1)
            end = len(section) if end < 0 else end
            tokens.append((False, section[at + 1 : end]))
            at = end
        elif character in "\\!":
            tokens.append((False, section[at + 1 : at + 2]))
            at += 1
        elif character in "_*":
            at += 1
        elif character == "[":
            end = section.find("]", at)
            end = len(section) if end < 0 else end
            if section.startswith("[$", at):
                tokens.append((False, section[at + 2 : end].partition("-")[0]))
            at = end
        elif character == "@":
            tokens.append((True, "G"))
        elif character in "0#?":
            last_place = len(tokens)
            tokens.append((True, character))
        elif character == "." and point < 0:
            point = len(tokens)
        elif character == ",":
            commas.append(len(tokens))
        elif section[at : at + 7].lower() == "general":
            last_place = len(tokens)
            tokens.append((True, "G"))
            at += 6
        else:
            power += 2 * (character == "%")
            tokens.append((False, character))
        at += 1
    scaling = sum(comma > last_place for comma in commas) if last_place >= 0 else 0
    split = len(tokens) if point < 0 else point
    return _Pattern(tokens[:split], tokens[split:], point >= 0, len(commas) > scaling, power - 3 * scaling)


def _fill(value: Number, section: str) -> str:
    pattern = _pattern(section)
    places = [mark for is_place, mark in pattern.fraction if is_place]
    if ("G" in places) or any(is_place and mark == "G" for is_place, mark in pattern.whole):
        general = show_general(value)
        return "".join(
            general if is_place else text for is_place, text in (*pattern.whole, *pattern.fraction)
        )
    try:
        exact = Decimal(str(value)).scaleb(pattern.power)
        digits = format(exact.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP), "f")
    except InvalidOperation:
        # More digits than a decimal holds: a spreadsheet would show ###.
        return show_general(value)
    whole, _, fraction = digits.partition(".")
    whole = whole.lstrip("0")
    shown_fraction = _fill_fraction(pattern, fraction)
    point = "." if pattern.has_point else ""
    return f"{_fill_whole(pattern, whole)}{point}{shown_fraction}".strip()


def _fill_whole(pattern: _Pattern, digits: str) -> str:
    """Fill the places from the right; the leftmost takes all digits that are left."""
    left = sum(is_place for is_place, _ in pattern.whole)
    pieces: list[str] = []
    count = 0
    for is_place, text in reversed(pattern.whole):
        if not is_place:
            pieces.append(text)
            continue
        left -= 1
        take = len(digits) if left == 0 else min(1, len(digits))
        taken = digits[len(digits) - take :] if take else ("0" if text == "0" else "")
        digits = digits[: len(digits) - take]
        for digit in reversed(taken):
            if pattern.thousands and count and count % 3 == 0:
                pieces.append(",")
            pieces.append(digit)
            count += 1
    return "".join(reversed(pieces))


def _fill_fraction(pattern: _Pattern, digits: str) -> str:
    marks = [mark for is_place, mark in pattern.fraction if is_place]
    keep = len(marks)
    while keep and marks[keep - 1] != "0" and digits[keep - 1] == "0":
        keep -= 1
    pieces, at = [], 0
    for is_place, text in pattern.fraction:
        if is_place:
            pieces.append(digits[at] if at < keep else "")
            at += 1
        else:
            pieces.append(text)
    return "".join(pieces)
