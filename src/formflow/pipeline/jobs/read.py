"""The reading job: bytes to Candidates and validated Records, in a worker process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.errors import FormflowError, ReadError
from formflow.model import RecordState

if TYPE_CHECKING:
    from formflow.approvals.signed_documents import ReturnedPaper
    from formflow.extraction.labels.learned import Learned
    from formflow.model import Candidate, Document, Finding, Outcome, Part, Record
    from formflow.pipeline.jobs.worker_context import WorkerContext


LETTERS = "fax_in"
"""Id of the register, and name of the inbox folder, that takes in faxes and letters that are no form."""


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record on its way: as read and validated, later as judged.

    Attributes:
        findings: What validation found; once it is judged, everything found about it.
        outcome: What the rules made of it; None before it is judged.
        state: What becomes of it; `pending` before it is judged.
    """

    candidate: Candidate
    record: Record
    findings: tuple[Finding, ...]
    outcome: Outcome | None = None
    state: RecordState = RecordState.PENDING


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """What came of reading a file.

    Attributes:
        reader: Name and version of the reader.
        document: The neutral Document, encoded for the readings store; None when not asked for.
        papers: Documents of entries that came back signed; then there are no items.
        unfilled: Ids of the forms that the file bears, where nothing is filled in and there are no items.
    """

    media_type: str
    reader: str
    items: tuple[ReadRecord, ...]
    document: bytes | None = None
    papers: tuple[ReturnedPaper, ...] = ()
    unfilled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadJob:
    """Read a file, find its forms, validate what they hold.

    Attributes:
        path: The bytes, under whatever name they are kept.
        name: The file's own name.
        hint: Id of the form it is said to be.
        ordered: A person has said so, so that its title matters less.
        keep: Whether the encoded Document is wanted.
        learned: Labels that persons have taught, beside those of the forms.
        pages: Pages that have been recognised, by number from 0, where the file needed it.
        received: When it was received, as `2026-03-05T14:30`, for the register of incoming faxes.
    """

    path: Path
    name: str
    hint: str | None = None
    ordered: bool = False
    keep: bool = False
    learned: Learned = ()
    pages: Mapping[int, Part] | None = None
    received: str = ""

    def run(self, worker_context: WorkerContext) -> ReadResult:
        """In the worker.

        Raises:
            NeedsUnpacking: No form lies on its pages, and it holds other files.
            NeedsRecognition: Pages must be recognised first (see `RecogniseJob`).
            ReadError: The file cannot be read.
        """
        from formflow.approvals.signed_documents import returned_papers
        from formflow.extraction.extract import extract, forms_on
        from formflow.forms.schema import validate
        from formflow.pages.packets import stretches
        from formflow.readers.containers.unpack import NeedsUnpacking
        from formflow.readers.read import read

        try:
            document = read(self.path, name=self.name, limits=worker_context.limits, pages=self.pages)
            papers = returned_papers(document)
            items = []
            taken = {name for paper in papers for name in paper.parts}
            others = replace(document, parts=tuple(part for part in document.parts if part.name not in taken))
            hint = None if papers else self.hint
            for candidate in extract(
                others, worker_context.knowing(self.learned), hint=hint, ordered=self.ordered
            ):
                if papers:
                    # A submission waits either for its papers or for its records: what it cannot take it must not lose.
                    raise ReadError("mixed", f"{candidate.form} at {candidate.position} beside signed papers")
                record, findings = validate(candidate, worker_context.forms[candidate.form])
                items.append(ReadRecord(candidate, record, findings))
            if not items and not papers and any(part.attached for part in document.parts):
                raise NeedsUnpacking(document.media_type)
            if not items and not papers and any(part.unread for part in document.parts):
                raise ReadError(
                    "no-text", "no form on the pages with text, and no recognition for the others"
                )
            if not items and not papers and self.hint == LETTERS and LETTERS in worker_context.forms:
                for letter in stretches(document.parts):
                    parts = tuple(part for paper in letter for part in paper.parts)
                    items.extend(self._letter(replace(document, parts=parts), worker_context))
            unfilled = () if items or papers else forms_on(document, worker_context.knowing(self.learned))
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
            media_type=document.media_type,
            reader=document.reader,
            items=tuple(items),
            document=encoded,
            papers=papers,
            unfilled=unfilled,
        )

    def _letter(self, document: Document, worker_context: WorkerContext) -> Iterator[ReadRecord]:
        """A fax or a letter that is no form, dropped where the faxes lie: one row of their register."""
        from formflow.extraction.letters import letter_candidate
        from formflow.forms.schema import validate

        sender, moment = "", ""
        if document.media_type == "image/tiff":
            from formflow.recognition.image.load import fax_tags

            sender, moment = fax_tags(self.path.read_bytes())
        form = worker_context.forms[LETTERS]
        candidate = letter_candidate(document, form, received=self.received, sender=sender, sent_at=moment)
        if candidate is not None:
            record, findings = validate(candidate, form)
            yield ReadRecord(candidate, record, findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecogniseJob:
    """Recognise one page of a file.

    Attributes:
        path: The bytes, under whatever name they are kept.
        page: The page's number, from 0.
    """

    path: Path
    page: int

    def run(self, worker_context: WorkerContext) -> Part:
        """In a worker that holds the models.

        Raises:
            ReadError: The page cannot be read.
        """
        from formflow.recognition.large_words import with_large_word
        from formflow.recognition.page import recognise_file_page

        data = self.path.read_bytes()
        part = recognise_file_page(
            data, self.page, worker_context.recogniser, worker_context.layouts, worker_context.issued
        )
        return with_large_word(part, data, self.page, worker_context.recogniser)
