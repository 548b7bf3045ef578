"""Blanks we issued, read by the names of their controls instead of by their labels.

A marker says which form a document (or a sheet) is. Then a value is what its own control holds, wherever a program
has moved it and whatever it says; the labels help only where somebody wrote beside a control. Where the controls or
their names are lost (a print, a scan, some programs) the marker is still in print or in the QR symbol, and the cell
to the right of a printed label is its value, even if it reads like a label itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from formflow.extraction.identify.identify import Segment
from formflow.extraction.issued.printed import by_print
from formflow.extraction.labels.index import Forms
from formflow.extraction.slots import Block, Story
from formflow.forms.controlnames import (
    DATE,
    LOG,
    OPINION,
    REMARK,
    ControlName,
    is_marker,
    parse_mark,
    parse_name,
)
from formflow.forms.layout import issued_as
from formflow.forms.spec import Field, FieldType, Form
from formflow.model import Cell, Control, ControlKind, Mark, PartKind, Reading, Source
from formflow.values.blankcode import BlankCode, parse_blank_code
from formflow.values.choices import is_empty

_TICKED = "☑"


@dataclass(slots=True)
class IssuedBlank:
    """One filled blank: what its controls hold.

    Attributes:
        segment: Its form and blocks, for what only labels can tell.
        kind: `record` or `log`; empty where the definition has changed since it was issued.
        controls: Outside tables, by field id.
        printed: For one without controls: by label, the cell to its right.
        rows: Of its own table or of the log: by place of the row, controls by the id of the column.
    """

    segment: Segment
    kind: str
    controls: dict[str, list[tuple[ControlName, Control]]] = field(default_factory=dict)
    rows: dict[str, dict[str, list[tuple[ControlName, Control]]]] = field(default_factory=dict)
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    printed: dict[str, Reading] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        """Its form."""
        return self.segment.form

    def readings(self, known: Mapping[str, Reading]) -> dict[str, Reading]:
        """The readings of the fields: what the controls hold, else what their labels led to.

        Args:
            known: By label; what lies in a control's cell as a picture or beside it.
        """
        found = dict(known)
        for item in self.form.fields:
            held = self.controls.get(item.id)
            if held and (reading := self._reading(item, held, known.get(item.id))):
                found[item.id] = reading
        return found

    def row_readings(self, columns: Iterable[Field]) -> list[tuple[Mapping[str, Reading], str]]:
        """The rows that somebody wrote in, with their places."""
        found: list[tuple[Mapping[str, Reading], str]] = []
        columns = tuple(columns)
        for place, row in self.rows.items():
            readings = {
                item.id: reading
                for item in columns
                if item.id in row and (reading := self._reading(item, row[item.id], None))
            }
            if readings:
                part = next(iter(readings.values())).source.part
                found.append((readings, f"{part} {place}"))
        return found

    def parted(self) -> tuple[list[Block], list[Block]]:
        """The blocks without the rows that hold named cells, and those rows: what may be a table, and what is none."""
        places = {(c.source.part, c.source.ref) for held in self.controls.values() for _, c in held}
        table: list[Block] = []
        named: list[Block] = []
        for block in self.segment.blocks:
            holds = [any((s.source.part, s.source.ref) in places for s in row) for row in block.rows]
            start = 0
            for stop in range(1, len(holds) + 1):
                if stop == len(holds) or holds[stop] != holds[start]:
                    (named if holds[start] else table).append(block.cut(start, stop))
                    start = stop
        return table, named

    def _reading(
        self, item: Field, held: Sequence[tuple[ControlName, Control]], beside: Reading | None
    ) -> Reading | None:
        """What the controls of one field hold together; None where they are blank."""
        first = held[0][1]
        cell = self.cells.get((first.source.part, first.source.ref))
        if item.options:
            text = _ticked(item, held)
        elif item.type is FieldType.SIGNATURE:
            text = _signed(held)
        else:
            text = next((c.value for name, c in held if not name.part and not is_empty(c.value)), "")
        if not text:
            return None
        if item.options and beside is not None and beside.problem:
            return replace(beside, text=text)
        own = cell is not None and cell.text == text
        return Reading(
            text=text,
            source=first.source,
            label=_printed_label(item, held, beside),
            value=cell.value if own and cell is not None else None,
            mark=Mark.INK if cell and cell.pictures else beside.mark if beside else Mark.NONE,
            problem=cell.problem if own and cell is not None else "",
        )


def issued_blanks(told: Sequence[Story], known: Forms) -> tuple[list[IssuedBlank], list[Story]]:
    """The filled blanks among stories of which no code tells whose they are, and the stories that are none.

    Sheets stand alone; everything else is one document, which is no blank of ours where its controls name two forms
    or say two things about one field, as in a file into which two were copied.
    """
    groups: list[list[Story]] = []
    for story in told:
        if not groups or PartKind.SHEET in (story.part.kind, groups[-1][0].part.kind):
            groups.append([story])
        else:
            groups[-1].append(story)
    found: list[IssuedBlank] = []
    rest: list[Story] = []
    for group in groups:
        blank = issued_blank(group, known)
        if blank is None:
            rest.extend(group)
        else:
            found.append(blank)
    return found, rest


def issued_blank(group: Sequence[Story], known: Forms) -> IssuedBlank | None:
    """The blank that a document, a sheet or a paper is, by its controls or in print; None where it is none."""
    return _issued(group, known) or _printed(group, known)


def _codes(group: Iterable[Story]) -> list[BlankCode]:
    values = (code for story in group for code in story.part.codes)
    return [code for value in values if (code := parse_blank_code(value)) is not None]


def _issued(group: Sequence[Story], known: Forms) -> IssuedBlank | None:
    controls = [control for story in group for control in story.part.controls]
    marks = {mark for c in controls if is_marker(c.name) and (mark := parse_mark(c.value, c.name))}
    blank = _blank(group, marks, known)
    if blank is None:
        return None
    for story in group:
        if story.part.kind == PartKind.SHEET:
            for table in story.part.tables:
                blank.cells.update({(cell.source.part, cell.source.ref): cell for cell in table.cells})
    return blank if _sort(controls, blank) else None


def _printed(group: Sequence[Story], known: Forms) -> IssuedBlank | None:
    """A blank known by its code, or by the marker in print, if it is one paper of the form as it is defined now."""
    told = {(code.form, code.version) for code in _codes(group)}
    if not told:
        texts = (slot.text for story in group for block in story.blocks for slot in block.slots())
        marks = [mark for text in texts if (mark := parse_mark(text)) and _form_of(mark[0], known)]
        if len(marks) > len(group):
            return None
        told = set(marks)
    blank = _blank(group, told, known)
    if blank is None or not blank.kind:
        return None
    form = blank.form
    blank.printed = by_print(form, blank.segment.blocks)
    expected = sum(1 for item in form.fields if item.type is not FieldType.ROWS and item.id not in form.head)
    return blank if blank.kind == "log" or len(blank.printed) * 2 >= expected else None


def _form_of(told: str, known: Forms) -> Form | None:
    """The form that a marker names, by its id or in print by its title."""
    if told in known.forms:
        return known.forms[told]
    return next((form for form in known.forms.values() if "".join(form.title.split()) == told), None)


def _blank(group: Sequence[Story], marks: set[tuple[str, str]], known: Forms) -> IssuedBlank | None:
    """The blank that the one marker names."""
    if len(marks) != 1:
        return None
    id, version = next(iter(marks))
    form = _form_of(id, known)
    if form is None:
        return None
    id, issued = form.id, issued_as(form, version)
    kind = issued.kind if issued is not None else ""
    blocks = [block for story in group for block in story.blocks]
    return IssuedBlank(Segment(form, known.labels[id], form.title, blocks), kind)


def _sort(controls: Iterable[Control], blank: IssuedBlank) -> bool:
    """Share the controls out; False where one place outside tables is filled twice in different ways."""
    form = blank.form
    own = form.rows_field
    tables = frozenset({own.id} if own else ()) | ({LOG} if "log" in form.layouts else set())
    columns = {item.id for item in (own.fields if own else form.fields)}
    fields = {item.id for item in form.fields}
    seen: dict[tuple[str, str], str] = {}
    for control in controls:
        name = parse_name(control.name.removeprefix("_"), tables)
        if name.table:
            if name.field in columns:
                row = f"row {name.row}" if name.row is not None else _row_of(control.source)
                blank.rows.setdefault(row, {}).setdefault(name.field, []).append((name, control))
        elif name.field in fields:
            key = (str(name), control.title)
            if seen.setdefault(key, control.value) != control.value:
                return False
            blank.controls.setdefault(name.field, []).append((name, control))
    return True


def _row_of(source: Source) -> str:
    """The row that a place in a table lies in: `table 2 R5C3` → `table 2 R5`."""
    return source.ref.rpartition("C")[0] or source.ref


def _printed_label(item: Field, held: Sequence[tuple[ControlName, Control]], beside: Reading | None) -> str:
    """The label as it stands on this very blank, with the unit that was printed on it."""
    titles = [control.title for name, control in held if not name.part]
    told = [*titles, beside.label if beside is not None else ""]
    return next((label for label in told if item.label in label), item.label)


def _ticked(item: Field, held: Sequence[tuple[ControlName, Control]]) -> str:
    """The options with their boxes and what was written beside them; empty where nothing is."""
    by_text = {texts[0]: id for id, texts in item.options.items()}
    boxes: dict[str, bool] = {}
    written = []
    for name, control in held:
        option = name.part if name.part in item.options else by_text.get(control.title, "")
        if control.kind == ControlKind.CHECKBOX and option:
            boxes[option] = boxes.get(option, False) or control.value == _TICKED
        elif name.part in ("", REMARK) and not is_empty(control.value):
            written.append(control.value.strip())
    if not any(boxes.values()):
        typed = " ".join(written)
        words = [word for word in re.split(r"[、，,;；/\s]+", typed) if word]
        # Words typed where nothing is printed are chosen, all of them too.
        return "  ".join(f"☑{word}" for word in words) if words and set(words) <= by_text.keys() else typed
    shown = [f"{'☑' if on else '☐'}{item.options[id][0]}" for id, on in boxes.items()]
    return "  ".join([*shown, *(f"（{text}）" for text in written)])


def _signed(held: Sequence[tuple[ControlName, Control]]) -> str:
    name = next((c.value.strip() for n, c in held if not n.part and not is_empty(c.value)), "")
    day = next((c.value.strip() for n, c in held if n.part == DATE and not is_empty(c.value)), "")
    opinion = next((c.value.strip() for n, c in held if n.part == OPINION and not is_empty(c.value)), "")
    if opinion and not (name or day):
        return opinion
    signed = (f"签字：{name}  日期：{day}" if name else f"日期：{day}") if day else name
    return f"{opinion}  签字：{signed.removeprefix('签字：')}" if opinion else signed
