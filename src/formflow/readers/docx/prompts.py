"""Prompts of content controls, as the glossary of the document keeps them (ECMA-376 part 1, 17.12)."""

from __future__ import annotations

from collections.abc import Mapping

from formflow.errors import ReadError
from formflow.readers.docx import names as n
from formflow.readers.packages.ooxml import Element, Package

_DOC_PART = n.W + "docPart"
_NAME = f"{n.W}docPartPr/{n.W}name"
_DOC_PART_BODY = n.W + "docPartBody"


class Prompts:
    """Prompt by name of its building block, read when a control first names one."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        self._texts: Mapping[str, str] | None = None

    def text(self, building_block: str) -> str | None:
        """The prompt of a building block without blanks; None where the document does not keep it."""
        if self._texts is None:
            self._texts = self._read()
        return self._texts.get(building_block)

    def _read(self) -> Mapping[str, str]:
        if self._name not in self._package:
            return {}
        try:
            root = self._package.xml(self._name)
        except ReadError:
            return {}  # The glossary is an aid: a damaged one keeps nobody from reading the document.
        found = {}
        for part in root.iter(_DOC_PART):
            name, body = part.find(_NAME), part.find(_DOC_PART_BODY)
            if name is not None and body is not None and (text := bare(body)):
                found[name.get(n.VAL, "")] = text
        return found


def bare(element: Element) -> str:
    """All text below an element, without blanks."""
    return "".join("".join(piece.text or "" for piece in element.iter(n.T)).split())
