"""What stamping Word and Excel packages shares: parts, relationships and strict parsing of what was changed."""

from __future__ import annotations

import posixpath
from typing import Any
from urllib.parse import unquote

from lxml import etree

from formflow.documents.package import Member, PackageError, expand, pack, read_members, write_members

Element = Any
"""An lxml element; lxml carries no types."""

STRICT_MARK = "http://purl.oclc.org/ooxml/"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
# Level 6 costs twice the time for files a few per cent smaller.
_LEVEL = 3


class Editing:
    """A package of which some parts are changed; all others are written as they were compressed."""

    def __init__(self, data: bytes) -> None:
        self._members = {member.name: member for member in read_members(data)}
        self._changed: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._members or name in self._changed

    def read(self, name: str) -> bytes:
        if name in self._changed:
            return self._changed[name]
        if name not in self._members:
            raise PackageError(f"{name}: missing")
        return expand(self._members[name])

    def xml(self, name: str) -> Element:
        """The root of a part; no entities, no document type."""
        return parse(self.read(name))

    def put(self, name: str, root: Element) -> None:
        """Write a part anew from its tree, which is well-formed by its nature."""
        self._changed[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)

    def put_bytes(self, name: str, content: bytes) -> None:
        """Write a part anew, provided that it is well-formed."""
        parse(content)
        self._changed[name] = content

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """Id → (last step of the type, target part) of every internal link; `""` is the package itself."""
        name = relationships_name(part)
        if name not in self:
            return {}
        found = {}
        for link in self.xml(name):
            if link.get("TargetMode") != "External" and link.get("Target"):
                target = posixpath.join("/", posixpath.dirname(part), unquote(link.get("Target")))
                kind = link.get("Type", "").rpartition("/")[2]
                found[link.get("Id")] = (kind, posixpath.normpath(target).lstrip("/"))
        return found

    def main_part(self) -> str:
        for kind, target in self.relationships("").values():
            if kind == "officeDocument":
                return target
        raise PackageError("no main document")

    def add_part(self, owner: str, name: str, content: bytes, content_type: str, link_type: str) -> str:
        """Add a part that `owner` links to; returns the link's id."""
        self.put_bytes(name, content)
        types = self.xml("[Content_Types].xml")
        etree.SubElement(
            types, f"{{{_TYPES}}}Override", {"PartName": f"/{name}", "ContentType": content_type}
        )
        self.put("[Content_Types].xml", types)
        path = relationships_name(owner)
        links = self.xml(path) if path in self else etree.Element(f"{{{_RELATIONSHIPS}}}Relationships")
        taken = {link.get("Id") for link in links}
        id = next(f"rIdFormflow{n}" for n in range(1, len(taken) + 2) if f"rIdFormflow{n}" not in taken)
        values = {"Id": id, "Type": link_type, "Target": f"/{name}"}
        etree.SubElement(links, f"{{{_RELATIONSHIPS}}}Relationship", values)
        self.put(path, links)
        return id

    def write(self) -> bytes:
        members: list[Member] = [
            pack(name, self._changed[name], level=_LEVEL) if name in self._changed else member
            for name, member in self._members.items()
        ]
        members += [
            pack(name, data, level=_LEVEL)
            for name, data in self._changed.items()
            if name not in self._members
        ]
        return write_members(members)


def parse(content: bytes) -> Element:
    """The root of a part.

    Raises:
        PackageError: Not well-formed, or with a document type.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PackageError(f"not well-formed: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise PackageError("a document type declaration")
    return root


def relationships_name(part: str) -> str:
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def namespace(root: Element) -> str:
    return str(etree.QName(root).namespace or "")
