"""Notes on the values whose text held characters that nobody sees; the readers took them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from formflow.extraction.labels.index import Forms
from formflow.forms.spec import Field
from formflow.messages import NOTHING, Bilingual
from formflow.messages import extraction as messages
from formflow.model import Candidate, Document, Finding, Reading, Severity


def with_cleaned(candidates: Sequence[Candidate], document: Document, known: Forms) -> tuple[Candidate, ...]:
    """The candidates, those with a note a field that were read from where characters were taken out."""
    places = {(part.name, ref) for part in document.parts for ref in part.cleaned}
    if not places:
        return tuple(candidates)
    return tuple(_noted(candidate, places, known) for candidate in candidates)


def _noted(candidate: Candidate, places: set[tuple[str, str]], known: Forms) -> Candidate:
    fields = {item.id: item for item in known.forms[candidate.form].fields}
    notes = [
        _note(fields[id])
        for id, reading in candidate.readings.items()
        if id in fields and _is_at(reading, places)
    ]
    for id, rows in candidate.rows.items():
        columns = {item.id: item for item in fields[id].fields}
        notes += [
            _note(columns[column], fields[id], number)
            for number, row in enumerate(rows, start=1)
            for column, reading in row.items()
            if column in columns and _is_at(reading, places)
        ]
    return replace(candidate, doubts=(*candidate.doubts, *notes)) if notes else candidate


def _is_at(reading: Reading, places: set[tuple[str, str]]) -> bool:
    return (reading.source.part, reading.source.ref) in places


def _note(item: Field, table: Field | None = None, row: int = 0) -> Finding:
    where = NOTHING if table is None else messages.IN_ROW(row=row)
    return Finding.of(
        "hidden-characters",
        Severity.NOTE,
        messages.HIDDEN_CHARACTERS(where=where, label=Bilingual(item.label, item.id)),
        field=item.id if table is None else table.id,
        cell="" if table is None else f"{table.id}.{row}.{item.id}",
    )
