"""What is printed round a blank's table: company, title, policy and hints above, notes below, marker and number in the foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from formflow.forms.controlnames import mark
from formflow.forms.layout import measure
from formflow.forms.layout.measure import MM
from formflow.forms.layout.model import Area
from formflow.forms.spec import Field, FieldType, Form
from formflow.model import Box

QR = 21.0 * MM
TOP, HEAD, FOOT = 12.0 * MM, 26.0 * MM, 17.0 * MM
"""Paper left free above, room for title and symbol, room below the last row and the notes."""
_OPTIONS = frozenset({FieldType.CHOICE, FieldType.CHOICES})
_FIRST_HINT = "填写说明：标 * 的必填；选项请在方框内打“√”；没有的请填“无”。"
_NOTE_SIZE, _NOTE_LINE, _NOTE_GAP = 8.0, 3.5 * MM, 1.0 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The paper that things are printed on.

    Attributes:
        width, height: Of the paper, in points.
        left: Where the table begins; it ends as far from the right.
        revision: By which the blank is set.
    """

    width: float
    height: float
    left: float
    revision: int

    @property
    def qr(self) -> Box:
        """Where the symbol lies."""
        return (self.width - self.left - QR, TOP, self.width - self.left, TOP + QR)


def above(form: Form, sheet: Sheet, company: str, shown: Iterable[Field]) -> Iterator[Area]:
    """The lines above the table, beside the symbol.

    Args:
        shown: The fields that have a place of their own outside tables.
    """
    left, right = sheet.left + QR + 4 * MM, sheet.width - sheet.left - QR - 4 * MM

    def line(kind: str, top: float, high: float, text: str, size: float) -> Area:
        fitted = measure.fitting(text, right - left, size, 6.0)
        return Area(kind=kind, box=(left, TOP + top, right, TOP + top + high), text=text, size=fitted)

    policy = f"依据：{form.policy}" if form.policy else ""
    if sheet.revision == 1:
        yield line("title", 0, 11 * MM, form.title, 18.0)
        if policy:
            yield line("note", 11.5 * MM, 5 * MM, policy, 9.0)
        yield line("note", 17 * MM, 5 * MM, _FIRST_HINT, 9.0)
        return
    yield line("note", 0, 6.5 * MM, company, 12.0)
    yield line("title", 6.5 * MM, 9 * MM, form.title, 18.0)
    if policy:
        yield line("note", 15.8 * MM, 4.6 * MM, policy, 9.0)
    yield line("note", 20.5 * MM, 4.6 * MM, _hint(form, shown), 9.0)


def _hint(form: Form, shown: Iterable[Field]) -> str:
    """What to mind when filling in, of what there is on the form."""
    columns = form.rows_field.fields if form.rows_field else ()
    told = ["标 * 的必填"] if any(item.required for item in (*form.fields, *columns)) else []
    if any(item.type in _OPTIONS for item in shown):
        told.append("选项请在方框内打“√”")
    return f"填写说明：{'；'.join([*told, '没有的请填“无”'])}。"


def note_lines(form: Form, width: float) -> list[str]:
    """The form's notes, broken into lines of that width; those after the first of a note are indented."""
    lines: list[str] = []
    for note in form.notes:
        line = ""
        for character in note:
            if line and measure.text_width(line + character, _NOTE_SIZE) > width:
                lines.append(line)
                line = "　"
            line += character
        lines.append(line)
    return lines


def notes_height(lines: list[str]) -> float:
    """How much room the notes take below the table."""
    return len(lines) * _NOTE_LINE + _NOTE_GAP if lines else 0.0


def below(lines: list[str], sheet: Sheet, top: float) -> Iterator[Area]:
    """The notes under a table that ends at `top`."""
    for number, line in enumerate(lines):
        start = top + _NOTE_GAP + number * _NOTE_LINE
        box = (sheet.left, start, sheet.width - sheet.left, start + _NOTE_LINE)
        yield Area(kind="below", box=box, text=line, size=_NOTE_SIZE)


def foot(form: Form, sheet: Sheet, version: str, number: int, of: int) -> tuple[Area, Area]:
    """Marker and page number."""
    first: Box = (sheet.left, sheet.height - 13 * MM, sheet.width / 2 - 30 * MM, sheet.height - 8 * MM)
    middle: Box = (sheet.width / 2 - 30 * MM, first[1], sheet.width / 2 + 30 * MM, first[3])
    told = f"{form.id} {version}" if sheet.revision == 1 else mark(form.title, version)
    return (
        Area(kind="footer", box=first, text=told, size=8.0),
        Area(kind="footer", box=middle, text=f"第 {number} 页　共 {of} 页", size=9.0),
    )
