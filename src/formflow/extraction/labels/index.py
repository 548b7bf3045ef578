"""The known forms, each by its labels and by its titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from formflow.extraction.labels.labels import FormLabels, fold_label
from formflow.forms.spec import Form

_LONGEST_TITLE = 60
_DECORATION = 24
"""Characters that may stand around a title: a company, a year, a form number."""
_PROSE = re.compile(r"[。，,；;?？!！《》“”]")


class Forms:
    """Form definitions with their labels and titles indexed once."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self.forms = dict(forms)
        self.labels = {id: FormLabels(form) for id, form in self.forms.items()}
        self.titles: dict[str, Form] = {}
        for form in self.forms.values():
            self.titles.setdefault(_fold(form.title), form)
        for form in self.forms.values():
            for title in form.also:
                self.titles.setdefault(_fold(title), form)
        self._all_labels = {
            label
            for labels in self.labels.values()
            for index in (labels.fields, labels.columns)
            for label in index.by_label
        }
        self._like_titles = tuple(
            label for label in self._all_labels if any(title in label for title in self.titles)
        )
        longest_first = sorted(self.titles, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        self._only: dict[str, Forms] = {}
        self._read_title = lru_cache(maxsize=4096)(self._title_of)

    def only(self, id: str) -> Forms:
        """One of the forms by itself, as if there were no other."""
        if id not in self._only:
            self._only[id] = Forms({id: self.forms[id]})
        return self._only[id]

    def title_in(self, text: str) -> Form | None:
        """The form whose title the text is, decorated at most by a company, a year or a form number."""
        if len(text) > _LONGEST_TITLE or len(text.strip()) < 3:
            return None
        return self._read_title(text)

    def _title_of(self, text: str) -> Form | None:
        folded = _fold(text)
        best = max(self._pattern.findall(folded), key=len, default="")
        if not best:
            return None
        if folded != best and self._begins_with_a_label(text, folded, best):
            return None
        before, _, after = folded.partition(best)
        if _PROSE.search(before) or _PROSE.search(after) or ":" in before:
            return None
        if len(before) + len(after.split(":")[0]) > _DECORATION:
            return None
        return self.titles[best]

    def _begins_with_a_label(self, text: str, folded: str, title: str) -> bool:
        """Whether a text is a label, with its value or without: 调查评价报告编号 begins with the title of another form."""
        if fold_label(text.replace("：", ":").partition(":")[0]) in self._all_labels:
            return True
        bare = folded.lstrip("*★※")
        return any(label != title and bare.startswith(label) for label in self._like_titles)


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
