"""What a reader of a Word document sees: the texts of all its stories, table by table, paragraph by paragraph."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml$")


def visible(content: bytes) -> dict[str, Any]:
    """By story: paragraphs as text, tables as lists of rows of cells (merged cells with their spans)."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {
            name: _blocks(_body(etree.fromstring(package.read(name))))
            for name in sorted(package.namelist())
            if STORY.match(name)
        }


def pictures(content: bytes) -> list[bytes]:
    """The picture files that the body's drawings show, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
        rels = etree.fromstring(package.read("word/_rels/document.xml.rels"))
        targets = {rel.get("Id"): rel.get("Target") for rel in rels}
        embeds = [
            value
            for blip in root.iter("{*}blip")
            for key, value in blip.attrib.items()
            if key.endswith("}embed")
        ]
        return [package.read(f"word/{targets[embed]}") for embed in embeds]


def _body(root: Any) -> Any:
    body = root.find(f"{W}body")
    return root if body is None else body


def _blocks(parent: Any) -> list[Any]:
    shown: list[Any] = []
    for child in parent:
        if child.tag == f"{W}p":
            shown.append(_text(child))
        elif child.tag == f"{W}tbl":
            rows = [[_cell(cell) for cell in row.findall(f"{W}tc")] for row in child.findall(f"{W}tr")]
            shown += [rows] if rows else []
        elif child.tag in (f"{W}sdt", f"{W}footnote"):
            inner = child.find(f"{W}sdtContent") if child.tag == f"{W}sdt" else child
            shown += _blocks(inner)
    return shown


def _cell(cell: Any) -> tuple[Any, ...]:
    def value(name: str, attribute: str = "val") -> str:
        found = cell.find(f"{W}tcPr/{W}{name}")
        return "" if found is None else found.get(f"{W}{attribute}", "continue")

    return (_blocks(cell), value("gridSpan"), value("vMerge"), value("shd", "fill"))


def _text(paragraph: Any) -> str:
    marks = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
    said = []
    for element in paragraph.iter():
        if element.tag == f"{W}t" and not any(a.tag == f"{W}tabs" for a in element.iterancestors()):
            said.append(element.text or "")
        elif element.tag in marks and element.getparent().tag == f"{W}r":
            said.append("\f" if element.get(f"{W}type") == "page" else marks[element.tag])
    return "".join(said)
