"""Document and forms to Candidates: pure and total.

Whatever a document holds, this gives an answer; what it cannot settle it leaves out or marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from formflow.collector import paused
from formflow.extraction.accounting.account import account_log, account_record
from formflow.extraction.claims import Claims
from formflow.extraction.hints import with_form_told, with_list_told, with_title_told
from formflow.extraction.identify.identify import Segment, identify
from formflow.extraction.invisible_characters import with_cleaned
from formflow.extraction.issued.controls import IssuedBlank, issued_blank, issued_blanks
from formflow.extraction.labels.index import Forms
from formflow.extraction.pairs.lines import find_pairs
from formflow.extraction.pairs.periods import parted
from formflow.extraction.readings import (
    doubted_on_scan,
    is_nothing,
    is_untouched,
    own_labels_first,
    reading_of,
    readings_of,
)
from formflow.extraction.scans.doubts import doubted
from formflow.extraction.scans.label_repair import mend_labels
from formflow.extraction.scans.packets import (
    Told,
    stories_of,
    with_doubts,
    with_unread_pages,
    without_strays,
)
from formflow.extraction.slots import Block, Slot, Story, stories
from formflow.extraction.tables.rows import Listing, Row, read_listing, read_upright
from formflow.extraction.tables.years import dated, written_year, year_of, year_slot
from formflow.extraction.unread_content import with_notes
from formflow.forms.spec import FieldType, Form
from formflow.model import Candidate, Document, DoubtReason, Part, PartKind, Reading
from formflow.pages.packets import Packet, papers


@paused()
def extract(
    document: Document, forms: Mapping[str, Form] | Forms, *, hint: str | None = None, ordered: bool = False
) -> tuple[Candidate, ...]:
    """Every filled form and every log row of the document, in reading order.

    Args:
        document: What a reader saw.
        forms: The form definitions indexed once for many documents, or by id.
        hint: Id of the form that the file is said to be (the name of its inbox folder).
        ordered: A person has said so: then it is read as that form, whatever title it bears, unless it has no label of it.
    """
    known = forms if isinstance(forms, Forms) else Forms(forms)
    if ordered and hint in known.forms and (found := _extract(document, known.only(hint), hint)):
        return tuple(with_title_told(found, document, known))
    found = _extract(document, known, hint)
    return tuple(with_form_told(found, known.forms[hint], ordered=ordered)) if hint in known.forms else found


def _extract(document: Document, known: Forms, hint: str | None) -> tuple[Candidate, ...]:
    told = stories(mend_labels(document, known))
    candidates: list[Candidate] = []
    by_hand = {part.name for part in document.parts if part.by_hand}
    if any(part.kind == PartKind.PAGE for part in document.parts):
        pages = {story.part.name: story for story in told}
        for paper in papers(document.parts):
            found = with_doubts(_of_paper(paper, pages, known, hint), paper, pages, known)
            candidates.extend(with_unread_pages(found, paper, pages, known))
    else:
        candidates.extend(_of_stories(told, known, hint))
    return with_cleaned(with_notes(doubted(candidates, known, by_hand), document), document, known)


def forms_on(document: Document, forms: Mapping[str, Form] | Forms) -> tuple[str, ...]:
    """Ids of the forms that a document bears by title, labels or code, filled in or not; in reading order."""
    known = forms if isinstance(forms, Forms) else Forms(forms)
    blanks, rest = issued_blanks(stories(mend_labels(document, known)), known)
    found = [blank.form.id for blank in blanks]
    found += [segment.form.id for segment in identify(rest, known, None)]
    return tuple(dict.fromkeys(found))


def _of_paper(paper: Packet, told: Told, known: Forms, hint: str | None) -> Iterator[Candidate]:
    if paper.separator:
        return
    if not paper.whose:
        yield from _of_stories(stories_of(paper, told), known, hint)
        return
    own, strays = without_strays(paper, told, known)
    blank = issued_blank(own, known)
    yield from _from_blank(blank) if blank is not None else _of_stories(own, known, hint)
    for stray in strays:
        yield from _of_stories(stray, known, hint)


def _of_stories(told: Sequence[Story], known: Forms, hint: str | None) -> Iterator[Candidate]:
    """The candidates of pages, sheets or stories, of which no code tells what they are."""
    blanks, rest = issued_blanks(told, known)
    for blank in blanks:
        yield from _from_blank(blank)
    segments = identify(rest, known, hint)
    parts = [story.part for story in told]
    for segment in segments:
        yield from _candidates(segment, parts, alone=len(segments) == 1)


def _candidates(segment: Segment, parts: Sequence[Part], *, alone: bool) -> Iterable[Candidate]:
    if "log" in segment.form.layouts:
        listing = read_listing(segment.blocks, segment.labels.fields, segment.labels.fields)
        if not listing.found and "record" not in segment.form.layouts:
            listing = _upright_log(segment, listing)
        if _is_log(listing, segment.form):
            return _log(segment, listing)
    elif segment.form.rows_field is None:
        listing = read_listing(segment.blocks, segment.labels.fields, segment.labels.fields)
        if len(listing.headers) == 1 and len(listing.rows) > 1 and _is_log(listing, segment.form):
            return with_list_told(_log(segment, listing), segment.form)
    if len(segment.form.tables) > 1:
        tables, rest = _of_tables(segment)
        return _record(segment, rest, parts, tables, alone=alone)
    if (own := segment.form.rows_field) is not None:
        listing = read_listing(segment.blocks, segment.labels.columns, segment.labels.fields)
        if not listing.found:
            listing = read_upright(segment.blocks, segment.labels.columns, segment.labels.fields)
        if not listing.found:
            listing = _cards(segment)
        if listing.found:
            return _record(segment, listing.rest, parts, {own.id: listing}, alone=alone)
    return _record(segment, segment.blocks, parts, {}, alone=alone)


def _of_tables(segment: Segment) -> tuple[dict[str, Listing], list[Block]]:
    """What each of several tables of a form gave, by its id, and the blocks left over."""
    indices = segment.labels.tables
    rest = list(segment.blocks)
    found: dict[str, Listing] = {}
    for id, index in indices.items():
        ends = [other for other in indices.values() if other is not index]
        listing = read_listing(rest, index, segment.labels.fields, ends)
        if listing.found:
            found[id], rest = listing, listing.rest
    return found, rest


def _upright_log(segment: Segment, without: Listing) -> Listing:
    """The entries of a log that stand side by side; `without` where no table holds what an entry must."""
    labels = segment.labels.fields
    listing = read_upright(segment.blocks, labels, labels)
    required = {item.id for item in segment.form.required() if item.id not in segment.form.head}
    return listing if required & listing.columns else without


def _is_log(listing: Listing, form: Form) -> bool:
    """Whether the rows are records of their own.

    A single form may set its labels in rows too, a few at a time, each over its value: then no header
    names half of what a record must hold, or different headers stand over one row each.
    """
    if not listing.found:
        return False
    if "record" not in form.layouts:
        return True
    required = {item.id for item in form.required() if item.id not in form.head}
    widest = max(len(required & columns) for columns in listing.headers)
    differing = any(a.isdisjoint(b) for a, b in pairwise(listing.headers))
    one_each = differing and len(listing.rows) <= len(listing.headers)
    return bool(listing.rows) and widest * 2 >= len(required) and not one_each


# --- The blanks we issue ---------------------------------------------------------------------


def _from_blank(blank: IssuedBlank) -> list[Candidate]:
    """The candidates of a blank whose controls are named; its tables are read by their headers where they have none."""
    form, segment = blank.form, blank.segment
    own = form.rows_field
    listing = Listing(rest=list(segment.blocks))
    if own is not None or "log" in form.layouts:
        table, named = blank.parted()
        listing = read_listing(table, segment.labels.columns, segment.labels.fields)
        listing.rest.extend(named)
    rows = blank.row_readings(own.fields if own else form.fields)
    rows = rows or [(row.readings, row.position) for row in listing.rows]
    log = blank.kind == "log" or (
        not blank.kind and "log" in form.layouts and (bool(blank.rows) or _is_log(listing, form))
    )
    labelled: Mapping[str, Reading] = blank.printed
    if not labelled:
        rest = listing.rest if own or log else segment.blocks
        labelled, _ = readings_of(own_labels_first(find_pairs(rest, segment.labels.fields))[0])
    if log:
        labelled = {id: reading for id, reading in labelled.items() if id in form.head}
    filled = {id: reading for id, reading in blank.readings(labelled).items() if not is_nothing(reading)}
    if log:
        year = written_year(filled.get("year"))
        return [
            Candidate(form=form.id, readings={**filled, **row}, position=position, row=number, year=year)
            for number, (row, position) in enumerate(rows)
        ]
    if not rows and is_untouched(filled, form):
        return []
    place = next(iter(filled.values())).source.part if filled else segment.blocks[0].part
    return [
        Candidate(
            form=form.id,
            readings=filled,
            rows={own.id: tuple(row for row, _ in rows)} if own is not None and rows else {},
            position=f"{place} {_place(segment)}",
        )
    ]


# --- One form, one record ---------------------------------------------------------------------


def _record(
    segment: Segment,
    blocks: Sequence[Block],
    parts: Sequence[Part],
    tables: Mapping[str, Listing],
    *,
    alone: bool,
) -> list[Candidate]:
    claims = Claims()
    pairs, others = own_labels_first(find_pairs(blocks, segment.labels.fields, claims))
    readings, doubts = readings_of(pairs)
    readings = parted(readings, segment.labels.fields)
    if alone:
        _add_controls(readings, segment.form, parts)
    filled = {id: reading for id, reading in readings.items() if not is_nothing(reading)}
    rows = {id: tuple(row.readings for row in own.rows) for id, own in tables.items() if own.rows}
    if not rows and is_untouched(filled, segment.form):
        return []
    place = next(iter(filled.values())).source.part if filled else segment.blocks[0].part
    candidate = Candidate(
        form=segment.form.id,
        readings=filled,
        rows=rows,
        position=f"{place} {_place(segment)}",
        doubts=tuple(doubts),
    )
    return [account_record(segment, candidate, blocks, tables, claims, others)]


def _add_controls(readings: dict[str, Reading], form: Form, parts: Sequence[Part]) -> None:
    """Fill what no label led to from controls that are named after a field: the blanks we issue."""
    by_id = {f.id: f for f in form.fields if f.type is not FieldType.ROWS}
    for part in parts:
        for control in part.controls:
            item = by_id.get(control.name)
            if item is None or control.placeholder or item.id in readings:
                continue
            readings[item.id] = Reading(text=control.value, source=control.source, label=item.label)


def _cards(segment: Segment) -> Listing:
    """The form's own table set as cards, one below the other: labels and values, then the same labels again.

    Where paper lost a label of one card, what stands behind it belongs to none, and the next card's may fall to it.
    """
    cards: list[dict[str, Reading]] = []
    columns = {item.id for item in segment.labels.columns.by_label.values()}
    order: list[str] = []
    last = 0
    for found in find_pairs(segment.blocks, segment.labels.columns):
        id = found.field.id
        if id not in order:
            order.append(id)
        if not cards or id in cards[-1] or order.index(id) < last:
            cards.append({})
        last = order.index(id)
        cards[-1][id] = reading_of(found)
    if len({frozenset(card) for card in cards}) > 1:
        cards = [
            {id: doubted_on_scan(reading, DoubtReason.LABEL_LOST) for id, reading in card.items()}
            for card in cards
        ]
    listing = Listing(rest=list(segment.blocks))
    filled = [
        {id: r for id, r in card.items() if not is_nothing(r)}
        for card in cards
        if len(card) * 2 >= len(columns)
    ]
    for number, card in enumerate(filled, start=1):
        if len(card) > 1:
            listing.rows.append(Row(card, f"{_place(segment)} card {number}"))
    if listing.rows:
        listing.headers.append(frozenset(columns))
    return listing


# --- Logs -------------------------------------------------------------------------------------


def _log(segment: Segment, listing: Listing) -> list[Candidate]:
    form = segment.form
    claims = Claims()
    pairs = find_pairs(listing.rest, segment.labels.fields, claims)
    head, _ = readings_of(pairs)
    head = {
        id: reading
        for id, reading in head.items()
        if id in form.head and id not in listing.columns and not is_nothing(reading)
    }
    year = year_of(segment, listing, head)
    whence: Slot | Reading | None = head.get("year")
    if year is not None and whence is None:
        whence = slot = year_slot(segment, listing, year)
        if any(f.id == "year" for f in form.fields):
            head["year"] = Reading(
                text=str(year),
                source=slot.source,
                confidence=slot.confidence,
                label=segment.title,
                doubts=slot.doubts,
            )
    candidates = [
        Candidate(
            form=form.id,
            readings={**head, **dated(row.readings, form, whence)},
            position=row.position,
            row=number,
            year=year,
        )
        for number, row in enumerate(listing.rows)
    ]
    others = [found for found in pairs if found.field.id not in head and not is_nothing(reading_of(found))]
    return account_log(segment, candidates, listing, claims, others)


def _place(segment: Segment) -> str:
    return next((block.name for block in segment.blocks if not block.is_line), "") or "lines"
