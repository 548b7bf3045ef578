"""What stands filled in on a form and no field took, with the fields that it may belong to.

Decided by where a text stands: behind a caption or an open label, in the row of a value, under a heading. What stands
by itself, as headings and companies do, was filled in only where it can be nothing else: a tick, a day, a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from formflow.extraction.accounting.headings import Headings
from formflow.extraction.accounting.runs import Kind, Run, could_caption, runs_of
from formflow.extraction.accounting.standing import Standing, is_answer, is_prose
from formflow.extraction.claims import Claims
from formflow.extraction.labels.labels import LabelIndex, is_note
from formflow.extraction.pairs.lines import is_heading, is_page_foot
from formflow.extraction.slots import Block, Slot
from formflow.forms.spec import Field

_LONGEST_NUMBER = 3


@dataclass(slots=True)
class Piece:
    """A text that no field took.

    Attributes:
        label: The caption before it, if any.
        near: Ids of the fields in whose cell, line, row or column it stands, or whose open label it follows.
        loose: It stands by itself and may be print.
        foot: It stands on a line behind all that was read: who made the form and who checked it.
    """

    text: str
    slot: Slot
    label: str = ""
    near: frozenset[str] = frozenset()
    loose: bool = False
    foot: bool = False
    order: int = 0


@dataclass(slots=True)
class Leftover:
    """All that is left over of a form.

    Attributes:
        seen: Ids of the fields of which a label stands on the form.
        placeless: Ids of the fields whose label has no room for a value, and the order that the next piece has.
    """

    pieces: list[Piece] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    placeless: dict[str, int] = field(default_factory=dict)


def left_over(
    blocks: Iterable[Block],
    claims: Claims,
    index: LabelIndex,
    standing: Standing,
    title: str,
    *,
    passed: Sequence[tuple[Block, int]] = (),
    repeated: AbstractSet[str] = frozenset(),
) -> Leftover:
    """What no field took in the blocks of one form.

    Args:
        title: The title as it stands there; lines above it are the issuer's letterhead.
        passed: Rows of lists that were no entries, by block and number.
        repeated: Texts that stand on every copy of a form.
    """
    walk = _Walk(claims, index, standing, repeated)
    blocks = list(blocks)
    # A page, a header, a footer from which nothing was read is an attachment, or the issuer's.
    parts = {block.part for block in blocks if any(map(claims.is_claimed, block.slots()))}
    at, above = _title_at(blocks, title)
    for place, block in enumerate(blocks):
        if block.part not in parts or place < at:
            continue
        for number, row in enumerate(block.rows):
            if place == at and number < above:
                continue
            if block.is_line:
                walk.line(row[0])
            elif row:
                walk.row(block, number)
    for piece in walk.left.pieces[walk.read :]:
        piece.foot = True
    for block, number in passed:
        walk.row(block, number)
    walk.left.pieces[:] = [
        piece for piece in walk.left.pieces if not standing.holds(piece.text) or is_page_foot(piece.text)
    ]
    return walk.left


def _title_at(blocks: Sequence[Block], title: str) -> tuple[int, int]:
    """Block and row of the title, where nothing but single texts stand above it; else the beginning."""
    for place, block in enumerate(blocks):
        for number, row in enumerate(block.rows):
            filled = [slot for slot in row if not slot.blank]
            if any(slot.text == title for slot in filled):
                return place, number
            if len(filled) > 1:
                return 0, 0
    return 0, 0


def _numbers(slot: Slot) -> bool:
    """Whether a cell at the beginning of a row only numbers it."""
    number = slot.text.strip(" \n\t.、．)）(（")
    return slot.column == 0 and number.isdecimal() and len(number) <= _LONGEST_NUMBER


class _Walk:
    """Goes over the slots of a form in reading order.

    Attributes:
        open: The label read last, where its value may come next.
        read: How many pieces had been found when the last value or table was passed.
    """

    def __init__(
        self, claims: Claims, index: LabelIndex, standing: Standing, repeated: AbstractSet[str]
    ) -> None:
        self.claims, self.index, self.standing, self.repeated = claims, index, standing, repeated
        self.left = Leftover()
        self.open: Field | None = None
        self.read = 0
        self._above: Slot | None = None
        self._headings = Headings(claims, index)

    def line(self, slot: Slot) -> None:
        """A line outside tables."""
        if self.claims.is_elsewhere(slot) or is_note(slot.text) or slot.text in self.repeated:
            self.open = None
            return
        self._text(slot, runs_of(slot, self.claims, self.index), loose=True)

    def row(self, block: Block, number: int) -> None:
        """A row of a table."""
        row = block.rows[number]
        runs = {id(slot): runs_of(slot, self.claims, self.index) for slot in row if not slot.blank}
        filled = [slot for slot in row if not slot.blank and (slot.row_span == 1 or slot.column)]
        above, self._above = (
            self._above,
            filled[0] if len(filled) == 1 and could_caption(filled[0].text) else None,
        )
        if len(row) == 1 and row[0].column_span >= block.columns:
            if not self._under(above, row[0]):
                self.line(row[0])
            return
        if self._headings.take(block, number):
            self.left.seen.update(run.field.id for own in runs.values() for run in own if run.field)
            return
        caption, owner = "", None
        beside = [slot for slot in row if not slot.blank or slot.mark]
        for slot in row:
            if slot.blank:
                caption, self.open = "", None
                continue
            own = runs[id(slot)]
            if self.claims.is_elsewhere(slot) or is_note(slot.text):
                caption, owner, self.open = "", None, None
                continue
            only = own[0] if len(own) == 1 else None
            if only is not None and only.kind is Kind.LABEL and only.field is not None:
                self._label(block, slot, only.field)
                caption, owner = "", only.field
            elif any(run.kind is not Kind.TEXT for run in own):
                self._text(slot, own, loose=False)
                if own and own[-1].kind is Kind.CAPTION:
                    caption = own[-1].text
                owner = next((run.field for run in reversed(own) if run.field), None)
            elif self._is_print(slot, own, caption or self._headings.captions.get(slot.column, "")):
                caption = ""
            else:
                caption = self._cell(block, slot, caption, owner, beside, above)
                if not caption:
                    owner = None
        if any(run.field is not None for own in runs.values() for run in own):
            self.read = len(self.left.pieces)

    # --- Cells -------------------------------------------------------------------------------

    def _cell(
        self,
        block: Block,
        slot: Slot,
        caption: str,
        owner: Field | None,
        beside: Sequence[Slot],
        above: Slot | None,
    ) -> str:
        """A cell of which nothing is known; returns it where it is the caption of the next one."""
        last = slot is beside[-1]
        heading, head = self._headings.captions.get(slot.column, ""), self._headings.fields.get(slot.column)
        if caption:
            self._add(slot.text, slot, caption)
        elif self.open is not None and not is_heading(slot.text):
            self._add(slot.text, slot, near=(self.open,))
            self.open = None
        elif (heading or head is not None) and len(beside) > 1:
            self._add(slot.text, slot, heading, near=(head,) if head else ())
        elif could_caption(slot.text):
            if not last and slot.row_span == 1:
                return slot.text
            if last and slot.row_span == 1 and owner is not None and block.at(slot.row, slot.end) is None:
                self._add(slot.text, slot, near=(owner,))
            else:
                self._loose(slot.text, slot)
        elif is_prose(slot.text) and owner is None:
            if not self._under(above, slot):
                self._loose(slot.text, slot)
        else:
            self._add(slot.text, slot, near=(owner,) if owner else ())
        return ""

    def _label(self, block: Block, slot: Slot, item: Field) -> None:
        self.left.seen.add(item.id)
        beside = block.at(slot.row, slot.end)
        below = block.at(slot.row + slot.row_span, slot.column)
        if beside is not None and not self._headings.names(beside):
            self.open = item if not beside.blank else None
            return
        self.open = item
        if below is None or not below.blank:
            self.left.placeless[item.id] = len(self.left.pieces)

    def _is_print(self, slot: Slot, runs: Sequence[Run], caption: str) -> bool:
        """Whether a cell holds print: its row's number, a hint, the number of a page where nothing names it."""
        if caption and is_page_foot(slot.text):
            return False
        return all(self.standing.holds(run.text) for run in runs) or (not caption and _numbers(slot))

    def _under(self, above: Slot | None, slot: Slot) -> bool:
        """Take a text by itself in its row whose caption stands by itself in the row above; whether it is one."""
        free = (
            not self.claims.is_claimed(slot) and not self.standing.holds(slot.text) and not is_note(slot.text)
        )
        if above is None or above.column != slot.column or not free or could_caption(slot.text):
            return False
        if id(above.itself) in self.claims.labels:
            return False
        # Where the caption was taken for the value of what stands before it, that field's value it is not.
        owner = self.claims.values.get(id(above.itself))
        self._add(slot.text, slot, above.text, near=(owner,) if owner else ())
        return True

    # --- Texts -------------------------------------------------------------------------------

    def _text(self, slot: Slot, runs: Sequence[Run], *, loose: bool) -> None:
        """The runs of a line, or of a cell that holds several."""
        caption = ""
        followed: Piece | None = None
        begun = 0
        for run in runs:
            if run.kind is Kind.TEXT:
                if self.standing.holds(run.text):
                    continue
                if followed is not None and followed.label == caption:
                    followed.text = slot.text[begun : run.start + len(run.text)].strip()
                elif caption or (self.open is not None and not is_heading(run.text)):
                    begun = run.start
                    followed = self._add(run.text, slot, caption, near=(self.open,) if self.open else ())
                elif loose or is_prose(run.text):
                    self._loose(run.text, slot)
                else:
                    begun = run.start
                    followed = self._add(run.text, slot)
                continue
            followed = None
            if run.kind is Kind.CAPTION:
                caption = run.text
                continue
            caption = ""
            if run.field is not None:
                self.left.seen.add(run.field.id)
            if run.kind is Kind.LABEL:
                self.open = run.field if run.open else None
            else:
                self.open = None
                self.read = len(self.left.pieces)
        if self.open is not None and runs[-1:] and runs[-1].kind is Kind.LABEL:
            self.left.placeless.setdefault(self.open.id, len(self.left.pieces))
        elif followed is not None:
            self.open = None

    def _loose(self, text: str, slot: Slot) -> None:
        underlined = any(slot.text[start:end].strip() in text for start, end in slot.underlined)
        self.left.pieces.append(
            Piece(text.strip(), slot, loose=not (underlined or is_answer(text)), order=len(self.left.pieces))
        )

    def _add(self, text: str, slot: Slot, label: str = "", near: Sequence[Field] = ()) -> Piece:
        piece = Piece(
            text.strip(),
            slot,
            label.strip(),
            frozenset(item.id for item in near),
            order=len(self.left.pieces),
        )
        self.left.pieces.append(piece)
        return piece
