"""A printed blank's place to sign may be several cells; what any of them says of it counts."""

from __future__ import annotations

from formflow.extraction.issued.printed import by_print
from formflow.extraction.slots import Block, Slot
from formflow.model import Mark, Source


def test_a_signature_in_cells_of_its_own_is_no_surer_than_the_least_of_them(forms):
    cells = [
        ("批示", 1.0, False),
        ("签字：", 1.0, False),
        ("李明", 0.6, False),
        ("日期：", 1.0, False),
        ("", 1.0, True),
    ]
    row = [
        Slot(
            text,
            Source(part="page 1", ref=f"R1C{n}", box=(n * 50, 10, n * 50 + 50, 30)),
            column=n,
            confidence=sure,
            mark=Mark.INK if inked else Mark.NONE,
        )
        for n, (text, sure, inked) in enumerate(cells)
    ]
    reading = by_print(forms["application"], [Block("page 1", [row], len(row))])["leader"]

    assert (0.6, Mark.INK) == (reading.confidence, reading.mark)
    assert (50, 10, 250, 30) == reading.source.box
