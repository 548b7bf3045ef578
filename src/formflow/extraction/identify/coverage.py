"""Which of a form's labels stand in the blocks of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from formflow.extraction.labels.labels import FormLabels, LabelIndex
from formflow.extraction.pairs.inline import pairs_in
from formflow.extraction.slots import Block

_APART = re.compile(r"\t|[ \u3000\xa0_＿]{2}")


def coverage(blocks: Sequence[Block], labels: FormLabels) -> tuple[int, float]:
    """How many of the form's fields are labelled, and what share of the required ones."""
    found = fields_of(blocks, labels.fields)
    required = {f.id for f in labels.form.required()}
    for table in labels.form.tables:
        found |= fields_of(blocks, labels.tables[table.id])
        required |= {f.id for f in table.fields if f.required}
    return len(found), len(found & required) / len(required) if required else 1.0


def fields_of(blocks: Sequence[Block], index: LabelIndex) -> set[str]:
    """Ids of the fields whose labels stand in the blocks."""
    found: set[str] = set()
    for block in blocks:
        # A log's later rows hold values; its labels stand at the top and, rarely, at the foot.
        rows = block.rows if len(block.rows) <= 80 else [*block.rows[:60], *block.rows[-20:]]
        for row in rows:
            for slot in row:
                if item := index.find(slot.text):
                    found.add(item.id)
                elif ":" in slot.text or "：" in slot.text:
                    found.update(
                        item.id
                        for match in index.pattern.finditer(slot.text)
                        if (item := index.find(match["label"]))
                    )
                elif slot.underlined or _APART.search(slot.text):
                    # Labels and values set apart by tabs, wide gaps or drawn lines, as on a line of a letter.
                    pairs = pairs_in(slot.text, index, slot.underlined)
                    found.update(pair.field.id for pair in pairs if pair.field is not None)
    return found
