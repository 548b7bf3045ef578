"""Which missing fields a text that nobody took may belong to: those whose type's reader accepts it."""

from __future__ import annotations

from functools import lru_cache

from marshmallow import ValidationError

from formflow.extraction.accounting.leftover import Piece
from formflow.forms.fieldtypes import CLASSES
from formflow.forms.fieldtypes import Slot as Read
from formflow.forms.spec import Field, FieldType
from formflow.model import Reading, Source
from formflow.values.folding import fold

_SHORTEST_ORGANISATION, _LONGEST_NAME = 4, 4
_NOWHERE = Source(part="", ref="")
_SIGNS = ("签", "章", "意见", "审", "批", "核")


def fits(field: Field, piece: Piece) -> bool:
    """Whether the text may be the field's value, as far as its type and the words before it tell."""
    if field.options:
        whole = fold(f"{piece.label}{piece.text}")
        return any(fold(text) in whole for texts in field.options.values() for text in texts)
    if field.type is FieldType.ROWS:
        return any(fits(column, piece) for column in field.fields)
    text = piece.text.strip()
    if field.type is FieldType.PERSON and not _is_short_name(text):
        return False
    if field.type is FieldType.ORGANISATION and (len(text) < _SHORTEST_ORGANISATION or text.isdigit()):
        return False
    if field.type is FieldType.SIGNATURE and not any(sign in piece.label for sign in _SIGNS):
        return False
    return _reads(field.type, text, piece.label)


def is_named_like(field: Field, piece: Piece) -> bool:
    """Whether the caption before a text shares two characters side by side with a label of the field."""
    caption = fold(piece.label)
    pairs = {caption[at : at + 2] for at in range(len(caption) - 1)}
    return any(
        label[at : at + 2] in pairs for label in map(fold, field.labels) for at in range(len(label) - 1)
    )


def _is_short_name(text: str) -> bool:
    bare = "".join(text.split())
    return 1 < len(bare) <= _LONGEST_NAME and all("\u3400" <= c <= "\u9fff" for c in bare)


@lru_cache(maxsize=4096)
def _reads(kind: FieldType, text: str, label: str) -> bool:
    """Whether the reader of a type makes a value of a text; in a log the same words come again and again."""
    reader = CLASSES[kind](Field(id="any", label="", type=kind))
    try:
        value = reader.deserialize(Read(Reading(text=text, source=_NOWHERE, label=label), None))
    except ValidationError:
        return False
    return value is not None
