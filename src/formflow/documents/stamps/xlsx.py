"""The number in the printed header of every sheet of an Excel workbook, by editing the sheets' XML only."""

from __future__ import annotations

import re

from lxml import etree

from formflow.documents.package import PackageError
from formflow.documents.stamps.ooxml import Editing, Element, namespace

# What comes after headerFooter in CT_Worksheet and CT_Chartsheet (ECMA-376 part 1, 18.3.1.99 and 18.3.1.12).
_BEHIND = frozenset(
    "rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF"
    " drawingHF picture oleObjects controls webPublishItems tableParts extLst".split()
)
_ORDER = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
# && is an ampersand; &L, &C and &R begin the sections.
_SECTION = re.compile(r"&&|&([LCR])")
_LONGEST = 255
_TRUE = frozenset(("1", "true", "on"))


def stamp_xlsx(data: bytes, line: str) -> bytes:
    """The workbook with `line` at the right of every sheet's printed header.

    Raises:
        PackageError: It is no Excel package, or a header has no room for the number.
    """
    package = Editing(data)
    sheets = [
        target
        for kind, target in package.relationships(package.main_part()).values()
        if kind in ("worksheet", "chartsheet") and target in package
    ]
    if not sheets:
        raise PackageError("no sheets")
    for sheet in sheets:
        root = package.xml(sheet)
        add_header(root, line)
        package.put(sheet, root)
    return package.write()


def add_header(root: Element, line: str) -> None:
    """Put `line` at the right of a sheet's printed header.

    Raises:
        PackageError: The header has no room for it.
    """
    n = f"{{{namespace(root)}}}"
    header_footer = root.find(f"{n}headerFooter")
    if header_footer is None:
        header_footer = root.makeelement(f"{n}headerFooter")
        at = next((i for i, child in enumerate(root) if _name(child) in _BEHIND), len(root))
        root.insert(at, header_footer)
    kinds = ["oddHeader"]
    kinds += ["evenHeader"] if header_footer.get("differentOddEven") in _TRUE else []
    kinds += ["firstHeader"] if header_footer.get("differentFirst") in _TRUE else []
    for kind in kinds:
        element = header_footer.find(n + kind)
        if element is None:
            element = header_footer.makeelement(n + kind)
            behind = _ORDER[_ORDER.index(kind) + 1 :]
            at = next((i for i, c in enumerate(header_footer) if _name(c) in behind), len(header_footer))
            header_footer.insert(at, element)
        text = with_line(element.text or "", line)
        if len(text) > _LONGEST:
            raise PackageError("the sheet's own header leaves no room for the number")
        element.text = text
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def with_line(header: str, line: str) -> str:
    """A header text (`&L…&C…&R…`) with a line more at the end of its right section."""
    ours = "&9" + line.replace("&", "&&")
    sections = [match for match in _SECTION.finditer(header) if match.group(1)]
    ends = [*(match.start() for match in sections[1:]), len(header)]
    for section, end in zip(sections, ends, strict=False):
        if section.group(1) == "R":
            right = header[section.end() : end]
            joined = f"{right}\n{ours}" if right.strip() else ours
            return header[: section.end()] + joined + header[end:]
    return f"{header}&R{ours}"


def _name(element: Element) -> str:
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""
