"""What a loop has copied and may stand only once in a document: ids of drawings, shapes, controls, bookmarks, comments.

Source:
    ECMA-376 part 1, 17.5.2.18 (id of a control), 17.13.4 (comments), 17.13.6 (bookmarks), 20.4.2.5 (docPr); part 4, 19.1.2
    (ids of VML shapes).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from lxml import etree

from formflow.documents.templates.wordml import W

_DRAWING = re.compile(r'(<wp:docPr [^>]*?\bid=")\d+(")')
_CONTROL = re.compile(r'(<w:sdtPr>(?:(?!</w:sdtPr>).)*?<w:id w:val=")(-?\d+)(")', re.DOTALL)
# A shape type may stand often: each copy says the same.
_SHAPE = re.compile(r'(<v:(?!shapetype\b)[a-z]+ (?:[^>]*? )?id=")([^"]*)(")')
_SHAPE_OFFICE_ID = re.compile(r'(\bo:spid=")([^"]*)(")')
_BOOKMARK = re.compile(r'<w:bookmark(Start|End) (?:[^>]*? )?w:id="(\d+)"[^>]*/>')
_COMMENT = re.compile(r'<w:comment(RangeStart|RangeEnd|Reference) (?:[^>]*? )?w:id="(\d+)"[^>]*/>')
_NOTE = re.compile(r'<w:(footnote|endnote)Reference (?:[^>]*? )?w:id="(-?\d+)"[^>]*/>')


def unique(xml: str) -> str:
    """A filled part in which what a loop copied has ids of its own, or stands once where it can have none."""
    if "<wp:docPr " in xml:
        numbers = itertools.count(1)
        xml = _DRAWING.sub(lambda match: f"{match[1]}{next(numbers)}{match[2]}", xml)
    if "<w:sdtPr>" in xml:
        taken = {int(match[2]) for match in _CONTROL.finditer(xml)}
        free = (id for id in itertools.count(1) if id not in taken)
        xml = _CONTROL.sub(_fresh(lambda *_: str(next(free))), xml)
    if "<v:" in xml:
        xml = _SHAPE.sub(_fresh(lambda old, copy: f"{old}_{copy}"), xml)
        xml = _SHAPE_OFFICE_ID.sub(_fresh(lambda old, copy: f"{old}_{copy}"), xml)
    if "<w:bookmarkStart " in xml:
        xml = _BOOKMARK.sub(_once_each(), xml)
    if "<w:comment" in xml:
        xml = _COMMENT.sub(_once_each(), xml)
    if "noteReference " in xml:
        xml = _NOTE.sub(_once_each(), xml)
    return xml


def filled_controls(xml: str) -> str:
    """A filled part in which a control of whole paragraphs, cells or rows that was emptied keeps what Word needs.

    Raises:
        etree.XMLSyntaxError: It is not well-formed.
    """
    root = etree.fromstring(xml.encode("utf-8"))
    for content in list(root.iter(f"{W}sdtContent")):
        if len(content):
            continue
        control = content.getparent()
        parent = control.getparent()
        if parent.tag == f"{W}tbl":
            parent.remove(control)
        elif parent.tag == f"{W}tr":
            etree.SubElement(etree.SubElement(content, f"{W}tc"), f"{W}p")
        elif next(control.iterancestors(f"{W}p"), None) is None or parent.tag in _BLOCKS:
            etree.SubElement(content, f"{W}p")
    return str(etree.tostring(root, encoding="unicode"))


_BLOCKS = frozenset(W + name for name in ("tc", "txbxContent", "body", "hdr", "ftr", "footnote", "endnote"))
"""What holds whole paragraphs, inside a paragraph too."""


def _fresh(make: Callable[[str, int], str]) -> Callable[[re.Match[str]], str]:
    """Leaves the first of equal ids and makes others of the copies, by old id and number of the copy."""
    seen: dict[str, int] = {}

    def put(match: re.Match[str]) -> str:
        before, old, after = match.groups()
        copy = seen[old] = seen.get(old, 0) + 1
        return match.group() if copy == 1 else f"{before}{make(old, copy)}{after}"

    return put


def _once_each() -> Callable[[re.Match[str]], str]:
    """Leaves the first mark of each kind and id; further copies of a loop go without it."""
    seen: set[tuple[str, str]] = set()

    def put(match: re.Match[str]) -> str:
        key = (match[1], match[2])
        if key in seen:
            return ""
        seen.add(key)
        return match.group()

    return put
