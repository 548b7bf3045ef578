"""The reading job: bytes to Candidates and validated Records, in a worker process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.errors import FormflowError, ReadError

if TYPE_CHECKING:
    from formflow.model import Candidate, Finding, Record
    from formflow.pipeline.bench import Bench


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate, what validation made of it, and what validation found."""

    candidate: Candidate
    record: Record
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """What came of reading a file.

    Attributes:
        reader: Name and version of the reader.
        document: The neutral Document, encoded for the readings store; None when not asked for.
    """

    media_type: str
    reader: str
    items: tuple[Item, ...]
    document: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadJob:
    """Read a file, find its forms, validate what they hold.

    Attributes:
        path: The bytes, under whatever name they are kept.
        name: The file's own name.
        hint: Id of the form it is said to be.
        keep: Whether the encoded Document is wanted.
    """

    path: Path
    name: str
    hint: str | None = None
    keep: bool = False

    def run(self, bench: Bench) -> ReadResult:
        """In the worker.

        Raises:
            ReadError: The file cannot be read.
        """
        from formflow.extraction.extract import extract
        from formflow.forms.schema import validate
        from formflow.readers.read import read

        try:
            document = read(self.path, name=self.name, limits=bench.limits)
            items = []
            for candidate in extract(document, bench.known, hint=self.hint):
                record, findings = validate(candidate, bench.forms[candidate.form])
                items.append(Item(candidate, record, findings))
        except FormflowError:
            raise
        except MemoryError:
            raise ReadError("too-large", "out of memory") from None
        except RecursionError:
            raise ReadError("corrupt", "nested too deeply") from None
        encoded = None
        if self.keep:
            from formflow.store.codec import dump_document

            encoded = dump_document(document)
        return ReadResult(
            media_type=document.media_type, reader=document.reader, items=tuple(items), document=encoded
        )
