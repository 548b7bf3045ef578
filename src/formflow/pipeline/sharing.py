"""What the entries of one submission share: one original, one copy that shows every number in its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from formflow.archive.shared import Shared
from formflow.documents.stamps.numbered import Numbered
from formflow.errors import FormflowError
from formflow.model import Candidate, Entry, Reading, RecordState
from formflow.pipeline.jobs.share import ShareJob
from formflow.readers.scanned import READER as SCAN

if TYPE_CHECKING:
    from formflow.forms.spec import Form
    from formflow.pipeline.context import Context
    from formflow.store.records import StoredRecord

_PLACE = re.compile(
    r"(?:(?:^table (?P<table>\d+) )?R(?P<line>\d+)C\d+|^[A-Z]+(?P<row>\d+)|^line (?P<text>\d+))$"
)


def shared_by(entries: Sequence[Entry], context: Context) -> dict[str, Shared | FormflowError]:
    """The shared bags of entries of one submission, by number, made where they are missing.

    A submission shares its files where it is a log or holds several records; of one that does not, nothing is told.
    """
    store = context.store
    submission = entries[0].submission
    if not store.records.is_many(submission):
        return {}
    digest = entries[0].digest
    job = ShareJob(
        entries=tuple(entries),
        original=store.objects.path(digest),
        numbered=_numbered(
            store.records.of(submission), store.register.of_submission(submission), context.forms
        ),
        recognised=store.readings.get(digest, SCAN),
    )
    try:
        return dict(context.workers.share(job).result())
    except FormflowError as error:
        return dict.fromkeys([entry.number for entry in entries], error)


def _numbered(
    records: Sequence[StoredRecord], entries: Sequence[Entry], forms: Mapping[str, Form]
) -> tuple[Numbered, ...]:
    """The numbers of a submission's records, with those that rows had already from an earlier copy of the log."""
    own = {entry.record: entry for entry in entries}
    found = []
    for record in records:
        entry = own.get(record.id)
        number = entry.number if entry else record.number if record.state is RecordState.KNOWN else None
        if number is not None:
            item = f"{entry.serial:04}" if entry else ""
            found.append(numbered_at(record.candidate, number, item, forms[record.form]))
    return tuple(found)


def numbered_at(candidate: Candidate, number: str, item: str, form: Form) -> Numbered:
    """A number and the place of its record in the file: the row that most of its own values stand in."""
    own = [reading for field, reading in candidate.readings.items() if field not in form.head]
    own = own or list(candidate.readings.values())
    if candidate.row is None:
        # A form begins on the first page that anything of it stands on.
        parts = [reading.source.part for reading in candidate.readings.values()]
        return Numbered(number=number, item=item, part=min(parts, key=_in_order) if parts else "")
    places = Counter(_place(reading) for reading in own)
    # Of a cell that several rows share the readings name the first row, so the lower one is the record's own.
    place = max(places, key=lambda place: (places[place], place[2] or 0), default=("", None, None))
    here = [reading for reading in own if _place(reading) == place]
    boxes = [reading.source.box for reading in here if reading.source.box is not None]
    return Numbered(
        number=number,
        item=item,
        part=place[0],
        table=place[1],
        row=place[2],
        box=tuple(
            pick(edge) for pick, edge in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)
        )
        if boxes
        else None,
        text=max((reading.text for reading in here), key=len, default=""),
    )


def _place(reading: Reading) -> tuple[str, int | None, int | None]:
    match = _PLACE.search(reading.source.ref)
    if match is None:
        return reading.source.part, None, None
    table = match["table"]
    return (
        reading.source.part,
        int(table) if table else None,
        int(match["row"] or match["line"] or match["text"]),
    )


def _in_order(part: str) -> tuple[int, str]:
    """Pages by their number, and all else by name behind them."""
    page = Numbered(number="", part=part).page
    return (1 << 30, part) if page is None else (page, part)
