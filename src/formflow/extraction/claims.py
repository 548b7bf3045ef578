"""What each piece of text on the paper was taken for, told by who took it.

Every way to read a form says here which slot, or which part of its text, is a label and which a value; what nobody
claimed is then known by subtraction (see `accounting`).
"""

from __future__ import annotations

from collections.abc import Iterable

from formflow.extraction.slots import Slot
from formflow.forms.spec import Field

Span = tuple[int, int]
"""Where a piece of a slot's text begins and ends."""


class Claims:
    """Claims on the slots of one form.

    Attributes:
        taken: Identities of slots that hold a value and nothing else, so that they are read no more.
        labels: By identity, the field whose label a slot is.
        values: By identity, the field whose value stands in a slot, the first where there are several.
    """

    def __init__(self) -> None:
        self.taken: set[int] = set()
        self.labels: dict[int, Field] = {}
        self.values: dict[int, Field] = {}
        self._spans: dict[int, list[tuple[int, int, Field]]] = {}
        self._others: set[int] = set()

    def label(self, slot: Slot, field: Field) -> None:
        """The slot is the label of a field."""
        self.labels[id(slot.itself)] = field

    def value(self, field: Field, slots: Iterable[Slot], span: Span | None = None) -> None:
        """The slots hold a value of a field, or `span` of the first does, with its label perhaps."""
        for number, slot in enumerate(slots):
            own = slot.itself
            piece = span if span is not None and number == 0 else (0, len(own.text))
            self._spans.setdefault(id(own), []).append((*piece, field))
            self.values.setdefault(id(own), field)

    def elsewhere(self, slots: Iterable[Slot]) -> None:
        """The slots belong to another party than the form's: 我方联系人 and who that is."""
        self._others.update(id(slot.itself) for slot in slots)

    def is_elsewhere(self, slot: Slot) -> bool:
        """Whether a slot belongs to another party."""
        return id(slot.itself) in self._others

    def is_claimed(self, slot: Slot) -> bool:
        """Whether a slot is a label, or a value stands in it."""
        return id(slot.itself) in self.labels or id(slot.itself) in self.values

    def parts(self, slot: Slot) -> list[tuple[int, int, Field | None]]:
        """The text of a slot part by part, in order: where each begins and ends, and the field that took it, or None."""
        parts: list[tuple[int, int, Field | None]] = []
        at = 0
        for start, end, field in sorted(self._spans.get(id(slot.itself), ()), key=lambda claim: claim[:2]):
            if start > at:
                parts.append((at, start, None))
            if end > at or not parts:
                parts.append((start, end, field))
            at = max(at, end)
        if at < len(slot.text):
            parts.append((at, len(slot.text), None))
        return parts
