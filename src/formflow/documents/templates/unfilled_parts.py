"""Tags where no part is filled: targets of links, charts, comments, properties; each is a problem with its place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from formflow.documents.package import Member, PackageError, expand
from formflow.documents.templates.problem import Place, Problem
from formflow.documents.templates.structure import own_text_nodes, place_of
from formflow.documents.templates.wordml import W
from formflow.messages import templates as messages

_TAG = re.compile(r"\{\{.+?\}\}|\{%.+?%\}|\{#.+?#\}", re.DOTALL)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def unfilled(members: Mapping[str, Member], stories: Mapping[str, str], template: str) -> Iterator[Problem]:
    """Problems of every member that holds a tag and is not filled.

    Args:
        stories: Name of each part that is filled → its name for people.
    """
    for name, member in members.items():
        if name in stories or not name.endswith((".xml", ".rels")):
            continue
        try:
            text = expand(member).decode("utf-8", "replace")
        except PackageError:
            continue  # a part that nobody reads is copied as it is
        if not _TAG.search(unquote(text)):
            continue
        story = _story_of(name)
        if story is not None:
            yield from _links(text, members.get(story), stories.get(story, story), template)
        elif found := _TAG.search(text):
            yield Problem(
                template,
                Place(name, "whole part", found.group()),
                messages.TAG_NOT_FILLED(),
                messages.MOVE_INTO_TEXT(),
                fatal=False,
            )


def _story_of(name: str) -> str | None:
    """The part that a member of relationships belongs to; None for another member."""
    folder, file = posixpath.split(name)
    if not file.endswith(".rels") or posixpath.basename(folder) != "_rels":
        return None
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))


def _links(rels: str, story: Member | None, part: str, template: str) -> Iterator[Problem]:
    try:
        root = etree.fromstring(rels.encode("utf-8"))
        content = None if story is None else etree.fromstring(expand(story))
    except (etree.XMLSyntaxError, PackageError):
        return
    for relation in root.iter(_RELATION):
        target = unquote(relation.get("Target", ""))
        if _TAG.search(target):
            place = _place(content, relation.get("Id", ""), part, target)
            said = messages.TAG_IN_LINK(target=target)
            yield Problem(template, place, said, messages.WRITE_LINK_AS_FIELD())


def _place(content: etree._Element | None, id: str, part: str, target: str) -> Place:
    """The paragraph in which a relationship is used."""
    users: Iterable[etree._Element] = () if content is None else content.iter(etree.Element)
    for user in users:
        if user.get(_ID) == id and (paragraph := next(user.iterancestors(W + "p"), None)) is not None:
            return place_of(paragraph, part, "".join(text for _, text in own_text_nodes(paragraph)))
    return Place(part, "link", target)
