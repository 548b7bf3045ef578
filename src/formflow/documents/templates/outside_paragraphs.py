"""Where tags stand outside a paragraph's own words, and what Word keeps beside a text that would undo its filling.

Field codes, WordArt, alternative texts, links of fields, formulas and charts hold text that no run shows. A value put
there is one line of text; in a field code its quotes and backslashes are escaped as Word reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from formflow.documents.templates.wordml import Element, W, remove

LINE, FIELD = "one_line", "formflow_field"
"""Filters that a value takes: on one line; and as the argument of a field code."""

_FIELD_TEXTS = (W + "instrText", W + "delInstrText")
_DELETED = frozenset((W + "del", W + "moveFrom"))
_PROPERTIES = frozenset((W + "rPr", W + "trPr", W + "pPr"))
_FIELD_ATTRIBUTE = W + "instr"


@dataclass(frozen=True, slots=True)
class ForeignText:
    """A text that may hold tags.

    Attributes:
        nodes: Elements that hold it piece by piece; with `attribute` one element, which holds it there.
        where: The place, for a person.
        filter: What a value passes before it stands there.
        begin: The mark that begins the field, for a field code.
    """

    nodes: tuple[Element, ...]
    text: str
    where: str
    filter: str = LINE
    attribute: str = ""
    begin: Element = None

    def put(self, text: str) -> None:
        """Let this text stand there instead."""
        first, *others = self.nodes
        if self.begin is not None:
            # What the field showed in the template is no longer its result; Word works it out when it opens the file.
            self.begin.set(W + "dirty", "true")
        if self.attribute:
            first.set(self.attribute, text)
            return
        first.text = text
        for node in others:
            node.text = ""


def foreign_texts(root: Element) -> Iterator[ForeignText]:
    """Every text of a part that is no run's own: field codes whole, whatever runs they are cut into."""
    for element in list(root.iter(etree.Element)):
        for name, value in element.attrib.items():
            if "{" in value:
                field = name == _FIELD_ATTRIBUTE
                where = "field code" if field else f"attribute {etree.QName(name).localname}"
                yield ForeignText((element,), value, where, FIELD if field else LINE, name)
        if element.tag == W + "p":
            yield from _field_codes(element)
        elif element.tag not in (W + "t", *_FIELD_TEXTS) and element.text and "{" in element.text:
            yield ForeignText((element,), element.text, f"element {etree.QName(element).localname}")


def _field_codes(paragraph: Element) -> Iterator[ForeignText]:
    """The codes of the fields that begin in a paragraph; one code may lie in several runs."""
    group: list[Element] = []
    begin: Element = None
    for node in paragraph.iter(W + "instrText", W + "fldChar"):
        if next(node.iterancestors(W + "p")) is not paragraph:
            continue
        if node.tag == W + "instrText":
            group.append(node)
            continue
        if group:
            yield _code(group, begin)
            group = []
        if node.get(W + "fldCharType") == "begin":
            begin = node
    if group:
        yield _code(group, begin)


def _code(group: list[Element], begin: Element) -> ForeignText:
    text = "".join(node.text or "" for node in group)
    return ForeignText(tuple(group), text, "field code", FIELD, begin=begin)


def drop_deleted(root: Element) -> None:
    """Take out what a tracked change has deleted or moved away: a document is filled as after accepting all changes."""
    for element in list(root.iter(*_DELETED)):
        parent = element.getparent()
        if parent is not None and parent.tag not in _PROPERTIES:
            remove(element)


def free_controls(root: Element, tagged: re.Pattern[str]) -> None:
    """Let controls that hold a tag show what is filled in: no placeholder, no value bound from elsewhere."""
    for text in root.iter(W + "t"):
        control = next(text.iterancestors(W + "sdt"), None)
        if control is None or not tagged.search(text.text or ""):
            continue
        properties = control.find(W + "sdtPr")
        for name in ("showingPlcHdr", "dataBinding"):
            for element in () if properties is None else properties.findall(W + name):
                properties.remove(element)
        for binding in () if properties is None else properties.findall(_BINDING_15):
            properties.remove(binding)


_BINDING_15 = "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding"
"""The same for rich text, since Word 2013."""
