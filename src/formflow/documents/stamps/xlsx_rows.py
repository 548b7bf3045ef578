"""Numbers in the rows of an Excel log: a column 登记号 behind the others, by editing the sheets' XML only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from formflow.documents.package import PackageError
from formflow.documents.stamps.numbered import Numbered, span
from formflow.documents.stamps.ooxml import Editing, Element, namespace
from formflow.documents.stamps.xlsx import add_header

_TITLE = "登记号"
_LAST_COLUMN = 16_384
_WIDTH = "22"
_REF = re.compile(r"([A-Z]+)(\d+)$")
_AREA = re.compile(r"(\$?)([A-Z]+)(\$?\d+):(\$?)([A-Z]+)(\$?\d+)$")
# What comes before cols in CT_Worksheet (ECMA-376 part 1, 18.3.1.99).
_BEFORE_COLUMNS = frozenset(("sheetPr", "dimension", "sheetViews", "sheetFormatPr"))


def stamp_xlsx_rows(data: bytes, numbered: Sequence[Numbered]) -> bytes:
    """The workbook with every number in its own row, and in every sheet's printed header which numbers it has.

    Raises:
        PackageError: It is no Excel package, or no number found its row or its sheet's header.
    """
    package = Editing(data)
    main = package.main_part()
    workbook = package.xml(main)
    links = package.relationships(main)
    shown = False
    for index, (title, part) in enumerate(_sheets(workbook, links)):
        if part not in package:
            continue
        here = [one for one in numbered if one.part == title]
        root = package.xml(part)
        rows = {one.row: one.number for one in here if one.row is not None}
        column = _write_column(root, rows) if rows else None
        try:
            add_header(root, span(here or numbered))
        except PackageError:
            if column is None:
                continue  # the sheet's own header leaves no room
        shown = True
        package.put(part, root)
        if column is not None and _print_column(workbook, index, column):
            package.put(main, workbook)
    if not shown:
        raise PackageError("no place for the numbers")
    return package.write()


def _sheets(workbook: Element, links: Mapping[str, tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Title and part of every sheet, in the workbook's order; a part of no known kind is empty."""
    for sheet in workbook.iter(f"{{{namespace(workbook)}}}sheet"):
        id = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        kind, target = links.get(str(id), ("", ""))
        yield sheet.get("name", ""), target if kind in ("worksheet", "chartsheet") else ""


def _write_column(root: Element, rows: Mapping[int, str]) -> int | None:
    """Write the numbers behind the last column that is used about their rows; that column, from 1."""
    n = f"{{{namespace(root)}}}"
    there = {row: element for row, element in _rows(root, n) if row <= max(rows)}
    wanted = {row: number for row, number in rows.items() if row in there}
    above = [row for row in there if row < min(rows)]
    filled = {row: _filled(there[row], n) for row in above}
    title = max(above, key=lambda row: (len(filled[row]), row), default=None)
    if title is not None and not filled[title]:
        title = None
    first = min(rows) if title is None else title
    column = 1 + max((_last(element, n) for row, element in there.items() if row >= first), default=0)
    column = max(column, 1 + max(_merged(root, n, first, max(rows)), default=0))
    if column > _LAST_COLUMN or not wanted:
        return None
    for row, number in wanted.items():
        _put(there[row], row, column, number, n)
    if title is not None:
        _put(there[title], title, column, _TITLE, n)
    _widen(root, column, n)
    _extend_dimension(root, column, n)
    return column


def _rows(root: Element, n: str) -> Iterable[tuple[int, Element]]:
    """The rows with their numbers; one that says none follows the row before it."""
    data = root.find(f"{n}sheetData")
    number = 0
    for row in data if data is not None else ():
        if row.tag == f"{n}row":
            number = int(row.get("r", number + 1))
            yield number, row


def _filled(row: Element, n: str) -> list[Element]:
    return [cell for cell in row if cell.tag == f"{n}c" and len(cell)]


def _last(row: Element, n: str) -> int:
    """The last column of a row that holds something, from 1; 0 for none."""
    place = last = 0
    for cell in row:
        if cell.tag != f"{n}c":
            continue
        match = _REF.match(cell.get("r", ""))
        place = _number(match.group(1)) if match else place + 1
        last = place if len(cell) else last
    return last


def _merged(root: Element, n: str, first: int, last: int) -> Iterable[int]:
    """The last columns of the merged cells that touch these rows."""
    for merge in root.iter(f"{n}mergeCell"):
        match = _AREA.match(merge.get("ref", ""))
        if match and int(match.group(3).strip("$")) <= last and int(match.group(6).strip("$")) >= first:
            yield _number(match.group(5))


def _put(row: Element, number: int, column: int, text: str, n: str) -> None:
    """A text in a cell of a row, dressed as the cell before it; what stands there is empty and gives way."""
    ref = f"{_letters(column)}{number}"
    style, at, place = None, 0, 0
    for index, cell in enumerate(list(row)):
        if cell.tag != f"{n}c":
            continue
        match = _REF.match(cell.get("r", ""))
        place = _number(match.group(1)) if match else place + 1
        if place < column:
            at = index + 1
            style = cell.get("s") if len(cell) or style is None else style
        elif place == column:
            row.remove(cell)
            break
    cell = row.makeelement(f"{n}c", {"r": ref, "t": "inlineStr"})
    if style is not None:
        cell.set("s", style)
    value = cell.makeelement(f"{n}is")
    written = value.makeelement(f"{n}t")
    written.text = text
    value.append(written)
    cell.append(value)
    row.insert(at, cell)
    row.attrib.pop("spans", None)


def _widen(root: Element, column: int, n: str) -> None:
    """Make the column wide enough for a number and visible; its neighbours stay as they are."""
    columns = root.find(f"{n}cols")
    if columns is None:
        columns = root.makeelement(f"{n}cols")
        names = [str(child.tag).rpartition("}")[2] for child in root]
        at = next((i for i, name in enumerate(names) if name not in _BEFORE_COLUMNS), len(names))
        root.insert(at, columns)
    for old in list(columns):
        first, last = int(old.get("min", 0)), int(old.get("max", 0))
        if not first <= column <= last:
            continue
        for start, end in ((first, column - 1), (column + 1, last)):
            if start <= end:
                part = old.makeelement(old.tag, {**old.attrib, "min": str(start), "max": str(end)})
                old.addprevious(part)
        columns.remove(old)
    own = columns.makeelement(
        f"{n}col", {"min": str(column), "max": str(column), "width": _WIDTH, "customWidth": "1"}
    )
    columns.append(own)
    columns[:] = sorted(columns, key=lambda each: int(each.get("min", 0)))


def _extend_dimension(root: Element, column: int, n: str) -> None:
    dimension = root.find(f"{n}dimension")
    match = _AREA.match(dimension.get("ref", "")) if dimension is not None else None
    if match and _number(match.group(5)) < column:
        dimension.set("ref", f"{match.group(2)}{match.group(3)}:{_letters(column)}{match.group(6)}")


def _print_column(workbook: Element, index: int, column: int) -> bool:
    """Widen the sheet's print area, where it has one of a single range, so that the column is printed too."""
    for name in workbook.iter(f"{{{namespace(workbook)}}}definedName"):
        if name.get("name") != "_xlnm.Print_Area" or name.get("localSheetId") != str(index):
            continue
        text = name.text or ""
        match = _AREA.search(text)
        if match and "," not in text and _number(match.group(5)) < column:
            sheet = text[: match.start()]
            left = "".join(match.group(1, 2, 3))
            name.text = f"{sheet}{left}:{match.group(4)}{_letters(column)}{match.group(6)}"
            return True
    return False


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
