"""What stands printed on a form and is no answer of who fills it in."""

from __future__ import annotations

import re

from formflow.extraction.labels.labels import LONGEST_LABEL, is_note
from formflow.extraction.pairs.lines import is_heading, is_page_foot
from formflow.forms.spec import FieldType, Form
from formflow.values.dates import read_date
from formflow.values.doubt import Doubt
from formflow.values.empty import is_empty, is_none
from formflow.values.folding import fold
from formflow.values.phones import read_phone
from formflow.values.ticks import has_mark, has_tick

_BRACKETED = re.compile(r"[（(\[【〔][^（()）\[\]【】〔〕]*[）)\]】〕]")
_WORD = re.compile(r"[^\W_]")
_REFERENCE = re.compile(
    r"[A-Za-z\u3400-\u9fff]{0,12}[A-Za-z0-9〔〕\[\]（）()/_.\-—－]*\d[A-Za-z0-9〔〕\[\]（）()/_.\-—－]*号?"
)


class Standing:
    """The print of one form, as far as its definition tells it."""

    def __init__(self, form: Form) -> None:
        self._titles = tuple(map(fold, form.titles))
        self._known = {fold(text) for text in _printed(form)}

    def holds(self, text: str) -> bool:
        """Whether a text is print, or nothing: a note, a hint, options that nobody ticked, lines to write on."""
        text = text.strip()
        return (
            not _WORD.search(text)
            or is_note(text)
            or (is_page_foot(text) and not is_answer(text))
            or is_empty(text)
            or is_none(text)
            or fold(text) in self._known
            or _BRACKETED.fullmatch(text) is not None
            or (has_mark(text) and not has_tick(text))
            or (len(text) <= LONGEST_LABEL and any(title in fold(text) for title in self._titles))
        )


def is_answer(text: str) -> bool:
    """Whether a text can only have been filled in, wherever it stands: a tick, a day, a telephone, a number."""
    text = text.strip()
    if has_tick(text):
        return True
    if not any(c.isdigit() for c in text) or len(text) > LONGEST_LABEL:
        return False
    for read in (read_date, read_phone):
        value = read(text)
        if value is not None and not isinstance(value, Doubt):
            return True
    return _REFERENCE.fullmatch(text) is not None


def is_prose(text: str) -> bool:
    """Whether a text is a heading or a sentence, as forms have them between their cells."""
    return is_heading(text) or any(mark in text for mark in "。；;！!")


def _printed(form: Form) -> list[str]:
    texts = [*form.titles]
    for field in form.fields:
        for item in (field, *field.fields):
            texts.extend(item.labels)
            texts.extend(text for option in item.options.values() for text in option)
        if field.type is FieldType.ROWS:
            texts.extend(field.labels)
    return texts
