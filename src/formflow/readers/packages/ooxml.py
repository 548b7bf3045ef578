"""An Office Open XML package (ECMA-376 part 2): zip members, relationships and XML, each read within limits."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.packages.zip_file import is_bomb, open_zip

Element = Any
"""An lxml element; lxml carries no types."""

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT_MARK = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
# The strict namespaces differ from the transitional ones in host and in the place of the year only.
_STRICT = tuple(
    (_STRICT_MARK + name, _TRANSITIONAL + name.replace(b"/", b"/2006/", 1))
    for name in (
        b"wordprocessingml/main",
        b"spreadsheetml/main",
        b"officeDocument/relationships",
        b"officeDocument/math",
        b"drawingml/main",
        b"drawingml/picture",
        b"drawingml/chart",
        b"drawingml/wordprocessingDrawing",
        b"drawingml/spreadsheetDrawing",
    )
)
_USUAL_MAIN = ("word/document.xml", "xl/workbook.xml")


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another; `kind` is the last step of its type (`worksheet`, `header`)."""

    kind: str
    target: str
    external: bool


def refuse_declarations(data: bytes, name: str) -> None:
    """Refuse a document type declaration before a parser sees it; an Office part never has one.

    Raises:
        ReadError: `corrupt`.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ReadError("corrupt", f"{name}: a document type declaration")


def transitional(data: bytes) -> bytes:
    """A part with the strict namespaces of ISO/IEC 29500 written as the transitional ones."""
    if _STRICT_MARK in data[:4096]:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data


XML_BOUNDS: Mapping[str, bool] = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How a stranger's XML is parsed, as a whole or piece by piece."""


def parse_xml(data: bytes, name: str) -> Element:
    """The root element of a part; no DTD, no entities, no network, bounded depth.

    Raises:
        ReadError: `corrupt`, naming the part.
    """
    refuse_declarations(data, name)
    parser = etree.XMLParser(**XML_BOUNDS)
    try:
        root = etree.fromstring(transitional(data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("corrupt", f"{name}: {error}") from error
    # Once more on the parsed tree, for encodings in which the bytes look different (UTF-16).
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise ReadError("corrupt", f"{name}: a document type declaration")
    return root


class Package:
    """The members of a package by name, without regard to case or to the slash they begin with."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._zip = open_zip(data)
        members = self._zip.infolist()
        if len(members) > limits.max_members:
            raise ReadError("too-large", f"{len(members)} zip members")
        total = sum(member.file_size for member in members)
        if total > limits.max_expanded_bytes:
            raise ReadError("too-large", f"the zip members unpack to {total} bytes")
        self._limits = limits
        self._members = {_plain(member.filename).lower(): member for member in members}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def refuse_bomb(self) -> None:
        """Refuse a package with a member that unpacks to too much, for a program that reads every one.

        Raises:
            ReadError: `too-large`.
        """
        for member in self._members.values():
            self._weigh(member)

    def _weigh(self, member: zipfile.ZipInfo) -> None:
        if is_bomb(member, self._limits):
            raise ReadError(
                "too-large",
                f"{member.filename}: {member.compress_size} bytes unpack to {member.file_size}",
            )

    def read(self, name: str) -> bytes:
        """The bytes of one member.

        Raises:
            ReadError: `corrupt` where it is missing or damaged, `encrypted` where it is locked, `too-large` where it
                unpacks to far more than anybody would pack.
        """
        member = self._members.get(name.lower())
        if member is None:
            raise ReadError("corrupt", f"{name}: missing")
        if member.flag_bits & 0x1:
            raise ReadError("encrypted", f"{name}: an encrypted zip member")
        self._weigh(member)
        try:
            return self._zip.read(member)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
            raise ReadError("corrupt", f"{name}: {error}") from error

    def xml(self, name: str) -> Element:
        """The root element of one member."""
        return parse_xml(self.read(name), name)

    def relationships(self, name: str) -> dict[str, Relationship]:
        """The links of a part by their id; `""` is the package itself."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", base + ".rels")
        if rels not in self:
            return {}
        found = {}
        for link in self.xml(rels).iter(_RELATIONSHIP):
            target = unquote(link.get("Target", ""))
            external = link.get("TargetMode") == "External"
            if not external:
                target = _plain(posixpath.normpath(posixpath.join("/", folder, target)))
            kind = link.get("Type", "").rpartition("/")[2]
            found[link.get("Id", "")] = Relationship(kind, target, external)
        return found

    def main_part(self) -> str:
        """The name of the part that the package is about."""
        for link in self.relationships("").values():
            if link.kind == "officeDocument" and not link.external and link.target in self:
                return link.target
        for name in _USUAL_MAIN:
            if name in self:
                return (
                    name  # Some programs write no relationships of the package, or under a name of their own.
                )
        raise ReadError("corrupt", "_rels/.rels: no main document")


def alternate(element: Element) -> Element | None:
    """The one branch of an `mc:AlternateContent` that is read: the first choice, else the fallback."""
    for branch in element:
        if branch.tag == MC + "Choice" and len(branch):
            return branch
    return element.find(MC + "Fallback")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")
