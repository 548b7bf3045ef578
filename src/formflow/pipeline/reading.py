"""The reading job: bytes to Candidates and validated Records, in a worker process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.errors import FormflowError, ReadError

if TYPE_CHECKING:
    from formflow.approvals.papers import ReturnedPaper
    from formflow.extraction.learnt import Learnt
    from formflow.model import Candidate, Document, Finding, Part, Record
    from formflow.pipeline.bench import Bench


LETTERS = "fax_in"
"""Id of the register, and name of the inbox folder, that takes in faxes and letters that are no form."""


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
        papers: Documents of entries that came back signed; then there are no items.
        unfilled: Ids of the forms that the file bears, where nothing is filled in and there are no items.
    """

    media_type: str
    reader: str
    items: tuple[Item, ...]
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
        learnt: Labels that persons have taught, beside those of the forms.
        pages: Pages that have been recognised, by number from 0, where the file needed it.
        received: When it was received, as `2026-03-05T14:30`, for the register of incoming faxes.
    """

    path: Path
    name: str
    hint: str | None = None
    ordered: bool = False
    keep: bool = False
    learnt: Learnt = ()
    pages: Mapping[int, Part] | None = None
    received: str = ""

    def run(self, bench: Bench) -> ReadResult:
        """In the worker.

        Raises:
            NeedsUnpacking: No form lies on its pages, and it holds other files.
            NeedsRecognition: Pages must be recognised first (see `RecogniseJob`).
            ReadError: The file cannot be read.
        """
        from formflow.approvals.papers import returned_papers
        from formflow.batch.papers import stretches
        from formflow.extraction.extract import extract, forms_on
        from formflow.forms.schema import validate
        from formflow.readers.containers import NeedsUnpacking
        from formflow.readers.read import read

        try:
            document = read(self.path, name=self.name, limits=bench.limits, pages=self.pages)
            papers = returned_papers(document)
            items = []
            taken = {name for paper in papers for name in paper.parts}
            others = replace(document, parts=tuple(part for part in document.parts if part.name not in taken))
            hint = None if papers else self.hint
            for candidate in extract(others, bench.knowing(self.learnt), hint=hint, ordered=self.ordered):
                if papers:
                    # A submission waits either for its papers or for its records: what it cannot take it must not lose.
                    raise ReadError("mixed", f"{candidate.form} at {candidate.position} beside signed papers")
                record, findings = validate(candidate, bench.forms[candidate.form])
                items.append(Item(candidate, record, findings))
            if not items and not papers and any(part.attached for part in document.parts):
                raise NeedsUnpacking(document.media_type)
            if not items and not papers and any(part.unread for part in document.parts):
                raise ReadError(
                    "no-text", "no form on the pages with text, and no recognition for the others"
                )
            if not items and not papers and self.hint == LETTERS and LETTERS in bench.forms:
                for letter in stretches(document.parts):
                    parts = tuple(part for paper in letter for part in paper.parts)
                    items.extend(self._letter(replace(document, parts=parts), bench))
            unfilled = () if items or papers else forms_on(document, bench.knowing(self.learnt))
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

    def _letter(self, document: Document, bench: Bench) -> Iterator[Item]:
        """A fax or a letter that is no form, dropped where the faxes lie: one row of their register."""
        from formflow.extraction.letters import letter_candidate
        from formflow.forms.schema import validate

        sender, moment = "", ""
        if document.media_type == "image/tiff":
            from formflow.recognition.inputs import fax_tags

            sender, moment = fax_tags(self.path.read_bytes())
        form = bench.forms[LETTERS]
        candidate = letter_candidate(document, form, received=self.received, sender=sender, sent_at=moment)
        if candidate is not None:
            record, findings = validate(candidate, form)
            yield Item(candidate, record, findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecogniseJob:
    """Recognise one page of a file.

    Attributes:
        path: The bytes, under whatever name they are kept.
        page: The page's number, from 0.
    """

    path: Path
    page: int

    def run(self, bench: Bench) -> Part:
        """In a worker that holds the models.

        Raises:
            ReadError: The page cannot be read.
        """
        from formflow.pipeline.afar import from_afar
        from formflow.recognition.page import recognise_file_page

        data = self.path.read_bytes()
        part = recognise_file_page(data, self.page, bench.recogniser, bench.layouts, bench.issued)
        return from_afar(part, data, self.page, bench.recogniser)
