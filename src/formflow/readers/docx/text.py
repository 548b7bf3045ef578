"""Paragraphs of Word to text as a person sees it: no deleted, hidden or struck-out text, no field codes."""

from __future__ import annotations

from formflow.model import Picture, PictureKind
from formflow.readers.docx import names as n
from formflow.readers.docx.controls import content_control, read_control
from formflow.readers.docx.drawings import scan
from formflow.readers.docx.fields import follow_field, follow_hidden, in_code, note_code, simple_field
from formflow.readers.docx.formulas import MATH, linear
from formflow.readers.docx.story import Story, Text
from formflow.readers.docx.styles import (
    MAYBE_UNSEEN,
    SYMBOLS,
    UNDERLINED,
    is_hidden,
    is_white,
    run_flags,
    with_style,
)
from formflow.readers.packages.ooxml import Element, alternate
from formflow.readers.packages.symbols import glyph, has_private, is_symbol_font, shown


def walk_inline(parent: Element, text: Text, story: Story, inherited: int = 0) -> None:
    """Add what the children of a paragraph (or of a wrapper inside one) show."""
    for child in parent:
        tag = child.tag
        if tag == n.R:
            walk_run(child, text, story, inherited)
        elif tag in n.THROUGH:
            start = text.length
            walk_inline(child, text, story, inherited)
            if tag == n.FLD_SIMPLE and text.length == start:
                text.add(simple_field(child))
        elif tag == n.SDT:
            control = content_control(child)

            def inner(content: Element, into: Text) -> None:
                walk_inline(content, into, story, inherited)

            read_control(child, control, text, story, inner)
        elif tag == n.ALTERNATE:
            branch = alternate(child)
            if branch is not None:
                walk_inline(branch, text, story, inherited)
        elif tag in MATH:
            text.add(linear(child))


def walk_run(run: Element, text: Text, story: Story, inherited: int) -> None:
    """Add what one run shows."""
    flags, fonts = inherited, _NO_FONTS
    properties = run.find(n.RPR)
    if properties is not None:
        flags, fonts = _properties(properties, inherited, story)
    if flags & MAYBE_UNSEEN and (is_hidden(flags) or (is_white(flags) and story.is_on_paper(run))):
        follow_hidden(run, text, story)
        return
    underlined = bool(flags & UNDERLINED)
    for child in run:
        tag = child.tag
        if tag == n.T:
            content = child.text
            if content and not (story.fields and in_code(story)):
                if flags & SYMBOLS or has_private(content):
                    content = shown(content, *fonts)
                if "\n" in content:
                    content = content.replace("\n", " ")
                text.add(content, underlined=underlined)
        elif tag == n.FLD_CHAR:
            follow_field(child, text, story)
        elif tag == n.INSTRUCTION:
            note_code(child.text or "", story)
        elif tag not in _SILENT and not (story.fields and in_code(story)):
            _add_other(child, tag, fonts[0], text, story, inherited, underlined)


_SILENT = frozenset((n.RPR, n.INSTRUCTION, n.W + "delText", n.W + "lastRenderedPageBreak"))
_PLAIN = {n.TAB: "\t", n.PTAB: "\t", n.CR: "\n", n.NO_BREAK_HYPHEN: "-"}
_NO_FONTS = ("", "")
_PRIVATE_BREAKS = frozenset(("page", "column"))


def _properties(properties: Element, inherited: int, story: Story) -> tuple[int, tuple[str, str]]:
    """Flags of a run, and its fonts for ASCII and for all other characters where they are symbol fonts."""
    flags, used = inherited, _NO_FONTS
    fonts = properties.find(n.RUN_FONTS)
    if fonts is not None:
        plain = fonts.get(n.ASCII) or ""
        used = (
            plain if is_symbol_font(plain) else "",
            next((name for name in map(fonts.get, n.FONTS) if name and is_symbol_font(name)), ""),
        )
    style = properties.find(n.RUN_STYLE)
    if style is not None:
        flags = with_style(flags, story.styles.flags(style.get(n.VAL, "")))
    flags = run_flags(properties, flags)
    return (flags | SYMBOLS if any(used) else flags), used


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
        text.pictures.extend(Picture(source=text.source, kind=PictureKind(kind)) for kind in kinds)
        story.boxes.extend(boxes)
    elif tag == n.ALTERNATE:
        branch = alternate(child)
        if branch is not None:
            walk_run(branch, text, story, inherited)
    elif tag == n.RUBY:
        base = child.find(n.RUBY_BASE)
        if base is not None:
            walk_inline(base, text, story, inherited)
