"""The finishing job: the bag of an entry with its stamped copy and documents, in a worker process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.model import Entry, Reading
from formflow.store.archives import REGISTERED

# What makes files is imported where the job runs: the parent, which only describes jobs, never needs it.
if TYPE_CHECKING:
    from formflow.documents.context import TradeHistory
    from formflow.forms.spec import Form
    from formflow.pipeline.bench import Bench
    from formflow.store.decisions import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishResult:
    """A bag that is whole and durable: what its archive mark will say."""

    number: str
    event: str
    path: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishJob:
    """Make the files of an entry for an event.

    Attributes:
        original: The bytes received.
        event: `registered`, or `approved`, `rejected`, `returned` after the last decision.
        row: For a log: the row of the file that the entry stands in, from 1.
        decisions: What the steps of the approval decided so far.
        history: The customer's transactions, for a form whose approval shows them.
    """

    entry: Entry
    original: Path
    sources: Mapping[str, Reading] = field(default_factory=dict)
    row: int | None = None
    event: str = REGISTERED
    decisions: tuple[Decision, ...] = ()
    history: TradeHistory | None = None

    def run(self, bench: Bench) -> FinishResult:
        """In the worker.

        Raises:
            IntegrityError: The original is not what the entry was read from.
            StoreError: The disk is full or refuses.
            TemplateError: A template does not fit its form.
        """
        from formflow.archive.copies import build, build_event
        from formflow.archive.number import archive_no

        form = bench.forms[self.entry.form]
        settings = bench.settings
        number = archive_no(self.entry, form.register, fonds=settings.fonds, office=settings.organisation)
        documents = self._documents(form, bench, number)
        root = settings.folder("archive")
        organisation = " ".join(filter(None, (settings.company, settings.department)))
        if self.event == REGISTERED:
            made = build(
                root,
                self.entry,
                archive_no=number,
                original=self.original,
                copy=self._copy(form, bench),
                documents=documents,
                sources=self.sources,
                title=form.title,
                organisation=organisation,
            )
        else:
            made = build_event(
                root,
                self.entry,
                self.event,
                documents,
                archive_no=number,
                title=form.title,
                organisation=organisation,
            )
        return FinishResult(number=self.entry.number, event=self.event, path=made.path, seal=made.seal)

    def _documents(self, form: Form, bench: Bench, number: str) -> dict[str, bytes]:
        """The documents that the form names for the event, by file name."""
        from formflow.documents.context import Facts, Opinion
        from formflow.documents.render import render_document

        opinions = tuple(
            Opinion(
                role=decision.role,
                decision=decision.decision,
                by=decision.by,
                on=decision.at.date(),
                opinion=decision.comment,
            )
            for decision in self.decisions
        )
        issued_on = self.decisions[-1].at.date() if self.decisions else None
        facts = Facts(archive_no=number, opinions=opinions, history=self.history, issued_on=issued_on)
        folder = bench.settings.folder("templates")
        return {
            f"{self.entry.number}-{name}": render_document(
                folder / name, self.entry, form, bench.settings, facts=facts
            )
            for name in form.documents.get(self.event, ())
        }

    def _copy(self, form: Form, bench: Bench) -> tuple[bytes, str] | None:
        """The copy that shows the number, and its suffix; None for a file that cannot show one."""
        from formflow.documents.context import RETENTIONS
        from formflow.documents.stamp import StampCells, stamp
        from formflow.readers.sniff import sniff

        data = self.original.read_bytes()
        cells = StampCells(
            fonds=bench.settings.fonds,
            year=str(self.entry.year),
            item=f"{self.entry.serial:04}",
            office=bench.settings.organisation,
            retention=RETENTIONS.get(form.register.retention, form.register.retention),
        )
        made = stamp(data, sniff(data), number=self.entry.number, cells=cells, row=self.row)
        return (made.data, made.suffix) if made.stamped else None
