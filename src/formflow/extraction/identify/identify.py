"""Which forms a document holds, and where each begins and ends.

A form is known by its title; without one by how many of its labels are there. A title alone proves
nothing: a letter may quote it, so its labels must be there too.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from formflow.extraction.identify.coverage import coverage, fields_of
from formflow.extraction.identify.side_by_side import halves
from formflow.extraction.labels.index import Forms
from formflow.extraction.labels.labels import FormLabels
from formflow.extraction.slots import Block, Slot, Story
from formflow.forms.spec import Form
from formflow.model import PartKind

_LEAST_TITLED = 2
_LEAST_UNTITLED = 4
_LEAST_COVERAGE = 0.6
_LEAST_AGAIN, _MOST_AGAIN = 4, 0.7
"""Labels, and share of a page's labels, that the pages before have too where it is another copy of their form: the
head that a form repeats on each of its pages has fewer."""
_ASIDE = ("header", "footer", "footnote", "endnote", "text box", "textbox", "comment")


@dataclass(slots=True)
class Segment:
    """The blocks of one filled form (or of one log).

    Attributes:
        repeated: Texts on lines of their own that stand in the document for every copy of the form.
    """

    form: Form
    labels: FormLabels
    title: str
    blocks: list[Block] = field(default_factory=list)
    repeated: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Piece:
    """Blocks between two titles, before it is known whether they are a form."""

    form: Form | None
    title: str
    blocks: list[Block]


def identify(told: Sequence[Story], known: Forms, hint: str | None = None) -> list[Segment]:
    """The filled forms of a document in reading order; empty where there is none.

    Args:
        told: The document's stories.
        known: The form definitions.
        hint: Id of the form that the file is said to be; used where no title speaks.
    """
    main = [story for story in told if not story.part.name.lower().startswith(_ASIDE)]
    aside = [story for story in told if story.part.name.lower().startswith(_ASIDE)]
    segments = [segment for stream in _streams(main) for segment in _segments(stream, known, hint)]
    asides = [block for story in aside for block in story.blocks]
    if not segments and asides:
        return list(_in_stream([*[b for s in main for b in s.blocks], *asides], known, hint))
    if len(segments) == 1:
        segments[0].blocks.extend(asides)
    elif segments:
        _share(aside, segments)
        _keep_repeated(segments)
    return segments


def _keep_repeated(segments: Sequence[Segment]) -> None:
    """Tell the copies of forms which texts on lines of their own stand there once for each of them."""
    counts = Counter(
        slot.text
        for segment in segments
        for block in segment.blocks
        for row in block.rows
        for slot in row[:1]
        if len(row) == 1 or sum(not slot.blank for slot in row) == 1
    )
    repeated = frozenset(text for text, count in counts.items() if count >= len(segments))
    for segment in segments:
        segment.repeated = repeated


def _share(aside: Sequence[Story], segments: Sequence[Segment]) -> None:
    """Give each form the header that is its own: one each in order, else the form that knows most of its labels."""
    kinds = {story.part.name.rstrip(" 0123456789") for story in aside}
    for kind in kinds:
        told = [
            story
            for story in aside
            if story.part.name.rstrip(" 0123456789") == kind
            and any(fields_of(story.blocks, segment.labels.fields) for segment in segments[:1])
        ]
        if len(told) == len(segments):
            for segment, story in zip(segments, told, strict=True):
                segment.blocks.extend(story.blocks)
            continue
        for story in aside:
            if story.part.name.rstrip(" 0123456789") != kind:
                continue
            known = [len(fields_of(story.blocks, segment.labels.fields)) for segment in segments]
            if max(known) and known.count(max(known)) == 1:
                segments[known.index(max(known))].blocks.extend(story.blocks)


def _streams(told: Sequence[Story]) -> Iterator[list[Block]]:
    """Blocks that may belong together: a workbook's sheets stand alone, pages run on."""
    running: list[Block] = []
    for story in told:
        if story.part.kind == PartKind.SHEET:
            yield list(story.blocks)
        else:
            running.extend(story.blocks)
    if running:
        yield running


def _segments(blocks: list[Block], known: Forms, hint: str | None) -> Iterator[Segment]:
    """The filled forms of a stream; lists side by side are taken apart first."""
    waiting: list[Block] = []
    for block in blocks:
        found = halves(block, known)
        if len(found) == 1:
            waiting.append(found[0].block)
            continue
        # The lines right above stand over both sides.
        lead = len(waiting)
        while lead and waiting[lead - 1].is_line:
            lead -= 1
        yield from _in_stream(waiting[:lead], known, hint)
        for half in found:
            if half.form is not None:
                labels = known.labels[half.form.id]
                yield Segment(half.form, labels, half.title, [*waiting[lead:], half.block])
        waiting = []
    yield from _in_stream(waiting, known, hint)


def _in_stream(blocks: list[Block], known: Forms, hint: str | None) -> Iterator[Segment]:
    titled = _lead_with_labels(_cut_at_titles(blocks, known), known)
    pieces = [part for piece in titled for part in _cut_at_pages(piece, known)]
    segments: list[Segment] = []
    waiting: list[Block] = []
    for piece in pieces:
        form = _form_of(piece, known, hint)
        if form is None:
            # A heading over a title, a cover line: it may hold what the next piece's header lacks.
            waiting = [*waiting, *piece.blocks] if piece.form is not None else []
            continue
        segment = Segment(form, known.labels[form.id], piece.title, [*waiting, *piece.blocks])
        waiting = []
        if segments and _continues(segments[-1], segment):
            segments[-1].blocks.extend(segment.blocks)
        else:
            segments.append(segment)
    yield from segments


def _cut_at_titles(blocks: Sequence[Block], known: Forms) -> list[_Piece]:
    pieces = [_Piece(None, "", [])]
    for block in blocks:
        start = 0
        for number, row in enumerate(block.rows):
            titled = _title_row(row, known)
            if titled is None:
                continue
            form, title = titled
            if number > start:
                pieces[-1].blocks.append(block.cut(start, number))
            pieces.append(_Piece(form, title, []))
            start = number
        pieces[-1].blocks.append(block if start == 0 else block.cut(start, len(block.rows)))
    first = pieces[0]
    if len(pieces) > 1:
        pieces[1].blocks[:0] = first.blocks
        del pieces[0]
    elif blocks and not any(form_title for form_title in [first.title]):
        first.title = ""
    return pieces


def _cut_at_pages(piece: _Piece, known: Forms) -> Iterator[_Piece]:
    """A piece, cut before each page on which the form's labels begin anew: a copy whose title was lost or misread."""
    if piece.form is None or "log" in piece.form.layouts:
        yield piece
        return
    index = known.labels[piece.form.id].fields
    seen: set[str] = set()
    current = _Piece(piece.form, piece.title, [])
    for _, page in itertools.groupby(piece.blocks, key=lambda block: block.part):
        blocks = list(page)
        here = fields_of(blocks, index)
        if len(here & seen) >= max(_LEAST_AGAIN, _MOST_AGAIN * len(here)):
            yield current
            current, seen = _Piece(piece.form, "", []), set()
        current.blocks.extend(blocks)
        seen |= here
    yield current


def _title_row(row: Sequence[Slot], known: Forms) -> tuple[Form, str] | None:
    filled = list(itertools.islice((slot for slot in row if not slot.blank), 4))
    if len(filled) > 3:
        return None
    for slot in filled:
        if form := known.title_in(slot.text):
            return form, slot.text
    return None


def titles_in(blocks: Sequence[Block], known: Forms) -> Iterator[tuple[Form, str]]:
    """The titles of forms that stand in the blocks."""
    for block in blocks:
        for row in block.rows:
            if found := _title_row(row, known):
                yield found


def is_titled(blocks: Sequence[Block], known: Forms) -> bool:
    """Whether the title of a form stands in the blocks."""
    return next(titles_in(blocks, known), None) is not None


def _lead_with_labels(pieces: list[_Piece], known: Forms) -> list[_Piece]:
    """Give a later form the lines above its title that the first form has above its own."""
    if len(pieces) < 2 or pieces[0].form is None:
        return pieces
    index = known.labels[pieces[0].form.id].fields
    leads = []
    for block in pieces[0].blocks:
        if any(_title_row(row, known) for row in block.rows):
            break
        leads.append(frozenset(fields_of([block], index)))
    leads = [lead for lead in leads if lead]
    for earlier, later in itertools.pairwise(pieces):
        moved: list[Block] = []
        for lead in reversed(leads):
            if (
                earlier.blocks
                and earlier.blocks[-1].is_line
                and lead == frozenset(fields_of(earlier.blocks[-1:], index))
            ):
                moved.insert(0, earlier.blocks.pop())
        later.blocks[:0] = moved
    return pieces


def _form_of(piece: _Piece, known: Forms, hint: str | None) -> Form | None:
    if piece.form is not None:
        found = fields_of(piece.blocks, known.labels[piece.form.id].fields)
        for columns in known.labels[piece.form.id].tables.values():
            found |= fields_of(piece.blocks, columns)
        return piece.form if len(found) >= _LEAST_TITLED else None
    ranked = sorted(
        ((coverage(piece.blocks, known.labels[id]), id) for id in known.forms),
        key=lambda ranked: (-ranked[0][0], ranked[1]),
    )
    for (count, _share), id in ranked:
        # Where one form only is known, a person has said that it is this one.
        least = 1 if len(known.forms) == 1 and "record" in known.forms[id].layouts else _LEAST_TITLED
        if id == hint and count >= least:
            return known.forms[id]
    if not ranked:
        return None
    (count, share), best = ranked[0]
    runner_up = ranked[1][0][0] if len(ranked) > 1 else 0
    if count >= _LEAST_UNTITLED and share >= _LEAST_COVERAGE and count >= runner_up + 2:
        return known.forms[best]
    return None


def _continues(first: Segment, second: Segment) -> bool:
    """Whether the second is the next page of the first: the same form, no label a second time."""
    if first.form.id != second.form.id or "log" in first.form.layouts:
        return False
    index = first.labels.fields
    here, there = fields_of(first.blocks, index), fields_of(second.blocks, index)
    required = {f.id for f in first.form.required()}
    return not here & there and bool(required - here)
