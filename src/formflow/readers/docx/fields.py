"""Complex fields of Word: whose code is passed over and whose result is read, and the legacy form fields."""

from __future__ import annotations

from formflow.model import Control, ControlKind
from formflow.readers.docx import names as n
from formflow.readers.docx.eq_fields import drawn_by
from formflow.readers.docx.story import Field, Story, Text
from formflow.readers.packages.ooxml import Element
from formflow.readers.packages.symbols import TICKED, UNTICKED

_MAX_DEPTH = 20
_MAX_CODE = 2000


def fields_balance(containers: list[Element]) -> bool:
    """Whether every field that begins ends; where one does not (or none does for long), marks say nothing.

    Marks inside tracked deletions do not count, as they are not walked.
    """
    depth = 0
    for container in containers:
        for mark in container.iter(n.FLD_CHAR):
            if any(around.tag in n.DELETED for around in mark.iterancestors()):
                continue
            step = mark.get(n.W + "fldCharType")
            depth += (step == "begin") - (step == "end")
            if not 0 <= depth <= _MAX_DEPTH:
                return False
    return depth == 0


def in_code(story: Story) -> bool:
    """Whether the walk stands in a field's code rather than in its result."""
    return any(not open_field.in_result for open_field in story.fields)


def follow_field(mark: Element, text: Text, story: Story) -> None:
    """Keep track of complex fields; record the legacy form field that ends."""
    step = mark.get(n.W + "fldCharType")
    if step == "begin":
        opened = legacy_field(mark.find(n.W + "ffData"), text.length)
        if opened.value and not in_code(story):
            # A checkbox or a list has no result text: what shows follows from its data.
            text.add(opened.value)
        if story.follow_fields:
            story.fields.append(opened)
    elif step == "separate" and story.fields:
        current = story.fields[-1]
        if current.kind not in ("checkbox", "choice"):
            current.in_result = True
            current.start = text.length
    elif step == "end" and story.fields:
        ended = story.fields.pop()
        if not in_code(story) and (not ended.in_result or not text.since(ended.start).strip()):
            text.add(drawn_by(ended.code))
        _record(ended, text, story)


def note_code(code: str, story: Story) -> None:
    """Keep what the innermost field is told to do, which may come in many runs."""
    if story.fields and not story.fields[-1].in_result and len(story.fields[-1].code) < _MAX_CODE:
        story.fields[-1].code += code


def simple_field(field: Element) -> str:
    """What a `w:fldSimple` shows that keeps no result: of a formula what Word draws, else nothing."""
    return drawn_by(field.get(n.W + "instr", ""))


def follow_hidden(run: Element, text: Text, story: Story) -> None:
    """Field marks count in hidden runs too, or the field would never end."""
    for child in run:
        if child.tag == n.FLD_CHAR:
            follow_field(child, text.scratch(), story)


def _record(ended: Field, text: Text, story: Story) -> None:
    if not ended.kind:
        return
    value = ended.value if ended.kind != "text" else text.since(ended.start)
    story.controls.append(
        Control(
            name=ended.name,
            title=ended.title,
            kind=ControlKind(ended.kind),
            value=value,
            source=text.source,
            placeholder=ended.kind == "text" and not value.strip(),
        )
    )


def legacy_field(data: Element | None, start: int) -> Field:
    """The field that a `w:fldChar` begins, from its `w:ffData` (None for a field that is no form field)."""
    field = Field(start=start)
    if data is None:
        return field
    for entry in data:
        tag = entry.tag
        if tag == n.W + "name":
            field.name = entry.get(n.VAL, "")
        elif tag == n.W + "statusText":
            field.title = entry.get(n.VAL, "")
        elif tag == n.W + "textInput":
            field.kind = "text"
        elif tag == n.W + "checkBox":
            field.kind = "checkbox"
            state = entry.find(n.W + "checked")
            if state is None:
                state = entry.find(n.W + "default")
            ticked = state is not None and n.is_on(state.get(n.VAL))
            field.value = TICKED if ticked else UNTICKED
        elif tag == n.W + "ddList":
            field.kind = "choice"
            field.value = _chosen(entry)
    return field


def _chosen(drop_down: Element) -> str:
    options: list[str] = [option.get(n.VAL, "") for option in drop_down.iterfind(n.W + "listEntry")]
    for name in ("result", "default"):
        entry = drop_down.find(n.W + name)
        if entry is not None:
            number = entry.get(n.VAL, "")
            if number.isdecimal() and int(number) < len(options):
                return options[int(number)]
    return options[0] if options else ""
