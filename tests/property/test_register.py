"""Whatever is entered, voided and rolled back in whatever order: the numbers are 1 to n and the books prove whole."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from formflow.errors import UsageError
from formflow.forms.spec import Register as Book
from formflow.model import Candidate, Outcome, Receipt
from formflow.store.entries import Draft
from formflow.store.store import Store

NOW = datetime(2026, 3, 5, 7, 30, tzinfo=UTC)
BOOKS = {
    "XKH": Book(series="XKH", number="XKH-{year}-{serial:04}"),
    "SC": Book(series="SC", number="收传〔{year}〕{serial}号"),
}
NAMES = st.sampled_from(sorted(BOOKS))
YEARS = st.sampled_from([2026, 2027])


class RegisterMachine(RuleBasedStateMachine):
    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.open(f"sqlite:///{self.folder}/f.db", self.folder / "originals")
        self.entered: dict[tuple[str, int], list[str]] = {}
        self.drafts: list[tuple[Draft, str, int, str]] = []
        self.voided: set[str] = set()
        self.files = 0

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    def draft(self, rows: int) -> list[Draft]:
        self.files += 1
        digest = self.store.objects.put_bytes(b"%d" % self.files)
        receipt = Receipt(at=NOW, name=f"{self.files}.docx")
        submission = self.store.submissions.receive(digest, 1, receipt)
        candidates = [Candidate(form="f", readings={}, row=row) for row in range(rows)]
        return [
            Draft(
                record=record,
                submission=submission.id,
                digest=digest,
                form="f",
                values={"row": row},
                findings=(),
                outcome=Outcome.ACCEPT,
                receipt=receipt,
            )
            for row, record in enumerate(self.store.records.put(submission.id, candidates, at=NOW))
        ]

    @rule(series=NAMES, year=YEARS, rows=st.integers(1, 5))
    def enter(self, series: str, year: int, rows: int) -> None:
        drafts = self.draft(rows)
        entries = self.store.register.enter(drafts, BOOKS[series], year=year, at=NOW)
        self.entered.setdefault((series, year), []).extend(entry.number for entry in entries)
        self.drafts += [(draft, series, year, e.number) for draft, e in zip(drafts, entries, strict=True)]

    @rule(series=NAMES, year=YEARS, rows=st.integers(1, 3))
    def fail_after_entering(self, series: str, year: int, rows: int) -> None:
        drafts = self.draft(rows)
        with pytest.raises(ZeroDivisionError), self.store.database.begin() as conn:
            self.store.register.enter(drafts, BOOKS[series], year=year, at=NOW, conn=conn)
            raise ZeroDivisionError

    @precondition(lambda self: self.drafts)
    @rule(data=st.data())
    def enter_again(self, data: st.DataObject) -> None:
        draft, series, year, number = data.draw(st.sampled_from(self.drafts))

        assert self.store.register.enter([draft], BOOKS[series], year=year, at=NOW)[0].number == number

    @precondition(lambda self: self.drafts)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        *_, number = data.draw(st.sampled_from(self.drafts))
        if number in self.voided:
            with pytest.raises(UsageError):
                self.store.register.void(number, reason="重复", by="张三", at=NOW)
        else:
            self.store.register.void(number, reason="重复", by="张三", at=NOW)
            self.voided.add(number)

    @invariant()
    def numbers_are_one_to_n_in_the_order_they_were_given(self) -> None:
        for (series, year), numbers in self.entered.items():
            lines = self.store.register.list(series=series, year=year, limit=10_000)
            assert [line.entry.serial for line in lines] == list(range(1, len(numbers) + 1))
            assert [line.entry.number for line in lines] == numbers
            assert {line.entry.number for line in lines if line.void} == self.voided & set(numbers)

    @invariant()
    def the_books_prove_whole(self) -> None:
        report = self.store.register.verify()

        assert report.ok, report.summary().english
        assert report.checked == sum(map(len, self.entered.values()))
        assert report.voids == len(self.voided)


TestRegister = RegisterMachine.TestCase
TestRegister.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
