"""Form fields and annotations of a page (ISO 32000-1, 12.5 and 12.7): what is filled in, and where."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from formflow.model import Box
from formflow.readers.packages.symbols import TICKED, UNTICKED
from formflow.readers.pdf.coordinates import View
from formflow.readers.pdf.layers import is_off
from formflow.readers.radicals import PLAIN

_MAX_ANCESTORS = 32
_HIDDEN, _NO_VIEW = 2, 32
_PUSH_BUTTON, _PASSWORD = 1 << 16, 1 << 13
_DRAWN = {"Ink": "ink", "Stamp": "stamp"}
_MAX_FIELDS = 20_000
# Text may name its language between two escape characters (ISO 32000-1, 7.9.2.2).
_ESCAPE = re.compile("\x1b[^\x1b]{0,12}\x1b")
_PARAGRAPH = re.compile(r"<\s*(?:br\s*/?|/p)\s*>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]*>")
_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")

Parents = Mapping[int, Any]
"""Object id of a field → the field above it, as the form's own tree has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """A form field or an annotation as it shows on the page.

    Attributes:
        kind: `text`, `checkbox`, `choice`, `signature`; `note` for text typed onto the page, and `ink` or
            `stamp` for what was drawn on it.
        name: Full name, the names of its parents before it, joined by dots.
        disagrees: The state that shows is not the value that is stored.
    """

    kind: str
    name: str
    title: str
    text: str
    box: Box
    disagrees: bool = False


def widgets(
    annotations: Any, view: View, parents: Parents | None = None, off: Collection[int] = ()
) -> Iterator[Widget]:
    """What the annotations of a page (the entry `Annots` of its dictionary) say, hidden ones left out.

    They are resolved one step at a time: annotations, fields and pages name each other in circles.

    Args:
        parents: What fields inherit from where they do not say so themselves.
        off: Object ids of the layers that are switched off.
    """
    for entry in _entries(annotations):
        data = resolve1(entry)
        box = view.placed(data.get("Rect")) if isinstance(data, Mapping) else None
        if box is None or _integer(data.get("F")) & (_HIDDEN | _NO_VIEW) or is_off(data.get("OC"), off):
            continue
        subtype = _name(data.get("Subtype"))
        if subtype == "Widget":
            above = (parents or {}).get(entry.objid) if isinstance(entry, PDFObjRef) else None
            widget = _widget(data, box, above)
            if widget is not None:
                yield widget
        elif subtype == "FreeText":
            text = _text(data.get("Contents")) or _rich(data.get("RC"))
            if text.strip():
                yield Widget(kind="note", name="", title="", text=text, box=box)
        elif subtype in _DRAWN:
            yield Widget(kind=_DRAWN[subtype], name="", title="", text="", box=box)


def struck(annotations: Any, view: View) -> list[Box]:
    """The places that annotations strike out."""
    found = (
        view.placed(data.get("Rect"))
        for entry in _entries(annotations)
        if isinstance(data := resolve1(entry), Mapping) and _name(data.get("Subtype")) == "StrikeOut"
    )
    return [box for box in found if box is not None]


def parents_of(catalog: Mapping[str, Any]) -> Parents:
    """Every field of the form that is somebody's kid, with the field above it."""
    form = resolve1(catalog.get("AcroForm"))
    fields = _entries(form.get("Fields")) if isinstance(form, Mapping) else []
    waiting: list[tuple[Any, Any]] = [(entry, None) for entry in fields]
    found: dict[int, Any] = {}
    seen: set[int] = set()
    while waiting and len(seen) < _MAX_FIELDS:
        entry, above = waiting.pop()
        if not isinstance(entry, PDFObjRef) or entry.objid in seen:
            continue
        seen.add(entry.objid)
        if above is not None:
            found[entry.objid] = above
        data = resolve1(entry)
        if isinstance(data, Mapping):
            waiting.extend((kid, entry) for kid in _entries(data.get("Kids")))
    return found


def _entries(value: Any) -> list[Any]:
    entries = resolve1(value)
    return entries if isinstance(entries, list) else []


def is_dynamic(catalog: Mapping[str, Any]) -> bool:
    """Whether the pages are made by an XFA program, so that the file itself holds none to read."""
    form = resolve1(catalog.get("AcroForm"))
    if not isinstance(form, Mapping) or "XFA" not in form:
        return False
    return bool(resolve1(catalog.get("NeedsRendering"))) or not resolve1(form.get("Fields"))


def _widget(data: Mapping[str, Any], box: Box, above: Any) -> Widget | None:
    chain = _chain(data, above)

    def inherited(key: str) -> Any:
        return next((resolve1(link[key]) for link in chain if key in link), None)

    names = [_text(link["T"]) for link in reversed(chain) if "T" in link]
    name = ".".join(part for part in names if part)
    title = _text(inherited("TU"))
    kind = _name(inherited("FT"))
    flags = _integer(inherited("Ff"))
    value = inherited("V")
    if kind == "Btn":
        if flags & _PUSH_BUTTON:
            return None
        ticked, disagrees = _state(data, value, inherited("Opt"))
        text = TICKED if ticked else UNTICKED
        return Widget(kind="checkbox", name=name, title=title, text=text, box=box, disagrees=disagrees)
    if kind == "Ch":
        text = _chosen(value, inherited("Opt"), inherited("I"))
        return Widget(kind="choice", name=name, title=title, text=text, box=box)
    if kind == "Sig":
        signed = isinstance(value, Mapping)
        text = _signer(value) if signed else ""
        return Widget(kind="signature" if signed else "text", name=name, title=title, text=text, box=box)
    text = _text(value) or _rich(inherited("RV"))
    if flags & _PASSWORD:
        text = ""
    return Widget(kind="text", name=name, title=title, text=text, box=box)


def _signer(value: Mapping[str, Any]) -> str:
    """Who signed and when, as far as the signature says so in words."""
    day = _PDF_DATE.match(_text(value.get("M")))
    name = _text(value.get("Name")).strip()
    return f"{name} {'-'.join(day.groups())}" if name and day else name


def _chain(data: Mapping[str, Any], above: Any = None) -> list[Mapping[str, Any]]:
    """A widget and the fields it inherits from, itself first."""
    chain = [data]
    while len(chain) < _MAX_ANCESTORS:
        parent = resolve1(chain[-1].get("Parent", above))
        above = None
        if not isinstance(parent, Mapping) or any(parent is link for link in chain):
            break
        chain.append(parent)
    return chain


def _state(data: Mapping[str, Any], value: Any, options: Any) -> tuple[bool, bool]:
    """Whether a button is on, and whether its state and the field's value disagree.

    The state (AS) is what shows; a program that fills in values without looks leaves it behind the value (V).
    """
    state = resolve1(data.get("AS"))
    looks = resolve1(data.get("AP"))
    normal = resolve1(looks.get("N")) if isinstance(looks, Mapping) else None
    on_states = (
        {_name(key) for key in normal if _name(key) != "Off"} if isinstance(normal, Mapping) else set()
    )
    if isinstance(normal, PDFStream):
        on_states = set()
    shows = _name(state) not in ("", "Off")
    stored = _name(value) if isinstance(value, PSLiteral) else _text(value)
    if stored in ("", "Off"):
        by_value = False
    elif on_states:
        by_value = stored in on_states or stored in _exports(options, on_states)
    else:
        by_value = shows or state is None
    if state is None:
        return by_value, False
    if value is None:
        return shows, False
    return by_value or shows, by_value != shows


def _exports(options: Any, on_states: set[str]) -> set[str]:
    """The export values behind the states of a button whose states are numbers into its options."""
    if not isinstance(options, list):
        return set()
    numbers = (int(state) for state in on_states if state.isascii() and state.isdecimal() and len(state) < 6)
    return {_text(options[number]) for number in numbers if number < len(options)}


def _chosen(value: Any, options: Any, indices: Any) -> str:
    """What a choice shows: the texts that stand for its values, several joined by 、."""
    shows: dict[str, str] = {}
    listed: list[str] = []
    for option in options if isinstance(options, list) else []:
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) == 2:
            shows.setdefault(_text(pair[0]), _text(pair[1]))
            listed.append(_text(pair[1]))
        else:
            listed.append(_text(pair))
    if value is None and isinstance(indices, list):
        numbers = [resolve1(index) for index in indices]
        return "、".join(listed[n] for n in numbers if isinstance(n, int) and 0 <= n < len(listed))
    chosen = value if isinstance(value, list) else [value]
    texts = [_text(entry) for entry in chosen]
    return "、".join(shows.get(text, text) for text in texts if text)


def _rich(value: Any) -> str:
    """The text of a rich text value (XHTML), a paragraph a line."""
    markup = _text(value)
    return unescape(_MARKUP.sub("", _PARAGRAPH.sub("\n", markup))).strip() if markup else ""


def _integer(value: Any) -> int:
    value = resolve1(value)
    return value if isinstance(value, int) else 0


def _name(value: Any) -> str:
    value = resolve1(value)
    raw = value.name if isinstance(value, PSLiteral) else value
    if isinstance(raw, bytes):
        return _decode(raw)
    return raw if isinstance(raw, str) else ""


def _text(value: Any) -> str:
    """A text string in whatever encoding its writer chose; line ends as `\\n`."""
    value = resolve1(value)
    if isinstance(value, PDFStream):
        value = value.get_data()
    if isinstance(value, PSLiteral):
        value = _name(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, bytes):
        value = _decode(value)
    if not isinstance(value, str):
        return ""
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return _ESCAPE.sub("", value).translate(PLAIN)


def _decode(raw: bytes) -> str:
    if raw.startswith((b"\xfe\xff", b"\xff\xfe")):
        return raw.decode("utf-16", "replace")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", "replace")
    if any(byte >= 0x80 for byte in raw):
        # Not allowed without a mark, but written by programs that know no other encoding than their own.
        for encoding in ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    return str(decode_text(raw))
