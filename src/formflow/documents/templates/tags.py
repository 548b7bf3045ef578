"""docxtpl's tags in one WordprocessingML part: found across runs on the XML tree, turned into a Jinja source.

Inside the source the delimiters are noncharacters (U+FDD0 …), which no text may hold: braces of the document
itself mean nothing to Jinja. Each tag begins a line of its own, hidden in a comment, so that a line number
says which paragraph a fault lies in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from formflow.documents.templates.outside_paragraphs import drop_deleted, foreign_texts, free_controls
from formflow.documents.templates.problem import Place, Problem
from formflow.documents.templates.structure import Structure, own_text_nodes, place_of
from formflow.documents.templates.wordml import Element, W, is_whitespace, remove
from formflow.messages import NOTHING, Bilingual
from formflow.messages import templates as messages

EXPRESSION = ("\ufdd0", "\ufdd1")
BLOCK = ("\ufdd2", "\ufdd3")
COMMENT = ("\ufdd4", "\ufdd5")
_DELIMITERS = {"{{": EXPRESSION, "{%": BLOCK, "{#": COMMENT}

_TAG = re.compile(r"\{_\{|\}_\}|\{_%|%_\}|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LITERAL = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
"""How braces are written that are to be printed, as in docxtpl."""
_LEVEL = re.compile(r"(tr|tc|p|r)\s+(?=\S)")
_CELL_TAG = re.compile(r"\s*(colspan|cellbg|vm|hm)\b\s*(.*?)\s*$", re.DOTALL)
_OPENER = re.compile(r"\{\{|\{%")
_CLOSER = re.compile(r"\}\}|%\}")
_WIDE = re.compile(r"[｛{][｛{％%]|[％%｝}][｝}]")
_FORBIDDEN = re.compile("[\ufdd0-\ufdd9]")
_TAGGED = re.compile("[\ufdd0\ufdd2\ufdd6]")
"""What a text holds in which a tag was found."""
_SOURCE_TAG = re.compile("[\ufdd0\ufdd2\ufdd4][^\ufdd1\ufdd3\ufdd5]*[\ufdd1\ufdd3\ufdd5]")
_MARK = re.compile("\ufdd4-?(\\d+)\n\ufdd5")
_RAW = re.compile(r"[\s+-]*(?:end)?raw\b")
_JOIN_BEFORE = re.compile("</w:t>(?:(?!</w:t>).)*?(\ufdd4)-([^\ufdd5]*\ufdd5\ufdd2)-", re.DOTALL)
_JOIN_AFTER = re.compile("-\ufdd3(?:(?!<w:t[ >]|\ufdd2|\ufdd0).)*?<w:t(?: [^>]*)?>", re.DOTALL)
# What Word's autocorrection makes of quotes and blanks inside a tag.
_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u3000": " ", "\n": " ", "\t": " ", "\u200b": ""}
)


@dataclass(slots=True)
class Source:
    """The Jinja source of one part.

    Attributes:
        text: The source; empty where the part holds no tag.
        places: Line of the source → the paragraph its tag came from.
        tables_vary: Loops or tags change the number of cells, so that grids must be counted again.
    """

    text: str = ""
    places: dict[int, Place] = field(default_factory=dict)
    tables_vary: bool = False
    problems: list[Problem] = field(default_factory=list)


def jinja_source(content: bytes, part: str, template: str) -> Source:
    """Turn one XML part into a Jinja source.

    Args:
        content: The part's XML.
        part: Its name for people (`body`, `header 1`).
        template: File name, for problems.
    Returns:
        The source with every problem found; nothing is raised for a wrong tag.
    Raises:
        etree.XMLSyntaxError: The part is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(content, parser)
    return _Reader(root, part, template).read()


class _Reader:
    def __init__(self, root: Element, part: str, template: str) -> None:
        self.root = root
        self.part = part
        self.template = template
        self.places: list[Place] = []
        self.source = Source()
        self.structure = Structure(numbered=next(root.iter(W + "numPr"), None) is not None)

    def read(self) -> Source:
        self._drop_noise()
        drop_deleted(self.root)
        for paragraph in list(self.root.iter(W + "p")):
            self._read_paragraph(paragraph)
        self._read_foreign_text()
        if not self.places:
            return self.source
        free_controls(self.root, _TAGGED)
        for place, message, fatal in self.structure.apply(self.root):
            self._problem(self.places[place], message, fatal=fatal)
        self.source.tables_vary = self.structure.tables_vary
        text = etree.tostring(self.root, encoding="unicode")
        text = _SOURCE_TAG.sub(lambda match: _unescaped(match.group()), text)
        text = _JOIN_AFTER.sub(BLOCK[1], _JOIN_BEFORE.sub(r"\1\2", text))
        self.source.text = text
        self.source.places = dict(self._lines(text))
        return self.source

    def _lines(self, text: str) -> Iterator[tuple[int, Place]]:
        line, seen = 1, 0
        for match in _MARK.finditer(text):
            line += text.count("\n", seen, match.end())
            seen = match.end()
            yield line, self.places[int(match.group(1))]

    def _drop_noise(self) -> None:
        """Spelling marks, revision ids and blanks between elements: they mean nothing and only cost time."""
        for name in ("proofErr", "lastRenderedPageBreak"):
            for element in list(self.root.iter(W + name)):
                remove(element)
        for element in self.root.iter(etree.Element):
            for key in [
                k for k in element.attrib if k.startswith(W + "rsid") or k.endswith(("}paraId", "}textId"))
            ]:
                del element.attrib[key]
            if element.tag.startswith(W):
                if len(element) and is_whitespace(element.text):
                    element.text = None
                if is_whitespace(element.tail):
                    element.tail = None

    def _read_paragraph(self, paragraph: Element) -> None:
        nodes = list(own_text_nodes(paragraph))
        joined = "".join(text for _, text in nodes)
        if not (
            "{" in joined or "}" in joined or "｛" in joined or "｝" in joined or _FORBIDDEN.search(joined)
        ):
            return
        place = place_of(paragraph, self.part, joined)
        rest = _TAG.sub("", joined)
        self._check_rest(rest, place)
        matches = list(_TAG.finditer(joined))
        levels = [
            m
            for m in matches
            if m.group() not in _LITERAL and (found := _LEVEL.match(m.group(), 2)) and found.group(1) != "r"
        ]
        if len(levels) > 1:
            first, second = (m.group() for m in levels[:2])
            said = messages.TWO_TAGS(first=first, second=second)
            self._problem(place, said, messages.GIVE_EACH_ITS_OWN())
            return
        # From the last to the first, so that the offsets of those before stay true.
        for match in reversed(matches):
            self._take(match, nodes, paragraph, place)

    def _check_rest(self, rest: str, place: Place) -> None:
        wide = next((m for m in _WIDE.finditer(rest) if set(m.group()) & set("｛｝％")), None)
        if wide:
            self._problem(place, messages.WIDE_BRACES(braces=wide.group()), messages.USE_HALF_WIDTH())
        elif found := _OPENER.search(rest):
            said = messages.NOT_CLOSED(tag=rest[found.start() :][:30])
            self._problem(place, said, messages.CLOSE_IN_PARAGRAPH())
        elif found := _CLOSER.search(rest):
            said = messages.NOT_OPENED(tag=found.group())
            self._problem(place, said, messages.OPEN_OR_ESCAPE(), fatal=False)
        if _FORBIDDEN.search(rest):
            self._problem(place, messages.FORBIDDEN_CHARACTERS(), messages.DELETE_THEM())

    def _take(
        self, match: re.Match[str], nodes: list[tuple[Element, str]], paragraph: Element, place: Place
    ) -> None:
        written = match.group()
        if written in _LITERAL:
            self._index(place)  # so that the part counts as one to be filled
            self._put(match, nodes, _LITERAL[written])
            return
        kind, inner = written[:2], written[2:-2].translate(_PLAIN)
        if kind == "{#":
            self._put(match, nodes, self._level_mark(inner, "", paragraph, place))
            return
        cell_tag = _CELL_TAG.match(inner) if kind == "{%" else None
        if cell_tag and (cell_tag.group(2) or cell_tag.group(1) in ("vm", "hm")):
            node = self._put(match, nodes, "")
            name, expression = cell_tag.groups()
            if not self.structure.cell_tag(name, expression, node, self._mark(place)):
                self._problem(place, messages.IN_NO_TABLE(tag=written), messages.PUT_INTO_CELL())
            return
        level = _LEVEL.match(inner)
        body = inner[level.end() :] if level else inner
        if level and level.group(1) != "r":
            # It stands for a whole row, cell or paragraph: there are no blanks beside it to strip.
            body = body.strip("-+")
        opened, closed = _DELIMITERS[kind]
        if kind == "{%" and _RAW.match(body):
            self._problem(place, messages.NOT_ALLOWED(what=written), messages.PRINT_BRACES())
            self._put(match, nodes, "")
            return
        # What strips the blanks before the tag must strip those before its mark.
        strip = "-" if body.startswith("-") else ""
        coded = f"{self._mark(place, strip)}{opened}{body}{closed}"
        if level is None or (level.group(1) == "r" and kind == "{{"):
            self._put(match, nodes, coded)
        elif kind == "{{" and level.group(1) == "p":
            self._put(match, nodes, self.structure.paragraph_each(paragraph, self._mark(place), body))
        elif kind == "{{":
            self._problem(place, messages.NO_ROW_VALUE(tag=written), messages.USE_ROW_LOOP())
        else:
            self._put(match, nodes, self._level_mark(inner, coded, paragraph, place))

    def _level_mark(self, inner: str, coded: str, paragraph: Element, place: Place) -> str:
        level = _LEVEL.match(inner)
        if level is None:
            return coded
        mark = self.structure.replace_level(level.group(1), coded, paragraph, self._index(place))
        if mark is None:
            self._problem(place, messages.IN_NO_TABLE(tag=f"{{%{inner}%}}"), messages.PUT_INTO_ROW())
        return mark or ""

    def _put(self, match: re.Match[str], nodes: list[tuple[Element, str]], coded: str) -> Element:
        """Put `coded` where the tag begins and take the tag's own characters out of every node it spans."""
        start, end = match.span()
        offset = 0
        first: Element = None
        for node, text in nodes:
            left, right = max(start - offset, 0), min(end - offset, len(text))
            offset += len(text)
            if left >= right:
                continue
            if node.tag != W + "t":
                remove(node)
                continue
            # Tags are taken from the last to the first: up to `right` the text is still as it was.
            node.text = node.text[:left] + (coded if first is None else "") + node.text[right:]
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            first = node if first is None else first
        return first

    def _read_foreign_text(self) -> None:
        """Tags outside a paragraph's own words: field codes, WordArt, alternative texts, formulas."""
        for found in foreign_texts(self.root):
            if "{" not in found.text:
                continue
            place = Place(self.part, found.where, found.text)
            put = partial(self._foreign, place, found.filter)
            self._check_rest(_TAG.sub("", found.text), place)
            changed = _TAG.sub(put, found.text)
            if changed != found.text:
                found.put(changed)

    def _foreign(self, place: Place, filter: str, match: re.Match[str]) -> str:
        if match.group() in _LITERAL:
            self._index(place)
            return _LITERAL[match.group()]
        opened, closed = _DELIMITERS[match.group()[:2]]
        inner = match.group()[2:-2].translate(_PLAIN)
        if opened == EXPRESSION[0]:
            inner = f"({inner})|{filter}"
        return f"{self._mark(place)}{opened}{inner}{closed}"

    def _index(self, place: Place) -> int:
        if not self.places or self.places[-1] is not place:
            self.places.append(place)
        return len(self.places) - 1

    def _mark(self, place: Place, strip: str = "") -> str:
        return f"{COMMENT[0]}{strip}{self._index(place)}\n{COMMENT[1]}"

    def _problem(
        self, place: Place, said: Bilingual, remedy: Bilingual = NOTHING, *, fatal: bool = True
    ) -> None:
        self.source.problems.append(Problem(self.template, place, said, remedy, fatal))


def _unescaped(tag: str) -> str:
    for entity, character in (("&#10;", "\n"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        tag = tag.replace(entity, character)
    return tag
