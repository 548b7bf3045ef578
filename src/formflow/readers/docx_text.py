"""Paragraphs of Word to text as a person sees it: no deleted, hidden or struck-out text, no field codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from formflow.model import Control, Picture, Source, Table
from formflow.readers import docx_names as n
from formflow.readers.docx_controls import ContentControl, Field, content_control, legacy_field
from formflow.readers.docx_drawings import scan
from formflow.readers.docx_styles import HIDDEN, SYMBOLS, UNDERLINED, Styles, run_flags
from formflow.readers.limits import Limits
from formflow.readers.package import Element, alternate
from formflow.readers.symbols import TICKED, UNTICKED, glyph, has_private, is_symbol_font, shown


@dataclass(slots=True)
class Story:
    """One story (body, header, text box …) while it is walked, and what was met on the way."""

    name: str
    styles: Styles
    limits: Limits
    controls: list[Control] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    follow_fields: bool = True
    cells: int = 0


@dataclass(slots=True)
class Text:
    """The text of a paragraph or a cell as it grows."""

    source: Source
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    underlined: list[tuple[int, int]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    problem: str = ""

    def add(self, text: str, *, underlined: bool = False) -> None:
        if not text:
            return
        end = self.length + len(text)
        if underlined:
            if self.underlined and self.underlined[-1][1] == self.length:
                self.underlined[-1] = (self.underlined[-1][0], end)
            else:
                self.underlined.append((self.length, end))
        self.pieces.append(text)
        self.length = end

    def since(self, start: int) -> str:
        """The text from a length on; only the pieces that hold it are looked at."""
        wanted, first = self.length - start, len(self.pieces)
        held = 0
        while held < wanted:
            first -= 1
            held += len(self.pieces[first])
        tail = "".join(self.pieces[first:])
        return tail[held - wanted :]

    def scratch(self) -> Text:
        """A text of its own at the same place, for what is looked at but not kept."""
        return Text(self.source)


def walk_inline(parent: Element, text: Text, story: Story, inherited: int = 0) -> None:
    """Add what the children of a paragraph (or of a wrapper inside one) show."""
    for child in parent:
        tag = child.tag
        if tag == n.R:
            walk_run(child, text, story, inherited)
        elif tag in n.THROUGH:
            walk_inline(child, text, story, inherited)
        elif tag == n.SDT:
            control = content_control(child)

            def inner(content: Element, into: Text) -> None:
                walk_inline(content, into, story, inherited)

            read_control(child, control, text, story, inner)
        elif tag == n.ALTERNATE:
            branch = alternate(child)
            if branch is not None:
                walk_inline(branch, text, story, inherited)
        elif tag in n.MATH:
            text.add("".join(part.text or "" for part in child.iter(n.MATH_TEXT)))


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
    value = ""
    if control.kind == "checkbox":
        seen = text.scratch()
        if content is not None:
            walk(content, seen)
        value = TICKED if control.checked else UNTICKED
        if control.disagrees(seen.since(0)):
            text.problem = "checkbox-disagrees"
        text.add(value)
    elif control.placeholder and control.kind:
        prompt = text.scratch()
        if content is not None:
            walk(content, prompt)
        value = prompt.since(0)
    elif content is not None:
        walk(content, text)
        value = text.since(start)
    record_control(control, value, text.source, story)


def record_control(control: ContentControl, value: str, source: Source, story: Story) -> None:
    """Note a content control of a story; one that only groups, or that holds a picture, is not fillable text."""
    if control.kind in ("", "picture"):
        return
    story.controls.append(
        Control(
            name=control.name,
            title=control.title,
            kind=control.kind,
            value=value.strip("\n"),
            source=source,
            placeholder=control.placeholder,
        )
    )


def walk_run(run: Element, text: Text, story: Story, inherited: int) -> None:
    """Add what one run shows."""
    flags, font = inherited, ""
    properties = run.find(n.RPR)
    if properties is not None:
        flags, font = _properties(properties, inherited, story)
        if flags & HIDDEN:
            _follow_hidden(run, text, story)
            return
    underlined = bool(flags & UNDERLINED)
    for child in run:
        tag = child.tag
        if tag == n.T:
            content = child.text
            if content and not (story.fields and _in_code(story)):
                if flags & SYMBOLS or has_private(content):
                    content = shown(content, font)
                if "\n" in content:
                    content = content.replace("\n", " ")
                text.add(content, underlined=underlined)
        elif tag == n.FLD_CHAR:
            _follow_field(child, text, story)
        elif tag not in _SILENT and not (story.fields and _in_code(story)):
            _add_other(child, tag, font, text, story, inherited, underlined)


_SILENT = frozenset((n.RPR, n.W + "instrText", n.W + "delText", n.W + "lastRenderedPageBreak"))
_PLAIN = {n.TAB: "\t", n.PTAB: "\t", n.CR: "\n", n.NO_BREAK_HYPHEN: "-"}
_PRIVATE_BREAKS = frozenset(("page", "column"))


def _properties(properties: Element, inherited: int, story: Story) -> tuple[int, str]:
    """Flags of a run, and its font where that is a symbol font."""
    flags, font = inherited, ""
    fonts = properties.find(n.RUN_FONTS)
    if fonts is not None:
        name = fonts.get(n.ASCII) or ""
        if is_symbol_font(name):
            font = name
    style = properties.find(n.RUN_STYLE)
    if style is not None:
        flags |= story.styles.flags(style.get(n.VAL, ""))
    flags = run_flags(properties, flags)
    return (flags | SYMBOLS if font else flags), font


def _add_other(
    child: Element, tag: str, font: str, text: Text, story: Story, inherited: int, underlined: bool
) -> None:
    if tag in _PLAIN:
        text.add(_PLAIN[tag], underlined=underlined)
    elif tag == n.BR:
        if child.get(n.W + "type") not in _PRIVATE_BREAKS:
            text.add("\n")
    elif tag == n.SYM:
        try:
            code = int(child.get(n.W + "char", ""), 16)
        except ValueError:
            return
        text.add(glyph(code, child.get(n.W + "font", "") or font))
    elif tag in (n.DRAWING, n.PICT, n.OBJECT):
        kinds, boxes = scan(child)
        text.pictures.extend(Picture(source=text.source, kind=kind) for kind in kinds)
        story.boxes.extend(boxes)
    elif tag == n.ALTERNATE:
        branch = alternate(child)
        if branch is not None:
            walk_run(branch, text, story, inherited)
    elif tag == n.RUBY:
        base = child.find(n.RUBY_BASE)
        if base is not None:
            walk_inline(base, text, story, inherited)


def _in_code(story: Story) -> bool:
    """Whether the walk stands in a field's code rather than in its result."""
    return any(not open_field.in_result for open_field in story.fields)


def _follow_field(mark: Element, text: Text, story: Story) -> None:
    """Keep track of complex fields; record the legacy form field that ends."""
    step = mark.get(n.W + "fldCharType")
    if step == "begin":
        opened = legacy_field(mark.find(n.W + "ffData"), text.length)
        if opened.value and not _in_code(story):
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
        _record_field(story.fields.pop(), text, story)


def _record_field(ended: Field, text: Text, story: Story) -> None:
    if not ended.kind:
        return
    value = ended.value if ended.kind != "text" else text.since(ended.start)
    story.controls.append(
        Control(
            name=ended.name,
            title=ended.title,
            kind=ended.kind,
            value=value,
            source=text.source,
            placeholder=ended.kind == "text" and not value.strip(),
        )
    )


def _follow_hidden(run: Element, text: Text, story: Story) -> None:
    """Field marks count in hidden runs too, or the field would never end."""
    for child in run:
        if child.tag == n.FLD_CHAR:
            _follow_field(child, text.scratch(), story)


def trimmed(text: Text) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without the empty lines it begins and ends with, its underlined ranges moved along."""
    whole = "".join(text.pieces)
    start = len(whole) - len(whole.lstrip("\n"))
    kept = whole.strip("\n")
    if not text.underlined:
        return kept, ()
    ranges = ((max(a - start, 0), min(b - start, len(kept))) for a, b in text.underlined)
    return kept, tuple((a, b) for a, b in ranges if a < b)


def moved(source: Source, ref: str) -> Source:
    """Another place in the same part."""
    return replace(source, ref=ref)
