"""Content controls of Word (ECMA-376 part 1, 17.5.2) for the fields of a blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from formflow.documents.blanks.fill import Typed
from formflow.documents.word import element
from formflow.forms.controlnames import DATE, OPINION, REMARK, ControlName
from formflow.forms.spec import Field, FieldType

_BOXES = "MS Gothic"
"""Has ☐ and ☑ of one width, on every Windows."""
_GUIDES = {
    FieldType.DATE: "　　　　年　　月　　日",
    FieldType.DATETIME: "　　　年　月　日　　时　分",
}
_MOST = 12


def run(text: str, size: float, *, face: str = "宋体", box: bool = False, prompt: bool = False) -> Any:
    """A run of text, its line ends as breaks and its tabs as tabs."""
    made = element("r", _look(size, face, box=box, prompt=prompt))
    made.text = _clean(text)
    return made


def field(name: str, value: int, size: float) -> Any:
    """A field that Word counts (`PAGE`), with what it shows until then."""
    return element("fldSimple", run(str(value), size), instr=f" {name} ")


def _look(size: float, face: str, *, box: bool = False, prompt: bool = False) -> Any:
    latin = _BOXES if box else "Times New Roman" if face == "宋体" else face
    half = round(size * 2)
    properties = (
        *([element("rStyle", val="PlaceholderText")] if prompt else []),
        element("rFonts", ascii=latin, hAnsi=latin, eastAsia=_BOXES if box else face, hint="eastAsia"),
        *([element("b")] if face == "黑体" else []),
        element("sz", val=half),
        element("szCs", val=half),
    )
    return element("rPr", *properties)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (ord(c) >= 0x20 and ord(c) not in (0xFFFE, 0xFFFF)))


class Controls:
    """Makes controls, each with an id of its own."""

    def __init__(self, ids: Iterator[int]) -> None:
        self._ids = ids

    def value(self, item: Field, name: ControlName, typed: Typed, size: float, *, wide: float) -> Any:
        """Text or a day."""
        if item.type is FieldType.SIGNATURE:
            return self._text(str(name), item.heading, typed.whole, size)
        guide = _GUIDES.get(item.type, "")
        # In a narrow column the guides would only wrap.
        guide = guide if wide > len(guide) * size + 8 else ""
        if item.type is FieldType.DATE:
            return self._date(str(name), item.heading, typed.text, size, typed, guide)
        return self._text(str(name), item.heading, typed.text, size, prompt=guide or _spaces(wide, size))

    def signature(self, item: Field, name: ControlName, typed: Typed, size: float) -> list[Any]:
        """`签字：` and `日期：`, parted by a tab stop."""
        day, guide = f"{item.label} 日期", _GUIDES[FieldType.DATE]
        return [
            run("签字：", size),
            self._text(str(name), item.label, typed.text, size, prompt="　" * 8),
            run("\t日期：", size),
            self._date(f"{name}:{DATE}", day, typed.on, size, typed, guide),
        ]

    def opinion(self, item: Field, name: ControlName, size: float) -> Any:
        """Room for what an approver has to say."""
        return self._text(f"{name}:{OPINION}", f"{item.heading} 意见", "", size, prompt="　" * 8)

    def options(self, item: Field, name: ControlName, typed: Typed, size: float) -> list[Any]:
        """A box before each option, and room for a remark."""
        shown = []
        for id, texts in item.options.items():
            title = f"{item.label}：{texts[0]}"
            shown.append(self._box(f"{name}:{id}", title, size + 1.5, ticked=id in typed.chosen))
            shown.append(run(f"{texts[0]}　", size))
        if REMARK not in item.options:
            title = f"{item.label}（其他说明）"
            shown.append(self._text(f"{name}:{REMARK}", title, typed.text, size, prompt="　" * 3))
        return shown

    def list(self, item: Field, name: ControlName, typed: Typed, size: float) -> Any:
        """A list to choose from, into which something else may be typed."""
        texts = {id: texts[0] for id, texts in item.options.items()}
        value = "、".join(texts[id] for id in typed.chosen) or typed.text
        entries = (element("listItem", displayText=text, value=text) for text in texts.values())
        return self._control(str(name), item.heading, element("comboBox", *entries), value, size)

    def fixed(self, name: str, title: str, text: str) -> Any:
        """A text that nobody changes."""
        return self._control(name, title, element("richText"), text, 8.0, lock="sdtContentLocked")

    # --- Kinds ---

    def _text(self, name: str, title: str, value: str, size: float, *, prompt: str = "　　") -> Any:
        return self._control(name, title, element("richText"), value, size, prompt=prompt)

    def _date(self, name: str, title: str, value: str, size: float, typed: Typed, guide: str) -> Any:
        day = typed.day if (value and value != typed.text) or typed.text == value else None
        kind = element(
            "date",
            element("dateFormat", val="yyyy年M月d日"),
            element("lid", val="zh-CN"),
            element("storeMappedDataAs", val="dateTime"),
            element("calendar", val="gregorian"),
            **({"fullDate": f"{day:%Y-%m-%d}T00:00:00Z"} if day is not None and value else {}),
        )
        return self._control(name, title, kind, value, size, prompt=guide or "　　")

    def _box(self, name: str, title: str, size: float, *, ticked: bool) -> Any:
        kind = element(
            "w14:checkbox",
            element("w14:checked", val=int(ticked)),
            element("w14:checkedState", val="2611", font=_BOXES),
            element("w14:uncheckedState", val="2610", font=_BOXES),
        )
        return self._wrapped(name, title, [kind], run("☑" if ticked else "☐", size, box=True), size)

    def _control(
        self,
        name: str,
        title: str,
        kind: Any,
        value: str,
        size: float,
        *,
        prompt: str = "　　",
        lock: str = "sdtLocked",
    ) -> Any:
        shown = run(value, size) if value else run(prompt, size, prompt=True)
        showing = [] if value else [element("showingPlcHdr")]
        return self._wrapped(name, title, [*showing, kind], shown, size, lock)

    def _wrapped(
        self, name: str, title: str, kind: Sequence[Any], shown: Any, size: float, lock: str = "sdtLocked"
    ) -> Any:
        properties = (
            _look(size, "宋体"),
            element("alias", val=title[:64]),
            element("tag", val=name),
            element("id", val=1000 + next(self._ids)),
            element("lock", val=lock),
        )
        return element("sdt", element("sdtPr", *properties, *kind), element("sdtContent", shown))


def _spaces(wide: float, size: float) -> str:
    """Blanks that give a control some width to click on, on one line."""
    return "　" * max(min(int((wide - 12) / size) - 1, _MOST), 1)
