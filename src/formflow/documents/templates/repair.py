"""What a filled part must still be made to hold so that Word opens it: a paragraph in each cell, counted grids."""

from __future__ import annotations

import re

from lxml import etree

from formflow.documents.templates.unique_ids import filled_controls, unique
from formflow.documents.templates.wordml import W

_EMPTY_ROW = re.compile(
    r"<w:tr(?: [^>]*)?>(?:<w:trPr>(?:(?!</w:trPr>).)*</w:trPr>|<w:trPr/>)?</w:tr>", re.DOTALL
)
_BARE_ROWS = ("</w:trPr></w:tr>", "<w:trPr/></w:tr>", "<w:tr></w:tr>")
_EMPTY_TABLE = re.compile(r"<w:tbl>(?:(?!<w:tbl>|<w:tr[ >]).)*?</w:tblGrid></w:tbl>", re.DOTALL)
_BARE_CONTROLS = ("<w:sdtContent/>", "<w:sdtContent></w:sdtContent>")
# What ends a cell or box without the paragraph that it must end with.
_BARE_ENDS = (
    ("</w:tcPr></w:tc>", "</w:tcPr><w:p/></w:tc>"),
    ("<w:tcPr/></w:tc>", "<w:tcPr/><w:p/></w:tc>"),
    ("<w:tc></w:tc>", "<w:tc><w:p/></w:tc>"),
    ("</w:tbl></w:tc>", "</w:tbl><w:p/></w:tc>"),
    ("<w:txbxContent></w:txbxContent>", "<w:txbxContent><w:p/></w:txbxContent>"),
    ("></w:hdr>", "><w:p/></w:hdr>"),
    ("></w:ftr>", "><w:p/></w:ftr>"),
)


def repair(xml: str, *, loops: bool, tables_vary: bool) -> str:
    """Mend what conditions and loops may have left.

    Args:
        loops: The part holds a loop, so ids of drawings may stand twice.
        tables_vary: The number of cells in a row depends on the values.
    """
    if any(bare in xml for bare in _BARE_ROWS):
        xml = _EMPTY_ROW.sub("", xml)
    if "</w:tblGrid></w:tbl>" in xml:
        xml = _EMPTY_TABLE.sub("", xml)
    for bare, whole in _BARE_ENDS:
        if bare in xml and not (bare[0] == ">" and _ends_in_block(xml, bare)):
            xml = xml.replace(bare, whole)
    if any(bare in xml for bare in _BARE_CONTROLS):
        xml = filled_controls(xml)
    if loops:
        xml = unique(xml)
    return _with_grids(xml) if tables_vary else xml


def _ends_in_block(xml: str, bare: str) -> bool:
    """Whether a header or footer ends in a paragraph, table or control, and so is not empty."""
    return xml.endswith(tuple(f"{end}{bare[1:]}" for end in ("</w:p>", "</w:tbl>", "</w:sdt>", "/>")))


def _with_grids(xml: str) -> str:
    """Give every table as many grid columns as its widest row has cells, at the same total width."""
    root = etree.fromstring(xml.encode("utf-8"))
    for table in root.iter(f"{W}tbl"):
        grid = table.find(f"{W}tblGrid")
        if grid is None:
            continue
        columns = grid.findall(f"{W}gridCol")
        rows = [[_span(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]
        wanted = max((sum(row) for row in rows), default=0)
        if wanted == len(columns) or not wanted:
            continue
        width = sum(int(float(column.get(f"{W}w") or 0)) for column in columns)
        for column in columns:
            grid.remove(column)
        for _ in range(wanted):
            etree.SubElement(grid, f"{W}gridCol", {f"{W}w": str(width // wanted)})
    return str(etree.tostring(root, encoding="unicode"))


def _span(cell: object) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")  # type: ignore[attr-defined]
    text = "1" if span is None else span.get(f"{W}val", "1")
    return int(text) if text.isdigit() else 1
