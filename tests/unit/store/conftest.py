"""A store per test, on SQLite and on PostgreSQL: the same tests for the same SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from formflow.forms.spec import Register as Book
from formflow.model import Candidate, Entry, Outcome, Reading, Receipt, Source
from formflow.rules.facts import Trade
from formflow.store.archives import ArchiveMark
from formflow.store.assessments import Assessment
from formflow.store.decisions import Decision
from formflow.store.entries import Draft
from formflow.store.history import UnreadTrade
from formflow.store.originals import Submission
from formflow.store.people import NewAccount
from formflow.store.reads import Read
from formflow.store.reviews import Review, ReviewAction
from formflow.store.store import Store

NOW = datetime(2026, 3, 5, 7, 30, tzinfo=timezone(timedelta(hours=8)))
BOOK = Book(series="XKH", number="XKH-{year}-{serial:04}")
LOG = Book(series="SC", number="收传〔{year}〕{serial}号")


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(url, tmp_path / "originals")
    yield opened
    opened.close()


class Office:
    """Does what the pipeline does, in a word."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._count = 0

    def receive(
        self, content: bytes | None = None, name: str = "申请表.docx", **receipt: object
    ) -> Submission:
        self._count += 1
        content = b"file %d" % self._count if content is None else content
        digest = self.store.objects.put_bytes(content)
        given: dict[str, object] = {"at": NOW, "name": name, **receipt}
        return self.store.submissions.receive(digest, len(content), Receipt(**given))  # type: ignore[arg-type]

    def drafts(
        self, rows: list[dict[str, object]], *, form: str = "new_customer", **draft: object
    ) -> list[Draft]:
        """One submission with one record a row, ready to be entered."""
        submission = self.receive()
        candidates = [candidate(form, row) for row in range(len(rows))]
        ids = self.store.records.put(submission.id, candidates, at=NOW)
        return [
            Draft(
                record=id,
                submission=submission.id,
                digest=submission.digest,
                form=form,
                values=values,
                findings=(),
                outcome=Outcome.ACCEPT,
                receipt=submission.receipt,
                **draft,  # type: ignore[arg-type]
            )
            for id, values in zip(ids, rows, strict=True)
        ]

    def enter(self, values: dict[str, object] | None = None, *, book: Book = BOOK, year: int = 2026) -> Entry:
        (draft,) = self.drafts([values or {"customer_name": "华南实业（深圳）有限公司"}])
        return self.store.register.enter([draft], book, year=year, at=NOW)[0]

    def fill_every_table(self) -> Entry:
        """A row in every table; the entry among them."""
        store = self.store
        entry = self.enter()
        store.register.void(entry.number, reason="重复", by="张三", at=NOW)
        store.reviews.add(Review(record=entry.record, action=ReviewAction.ACCEPT, by="张三", at=NOW))
        decision = Decision(number=entry.number, step=0, role="leader", decision="approve", by="李四", at=NOW)
        store.decisions.decide(decision)
        store.archives.mark([mark_of(entry)])
        day = NOW.date()
        trade = Trade(on=day, name="华南实业", amount="3000.00")
        unread = UnreadTrade(place="Sheet1 A3", name="华北实业")
        store.history.import_rows(
            [trade], digest="d", name="a.xlsx", covers_from=day, covers_to=day, unread=[unread], at=NOW
        )
        store.assessments.add(
            Assessment(
                number=entry.number,
                findings=(),
                outcome=Outcome.ACCEPT,
                because="a.xlsx",
                by="张三",
                at=NOW,
            )
        )
        store.aliases.learn("new_customer", "customer_name", "甲方", by="张三", at=NOW)
        store.people.add([new_account("admin"), new_account("security")], by="@root", at=NOW, assign=True)
        read = Read(subject=entry.number, what="show", account="admin", why="role", at=NOW)
        store.reads.note(read)
        return entry


def new_account(id: str, *roles: str, **given: object) -> NewAccount:
    """An account to be made; its only role is its own id where none is named."""
    made: dict[str, object] = {"name": id, "login": "", "areas": (), "department": "", "superior": ""}
    made |= {"hash": f"hash of {id}", "one_time": False}
    return NewAccount(id=id, roles=roles or (id,), **{**made, **given})  # type: ignore[arg-type]


def mark_of(entry: Entry) -> ArchiveMark:
    path = f"{entry.series}/{entry.year}/{entry.serial:04}"
    return ArchiveMark(number=entry.number, event="registered", path=path, manifest="0" * 64, at=NOW)


def candidate(form: str = "new_customer", row: int | None = None) -> Candidate:
    reading = Reading(text="华南实业", source=Source(part="body", ref="table 1 R1C2"), label="客户名称")
    return Candidate(form=form, readings={"customer_name": reading}, position=f"row {row}", row=row)


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)
