"""The marks, the options and the other words of a text in which something may be ticked, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from formflow.values.folding import CHINESE, fold, narrow

EMPTY = "□☐○◯〇❏❑◻▢⬜◇△¨"
"""Boxes and circles that nobody ticked."""

_BOXED = "☑☒■●◉⊙◼⬛🗹✅☻◙▣◆▲"
_TICK = "√✓✔∨Ⅴ"
_CROSS = "×✗✘╳✕"
# Symbol fonts leave their own letters where the reader did not know them (Wingdings and Wingdings 2); other
# characters look the same as one of the usual marks.
_SAME_MARKS = str.maketrans(
    "\uf0fe\uf052\uf0fd\uf053\uf0fc\uf050\uf0fb\uf04f\uf0a8\uf06f\uf0a3\uf071\uf0a1\u00fe\u00fd\u00fc⊠⊗⮽🗷❎🗸❌✖ⓥⓋ",
    "☑☑☒☒√√××□□□□○☑☒√☒☒☒☒☒✓✗✗☑☑",
)
# A word that somebody drew a circle or a square around is as good as ticked; a number with one only counts.
_ENCLOSED = re.compile(r"([^\W\d]|[√✓✔×✗✘])[\u20dd\u20de]|([\u328a-\u32b0])")
_MARK = re.compile(
    rf"(?P<bracket>[(\[【〔]\s*(?P<inside>[{_TICK}{_CROSS}{_BOXED}{EMPTY}xXvV]?)\s*[)\]】〕])"
    rf"|(?P<empty>[{EMPTY}])|(?P<boxed>[{_BOXED}])|(?P<tick>[{_TICK}]|(?<![A-Za-z0-9])[vV](?![A-Za-z0-9]))|(?P<cross>[{_CROSS}])"
)
# How to fill the group in, printed beside it; it may itself show a box and a tick.
_INSTRUCTION = re.compile(
    rf"[(\[【][^()\[\]【】]*?(?:打|[划画][{_TICK}勾]|勾|单选|多选|选择|任选|可选|请|注明|说明)[^()\[\]【】]*[)\]】]"
    rf"|(?:请在?|在)[^\s:()]{{0,8}}(?:打|划|画)[\"“”'‘’「」]?[{_TICK}vV勾][\"“”'‘’「」]?(?:选择|选)?[:,。]?"
)
_TICKED = frozenset(_BOXED + _TICK)
_SIGNS = _TICKED | frozenset(EMPTY)
_LONE_R = re.compile(r"(?<![A-Za-z])R(?![A-Za-z])")
_WORD = re.compile(rf"[{CHINESE}A-Za-z0-9]+")
_LEADING_LABEL = re.compile(rf"^[^:{_BOXED}{EMPTY}{_TICK}{_CROSS}\[\]]{{1,20}}:")
_NUMBERING = re.compile(
    r"(?<![\w.])(?:\([0-9A-Da-d一二三四五六七八九]\)|[0-9A-Da-d][.、)]|[①-⑩])\s*(?=[^\s\d])"
)
_SPECIFICATION = re.compile(r"\s*[:(_0-9]")
_NEUTRAL_END = re.compile(r"(?:类|问题|方面|投诉|型|客户|用户|付款|支付|结算|方式|单位)(?:类|方式)?")
_JOINT = re.compile(r"\s*(?:和|及|与|以及)\s*")
_OTHERS = frozenset(("其他", "其它", "other", "others"))

Texts = tuple[tuple[str, tuple[str, ...]], ...]
"""Option ids with their texts, as a value that can be remembered."""


def has_mark(text: str) -> bool:
    """Whether a box or a tick stands in a text, ticked or not; crosses and brackets alone may be anything."""
    return not _SIGNS.isdisjoint(text)


def has_tick(text: str) -> bool:
    """Whether a ticked box or a tick stands in a text."""
    return not _TICKED.isdisjoint(text)


@dataclass(slots=True)
class Token:
    """A mark, an option, or a word that is neither.

    Attributes:
        mark: It is a mark; `ticked` tells whether the mark says yes or stands empty.
        option: The option's id; empty for a mark and for a word that is no option.
        box: A printed box or bracket, not a tick drawn freely.
        crossed: The tick is a cross, which says no beside ticks of another kind.
        note: What is written behind an option to specify it (`其他：外贸`).
    """

    start: int
    end: int
    mark: bool = False
    option: str = ""
    ticked: bool = False
    crossed: bool = False
    box: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    ids: dict[str, str]
    pattern: re.Pattern[str] | None
    others: frozenset[str]


@lru_cache(maxsize=256)
def _vocabulary(texts: Texts) -> _Vocabulary:
    ids: dict[str, str] = {}
    for id, written in texts:
        for text in written:
            if key := _key(text):
                ids.setdefault(key, id)
    others = frozenset(id for key, id in ids.items() if key in _OTHERS)
    for id in others:
        ids.setdefault("其他", id)
        ids.setdefault("其它", id)
    spelled = (r"\s*/?\s*".join(map(re.escape, key)) for key in sorted(ids, key=len, reverse=True))
    return _Vocabulary(ids, re.compile("|".join(spelled), re.IGNORECASE) if ids else None, others)


def _key(text: str) -> str:
    return fold(_INSTRUCTION.sub("", narrow(text))).replace("/", "")


def prepared(text: str, texts: Texts) -> str:
    """The text folded, symbol fonts made plain, the instruction and the label before the group taken out."""
    text = _ENCLOSED.sub(lambda match: "☑" + fold(match[1] or match[2]), text.translate(_SAME_MARKS))
    if "£" in text:  # Wingdings 2 again: £ is its empty box and R its ticked one.
        text = _LONE_R.sub("☑", text.replace("£", "□"))
    text = _blanked(_INSTRUCTION, narrow(text)).strip()
    label = _LEADING_LABEL.match(text)
    if label and _key(label[0].rstrip(":")) not in _vocabulary(texts).ids:
        text = text[label.end() :]
    return _blanked(_NUMBERING, text).strip()


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)


def find_tokens(text: str, texts: Texts) -> list[Token]:
    """Marks, options and other words of a prepared text; a box and the tick drawn into it are one mark."""
    words = _vocabulary(texts)
    options = _options(text, words)
    tokens = _merged(sorted([*options, *_marks(text, options)], key=lambda token: token.start))
    return _with_words(text, tokens, words.others)


def _options(text: str, words: _Vocabulary) -> list[Token]:
    if words.pattern is None:
        return []
    return [
        Token(match.start(), match.end(), option=words.ids[_key(match[0])])
        for match in words.pattern.finditer(text)
    ]


def _marks(text: str, options: Sequence[Token]) -> list[Token]:
    tokens: list[Token] = []
    matches = [
        match
        for match in _MARK.finditer(text)
        if not any(option.start < match.end() and match.start() < option.end for option in options)
    ]
    drawn = any(match["empty"] or match["boxed"] for match in matches)
    for match in matches:
        inside = match["inside"]
        if match["bracket"] is not None:
            if drawn and not inside:
                continue  # 其他（　　）: room to write, where boxes are the marks.
            ticked = bool(inside) and inside not in EMPTY
            crossed = bool(inside) and inside in _CROSS + "xX"
            tokens.append(
                Token(match.start(), match.end(), mark=True, ticked=ticked, crossed=crossed, box=True)
            )
        elif match["tick"] or match["cross"]:
            crossed = bool(match["cross"])
            tokens.append(Token(match.start(), match.end(), mark=True, ticked=True, crossed=crossed))
        else:
            tokens.append(Token(match.start(), match.end(), mark=True, ticked=bool(match["boxed"]), box=True))
    return tokens


def _merged(tokens: Sequence[Token]) -> list[Token]:
    """`□√` and `√□` are one ticked box, where it is clear that they belong together."""
    merged: list[Token] = []
    for token in tokens:
        last = merged[-1] if merged else None
        touching = last is not None and last.mark and token.mark and last.end == token.start
        if last is not None and touching and last.box != token.box:
            last.end, last.box = token.end, True
            last.ticked = last.ticked or token.ticked
            last.crossed = last.crossed or token.crossed
        else:
            merged.append(token)
    return merged


def _with_words(text: str, tokens: Sequence[Token], others: frozenset[str]) -> list[Token]:
    """The tokens with the words between them; a word stuck to an option makes it no option (非常满意)."""
    found: list[Token] = []
    end = 0
    ends = [*(token.start for token in tokens), len(text)]
    for index, start in enumerate(ends):
        last = found[-1] if found else None
        gap = text[end:start]
        if last is not None and last.option and gap.strip():
            gap = _behind_option(last, gap, others)
        for match in _WORD.finditer(gap):
            place = start - len(gap) + match.start()
            if last is not None and last.option and last.end == place:
                last.option, last.end = "", place + len(match[0])
            else:
                found.append(Token(place, place + len(match[0])))
        if index == len(tokens):
            break
        token = tokens[index]
        before = found[-1] if found else None
        if (
            token.option
            and before is not None
            and not before.mark
            and not before.option
            and before.end == token.start
        ):
            before.end = token.end
        else:
            found.append(token)
        end = token.end
    return found


def _behind_option(option: Token, gap: str, others: frozenset[str]) -> str:
    """What is left of the text behind an option once its own specification is taken away."""
    if _JOINT.fullmatch(gap):
        return ""
    if option.option in others or _SPECIFICATION.match(gap):
        option.note = gap
        return ""
    if match := _NEUTRAL_END.match(gap):
        rest = gap[match.end() :]
        if not _WORD.match(rest):
            return _behind_option(option, rest, others) if rest.strip() else ""
    return gap
