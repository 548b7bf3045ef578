"""Values of a blank we issued that was printed, or lost its controls: the cell to the right of each label.

So it is even where the value reads like a label itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise, takewhile

from formflow.extraction.labels.labels import fold_label
from formflow.extraction.slots import Block, doubts_of, mark_in, place_of
from formflow.forms.spec import Field, FieldType, Form
from formflow.model import Reading
from formflow.values.choices import is_none

_SIGNED = re.compile(r"签字[:：]\s*(\S+)\s*日期[:：][\s年月日]*")


def by_print(form: Form, blocks: Iterable[Block]) -> dict[str, Reading]:
    """The cell to the right of each label as the form prints it, by field id."""
    labels = {fold_label(text): item for item in form.fields for text in (item.label, item.heading)}
    found: dict[str, Reading] = {}
    for block in blocks:
        for row in () if block.is_line else block.rows:
            taken = False
            for at, (slot, following) in enumerate(pairwise(row), start=1):
                item = None if taken else labels.get(fold_label(slot.text))
                taken = item is not None
                if item is None or item.id in found:
                    continue
                value, cells = following.text, [following]
                if item.options:
                    value = _without_boxes(item, value)
                elif item.type is FieldType.SIGNATURE:
                    # A sheet has cells of their own for 签字：, the name, 日期： and the day.
                    own = list(takewhile(lambda s: fold_label(s.text) not in labels, row[at:]))
                    value = _name_alone("  ".join(cell.text for cell in own if not cell.blank))
                    cells = own or cells
                found[item.id] = Reading(
                    text=value,
                    source=place_of(cells),
                    confidence=min(cell.confidence for cell in cells),
                    label=slot.text,
                    value=following.value,
                    mark=mark_in(cells),
                    problem=following.problem,
                    doubts=doubts_of(cells),
                )
    return found


def _without_boxes(item: Field, text: str) -> str:
    """What is written beside options of which none is ticked; else the text as it is."""
    rest = text
    for texts in item.options.values():
        rest = re.sub(rf"[☐□]?\s*{re.escape(texts[0])}", "", rest)
    return rest.strip() if rest != text and is_none(rest) else text


def _name_alone(text: str) -> str:
    """A written 无 between the captions of a signature; else the text as it is."""
    match = _SIGNED.fullmatch(text.strip())
    return match[1] if match and is_none(match[1]) else text
