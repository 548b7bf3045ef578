"""Labels as forms print them, folded to what they say.

`１、客 户 名 称（必填）：`, `*客户名称` and `客户名称 Customer Name` are one label. Folding is exact after
that: a label that is merely alike is never taken for the field, because a wrong value is worse than
none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from formflow.forms.spec import Field, FieldType, Form

LONGEST_LABEL = 40
"""Characters; what is longer is text, not a label."""
LEAST_HEADS = 3
"""Labels side by side that make a header; a table of fewer columns has no more."""

_BLANKS = re.compile(r"[\s\u200b\ufeff_]+")
_NUMBERING = re.compile(
    r"^(?:[(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．)](?!\d))"
)
_CIRCLED = re.compile(r"^[\s*★※]*[①-⑳⑴-⒛❶-❿]")
_STARS = "*★※●•▲◆■·-"
_BRACKETS = re.compile(r"[(\[【<〔{][^()\[\]【】<>〔〕{}]{0,24}[)\]】>〕}]")
_BRACKETED = r"(?:[\s\u3000]*+[（(\[【][^（()）\[\]【】]{0,16}[）)\]】])?"
_ENDS = ":;.,、。…"
_LATIN_TAIL = re.compile(r"^([^a-z]*[\u3400-\u9fff)])(?:[ /]+[a-z]{2}|[a-z]{3}|(?:no|to)\b)[a-z .,&'/()-]*$")
_LATIN_HEAD = re.compile(r"^[a-z]{3}[a-z .,&'/()-]*[ /]([\u3400-\u9fff][^a-z]*)$")
_SIGNING = re.compile(r"(?:审批|审核|签署)?(?:意见)?(?:及)?(?:签字|签名|签章|盖章|签署|意见)(?:盖章|日期)?$")

_NOTE = re.compile(
    r"^(?:填写|填表)?(?:注|说明|备注说明|注意|注意事项|须知|提示|温馨提示|要求)\s*[:：]|^(?:填写|填表)(?:说明|须知|要求)"
)
_PARTIES = frozenset({FieldType.PERSON, FieldType.PHONE, FieldType.ORGANISATION})
"""What a caption can give to somebody else: who they are and how to reach them."""
_CAPTION_STEMS = ("信息", "情况", "资料", "内容", "部分", "栏")


@lru_cache(maxsize=8192)
def fold_label(text: str) -> str:
    """The label without blanks, width, numbering, stars, brackets and end marks, in lower case.

    Text in brackets is dropped (units, 必填); the caller keeps the raw label for its unit.
    """
    folded = _BLANKS.sub("", unicodedata.normalize("NFKC", _CIRCLED.sub("", text))).lower()
    folded = _NUMBERING.sub("", folded.strip(_STARS)).strip(_STARS)
    bare = _BRACKETS.sub("", folded).rstrip(_ENDS + _STARS)
    return bare or folded.rstrip(_ENDS)


def _variants(text: str) -> Iterable[str]:
    folded = fold_label(text)
    yield folded
    bare = _BRACKETS.sub(" ", unicodedata.normalize("NFKC", text).lower())
    if ":" in bare.rstrip(": \t\n*"):
        return  # What stands behind a colon is a value, not the label's translation.
    spaced = " ".join(bare.replace(":", " ").replace("*", " ").split())
    if (match := _LATIN_TAIL.match(spaced)) or (match := _LATIN_HEAD.match(spaced)):
        yield fold_label(match[1])


def is_note(text: str) -> bool:
    """Whether the text is an instruction to the person filling in, not part of what was filled in."""
    return bool(_NOTE.match(text.lstrip()))


@dataclass(frozen=True)
class LabelIndex:
    """Every label of a set of fields, ready to be looked up.

    Attributes:
        by_label: Folded label → field.
        periods: Folded label → the fields of the first and the last day, where it stands for both.
        least: Labels side by side that head a table.
    """

    by_label: Mapping[str, Field]
    periods: Mapping[str, tuple[Field, Field]] = field(default_factory=dict)
    least: int = LEAST_HEADS
    _seen: dict[str, Field | None] = field(default_factory=dict)
    _foreign: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, fields: Iterable[Field]) -> LabelIndex:
        """The index of these fields; where two claim one label the first keeps it, save the printed one."""
        by_label: dict[str, Field] = {}
        fields = [f for f in fields if f.type is not FieldType.ROWS]
        for item in fields:
            by_label.setdefault(fold_label(item.label), item)
        for item in fields:
            for label in item.also:
                by_label.setdefault(fold_label(label), item)
        periods = {
            label: (first, item)
            for item in fields
            for label in map(fold_label, item.labels)
            if (first := by_label[label]) is not item and {first.type, item.type} == {FieldType.DATE}
        }
        return cls(by_label, periods, max(2, min(LEAST_HEADS, len(fields))))

    @cached_property
    def _firsts(self) -> frozenset[str]:
        """Characters that labels begin with, and the numerals that may number one."""
        return frozenset(label[0] for label in self.by_label if label) | set("一二三四五六七八九十")

    @cached_property
    def _lasts(self) -> frozenset[str]:
        """Characters that labels end in, with or without the words for signing."""
        return frozenset(label[-1] for label in self.by_label if label) | set("字名章署见期")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds `label：` inside running text; group `label` is the raw label. Compiled when first needed."""
        return _pattern(self.by_label)

    def find(self, text: str) -> Field | None:
        """The field whose label the whole text is, or None."""
        if len(text) > LONGEST_LABEL:
            text = text.strip()
        if not text or len(text) > LONGEST_LABEL:
            return None
        first, last = text[0], text[-1]
        if ("\u3400" <= first <= "\u9fff" and first not in self._firsts) or (
            (last.isdecimal() or "\u3400" <= last <= "\u9fff") and last not in self._lasts
        ):
            return None  # Folding leaves both as they are, so it is no label; nearly all values end here.
        if text not in self._seen:
            if len(self._seen) > 20_000:
                self._seen.clear()
            self._seen[text] = self._find(text)
        return self._seen[text]

    def _find(self, text: str) -> Field | None:
        for variant in _variants(text):
            if found := self.by_label.get(variant):
                return found
            stem = _SIGNING.sub("", variant)
            if stem != variant and (found := self.by_label.get(stem)) and found.type is FieldType.SIGNATURE:
                return found
        return None

    def composed(self, caption: str, text: str) -> Field | None:
        """The field whose label is a group's caption and the text together (`首次交易` over `日期`)."""
        group = fold_label(caption)
        for stem in _CAPTION_STEMS:
            group = group.removesuffix(stem)
        own = fold_label(text)
        # A line to write on is no label: under 产品情况 it would be 产品, and its neighbour the product.
        return self.by_label.get(group + own) if group and own else None

    def is_foreign(self, caption: str) -> bool:
        """Whether a caption says that its group belongs to somebody else (`我方联系人` over `联系人`)."""
        if caption not in self._foreign:
            folded = fold_label(caption)
            self._foreign[caption] = folded not in self.by_label and any(
                item.type in _PARTIES and folded.endswith(label) and len(folded) > len(label) >= 2
                for label, item in self.by_label.items()
            )
        return self._foreign[caption]

    def belongs_elsewhere(self, item: Field, captions: Iterable[str]) -> bool:
        """Whether a field under these captions is another party's, so that its value must not be read."""
        return any(
            any(other in caption for other in item.not_under)
            or (item.type in _PARTIES and self.is_foreign(caption))
            for caption in captions
        )


def _pattern(by_label: Mapping[str, Field]) -> re.Pattern[str]:
    """The pattern of `LabelIndex.pattern`; its time grows with the text, however long a run of blanks in it is.

    A label begins with a character that is no blank, and every run of blanks is taken whole (`*+`): what follows one
    never begins with a blank itself, so that there is nothing to gain from giving a part of it back.
    """
    labels = sorted(by_label, key=len, reverse=True)
    spelled = "|".join(r"[\s\u3000]*+".join(_either_width(c) for c in label) for label in labels)
    return re.compile(
        rf"(?<![\u3400-\u9fffA-Za-z0-9])(?=\S)(?P<label>[*＊★※]?[\s\u3000]*+"
        rf"(?:[（(]?[0-9０-９一二三四五六七八九十]{{1,2}}[、.．)）][\s\u3000]*+)?[*＊★※]?[\s\u3000]*+"
        rf"(?:{spelled})(?:[\s\u3000]*+(?:签字|签名|签章|盖章|意见))?[\s\u3000]*+[*＊★※]?"
        rf"{_BRACKETED}(?:[\s\u3000/]*+[A-Za-z][A-Za-z .'&/-]{{1,30}}+)?{_BRACKETED}[\s\u3000]*+[*＊★※]?)[\s\u3000]*+[:：]",
        re.IGNORECASE,
    )


def _either_width(character: str) -> str:
    wide = chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else ""
    return f"[{re.escape(character)}{re.escape(wide)}]" if wide else re.escape(character)


class FormLabels:
    """The labels of a form and of its own tables.

    Attributes:
        tables: By id, the labels of the columns of each table.
        columns: Those of the first table; of a form without one, all its labels.
    """

    def __init__(self, form: Form) -> None:
        self.form = form
        self.fields = LabelIndex.of(form.fields)
        self.tables = {table.id: LabelIndex.of(table.fields) for table in form.tables}
        self.columns = next(iter(self.tables.values()), self.fields)
