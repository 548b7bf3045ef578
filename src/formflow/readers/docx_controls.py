"""Content controls and legacy form fields of Word: what they are called and what kind they are."""

from __future__ import annotations

from dataclasses import dataclass

from formflow.readers import docx_names as n
from formflow.readers.package import Element
from formflow.readers.symbols import TICKED, UNTICKED, glyph

_KINDS = {
    n.W + "text": "text",
    n.W + "richText": "text",
    n.W + "comboBox": "choice",
    n.W + "dropDownList": "choice",
    n.W + "date": "date",
    n.W14 + "checkbox": "checkbox",
    n.W + "picture": "picture",
}
_NO_FILLABLE = frozenset(
    (n.W + "docPartObj", n.W + "docPartList", n.W + "group", n.W + "bibliography", n.W + "citation")
) | {
    "{http://schemas.microsoft.com/office/word/2012/wordml}" + name
    for name in ("repeatingSection", "repeatingSectionItem")
}
_TICKED_GLYPHS = frozenset("☑☒■√✓✔✗✘×")
_UNTICKED_GLYPHS = frozenset("☐□▢○◻")


@dataclass(frozen=True, slots=True)
class ContentControl:
    """What the properties of a `w:sdt` say; `kind` is empty for one that only groups."""

    kind: str = ""
    name: str = ""
    title: str = ""
    placeholder: bool = False
    checked: bool = False
    checked_glyph: str = TICKED
    unchecked_glyph: str = UNTICKED

    def disagrees(self, seen: str) -> bool:
        """Whether the glyph that shows says the contrary of the state that is stored."""
        seen = seen.strip()
        if not seen:
            return False
        shows_ticked = seen == self.checked_glyph or seen[0] in _TICKED_GLYPHS
        shows_unticked = seen == self.unchecked_glyph or seen[0] in _UNTICKED_GLYPHS
        return shows_unticked if self.checked else shows_ticked and not shows_unticked


def content_control(sdt: Element) -> ContentControl:
    """What a `w:sdt` declares itself to be."""
    properties = sdt.find(n.SDT_PR)
    if properties is None:
        return ContentControl()
    kind, name, title, placeholder = "text", "", "", False
    checkbox = None
    for entry in properties:
        tag = entry.tag
        if tag == n.W + "tag":
            name = entry.get(n.VAL, "")
        elif tag == n.W + "alias":
            title = entry.get(n.VAL, "")
        elif tag == n.W + "showingPlcHdr":
            placeholder = n.is_on(entry.get(n.VAL))
        elif tag in _NO_FILLABLE:
            kind = ""
        elif tag in _KINDS:
            kind = _KINDS[tag]
            checkbox = entry if kind == "checkbox" else None
    if checkbox is None:
        return ContentControl(kind, name, title, placeholder)
    checked = checkbox.find(n.W14 + "checked")
    return ContentControl(
        kind,
        name,
        title,
        checked=checked is not None and n.is_on(checked.get(n.W14 + "val")),
        checked_glyph=_state_glyph(checkbox.find(n.W14 + "checkedState"), TICKED),
        unchecked_glyph=_state_glyph(checkbox.find(n.W14 + "uncheckedState"), UNTICKED),
    )


def _state_glyph(state: Element | None, default: str) -> str:
    if state is None:
        return default
    try:
        code = int(state.get(n.W14 + "val", ""), 16)
        return glyph(code, state.get(n.W14 + "font", "")) or chr(code)
    except (ValueError, OverflowError):
        return default


@dataclass(slots=True)
class Field:
    """A complex field while its runs are walked; `kind` is set for the legacy form fields.

    Attributes:
        value: What shows for a field without a result text of its own: a checkbox, a drop-down list.
        start: Where the result begins in the text.
        in_result: The separator has passed, so text is content again.
    """

    kind: str = ""
    name: str = ""
    title: str = ""
    value: str = ""
    start: int = 0
    in_result: bool = False


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
