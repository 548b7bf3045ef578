"""Papers of a batch between reading and extraction: strays taken off them, doubts about their pages handed on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from formflow.extraction.identify.identify import identify, is_titled
from formflow.extraction.labels.index import Forms
from formflow.extraction.slots import Block, Slot, Story
from formflow.model import Candidate, Finding, Reading
from formflow.pages.doubts import MIXED, findings, unread
from formflow.pages.packets import Packet, Sheets

_LEAST_FILLED = 3
"""Filled cells of a row that may be an entry of a list."""

Told = Mapping[str, Story]
"""The stories of a document's pages by the name of the page."""


def without_strays(paper: Packet, told: Told, known: Forms) -> tuple[list[Story], list[list[Story]]]:
    """The stories of a paper that is named, and the runs of pages behind its own that are forms by themselves.

    A page that names no paper goes with the one before it, as a back or an attachment; but one that is a form is
    its own, unless it may be a page that the paper lacks.
    """
    sheets = paper.sheets[0]
    form = paper.whose.partition(" ")[0]
    own: list[Story] = []
    strays: list[list[Story]] = []
    astray = False
    for part in paper.parts:
        story = told[part.name]
        if part.name in sheets.parts:
            astray = False
        else:
            found = identify([story], known)
            begins = bool(found) and not (sheets.missing and all(seg.form.id == form for seg in found))
            if begins:
                strays.append([])
            astray = astray or begins
        (strays[-1] if astray else own).append(story)
    return own, strays


def with_doubts(candidates: Iterable[Candidate], paper: Packet, told: Told, known: Forms) -> list[Candidate]:
    """The candidates of a paper with what is doubtful about its pages.

    What is missing or was scanned twice is told once, with the first record; that pages may be mixed, with every
    record which was read from more than one of them.
    """
    made = list(candidates)
    for sheets in paper.sheets:
        doubts = tuple(findings(sheets))
        if not doubts or (sheets.printed and _is_print_run(sheets, told, known)):
            continue
        first = True
        for at, candidate in enumerate(made):
            pages = _pages(candidate)
            if pages & set(sheets.parts):
                own = (doubt for doubt in doubts if _concerns(doubt, candidate, pages, first=first))
                made[at] = replace(candidate, doubts=(*candidate.doubts, *own))
                first = False
    return made


def with_unread_pages(
    candidates: Sequence[Candidate], paper: Packet, told: Told, known: Forms
) -> list[Candidate]:
    """The candidates of a paper, with a doubt where a page behind one holds entries of a list and gave no record.

    Pages that are printed only follow a log: behind other forms a list is mostly an attachment. A page with a title of
    its own is an empty copy.
    """
    made = list(candidates)
    owners = {name: at for at, candidate in enumerate(made) for name in _pages(candidate)}
    last: int | None = None
    lost: dict[int, list[str]] = {}
    for part in paper.parts:
        last = owners.get(part.name, last)
        if part.name in owners or last is None:
            continue
        blocks = told[part.name].blocks
        listed = any(block.source.medium for block in part.blocks) or made[last].row is not None
        if listed and not is_titled(blocks, known) and _has_entries(blocks, made[last].form, known):
            lost.setdefault(last, []).append(part.name)
    for at, names in lost.items():
        made[at] = replace(made[at], doubts=(*made[at].doubts, unread(names)))
    return made


def _has_entries(blocks: Sequence[Block], form: str, known: Forms) -> bool:
    return any(_is_entry(row, form, known) for block in blocks if not block.is_line for row in block.rows)


def _is_entry(row: Sequence[Slot], form: str, known: Forms) -> bool:
    """Whether a row may be an entry of a list: filled in several columns, a number among them, and not with labels."""
    filled = [slot for slot in row if not slot.blank]
    labels = known.labels[form]
    named = sum(any(index.find(slot.text) for index in (labels.fields, labels.columns)) for slot in filled)
    return (
        len(filled) >= _LEAST_FILLED
        and 2 * named < len(filled)
        and any(any(map(str.isdigit, slot.text)) for slot in filled)
    )


def _concerns(doubt: Finding, candidate: Candidate, pages: set[str], *, first: bool) -> bool:
    if doubt.code != MIXED:
        return first
    return len(pages) > 1 and all(told.code != MIXED for told in candidate.doubts)


def _is_print_run(sheets: Sheets, told: Told, known: Forms) -> bool:
    """Whether a form begins on a later page: then the numbers count what was printed in one go, not one form."""
    numbers = [number for number in range(1, sheets.of + 1) if number not in sheets.missing]
    return any(
        number > 1 and is_titled(told[name].blocks, known)
        for name, number in zip(sheets.parts, numbers, strict=True)
    )


def _pages(candidate: Candidate) -> set[str]:
    """The pages that a candidate was read from."""
    return {reading.source.part for reading in _readings(candidate)}


def _readings(candidate: Candidate) -> Iterator[Reading]:
    yield from candidate.readings.values()
    for rows in candidate.rows.values():
        for row in rows:
            yield from row.values()


def stories_of(paper: Packet, told: Told) -> Sequence[Story]:
    """The stories of a paper's pages, in order."""
    return [told[part.name] for part in paper.parts]
