"""Values that print as more than plain text: runs of different looks, pictures, whole paragraphs.

A context may hold them beside texts and numbers. Each says what WordprocessingML stands for it; what a picture or
link needs beside the text (a media file, a relationship) is asked of the `Media` of the part that is being filled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from formflow.documents.templates.media import Picture, current_media
from formflow.documents.templates.symbol import symbol_png

PARAGRAPH, PAGE = "\ufdd8", "\ufdd9"
"""Where a paragraph ends and another of the same look begins; the second with a page break between."""

RUNS, LOOK = "\ufdda", "\ufddb"
"""Where a run is interrupted by others, and where its own look goes on."""

_FORBIDDEN = re.compile(
    "[\\x00-\\x06\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\ud800-\udfff\ufdd0-\ufddf\ufffe\uffff]"
)
_BREAK = re.compile("\r\n|[\r\n\\x0b\\x85\u2028\u2029]")
_RUN_HEAD = re.compile(r"<w:r(?: [^>]*)?>(<w:rPr>.*?</w:rPr>)?", re.DOTALL)
_BREAK_XML = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB_XML = '</w:t><w:tab/><w:t xml:space="preserve">'


def allowed(text: str) -> str:
    """The text without what XML forbids."""
    return _FORBIDDEN.sub("", text)


def one_kind_of_break(text: str) -> str:
    """The text with every kind of line end as `\\n`."""
    return _BREAK.sub("\n", text)


def text_xml(text: str) -> tuple[str, str]:
    """What stands inside `w:t` for a text, and the text without what XML forbids.

    Line breaks and tabs become Word's own; `\\a` begins a new paragraph and `\\f` a new page, as in docxtpl.
    """
    kept = allowed(text)
    xml = escape(one_kind_of_break(kept), {'"': "&#34;", "'": "&#39;"})
    xml = xml.replace("\a", PARAGRAPH).replace("\f", PAGE)
    return xml.replace("\n", _BREAK_XML).replace("\t", _TAB_XML), kept


def with_looks(xml: str) -> str:
    """A filled part in which each interrupted run goes on with the properties it began with."""
    head, *pieces = xml.split(RUNS)
    done = [head]
    for piece in pieces:
        at = max(head.rfind("<w:r>"), head.rfind("<w:r "))
        found = _RUN_HEAD.match(head, at) if at >= 0 else None
        look = (found[1] or "") if found else ""
        piece = piece.replace(LOOK, "" if "<w:rPrChange" in look else look)
        done.append(piece)
        head = piece
    return "".join(done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of text of one look.

    Attributes:
        color: RRGGBB.
        size: Points.
        font: Family, for Latin and Chinese alike.
        highlight: Background, RRGGBB.
        position: `superscript` or `subscript`.
        link: Address that a click opens.
    """

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    color: str = ""
    size: float = 0.0
    font: str = ""
    highlight: str = ""
    position: str = ""
    style: str = ""
    link: str = ""

    def xml(self) -> str:
        """The run, in the order of CT_RPr (ECMA-376 part 1, 17.3.2.28)."""
        look = [
            f"<w:rStyle w:val={quoteattr(self.style)}/>" if self.style else "",
            _fonts(self.font) if self.font else "",
            "<w:b/>" if self.bold else "",
            "<w:i/>" if self.italic else "",
            "<w:strike/>" if self.strike else "",
            f"<w:color w:val={quoteattr(self.color.lstrip('#'))}/>" if self.color else "",
            f'<w:sz w:val="{round(2 * self.size)}"/><w:szCs w:val="{round(2 * self.size)}"/>'
            if self.size
            else "",
            '<w:u w:val="single"/>' if self.underline else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill={quoteattr(self.highlight.lstrip("#"))}/>'
            if self.highlight
            else "",
            f"<w:vertAlign w:val={quoteattr(self.position)}/>" if self.position else "",
        ]
        properties = "".join(look)
        run = f"<w:rPr>{properties}</w:rPr>" if properties else ""
        run = f'<w:r>{run}<w:t xml:space="preserve">{text_xml(self.text)[0]}</w:t></w:r>'
        if not self.link:
            return run
        address = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        return (
            f'<w:hyperlink xmlns:r="{address}" r:id="{current_media().link(self.link)}">{run}</w:hyperlink>'
        )


@dataclass(frozen=True, slots=True)
class RichText:
    """Text of several looks inside a paragraph: `RichText().add("不予认定", bold=True).add("（第二条）")`."""

    spans: tuple[Span, ...] = ()

    def add(self, text: str, **look: Any) -> RichText:
        """This text and one more span; `look` as in `Span`."""
        return replace(self, spans=(*self.spans, Span(text=text, **look)))

    def runs(self) -> str:
        return "".join(span.xml() for span in self.spans)

    def __str__(self) -> str:
        return "".join(span.text for span in self.spans)

    def __bool__(self) -> bool:
        return any(span.text for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A QR symbol with its quiet zone, made only where a document shows it.

    Attributes:
        text: What it says; capitals, digits and ` $%*+-./:` give the smallest symbol.
    """

    text: str
    width_mm: float = 18.0
    height_mm: float = 0.0
    at_mm: tuple[float, float] | None = None

    def runs(self) -> str:
        picture = Picture(
            data=symbol_png(self.text), width_mm=self.width_mm, description=self.text, at_mm=self.at_mm
        )
        return picture.runs()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Blocks:
    """Whole paragraphs and tables, for `{{p value }}`.

    Attributes:
        xml: WordprocessingML of block-level elements that refer to nothing outside themselves.
        text: What they say.
    """

    xml: str = field(repr=False)
    text: str = ""

    def __str__(self) -> str:
        return self.text


INLINE = (RichText, Picture, Symbol)
"""What stands among the words of a line."""


def _fonts(font: str) -> str:
    name = quoteattr(font)
    return f"<w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name}/>"
