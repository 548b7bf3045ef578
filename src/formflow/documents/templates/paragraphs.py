"""Paragraphs that a value broke in two: `\\a` in a text begins a new one of the same look, `\\f` a new page."""

from __future__ import annotations

import copy
import re

from lxml import etree

from formflow.documents.templates.rich import PAGE, PARAGRAPH
from formflow.documents.templates.wordml import Element, W

_MARK = re.compile(f"[{PARAGRAPH}{PAGE}]")
_PROPERTIES = {W + "p": W + "pPr", W + "r": W + "rPr"}


def has_breaks(xml: str) -> bool:
    """Whether a filled part holds a paragraph that is to be broken."""
    return PARAGRAPH in xml or PAGE in xml


def break_paragraphs(xml: str) -> str:
    """The part with every marked paragraph broken at its marks; a mark outside a paragraph falls away.

    Raises:
        etree.XMLSyntaxError: It is not well-formed.
    """
    root = etree.fromstring(xml.encode("utf-8"))
    for text in list(root.iter(W + "t")):
        piece = text
        while match := _MARK.search(piece.text or ""):
            paragraph = next(piece.iterancestors(W + "p"), None)
            if paragraph is None:
                piece.text = _MARK.sub("", piece.text)
                break
            piece = _break(paragraph, piece, match)
    whole = str(etree.tostring(root, encoding="unicode"))
    return _MARK.sub("", whole)


def _break(paragraph: Element, text: Element, match: re.Match[str]) -> Element:
    """Break a paragraph inside one of its texts; the text that follows the mark."""
    rest = copy.copy(text)
    rest.text, rest.tail = text.text[match.end() :], None
    text.text = text.text[: match.start()]
    node, behind = text, rest
    while node is not paragraph:
        parent = node.getparent()
        other = parent.makeelement(parent.tag, dict(parent.attrib), parent.nsmap)
        look = parent.find(_PROPERTIES[parent.tag]) if parent.tag in _PROPERTIES else None
        if look is not None:
            other.append(copy.deepcopy(look))
        following = list(node.itersiblings())
        other.append(behind)
        other.extend(following)
        node, behind = parent, other
    for section in paragraph.iterfind(f"{W}pPr/{W}sectPr"):
        section.getparent().remove(section)  # a section ends with the last of its paragraphs
    paragraph.addnext(behind)
    if match.group() == PAGE:
        page = paragraph.makeelement(W + "p")
        run = page.makeelement(W + "r")
        run.append(run.makeelement(W + "br", {W + "type": "page"}))
        page.append(run)
        paragraph.addnext(page)
    return rest
