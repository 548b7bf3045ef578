"""Form fields and annotations of a page (ISO 32000-1, 12.5 and 12.7): what is filled in, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from formflow.model import Box
from formflow.readers.pdf_view import View
from formflow.readers.symbols import TICKED, UNTICKED

_MAX_ANCESTORS = 32
_HIDDEN, _NO_VIEW = 2, 32
_RADIO, _PUSH_BUTTON = 1 << 15, 1 << 16
_DRAWN = {"Ink": "ink", "Stamp": "stamp"}


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


def widgets(annotations: Any, view: View) -> Iterator[Widget]:
    """What the annotations of a page (the entry `Annots` of its dictionary) say, hidden ones left out.

    They are resolved one step at a time: annotations, fields and pages name each other in circles.
    """
    entries = resolve1(annotations)
    for entry in entries if isinstance(entries, list) else []:
        data = resolve1(entry)
        box = view.placed(data.get("Rect")) if isinstance(data, Mapping) else None
        if box is None or _integer(data.get("F")) & (_HIDDEN | _NO_VIEW):
            continue
        subtype = _name(data.get("Subtype"))
        if subtype == "Widget":
            widget = _widget(data, box)
            if widget is not None:
                yield widget
        elif subtype == "FreeText":
            text = _text(data.get("Contents"))
            if text.strip():
                yield Widget(kind="note", name="", title="", text=text, box=box)
        elif subtype in _DRAWN:
            yield Widget(kind=_DRAWN[subtype], name="", title="", text="", box=box)


def is_dynamic(catalog: Mapping[str, Any]) -> bool:
    """Whether the pages are made by an XFA program, so that the file itself holds none to read."""
    form = resolve1(catalog.get("AcroForm"))
    if not isinstance(form, Mapping) or "XFA" not in form:
        return False
    return bool(resolve1(catalog.get("NeedsRendering"))) or not resolve1(form.get("Fields"))


def _widget(data: Mapping[str, Any], box: Box) -> Widget | None:
    chain = _chain(data)

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
        return Widget(kind="choice", name=name, title=title, text=_chosen(value, inherited("Opt")), box=box)
    if kind == "Sig":
        signer = _text(value.get("Name")) if isinstance(value, Mapping) else ""
        signed = isinstance(value, Mapping)
        return Widget(kind="signature" if signed else "text", name=name, title=title, text=signer, box=box)
    return Widget(kind="text", name=name, title=title, text=_text(value), box=box)


def _chain(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A widget and the fields it inherits from, itself first."""
    chain = [data]
    while len(chain) < _MAX_ANCESTORS:
        parent = resolve1(chain[-1].get("Parent"))
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
    numbers = (int(state) for state in on_states if state.isascii() and state.isdecimal())
    return {_text(options[number]) for number in numbers if number < len(options)}


def _chosen(value: Any, options: Any) -> str:
    """What a choice shows: the texts that stand for its values, several joined by 、."""
    shows: dict[str, str] = {}
    for option in options if isinstance(options, list) else []:
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) == 2:
            shows[_text(pair[0])] = _text(pair[1])
    chosen = value if isinstance(value, list) else [value]
    texts = [_text(entry) for entry in chosen]
    return "、".join(shows.get(text, text) for text in texts if text)


def _integer(value: Any) -> int:
    value = resolve1(value)
    return value if isinstance(value, int) else 0


def _name(value: Any) -> str:
    value = resolve1(value)
    raw = value.name if isinstance(value, PSLiteral) else value
    if isinstance(raw, bytes):
        return raw.decode("utf-8", "replace")
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
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


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
