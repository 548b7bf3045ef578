"""Readings: the neutral Document of some bytes under some reader, so that reading (or OCR) need not repeat itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from formflow.model import Document
from formflow.store.codec import load_document
from formflow.store.database import Database
from formflow.store.tables import readings

_NEWEST = readings.c.read_at.desc()
_GET = (
    select(readings.c.document)
    .where(readings.c.digest == bindparam("digest"), readings.c.reader.like(bindparam("version")))
    .order_by(_NEWEST)
    .limit(1)
)
_READER = select(readings.c.reader).where(readings.c.digest == bindparam("digest")).order_by(_NEWEST).limit(1)
_HAS = select(readings.c.read_at).where(
    readings.c.digest == bindparam("digest"), readings.c.reader == bindparam("reader")
)
_INSERT = insert(readings)


class Readings:
    """The readings of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, digest: str, reader: str, *, conn: Connection | None = None) -> Document | None:
        """The newest Document that a reader of that name (`scan`), of any version, made of these bytes; or None."""
        with self._database.read(conn) as conn:
            blob = conn.execute(_GET, {"digest": digest, "version": f"{reader}/%"}).scalar()
            return None if blob is None else load_document(blob)

    def reader_of(self, digest: str, *, conn: Connection | None = None) -> str | None:
        """Name and version of the reader that read these bytes last (`docx/1`), or None where no reading is kept."""
        with self._database.read(conn) as conn:
            found = conn.execute(_READER, {"digest": digest}).scalar()
            return None if found is None else str(found)

    def put(
        self, digest: str, reader: str, blob: bytes, *, at: datetime, conn: Connection | None = None
    ) -> None:
        """Keep a reading that a worker process has encoded with `codec.dump_document`."""
        key = {"digest": digest, "reader": reader}
        with self._database.begin(conn) as conn:
            if conn.execute(_HAS, key).scalar() is None:
                conn.execute(_INSERT, {**key, "document": blob, "read_at": at})
