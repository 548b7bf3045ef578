"""Labels and values inside one text: `客户名称：华南实业   联系人：李明`.

Three ways of writing are read: a label with a colon, a label before an underlined or underscored
blank, and labels and values set apart by tabs or wide gaps; the last also behind one with a colon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from formflow.extraction.labels.labels import LONGEST_LABEL, LabelIndex, is_note
from formflow.extraction.pairs.value_parts import goes_on, is_option
from formflow.forms.spec import Field

_OTHER_LABEL = re.compile(
    r"(?:(?<=^)|(?<=[\s\u3000;；]))"
    r"(?:[\u3400-\u9fff][\u3400-\u9fff\u3000 ]{0,10}[\u3400-\u9fff]|[A-Z]{1,4}[\u3400-\u9fff]{2,8})"
    r"(?:[（(][^（()）]{0,10}[）)])?[\s\u3000]*[:：]"
)
_INNER_GAP = re.compile(r"[\u3400-\u9fff]([\s\u3000]+)[\u3400-\u9fff]")
_GAP = re.compile(r"\t+|[ \u3000\xa0]{2,}")
_UNDERSCORES = re.compile(r"_{2,}|＿+")
_STARS = "*＊★※"
"""What marks a field that must be filled in."""
_SHORT_LABEL = 2
"""Characters of a label that ends many others: 日期, 时间, 电话."""
SIGN_WORDS = re.compile(
    r"(?:签[字名章]|[大小]写|(?:大写|小写)金额|人民币|日[\s\u3000]*期|盖[\s\u3000]*章|年|月|日|公[\s\u3000]*章)[\s\u3000]*[（(]?[）)]?[\s\u3000]*[:：]?$"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and what stands behind it; `field` is None for a label the form does not know."""

    field: Field | None
    label: str
    text: str
    start: int
    end: int


def pairs_in(text: str, index: LabelIndex, underlined: tuple[tuple[int, int], ...] = ()) -> list[Pair]:
    """Every known label in the text with its value, in order; empty where there is none.

    A value ends where the next label begins, known or not. A blank value is kept as such.
    """
    if not text or is_note(text):
        return []
    if found := _by_colon(text, index):
        return found
    if "\n" in text:
        return _under_heading(text, index)
    if underlined and (found := _by_underline(text, index, underlined)):
        return found
    if _UNDERSCORES.search(text) and (found := _by_tokens(text, _UNDERSCORES, index)):
        return found
    return _by_tokens(text, _GAP, index)


def _under_heading(text: str, index: LabelIndex) -> list[Pair]:
    """A label on a line of its own with its value on the lines below."""
    head, _, rest = text.strip().partition("\n")
    item = index.find(head)
    return [Pair(item, head, _trim(rest), 0, len(text))] if item else []


def starts_with_label(text: str, index: LabelIndex) -> bool:
    """Whether the text begins with a known label and a colon."""
    return bool(index.pattern.match(text.lstrip()))


def _by_colon(text: str, index: LabelIndex) -> list[Pair]:
    if ":" not in text and "：" not in text:
        return []
    labels: list[tuple[int, int, Field | None, str]] = []
    for match in index.pattern.finditer(text):
        label = match["label"]
        before = text[max(0, match.start() - LONGEST_LABEL) : match.start()]
        if _inside_sentence(own_line(before)) or _inside_word(before, label):
            continue
        # A star that touches the value before the label is the label's: paper loses the gap between them.
        bare = before.rstrip(" \u3000")
        starred = bare.endswith(tuple(_STARS))
        start = match.start() - (len(before) - len(bare.rstrip(_STARS)) if starred else 0)
        labels.append((start, match.end(), index.find(label), label))
    if not any(item for _, _, item, _ in labels):
        return []
    known = [(start, end) for start, end, _, _ in labels]
    for match in _OTHER_LABEL.finditer(text):
        if SIGN_WORDS.search(match.group().strip()) and labels and match.start() > labels[0][0]:
            continue
        if not any(start < match.end() and match.start() < end for start, end in known):
            labels.append((match.start(), match.end(), None, match.group()))
    labels.sort(key=lambda found: found[0])
    stops = [start for start, *_ in labels[1:]] + [len(text)]
    found: list[Pair] = []
    for (start, end, item, label), stop in zip(labels, stops, strict=True):
        cut = stop if item is None else _bare_label(text, end, stop, item, index)
        found.append(Pair(item, label, _trim(text[end:cut]), start, cut))
        found.extend(
            replace(pair, start=pair.start + cut, end=pair.end + cut)
            for pair in _by_tokens(text[cut:stop], _GAP, index)
        )
    return found


def _bare_label(text: str, start: int, stop: int, item: Field, index: LabelIndex) -> int:
    """Where a label without a colon, set apart by gaps and with a value behind it, ends the value before it."""
    tokens = _tokens(text[start:stop], _GAP)
    for here, following in pairwise(tokens[1:]):
        label, value = (text[start + a : start + b] for a, b in (here, following))
        other = index.find(label)
        if other is not None and not is_option(item, label) and _is_value(value, other, index):
            return start + here[0]
    return stop


def own_line(text: str) -> str:
    """The end of a text that lies on its last line: behind the last line break, tab or wide gap."""
    edge = max((match.end() for match in _GAP.finditer(text)), default=0)
    return text[max(edge, text.rfind("\n") + 1) :]


def _inside_sentence(before: str) -> bool:
    """A label after a comma or a full stop of its own line is a word of prose, not a label."""
    return before.rstrip(" \u3000")[-1:] in tuple("，,。、《“（(")


def _inside_word(before: str, label: str) -> bool:
    """A label set with gaps is the end of a longer word with the same gaps: `时 间` in `提 交 时 间`.

    What stands close and right behind a colon is a value, and three characters and more with gaps after it are a label
    of their own: `产 品：甲苯 用 量 表：`. Two may be its end: `产 品：销售 日 期：`.
    """
    gap = _INNER_GAP.match(label)
    if gap is None:
        return False
    word = re.search(r"([\u3400-\u9fff]+)" + re.escape(gap[1]) + r"\Z", before)
    if word is None:
        return False
    is_value = len(word[1]) > 1 and re.search(r"[:：] ?\Z", before[: word.start()])
    return not (is_value and len(re.findall(r"[\u3400-\u9fff]", label)) > _SHORT_LABEL)


def _trim(value: str) -> str:
    value = value.strip(" \t\u3000\xa0\n;；")
    bare = value.strip("_＿ \t\u3000")
    return bare if len(bare) != len(value) else value


def _by_underline(text: str, index: LabelIndex, underlined: tuple[tuple[int, int], ...]) -> list[Pair]:
    found, position = [], 0
    for start, end in underlined:
        label = text[position:start]
        if item := index.find(label.strip()):
            found.append(Pair(item, label.strip(), _trim(text[start:end]), position, end))
        position = end
    return found


def _by_tokens(text: str, separator: re.Pattern[str], index: LabelIndex) -> list[Pair]:
    found: list[Pair] = []
    tokens = _tokens(text, separator)
    at = 0
    while at < len(tokens):
        start, end = tokens[at]
        label = text[start:end]
        item = index.find(label)
        at += 1
        if item is None:
            continue
        value = ""
        if at < len(tokens) and _is_value(text[slice(*tokens[at])], item, index):
            first = last = at
            while last + 1 < len(tokens) and goes_on(
                item, text[slice(*tokens[last])], text[slice(*tokens[last + 1])]
            ):
                last += 1
            value, end, at = text[tokens[first][0] : tokens[last][1]], tokens[last][1], last + 1
        found.append(Pair(item, label, value, start, end))
    # One label alone in a line is a heading as likely as a label, and prose holds label words.
    return found if any(pair.text for pair in found) else []


def _tokens(text: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the words between separators begin and end, without the blanks around them."""
    edges = [0, *(edge for match in separator.finditer(text) for edge in match.span()), len(text)]
    tokens = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        bare = text[start:end].strip()
        if bare:
            start = text.index(bare, start)
            tokens.append((start, start + len(bare)))
    return tokens


def _is_value(text: str, item: Field, index: LabelIndex) -> bool:
    return is_option(item, text) or index.find(text) is None
