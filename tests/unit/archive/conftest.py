"""A store with one entry whose original is kept, and a folder to archive in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from tests.support.bags import build

from formflow.archive.closing import Archived
from formflow.archive.number import archive_no
from formflow.forms.spec import Register as Book
from formflow.model import Candidate, Entry, Outcome, Reading, Receipt, Source
from formflow.store.archives import ArchiveMark
from formflow.store.entries import Draft
from formflow.store.store import Store

NOW = datetime(2026, 3, 5, 7, 30, tzinfo=timezone(timedelta(hours=8)))
BOOK = Book(series="XKH", number="XKH-{year}-{serial:04}")
READING = Reading(text="华南实业", source=Source(part="body", ref="table 1 R1C2"), label="客户名称")


class Workspace:
    """Registers and archives, as the pipeline does."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(f"sqlite:///{folder}/formflow.db", folder / "originals")
        self.root = folder / "archive"

    def enter(self, content: bytes = b"original", name: str = "申请表.docx", book: Book = BOOK) -> Entry:
        digest = self.store.objects.put_bytes(content)
        receipt = Receipt(at=NOW, name=name, way="inbox", folder="华南", claimed_on=date(2026, 3, 1))
        submission = self.store.submissions.receive(digest, len(content), receipt)
        candidate = Candidate(form="new_customer", readings={"customer_name": READING})
        (record,) = self.store.records.put(submission.id, [candidate], at=NOW)
        draft = Draft(
            record=record,
            submission=submission.id,
            digest=digest,
            form="new_customer",
            values={"customer_name": "华南实业", "contact": None},
            findings=(),
            outcome=Outcome.ACCEPT,
            receipt=submission.receipt,
        )
        return self.store.register.enter([draft], book, year=2026, at=NOW)[0]

    def enter_log(self, content: bytes, count: int, name: str) -> tuple[Entry, ...]:
        """The entries of a log of so many rows."""
        digest = self.store.objects.put_bytes(content)
        receipt = Receipt(at=NOW, name=name, way="inbox")
        submission = self.store.submissions.receive(digest, len(content), receipt)
        candidates = [
            Candidate(form="new_customer", readings={"customer_name": READING}, row=row)
            for row in range(count)
        ]
        drafts = [
            Draft(
                record=record,
                submission=submission.id,
                digest=digest,
                form="new_customer",
                values={"customer_name": f"华南实业{row}"},
                findings=(),
                outcome=Outcome.ACCEPT,
                receipt=submission.receipt,
            )
            for row, record in enumerate(self.store.records.put(submission.id, candidates, at=NOW))
        ]
        return self.store.register.enter(drafts, BOOK, year=2026, at=NOW)

    def archive(self, entry: Entry, *, mark: bool = True) -> Archived:
        made = build(
            self.root,
            entry,
            archive_no=archive_no(entry, BOOK, fonds="Z109", office="XSB"),
            original=self.store.objects.path(entry.digest),
            copy=(b"stamped", ".pdf"),
            documents={"审批单.docx": b"document"},
            sources={"customer_name": READING},
            title="新客户开发申请表",
            organisation="某公司",
        )
        if mark:
            self.mark(entry, made)
        return made

    def mark(self, entry: Entry, made: Archived, event: str = "registered") -> None:
        mark = ArchiveMark(number=entry.number, event=event, path=made.path, manifest=made.seal, at=NOW)
        self.store.archives.mark([mark])


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def contents() -> Callable[[Path], dict[str, bytes]]:
    """Every file below a folder: path → bytes."""

    def read(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    return read
