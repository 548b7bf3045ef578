"""Tick boxes and signatures as people fill them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from .page import Box, Content, Picture, Text, join, plain
from .values import ABSENT, Value, write_date

OPTIONS: dict[str, list[tuple[str, str]]] = {
    "customer_type": [
        ("enterprise", "企业"),
        ("institution", "事业单位"),
        ("individual", "个人"),
        ("other", "其他"),
    ],
    "payment": [("cash", "现金"), ("transfer", "转账"), ("monthly", "月结"), ("cheque", "支票")],
    "channel": [("phone", "电话"), ("letter", "信函"), ("fax", "传真"), ("visit", "来访"), ("email", "邮件")],
    "category": [
        ("quality", "质量"),
        ("delivery", "交货"),
        ("service", "服务"),
        ("damage", "货损货差"),
        ("other", "其他"),
    ],
    "satisfied": [("yes", "满意"), ("no", "不满意")],
}

_TYPED = {
    "square": ("☑", "□"), "filled": ("■", "□"), "crossed": ("☒", "☐"), "tick": ("√", "□"), "round": ("●", "○"),
    "heavy": ("✔", "□"), "ballot": ("☑", "☐"), "paren": ("（√）", "（　）"), "narrow": ("(√)", "( )"),
    "bracket": ("[x]", "[ ]"), "ticked": ("[√]", "[ ]"), "lens": ("【√】", "【  】"), "bare tick": ("√", ""),
}  # fmt: skip
_WORD_ONLY = ["w14", "w14", "sym", "sym2", "legacy"]


@dataclass(frozen=True)
class Ticks:
    """One file's way with options."""

    mark: str
    behind: bool = False
    gap: str = "  "
    lines: bool = False
    word: bool = False
    """Only the chosen word is written."""

    @classmethod
    def draw(cls, rng: Random, kind: str) -> Ticks:
        if rng.random() < 0.1:
            return cls("square", word=True)
        mark = rng.choice(_WORD_ONLY) if kind == "docx" and rng.random() < 0.5 else rng.choice(list(_TYPED))
        typed = mark in _TYPED
        behind = typed and rng.random() < 0.2
        gap = rng.choice(["  ", "　", "   ", " "])
        if not behind and mark in {"square", "filled", "paren", "bracket"} and rng.random() < 0.15:
            gap = ""
        return cls(mark, behind=behind, gap=gap, lines=rng.random() < 0.12)

    def write(self, name: str, chosen: str | None, rng: Random) -> Value:
        """The options with the chosen one ticked; none chosen is absent."""
        truth = chosen or ABSENT
        options = OPTIONS[name]
        if self.word:
            return Value(plain(dict(options).get(chosen or "", "")), truth)
        parts: list[Content] = []
        for ident, word in options:
            on = ident == chosen
            tail = ""
            if ident == "other" and not self.behind:
                tail = rng.choice(["", "：代理商", "（见附页）"]) if on else rng.choice(["", "", "____"])
            mark: Content
            if self.mark in _TYPED:
                mark = plain(_TYPED[self.mark][0 if on else 1])
            else:
                mark = ((Box(on, self.mark),),)
            parts.append(join(word, mark) if self.behind else join(mark, word + tail))
        separator = plain("\n") if self.lines else plain(self.gap)
        return Value(join(*[x for part in parts for x in (part, separator)][:-1]), truth)


@dataclass(frozen=True)
class Signing:
    """One file's signature cells."""

    style: str
    word: str = "签字"

    @classmethod
    def draw(cls, rng: Random) -> Signing:
        return cls(
            rng.choice(["name", "line", "line", "opinion", "dated", "lines"]),
            rng.choice(["签字", "签名", "签章"]),
        )

    def write(self, rng: Random, name: str, day: date | None, *, ink: bool, empty: bool) -> Value:
        """`ink`: a picture instead of a typed name; `empty`: only what is printed."""
        blank_day = rng.choice(["    年   月   日", "  年  月  日", "      年    月    日"])
        printed = self.style in {"line", "opinion", "lines"}
        when = write_date(rng, day, styles=8) if day and not empty else ""
        if not printed:
            when = when if self.style == "dated" or ink else ""
        who: Content = ((),) if empty else ((Picture(rng.randrange(10**6)),),) if ink else plain(name)
        dated = printed or bool(when)
        shown = when or (blank_day if printed else "")
        match self.style:
            case "line":
                content = join(f"{self.word}：", who if not empty else "        ", f"      日期：{shown}")
            case "opinion":
                opinion = (
                    ""
                    if empty
                    else rng.choice(["同意。", "同意", "情况属实，同意。", "拟同意，请领导审批。"])
                )
                content = join(f"{opinion}\n{self.word}：", who if not empty else "          ", f"\n{shown}")
            case "lines":
                content = join(f"{self.word}：", who, f"\n日期：{shown}")
            case _:
                content = join(who, ("  " if not ink else " ") + shown) if dated else who
        if empty:
            return Value(content, ABSENT)
        truth = {
            "present": True,
            "name": None if ink else name,
            "date": day.isoformat() if day and when else None,
        }
        return Value(content, truth)


def underline_blank(rng: Random) -> Content:
    return ((Text(" " * rng.randint(8, 14), underline=True),),)
