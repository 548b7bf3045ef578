"""Rows that head what stands below them, in tables that the form does not know."""

from __future__ import annotations

from collections.abc import Sequence

from formflow.extraction.accounting.runs import could_caption
from formflow.extraction.claims import Claims
from formflow.extraction.labels.labels import LabelIndex
from formflow.extraction.pairs.cells import is_signing_head
from formflow.extraction.slots import Block, Slot
from formflow.forms.spec import Field

_LEAST_HEADINGS = 3


class Headings:
    """What heads the columns of the rows that are passed.

    Attributes:
        captions: Column → heading.
        fields: Column → the field whose label the heading is.
    """

    def __init__(self, claims: Claims, index: LabelIndex) -> None:
        self._claims, self._index = claims, index
        self.captions: dict[int, str] = {}
        self.fields: dict[int, Field] = {}
        self._columns: set[int] = set()
        self._block, self._until = ("", ""), 0

    def take(self, block: Block, number: int) -> bool:
        """Whether a row only heads what stands below it; then its headings are kept for as long as they hold."""
        row = block.rows[number]
        shape = {slot.column for slot in row}
        if not shape <= self._columns or number > self._until or self._block != (block.part, block.name):
            self.captions, self.fields = {}, {}
        if self._is_over_values(block, row):
            self.captions = {slot.column: slot.text for slot in row if not self.names(slot)}
            self.fields = {}
            self._keep(block, shape, number + 1)
            return True
        own = [slot for slot in row if slot.row_span == 1 or slot.column]
        if len(own) < _LEAST_HEADINGS or not all(could_caption(slot.text) for slot in own):
            return False
        table = self._is_over_table(block, number, shape)
        if table:
            labels = self._claims.labels
            self.captions = {slot.column: slot.text for slot in own}
            self.fields = {slot.column: labels[id(slot.itself)] for slot in own if id(slot.itself) in labels}
            self._keep(block, shape, len(block.rows))
        known = any(id(slot.itself) in self._claims.labels for slot in own)
        # Captions with their values would be even in number.
        return table or any(is_signing_head(slot.text) for slot in own) or (len(own) % 2 == 1 and not known)

    def names(self, slot: Slot) -> bool:
        """Whether a slot is a label of the form."""
        return id(slot.itself) in self._claims.labels or self._index.find(slot.text) is not None

    def _keep(self, block: Block, columns: set[int], until: int) -> None:
        self._columns, self._until, self._block = columns, until, (block.part, block.name)

    def _is_over_values(self, block: Block, row: Sequence[Slot]) -> bool:
        """Whether a row holds captions alone, and stands over the values of those that the form knows."""
        labels = [slot for slot in row if id(slot.itself) in self._claims.labels]
        below = [(slot, block.at(slot.row + slot.row_span, slot.column)) for slot in labels]
        return bool(below) and all(
            value is not None
            and self._claims.values.get(id(value.itself)) is self._claims.labels[id(slot.itself)]
            for slot, value in below
        )

    def _is_over_table(self, block: Block, number: int, shape: set[int]) -> bool:
        """Whether the row below has the same columns, and more in them than captions and labels."""
        below = block.rows[number + 1] if number + 1 < len(block.rows) else []
        return (
            {slot.column for slot in below} == shape
            and any(not slot.blank and not could_caption(slot.text) for slot in below)
            and not any(self.names(slot) for slot in below)
        )
