"""Numbers in the rows of a log in Word: a small paragraph more in the row's last cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from formflow.documents.stamps.docx import number_run, stamp_docx
from formflow.documents.stamps.numbered import Numbered, span
from formflow.documents.stamps.ooxml import Editing, Element, namespace

_POINTS = 7


def stamp_docx_rows(data: bytes, numbered: Sequence[Numbered]) -> bytes:
    """The document with every number in its own row, and in its header which numbers it has.

    A row is only written into where it holds the text that was read there; a number whose row is not found stands in
    the header alone.

    Raises:
        PackageError: It is no Word package, or cannot be changed without harm.
    """
    data = stamp_docx(data, span(numbered))
    wanted = {(one.table, one.row): one for one in numbered if one.table and one.row and one.text}
    if not wanted:
        return data
    package = Editing(data)
    main = package.main_part()
    root = package.xml(main)
    space = namespace(root)
    w = f"{{{space}}}"
    for number, table in enumerate(_tables(root, w), 1):
        for row, element in enumerate(table.iterchildren(f"{w}tr"), 1):
            one = wanted.get((number, row))
            if one is not None and _folded(one.text) in _folded(_text(element, w)):
                _write(element, one.number, w, space)
    package.put(main, root)
    return package.write()


def _tables(root: Element, w: str) -> Iterator[Element]:
    """The tables of the body in order, those inside of cells and text boxes left out."""
    inside = {f"{w}tc", f"{w}txbxContent"}
    for table in root.iter(f"{w}tbl"):
        if not any(above.tag in inside for above in table.iterancestors()):
            yield table


def _text(element: Element, w: str) -> str:
    return "".join(text.text or "" for text in element.iter(f"{w}t"))


def _folded(text: str) -> str:
    return "".join(text.split())


def _write(row: Element, number: str, w: str, space: str) -> None:
    """Add the number to the last cell of a row that shows its own content."""
    cells = [cell for cell in row.iterchildren(f"{w}tc") if not _continued(cell, w)]
    if not cells:
        return
    paragraph = etree.fromstring(
        f'<w:p xmlns:w="{space}"><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:left="0" w:right="0" w:firstLine="0"/></w:pPr>{number_run(number, _POINTS)}</w:p>'
    )
    cells[-1].append(paragraph)


def _continued(cell: Element, w: str) -> bool:
    """Whether a cell is the hidden part of one that was merged downwards."""
    merge = cell.find(f"{w}tcPr/{w}vMerge")
    return merge is not None and merge.get(f"{w}val", "continue") == "continue"
