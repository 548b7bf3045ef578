"""Content controls of Word (ECMA-376 part 1, 17.5.2) for the fields of a blank."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from formflow.documents.blanks.fill import Typed
from formflow.forms.controlnames import DATE, OPINION, REMARK, ControlName
from formflow.forms.spec import Field, FieldType

_BOXES = "MS Gothic"
"""Has ☐ and ☑ of one width, on every Windows."""
_GUIDES = {
    FieldType.DATE: "　　　　年　　月　　日",
    FieldType.DATETIME: "　　　年　月　日　　时　分",
}
_MOST = 12


def run(text: str, size: float, *, face: str = "宋体", box: bool = False, prompt: bool = False) -> str:
    """A run of text, its line ends as breaks."""
    pieces = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in _clean(text).split("\n")
    )
    return f"<w:r>{_properties(size, face, box=box, prompt=prompt)}{pieces}</w:r>"


def field(name: str, value: int, size: float) -> str:
    """A field that Word counts (`PAGE`), with what it shows until then."""
    return f'<w:fldSimple w:instr=" {name} ">{run(str(value), size)}</w:fldSimple>'


def _properties(size: float, face: str, *, box: bool = False, prompt: bool = False) -> str:
    style = '<w:rStyle w:val="PlaceholderText"/>' if prompt else ""
    latin = _BOXES if box else "Times New Roman" if face == "宋体" else face
    east = _BOXES if box else face
    fonts = f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:hint="eastAsia"/>'
    half = round(size * 2)
    bold = "<w:b/>" if face == "黑体" else ""
    return f'<w:rPr>{style}{fonts}{bold}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (ord(c) >= 0x20 and ord(c) not in (0xFFFE, 0xFFFF)))


class Controls:
    """Makes controls, each with an id of its own."""

    def __init__(self, ids: Iterator[int]) -> None:
        self._ids = ids

    def value(self, item: Field, name: ControlName, typed: Typed, size: float, *, wide: float) -> str:
        """Text or a day."""
        if item.type is FieldType.SIGNATURE:
            return self._text(str(name), item.heading, typed.whole, size)
        if item.type is FieldType.DATE:
            # In a narrow column the guides would only wrap.
            guide = _GUIDES[item.type] if wide > len(_GUIDES[item.type]) * size + 8 else ""
            return self._date(str(name), item.heading, typed.text, size, typed, guide)
        guide = _GUIDES.get(item.type, "")
        prompt = guide if guide and wide > len(guide) * size + 8 else _spaces(wide, size)
        return self._text(str(name), item.heading, typed.text, size, prompt=prompt)

    def signature(self, item: Field, name: ControlName, typed: Typed, size: float) -> str:
        """`签字：` and `日期：`, parted by a tab stop."""
        day = f"{item.label} 日期"
        return (
            run("签字：", size)
            + self._text(str(name), item.label, typed.text, size, prompt="　" * 8)
            + f"<w:r>{_properties(size, '宋体')}<w:tab/></w:r>"
            + run("日期：", size)
            + self._date(f"{name}:{DATE}", day, typed.on, size, typed, _GUIDES[FieldType.DATE])
        )

    def opinion(self, item: Field, name: ControlName, size: float) -> str:
        """Room for what an approver has to say."""
        return self._text(f"{name}:{OPINION}", f"{item.heading} 意见", "", size, prompt="　" * 8)

    def options(self, item: Field, name: ControlName, typed: Typed, size: float) -> str:
        """A box before each option, and room for a remark."""
        shown = []
        for id, texts in item.options.items():
            box = self._box(
                f"{name}:{id}", f"{item.label}：{texts[0]}", size + 1.5, ticked=id in typed.chosen
            )
            shown.append(box + run(f"{texts[0]}　", size))
        if REMARK not in item.options:
            remark = self._text(
                f"{name}:{REMARK}", f"{item.label}（其他说明）", typed.text, size, prompt="　" * 3
            )
            shown.append(remark)
        return "".join(shown)

    def list(self, item: Field, name: ControlName, typed: Typed, size: float) -> str:
        """A list to choose from, into which something else may be typed."""
        texts = {id: texts[0] for id, texts in item.options.items()}
        value = "、".join(texts[id] for id in typed.chosen) or typed.text
        entries = "".join(
            f"<w:listItem w:displayText={quoteattr(text)} w:value={quoteattr(text)}/>"
            for text in texts.values()
        )
        return self._control(
            str(name), item.heading, f"<w:comboBox>{entries}</w:comboBox>", value, size, prompt="　　"
        )

    def fixed(self, name: str, title: str, text: str) -> str:
        """A text that nobody changes."""
        return self._control(name, title, "<w:richText/>", text, 8.0, lock="sdtContentLocked")

    # --- Kinds ---

    def _text(self, name: str, title: str, value: str, size: float, *, prompt: str = "　　") -> str:
        return self._control(name, title, "<w:richText/>", value, size, prompt=prompt)

    def _date(self, name: str, title: str, value: str, size: float, typed: Typed, guide: str) -> str:
        day = typed.day if (value and value != typed.text) or typed.text == value else None
        full = f' w:fullDate="{day:%Y-%m-%d}T00:00:00Z"' if day is not None and value else ""
        kind = (
            f'<w:date{full}><w:dateFormat w:val="yyyy年M月d日"/><w:lid w:val="zh-CN"/>'
            '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
        )
        return self._control(name, title, kind, value, size, prompt=guide or "　　")

    def _box(self, name: str, title: str, size: float, *, ticked: bool) -> str:
        kind = (
            f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/>'
            f'<w14:checkedState w14:val="2611" w14:font="{_BOXES}"/>'
            f'<w14:uncheckedState w14:val="2610" w14:font="{_BOXES}"/></w14:checkbox>'
        )
        shown = run("☑" if ticked else "☐", size, box=True)
        return self._wrapped(name, title, kind, shown, "sdtLocked", "", size)

    def _control(
        self,
        name: str,
        title: str,
        kind: str,
        value: str,
        size: float,
        *,
        prompt: str = "",
        lock: str = "sdtLocked",
    ) -> str:
        showing = "" if value else "<w:showingPlcHdr/>"
        shown = run(value, size) if value else run(prompt, size, prompt=True)
        return self._wrapped(name, title, kind, shown, lock, showing, size)

    def _wrapped(
        self, name: str, title: str, kind: str, shown: str, lock: str, showing: str, size: float
    ) -> str:
        return (
            f"<w:sdt><w:sdtPr>{_properties(size, '宋体')}<w:alias w:val={quoteattr(title[:64])}/>"
            f'<w:tag w:val={quoteattr(name)}/><w:id w:val="{1000 + next(self._ids)}"/><w:lock w:val="{lock}"/>'
            f"{showing}{kind}</w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"
        )


def _spaces(wide: float, size: float) -> str:
    """Blanks that give a control some width to click on, on one line."""
    return "　" * max(min(int((wide - 12) / size) - 1, _MOST), 1)
