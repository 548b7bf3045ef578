"""What a value read from paper may say instead: look-alike characters exchanged, for a person to take or leave."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rapidfuzz.distance import Levenshtein

from formflow.forms.spec import Field, FieldType
from formflow.model import Json
from formflow.values import Doubt
from formflow.values.codes import ALPHABET
from formflow.values.folding import narrow
from formflow.values.lookalikes import LETTERS, LONGEST, MOST, as_digits, candidates
from formflow.values.surnames import has_name_shape

Read = Callable[[str, str], Json | Doubt]
"""A text under a label as the field reads it: the value, a Doubt, or None where nothing is there."""

_NUMERIC = frozenset(
    {FieldType.DATE, FieldType.DATETIME, FieldType.MONEY, FieldType.INTEGER, FieldType.PHONE}
)
_NO_CODE = frozenset(character for character in LETTERS if character not in ALPHABET)
_DIGIT = "[0-9" + "".join(sorted(map(re.escape, LETTERS))) + "]"
_DOCUMENT = re.compile(
    rf"(?P<head>.{{1,20}}?[〔\[【（(])(?P<year>{_DIGIT}{{4}})(?P<between>[〕\]】）)]第?)(?P<number>{_DIGIT}{{1,5}})(?P<end>号)"
    rf"|(?P<series>[A-Z]{{1,6}}-)(?P<of>{_DIGIT}{{4}})(?P<dash>-)(?P<serial>{_DIGIT}{{1,6}})"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def suggested(field: Field, text: str, label: str, read: Read) -> tuple[str, ...]:
    """The values, as a correction writes them, that a text may stand for; none where there are too many.

    Each of them passes the field's type check, and none is what the text itself is read as.
    """
    own = read(text, label)
    told: dict[str, None] = {}
    for made in _made(field, text.strip(), label, read, unread=_is_open(own)):
        value = read(made, label)
        if _is_open(value) or value == own:
            continue
        written = as_written(field, value)
        if read(written, "") == value:
            told[written] = None
    return tuple(told) if len(told) <= MOST else ()


def as_written(field: Field, value: Json) -> str:
    """A value as a person may write it for the field, whatever its label says of units."""
    match field.type:
        case FieldType.CHOICE:
            return field.options[value][0]
        case FieldType.CHOICES:
            return "、".join(field.options[id][0] for id in value)
        case FieldType.QUANTITY:
            return f"{value['amount']}{value['unit']}"
        case FieldType.DATETIME:
            return str(value).replace("T", " ")
    return str(value)


def number_meant(text: str) -> str | None:
    """The document number that a text nearly is (`宏函〔2O26〕l2号`, `TS-2O26-0OO1`); None where it is one or none."""
    match = _DOCUMENT.fullmatch(text.strip())
    if match is None:
        return None
    head, year, between, number, *rest = (part for part in match.groups() if part is not None)
    meant = f"{head}{as_digits(year)}{between}{as_digits(number)}{''.join(rest)}"
    return meant if meant != text.strip() and _YEAR.fullmatch(as_digits(year)) else None


def _made(field: Field, text: str, label: str, read: Read, *, unread: bool) -> Iterator[str]:
    """The texts that may be meant."""

    def passes(made: str) -> bool:
        return not _is_open(read(made, label))

    depth = 2 if unread else 1
    if len(text) > LONGEST:
        return
    if field.type is FieldType.TEXT:
        yield from filter(None, [number_meant(text)])
    elif field.type is FieldType.PERSON:
        yield from candidates(text, has_name_shape, depth=depth)
    elif field.options:
        yield from _options(field, text)
    elif field.type is FieldType.USCC:
        yield from candidates(text, passes, foreign=_NO_CODE, depth=depth)
    elif field.type is FieldType.QUANTITY:
        yield from candidates(text, passes, depth=depth)
    elif field.type in _NUMERIC:
        yield from candidates(text, passes, foreign=LETTERS, depth=depth)


def _options(field: Field, text: str) -> Iterator[str]:
    """The text with a word that is one character off an option's as that option."""
    text = narrow(text)
    names = [name for names in field.options.values() for name in names if len(name) > 1]
    for name in names:
        if Levenshtein.distance(text, name, score_cutoff=1) == 1:
            yield name
        for start in range(len(text) - len(name) + 1):
            word = text[start : start + len(name)]
            if word not in names and sum(a != b for a, b in zip(word, name, strict=True)) == 1:
                yield text[:start] + name + text[start + len(name) :]


def _is_open(value: Json | Doubt) -> bool:
    return value is None or isinstance(value, Doubt)
