"""Rows, cells and paragraphs that give way to their tag: what is kept of them, and what is lost and must be told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from formflow.documents.templates.wordml import CODED, Element, W, put_before, remove
from formflow.messages import Bilingual
from formflow.messages import templates as messages

_CLOSES = re.compile("\ufdd2[\\s+-]*(?:end|else|elif)")
_BREAKS = ("page", "column")
_PICTURES = (W + "drawing", W + "pict", W + "object")
_NOTES = (W + "footnoteReference", W + "endnoteReference")
_COMMENTS = (W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")


def give_way(element: Element, coded: str) -> None:
    """Let a tag stand where the element round it stood; breaks of a page or section in it go on being made.

    They count as the last thing inside what the tag opens or closes: a break beside `{%p endfor %}` is made after
    every pass.
    """
    kept = _breaks_of(element) if element.tag == W + "p" else None
    if kept is None:
        remove(element, coded)
        return
    element.getparent().replace(element, kept)
    kept.tail = element.tail
    if _CLOSES.search(coded):
        kept.tail = coded + (kept.tail or "")
    else:
        put_before(kept, coded)


def losses(element: Element, level: str, root: Element) -> Iterator[tuple[Bilingual, bool]]:
    """What goes with the element although somebody may want it: (what is said, whether the template cannot be filled)."""
    tag = f"{{%{level} … %}}"
    beside = "".join(text.text or "" for text in element.iter(W + "t")).strip()
    if beside:
        yield messages.TEXT_LOST(text=CODED.sub("…", beside)[:30], tag=tag), False
    if next(element.iter(*_PICTURES), None) is not None:
        yield messages.PICTURE_LOST(tag=tag), False
    if next(element.iter(*_NOTES), None) is not None:
        yield messages.FOOTNOTE_LOST(tag=tag), False
    ends = [mark.get(W + "fldCharType") for mark in element.iter(W + "fldChar")]
    if ends.count("begin") != ends.count("end"):
        yield messages.FIELD_TORN(tag=tag), True
    elif ends:
        yield messages.FIELD_LOST(tag=tag), False
    comments = {mark.get(W + "id") for mark in element.iter(*_COMMENTS)}
    if comments:
        yield messages.COMMENT_LOST(tag=tag), False
        for mark in list(root.iter(*_COMMENTS)):
            # Half of a comment's range would be left.
            if mark.get(W + "id") in comments:
                remove(mark)


def _breaks_of(paragraph: Element) -> Element | None:
    """A paragraph that makes the same breaks of section, page and column and holds nothing else; None without any."""
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    breaks = [mark for mark in paragraph.iter(W + "br") if mark.get(W + "type") in _BREAKS]
    if section is None and not breaks:
        return None
    made = paragraph.makeelement(paragraph.tag, {}, paragraph.nsmap)
    if section is not None:
        properties = made.makeelement(W + "pPr")
        properties.append(section)
        made.append(properties)
    for mark in breaks:
        run = made.makeelement(W + "r")
        mark.tail = None
        run.append(mark)
        made.append(run)
    return made
