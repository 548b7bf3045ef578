"""What was read of a form held against the paper: doubts about fields, a note of the rest, and what nobody claimed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from formflow.extraction.accounting.excess import excess
from formflow.extraction.accounting.fits import fits, is_named_like
from formflow.extraction.accounting.leftover import Leftover, Piece, left_over
from formflow.extraction.accounting.standing import Standing, is_prose
from formflow.extraction.claims import Claims
from formflow.extraction.identify.identify import Segment
from formflow.extraction.labels.labels import FormLabels
from formflow.extraction.pairs.cells import Found
from formflow.extraction.slots import Block
from formflow.extraction.tables.rows import Listing, Row
from formflow.forms import findings
from formflow.forms.spec import Field, FieldType
from formflow.model import Candidate, Finding, Unclaimed
from formflow.values.folding import fold

_WORDS = frozenset({FieldType.TEXT, FieldType.INTEGER, FieldType.QUANTITY})
"""Types that say little of whose a text is: nearly every one fits."""
_NUMBERING = frozenset({"序号", "序", "no", "no."})
"""Headings of columns that number the rows."""


@dataclass(slots=True)
class _Told:
    """What is told of one record.

    Attributes:
        doubts: By field id, the pieces that may belong to it.
        more: By field id and cell, what its value holds besides itself.
        others: The pieces that no doubt names.
    """

    doubts: dict[str, list[Piece]] = field(default_factory=dict)
    more: dict[tuple[str, str], str] = field(default_factory=dict)
    others: list[Piece] = field(default_factory=list)

    def doubt(self, id: str, piece: Piece) -> None:
        self.doubts.setdefault(id, []).append(piece)


def account_record(
    segment: Segment,
    candidate: Candidate,
    blocks: Sequence[Block],
    tables: Mapping[str, Listing],
    claims: Claims,
    others: Sequence[Found] = (),
) -> Candidate:
    """A record with doubts about the fields beside which something stands that nobody took, and a note of the rest.

    Args:
        blocks: Those that labels and values were looked for in.
        tables: What the form's own tables gave, by their ids.
        claims: What labels and values were taken from.
        others: What stands by a label that is another thing's here.
    """
    left = left_over(
        blocks,
        claims,
        segment.labels.fields,
        _standing(segment.labels),
        segment.title,
        passed=[row for listing in tables.values() for row in listing.passed],
        repeated=segment.repeated,
    )
    told = _Told(others=[_piece(found) for found in others])
    _by_place(left, candidate, told)
    _missing(left.pieces, left.seen, segment, candidate, told)
    for name, listing in tables.items():
        _of_table(segment.form.field(name), listing, told)
    _exceeding(segment, candidate, told)
    named = {id(piece) for pieces in told.doubts.values() for piece in pieces}
    told.others += [piece for piece in left.pieces if not piece.loose and id(piece) not in named]
    return _with(segment, candidate, told)


def account_log(
    segment: Segment,
    candidates: Sequence[Candidate],
    listing: Listing,
    claims: Claims,
    others: Sequence[Found] = (),
) -> list[Candidate]:
    """The records of a log with what stands beside them: around the table with the first, in its rows with each.

    Args:
        others: What stands around the table by the label of a field that the log's head does not hold.
    """
    form = segment.form
    ordinals = _ordinals(listing)
    fields = [item for item in form.fields if item.id not in listing.columns and item.id not in form.head]
    made = []
    for number, (candidate, row) in enumerate(zip(candidates, listing.rows, strict=True)):
        told = _Told()
        own = list(_beside(row, listing.captions, ordinals))
        absent = [item for item in fields if item.id not in candidate.readings]
        for piece in own:
            _ask(piece, absent, told, by_name=False)
        told.others = [piece for piece in own if not _is_named(piece, told)]
        if number == 0:
            left = left_over(
                listing.rest,
                claims,
                segment.labels.fields,
                _standing(segment.labels),
                segment.title,
                passed=listing.passed,
                repeated=segment.repeated,
            )
            _by_place(left, candidate, told)
            for found in others:
                if found.field.id in listing.columns:
                    told.others.append(_piece(found))
                else:
                    told.doubt(found.field.id, _piece(found))
            told.others += [p for p in left.pieces if not p.loose and not _is_named(p, told)]
        _exceeding(segment, candidate, told)
        made.append(_with(segment, candidate, told))
    return made


@lru_cache(maxsize=256)
def _standing(labels: FormLabels) -> Standing:
    return Standing(labels.form)


# --- Whose a piece may be ---------------------------------------------------------------------


def _by_place(left: Leftover, candidate: Candidate, told: _Told) -> None:
    """Doubts by where pieces stand: beside a value, under a heading, behind a label that has no room for its value."""
    for piece in left.pieces:
        for id in piece.near:
            told.doubt(id, piece)
    for id, after in left.placeless.items():
        if id in candidate.readings or id in told.doubts:
            continue
        for piece in left.pieces:
            if piece.order >= after and not piece.label and not is_prose(piece.text):
                told.doubt(id, piece)
                break


def _missing(
    pieces: Sequence[Piece], seen: set[str], segment: Segment, candidate: Candidate, told: _Told
) -> None:
    """Doubts about fields that the form should hold and of which no label was found."""
    known = candidate.readings.keys() | candidate.rows.keys() | seen
    absent = [item for item in segment.form.fields if item.id not in known]
    for piece in pieces:
        theirs = bool(piece.label) and segment.labels.fields.is_foreign(piece.label)
        if not (piece.loose or piece.foot or piece.near or theirs):
            _ask(piece, absent, told)


def _ask(piece: Piece, absent: Sequence[Field], told: _Told, *, by_name: bool = True) -> None:
    """Doubts about the absent fields that a piece may be the value of; where its caption is like one, about no other.

    Whatever fits anything, as words and numbers do, is asked about for a field that must not lack or that it is named
    like.
    """
    named = {item.id for item in absent if by_name and is_named_like(item, piece)}
    telling = (item for item in absent if item.id in named or item.required or item.type not in _WORDS)
    possible = [item.id for item in telling if fits(item, piece)]
    for id in [id for id in possible if id in named] or possible:
        told.doubt(id, piece)


def _is_named(piece: Piece, told: _Told) -> bool:
    return any(piece is other for pieces in told.doubts.values() for other in pieces)


def _of_table(table: Field, listing: Listing, told: _Told) -> None:
    """What stands in the columns of the form's own table that hold no field of it."""
    absent = [column for column in table.fields if column.id not in listing.columns]
    ordinals = _ordinals(listing)
    for row in listing.rows:
        for piece in _beside(row, listing.captions, ordinals):
            if any(is_named_like(column, piece) and fits(column, piece) for column in absent):
                told.doubt(table.id, piece)
            else:
                told.others.append(piece)


def _beside(row: Row, captions: Mapping[int, str], ordinals: set[int]) -> Iterator[Piece]:
    for slot in row.others:
        if slot.column not in ordinals:
            yield Piece(slot.text.strip(), slot, captions.get(slot.column, ""))


def _ordinals(listing: Listing) -> set[int]:
    """The columns without a field that number the rows."""
    columns: dict[int, list[str]] = {}
    for row in listing.rows:
        for slot in row.others:
            columns.setdefault(slot.column, []).append(slot.text.strip().rstrip(".、．"))
    return {
        column
        for column, texts in columns.items()
        if fold(listing.captions.get(column, "")) in _NUMBERING or _counts(texts)
    }


def _counts(texts: Sequence[str]) -> bool:
    """Whether texts are numbers, each but the first of a page one more than the one before it."""
    if not all(text.isdecimal() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    steps = sum(b == a + 1 for a, b in pairwise(numbers))
    return steps * 2 >= len(numbers) - 1 and len(numbers) > 1


# --- More than a value ------------------------------------------------------------------------


def _exceeding(segment: Segment, candidate: Candidate, told: _Told) -> None:
    """Values that hold another label, a signature, or a second value."""
    index = segment.labels.fields
    for item in segment.form.fields:
        reading = candidate.readings.get(item.id)
        if reading is not None and (more := excess(reading, item, index)):
            told.more[item.id, ""] = more
        for number, row in enumerate(candidate.rows.get(item.id, ())):
            for column in item.fields:
                if (cell := row.get(column.id)) is None:
                    continue
                if more := excess(cell, column, index) or excess(
                    cell, column, segment.labels.tables[item.id]
                ):
                    told.more[item.id, f"{item.id}.{number}.{column.id}"] = more
                    other = index.find(cell.text)
                    if other is not None and other.id not in candidate.readings:
                        told.more.setdefault((other.id, ""), cell.text.strip())


def _with(segment: Segment, candidate: Candidate, told: _Told) -> Candidate:
    """The candidate with what is told of it."""
    if not (told.doubts or told.more or told.others):
        return candidate
    made: list[Finding] = []
    for item in segment.form.fields:
        made += [
            findings.exceeding(item, more, cell) for (id, cell), more in told.more.items() if id == item.id
        ]
        if pieces := told.doubts.get(item.id):
            made.append(findings.unclaimed_beside(item, [_unclaimed(piece) for piece in pieces]))
    if told.others:
        made.append(findings.unclaimed([_unclaimed(piece) for piece in told.others]))
    every = {id(piece): piece for pieces in (*told.doubts.values(), told.others) for piece in pieces}
    return replace(
        candidate,
        doubts=(*candidate.doubts, *made),
        unclaimed=tuple(_unclaimed(piece) for piece in sorted(every.values(), key=lambda piece: piece.order)),
    )


def _piece(found: Found) -> Piece:
    return Piece(found.text.strip(), found.slots[0], found.label.strip())


def _unclaimed(piece: Piece) -> Unclaimed:
    return Unclaimed(text=piece.text, source=piece.slot.source, label=piece.label)
