"""How the blanks we issue name what can be filled in, so that it is found again whatever became of the layout.

    customer_name            a field; a signature's name
    customer_type:other      the box of an option
    customer_type:remark     room beside the options: 无, or a write-in
    leader:date              the day of a signature
    leader:opinion           room for an approver's opinion above the signature
    rows:3:place, rows:place a place in the form's own table, with its row where the format has no table
    log:3:sender, log:sender the same of a log
    formflow:new_customer    which form the blank is; it shows title and version: `新客户开发申请表 版式 EF4D64C3`
                             (blanks of the first revision: `formflow`, and it shows `new_customer ef4d64c3`)

Names of spreadsheet cells have `.` for `:`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MARKER = "formflow"
LOG = "log"
REMARK, DATE, OPINION = "remark", "date", "opinion"
_MARK = re.compile(
    r"\s*(?:(?P<title>\S{1,60})\s+版式\s*(?P<version>[0-9A-Fa-f]{8})|(?P<id>[a-z][a-z0-9_]*)\s+(?P<first>[0-9a-f]{8}))(?!\S)"
)
_LOOKS_LIKE_CELL = re.compile(r"(?:[a-z]{1,3}[0-9]{1,7}|[rc]|r[0-9]*c[0-9]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ControlName:
    """A name taken apart.

    Attributes:
        field: Id of the field; of a log's row, of its column.
        table: Id of the form's own table, or `log`; empty outside.
        row: From 1, None where the name does not say.
        part: Option, `remark` or `date`; empty for the field itself.
    """

    field: str
    table: str = ""
    row: int | None = None
    part: str = ""

    def __str__(self) -> str:
        row = () if self.row is None else (str(self.row),)
        return ":".join(piece for piece in (self.table, *row, self.field, self.part) if piece)


def parse_name(name: str, tables: frozenset[str]) -> ControlName:
    """The name of a control taken apart.

    Args:
        tables: Ids of the form's own table, and `log` for a log.
    """
    pieces = name.replace(".", ":").split(":")
    if len(pieces) > 1 and pieces[0] in tables:
        table, *rest = pieces
        row = int(rest.pop(0)) if len(rest) > 1 and rest[0].isascii() and rest[0].isdecimal() else None
        return ControlName(rest[0], table, row, ":".join(rest[1:]))
    return ControlName(pieces[0], part=":".join(pieces[1:]))


def sheet_name(name: ControlName | str) -> str:
    """The name as a spreadsheet takes it; one that reads as a cell's address begins with an underscore."""
    text = str(name).replace(":", ".")
    return f"_{text}" if _LOOKS_LIKE_CELL.fullmatch(text) else text


def marker_name(form: str) -> str:
    """The name of the marker of a form's blank."""
    return f"{MARKER}:{form}"


def mark(title: str, version: str) -> str:
    """What the marker of a blank shows: `新客户开发申请表 版式 EF4D64C3`."""
    return f"{''.join(title.split())} 版式 {version.upper()}"


def is_marker(name: str) -> bool:
    """Whether a control of that name is a blank's marker."""
    return name.replace(".", ":").partition(":")[0] == MARKER


def parse_mark(text: str, name: str = "") -> tuple[str, str] | None:
    """Form and version that a marker tells; None for any other text.

    Args:
        text: What it shows; in print, the page's number may follow.
        name: Of the control, which names the form by its id.
    Returns:
        The form by its id, or in print by its title without blanks; and the version in small letters.
    """
    match = _MARK.match(text)
    if match is None:
        return None
    told = name.replace(".", ":").partition(":")[2]
    form = match["title"] or match["id"]
    return told or form, (match["version"] or match["first"]).lower()
