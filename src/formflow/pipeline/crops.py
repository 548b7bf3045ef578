"""The piece of a scan that a value was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formflow.errors import Bilingual, NotFound
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
            Bilingual(
                f"{record_id} 的 {field} 不是从扫描件读取的",
                f"{field} of {record_id} was not read from a scan",
            ),
            code="no-crop",
            remedy=Bilingual("请查看 formflow review show", "see `formflow review show`"),
        )
    part = next(part for part in document.parts if part.name == reading.source.part)
    return crop(store.objects.path(submission.digest).read_bytes(), part, reading.source.box)
