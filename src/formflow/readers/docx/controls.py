"""Content controls of Word: what they are called, what kind they are, and whether anybody has filled them in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from formflow.model import Control, ControlKind, Source
from formflow.readers.docx import names as n
from formflow.readers.docx.prompts import bare
from formflow.readers.docx.story import Story, Text
from formflow.readers.docx.styles import PROMPT
from formflow.readers.packages.ooxml import Element
from formflow.readers.packages.symbols import TICKED, UNTICKED, glyph

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
    """What the properties of a `w:sdt` say; `kind` is empty for one that only groups.

    Attributes:
        placeholder: It shows its prompt, by its own account.
        prompt: Name of the building block that holds its prompt.
        items: Shown text and value of each choice of a list.
        day: The day that a date control keeps beside its text.
    """

    kind: str = ""
    name: str = ""
    title: str = ""
    placeholder: bool = False
    prompt: str = ""
    items: tuple[tuple[str, str], ...] = ()
    day: date | None = None
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
    kind, name, title, placeholder, prompt = "text", "", "", False, ""
    of_kind = None
    for entry in properties:
        tag = entry.tag
        if tag == n.W + "tag":
            name = entry.get(n.VAL, "")
        elif tag == n.W + "alias":
            title = entry.get(n.VAL, "")
        elif tag == n.W + "showingPlcHdr":
            placeholder = n.is_on(entry.get(n.VAL))
        elif tag == n.W + "placeholder":
            named = entry.find(n.W + "docPart")
            prompt = "" if named is None else named.get(n.VAL, "")
        elif tag in _NO_FILLABLE:
            kind = ""
        elif tag in _KINDS:
            kind, of_kind = _KINDS[tag], entry
    if kind == "checkbox" and of_kind is not None:
        checked = of_kind.find(n.W14 + "checked")
        return ContentControl(
            kind,
            name,
            title,
            checked=checked is not None and n.is_on(checked.get(n.W14 + "val")),
            checked_glyph=_state_glyph(of_kind.find(n.W14 + "checkedState"), TICKED),
            unchecked_glyph=_state_glyph(of_kind.find(n.W14 + "uncheckedState"), UNTICKED),
        )
    return ContentControl(
        kind,
        name,
        title,
        placeholder,
        prompt,
        items=_items(of_kind) if kind == "choice" else (),
        day=_day(of_kind) if kind == "date" else None,
    )


def _items(entry: Element | None) -> tuple[tuple[str, str], ...]:
    if entry is None:
        return ()
    # An item without a text of its own shows its value.
    pairs = (
        (item.get(n.W + "displayText"), item.get(n.W + "value", "")) for item in entry.iter(n.W + "listItem")
    )
    return tuple((value if shown is None else shown, value) for shown, value in pairs)


def _day(entry: Element | None) -> date | None:
    try:
        return date.fromisoformat("" if entry is None else entry.get(n.W + "fullDate", "")[:10])
    except ValueError:
        return None


def _state_glyph(state: Element | None, default: str) -> str:
    if state is None:
        return default
    try:
        code = int(state.get(n.W14 + "val", ""), 16)
        return glyph(code, state.get(n.W14 + "font", "")) or chr(code)
    except (ValueError, OverflowError):
        return default


def read_control(
    sdt: Element,
    control: ContentControl,
    text: Text,
    story: Story,
    walk: Callable[[Element, Text], None],
) -> None:
    """Add what a content control shows and record the control; `walk` reads its content into a text."""
    content = sdt.find(n.SDT_CONTENT)
    start = text.length
    untouched = False
    value = ""
    if control.kind == "checkbox":
        seen = text.scratch()
        if content is not None:
            walk(content, seen)
        value = TICKED if control.checked else UNTICKED
        if control.disagrees(seen.since(0)):
            text.problem = "checkbox-disagrees"
        text.add(value)
    elif content is not None:
        shown = bare(content) if control.kind else ""
        untouched = is_untouched(control, content, shown, story)
        if untouched:
            prompt = text.scratch()
            walk(content, prompt)
            value = prompt.since(0)
        elif (meant := _meant(control, shown)) is not None:
            value = meant
            text.add(value)
        else:
            walk(content, text)
            value = text.since(start)
            if control.day is not None and is_day_of(value, control.day):
                text.value = (value.strip(), control.day)
    record_control(control, value, text.source, story, untouched=untouched)


def record_control(
    control: ContentControl, value: str, source: Source, story: Story, *, untouched: bool
) -> None:
    """Note a content control of a story; one that only groups, or that holds a picture, is not fillable text."""
    if control.kind in ("", "picture"):
        return
    story.controls.append(
        Control(
            name=control.name,
            title=control.title,
            kind=ControlKind(control.kind),
            value=value.strip("\n"),
            source=source,
            placeholder=untouched,
        )
    )


def is_untouched(control: ContentControl, content: Element, shown: str, story: Story) -> bool:
    """Whether a control shows its prompt, told by itself or not: programs forget the mark when they copy.

    A prompt is the text of its building block; the list item without a value; or, where the document does
    not keep the building block, what is set in the style for prompts throughout.
    """
    if control.placeholder or not control.kind:
        return bool(control.kind)
    if not shown:
        return False
    if any(not value and shown == "".join(item.split()) for item, value in control.items):
        return True
    prompt = story.prompts.text(control.prompt) if control.prompt else None
    return _all_prompt(content, story) if prompt is None else shown == prompt


def _all_prompt(content: Element, story: Story) -> bool:
    """Whether every run with text has the style for prompts."""
    any_text = False
    for run in content.iter(n.R):
        if run.find(n.T) is None:
            continue
        style = run.find(f"{n.RPR}/{n.RUN_STYLE}")
        if style is None or not story.styles.flags(style.get(n.VAL, "")) & PROMPT:
            return False
        any_text = True
    return any_text


def _meant(control: ContentControl, shown: str) -> str | None:
    """The text of the item whose bare value shows, as programs write it that fill forms in; else None."""
    if not shown or any(shown == "".join(item.split()) for item, _ in control.items):
        return None
    return next((item for item, value in control.items if value and shown == "".join(value.split())), None)


def is_day_of(shown: str, day: date) -> bool:
    """Whether a text leaves parts of a day out, or their order open, and otherwise says that day."""
    numbers = {int(digits) for digits in re.findall(r"[0-9]{1,4}", unicodedata.normalize("NFKC", shown))}
    return day.day in numbers and numbers <= {day.year, day.year % 100, day.month, day.day}
