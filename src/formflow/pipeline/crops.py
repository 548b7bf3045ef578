"""The piece of a scan that a value was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formflow.errors import NotFound
from formflow.messages import pipeline as messages
from formflow.pipeline.corrections import reading_at
from formflow.readers.scanned import READER

if TYPE_CHECKING:
    from formflow.store.store import Store


def crop_of(record_id: str, field: str, store: Store) -> bytes:
    """A PNG of the place that a field of a record was read from, upright.

    Args:
        field: As corrections name it (`phone`, `rows.0.customer`).
    Raises:
        NotFound: There is no such record, or the field was not read from a scan.
        ReadError: The page cannot be loaded.
    """
    from formflow.recognition.crops import crop  # with it come the libraries for pictures

    record = store.records.require(record_id)
    submission = store.submissions.get(record.submission)
    reading = reading_at(record.candidate, field)
    document = store.readings.get(submission.digest, READER) if submission is not None else None
    if submission is None or document is None or reading is None or reading.source.box is None:
        raise NotFound(
            messages.NOT_FROM_SCAN(record_id=record_id, field=field),
            code="no-crop",
            remedy=messages.SEE_REVIEW_SHOW(),
        )
    part = next(part for part in document.parts if part.name == reading.source.part)
    return crop(store.objects.path(submission.digest).read_bytes(), part, reading.source.box)
