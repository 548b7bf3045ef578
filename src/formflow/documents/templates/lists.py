"""Numbered lists inside loops inside loops: each pass of the outer one begins its lists anew.

The source marks where a loop over paragraphs begins and ends. When a filled part reaches the same loop once more, the
lists in it take a number definition of their own, which counts from the start of the same abstract list. Only lists of
the first level begin anew: deeper levels do by themselves.

Source:
    ECMA-376 part 1, 17.9.15 (num), 17.9.8 (lvlOverride), 17.9.26 (startOverride).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from formflow.documents.templates.wordml import W

BEGIN, END = "\ufddc", "\ufddd"
"""Where a loop begins, with its number and a semicolon behind, and where one ends."""

NUMBERING = "word/numbering.xml"

_TOKEN = re.compile(rf'{BEGIN}(\d+);|{END}|(<w:numPr>\s*<w:ilvl w:val="0"/>\s*<w:numId w:val=")(\d+)("/>)')


class Restarts:
    """The number definitions that one document needs beside its template's.

    Attributes:
        made: New id → id of the definition that it counts like; in order.
    """

    def __init__(self, taken: Iterable[int]) -> None:
        self._free: Iterator[int] = itertools.count(max(taken, default=0) + 1)
        self.made: dict[int, int] = {}

    def in_part(self, xml: str) -> str:
        """A filled part without the marks, its lists begun anew where a loop came again."""
        reached: set[str] = set()
        open_loops: list[dict[int, int] | None] = []

        def put(match: re.Match[str]) -> str:
            if match[1] is not None:
                open_loops.append({} if match[1] in reached else None)
                reached.add(match[1])
                return ""
            if match[3] is None:
                if open_loops:
                    open_loops.pop()
                return ""
            own = next((made for made in reversed(open_loops) if made is not None), None)
            if own is None:
                return match.group()
            number = int(match[3])
            if number not in own:
                own[number] = next(self._free)
                self.made[own[number]] = number
            return f"{match[2]}{own[number]}{match[4]}"

        return _TOKEN.sub(put, xml)

    def definitions(self, numbering: bytes) -> bytes:
        """The part of numberings with the new definitions in it."""
        root = etree.fromstring(numbering)
        known = {number.get(f"{W}numId"): number for number in root.iter(f"{W}num")}
        last = max((root.index(number) for number in root.findall(f"{W}num")), default=len(root) - 1)
        for offset, (new, old) in enumerate(self.made.items(), start=1):
            like = known.get(str(old))
            abstract = None if like is None else like.find(f"{W}abstractNumId")
            if abstract is None:
                continue
            made = root.makeelement(f"{W}num", {f"{W}numId": str(new)})
            etree.SubElement(made, f"{W}abstractNumId", {f"{W}val": abstract.get(f"{W}val", "0")})
            override = etree.SubElement(made, f"{W}lvlOverride", {f"{W}ilvl": "0"})
            start = _start(root, abstract.get(f"{W}val", "0"))
            etree.SubElement(override, f"{W}startOverride", {f"{W}val": start})
            root.insert(last + offset, made)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def numbers_in(numbering: bytes) -> tuple[int, ...]:
    """The ids of the number definitions of a template."""
    found = re.findall(rb'<w:num [^>]*?w:numId="(\d+)"', numbering)
    return tuple(int(number) for number in found)


def _start(root: etree._Element, abstract: str) -> str:
    """What the first level of an abstract list begins with."""
    for definition in root.iter(f"{W}abstractNum"):
        if definition.get(f"{W}abstractNumId") == abstract:
            start = definition.find(f"{W}lvl/{W}start")
            return "1" if start is None else str(start.get(f"{W}val", "1"))
    return "1"
