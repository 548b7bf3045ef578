"""What of a document was not read, told with its records: rows that a filter hides, pages of pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from formflow.messages import extraction as messages
from formflow.messages import listed
from formflow.model import Candidate, Document, Finding, Severity


def with_notes(candidates: Sequence[Candidate], document: Document) -> tuple[Candidate, ...]:
    """The candidates with notes of what nobody has read of the document."""
    return _with_attached(_with_unread(_with_filters(candidates, document), document), document)


def _with_filters(candidates: Sequence[Candidate], document: Document) -> tuple[Candidate, ...]:
    """The candidates, the first of a sheet with a note of the rows that a filter hides on it."""
    hidden = {part.name: part.filtered for part in document.parts if part.filtered}
    if not hidden:
        return tuple(candidates)
    noted = []
    for candidate in candidates:
        part = next((reading.source.part for reading in candidate.readings.values()), "")
        if rows := hidden.pop(part, 0):
            note = Finding.of("filtered-rows", Severity.NOTE, messages.FILTERED_ROWS(part=part, rows=rows))
            candidate = replace(candidate, doubts=(*candidate.doubts, note))
        noted.append(candidate)
    return tuple(noted)


def _with_unread(candidates: tuple[Candidate, ...], document: Document) -> tuple[Candidate, ...]:
    """The candidates, each with a note of the pages of pixels behind it that nobody has recognised.

    Those before the first record are told with it.
    """
    order = {part.name: number for number, part in enumerate(document.parts)}
    behind: dict[int, list[str]] = {}
    for name in (part.name for part in document.parts if part.unread):
        owner = 0
        for at, candidate in enumerate(candidates):
            begins = next((reading.source.part for reading in candidate.readings.values()), "")
            if order.get(begins, 0) < order[name]:
                owner = at
        behind.setdefault(owner, []).append(name)
    return tuple(
        replace(candidate, doubts=(*candidate.doubts, _unread(behind[at]))) if at in behind else candidate
        for at, candidate in enumerate(candidates)
    )


def _with_attached(candidates: tuple[Candidate, ...], document: Document) -> tuple[Candidate, ...]:
    """The candidates, the first with a note of the files that lie inside the document."""
    names = [name for part in document.parts for name in part.attached]
    if not names or not candidates:
        return candidates
    note = Finding.of("attached-files", Severity.NOTE, messages.ATTACHED_FILES(names=listed(names)))
    first, *others = candidates
    return (replace(first, doubts=(*first.doubts, note)), *others)


def _unread(names: Sequence[str]) -> Finding:
    pages = [name.removeprefix("page ") for name in names]
    return Finding.of("unread-pages", Severity.NOTE, messages.UNREAD_PAGES(pages=listed(pages)))
