"""Labels with their values to readings of a form's fields, and what of a reading nobody has filled in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from formflow.extraction.labels.labels import fold_label
from formflow.extraction.pairs.cells import Found
from formflow.extraction.slots import Slot, confidence_of, doubts_of, mark_in, place_of
from formflow.forms.spec import Field, FieldType, Form
from formflow.messages import Bilingual
from formflow.messages import extraction as messages
from formflow.model import DoubtReason, Finding, Reading, Severity, doubted, together
from formflow.values.choices import is_empty, read_choices
from formflow.values.signatures import read_signature

_DATES = frozenset({FieldType.DATE, FieldType.DATETIME})


def doubted_on_scan(reading: Reading, reason: DoubtReason) -> Reading:
    """A reading that a person looks at for that reason; what was not recognised from pixels stays as it is."""
    return doubted(reading, reason) if reading.source.medium else reading


def own_labels_first(pairs: Iterable[Found]) -> tuple[list[Found], list[Found]]:
    """The pairs, and those apart that stand by another label where the field stands by its own and says otherwise.

    A form that prints 投诉日期 means another day by 登记日期, though elsewhere that is what 投诉日期 is called.
    """
    pairs = list(pairs)
    own = {
        found.field.id: reading
        for found in pairs
        if _is_own(found) and not is_nothing(reading := reading_of(found))
    }
    kept: list[Found] = []
    others: list[Found] = []
    for found in pairs:
        other = own.get(found.field.id)
        differs = other is not None and not _is_own(found) and _differs(other, reading_of(found), found.field)
        (others if differs else kept).append(found)
    return kept, [found for found in others if not is_nothing(reading_of(found))]


def _is_own(found: Found) -> bool:
    return fold_label(found.label) == fold_label(found.field.label)


def readings_of(pairs: Iterable[Found]) -> tuple[dict[str, Reading], list[Finding]]:
    """The first reading of each field; a second one that says something else is a doubt."""
    readings: dict[str, Reading] = {}
    doubts: list[Finding] = []
    signature = ""
    for found in pairs:
        reading = reading_of(found)
        known = readings.get(found.field.id)
        if known is None:
            readings[found.field.id] = reading
        elif signature and found.field.type in _DATES:
            # The date under a signature, where the form has a date of its own above.
            signed = readings[signature]
            readings[signature] = replace(
                signed,
                text=f"{signed.text}  日期：{reading.text}",
                confidence=min(signed.confidence, reading.confidence),
                doubts=together(signed.doubts, reading.doubts),
            )
        elif not is_nothing(reading) and not is_nothing(known) and _differs(known, reading, found.field):
            doubts.append(
                Finding.of(
                    "conflict",
                    Severity.RETURN,
                    messages.CONFLICT(
                        label=Bilingual(found.field.label, found.field.id),
                        one=_short(known.text),
                        other=_short(reading.text),
                    ),
                    field=found.field.id,
                )
            )
        signature = found.field.id if found.field.type is FieldType.SIGNATURE and known is None else ""
    return readings, doubts


def reading_of(found: Found) -> Reading:
    """The reading of one label and its value; a native value only where it is the whole of it."""
    first, *more = found.slots
    value = first.value if not more and found.text == first.text else None
    return reading_from(found.text, found.label, found.slots, value)


def reading_from(text: str, label: str, slots: Sequence[Slot], value: Any = None) -> Reading:
    """The reading of a text that stands in some slots: as sure as they are, and doubted as each of them is."""
    return Reading(
        text=text,
        source=place_of(slots),
        confidence=confidence_of(text, slots),
        label=label,
        value=value,
        mark=mark_in(slots),
        problem=next((slot.problem for slot in slots if slot.problem), ""),
        doubts=doubts_of(slots),
    )


def is_nothing(reading: Reading) -> bool:
    """Whether nobody has written, signed or calculated anything there."""
    return is_empty(reading.text) and not reading.mark and not reading.problem


def is_untouched(readings: Mapping[str, Reading], form: Form) -> bool:
    """Whether nobody filled anything in: prompts, unticked boxes and unsigned signature lines only."""
    for id, reading in readings.items():
        item = form.field(id)
        if item.options:
            if read_choices(reading.text, item.options) is not None:
                return False
        elif item.type is FieldType.SIGNATURE:
            if read_signature(reading.text, mark=reading.mark) is not None:
                return False
        elif not is_nothing(reading):
            return False
    return True


def _differs(first: Reading, second: Reading, item: Field) -> bool:
    def bare(reading: Reading) -> object:
        text = unicodedata.normalize("NFKC", reading.text)
        numbers = [int(digits) for digits in re.findall(r"\d+", text)]
        return numbers if item.type in _DATES and numbers else "".join(text.split())

    return bare(first) != bare(second)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 24 else text[:23] + "…"
