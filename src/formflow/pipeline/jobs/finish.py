"""The finishing job: the bag of an entry with its stamped copy and documents, in a worker process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.errors import FormflowError
from formflow.model import Document, Entry, Reading
from formflow.store.archives import REGISTERED

# What makes files is imported where the job runs: the parent, which only describes jobs, never needs it.
if TYPE_CHECKING:
    from formflow.archive.closing import Archived, Plan
    from formflow.archive.shared import Shared
    from formflow.documents.stamps.stamp import StampCells
    from formflow.documents.templates.dealings import TradeHistory
    from formflow.forms.spec import Form
    from formflow.pipeline.jobs.worker_context import WorkerContext
    from formflow.readers.sniff import Kind
    from formflow.settings import Settings
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
        original: The bytes received, or the bag that holds them for several entries.
        event: `registered`, or `approved`, `rejected`, `returned` after the last decision.
        decisions: What the steps of the approval decided so far.
        history: The customer's transactions as the rules count them, for a form whose approval shows them.
        applied: Ids of the rules that applied; None: nobody has looked.
        due_on: For an entry that goes back: the day by which it is to be completed.
        chain: Hash of the audit line that the files tell of: whoever holds them can prove that the chain still has it.
        recognised: What was recognised on a scan, so that its copy can be searched; None for a digital file.
    """

    entry: Entry
    original: Path | Shared
    sources: Mapping[str, Reading] = field(default_factory=dict)
    event: str = REGISTERED
    decisions: tuple[Decision, ...] = ()
    history: TradeHistory | None = None
    applied: frozenset[str] | None = None
    due_on: date | None = None
    chain: str = ""
    recognised: Document | None = None

    def run(self, worker_context: WorkerContext) -> FinishResult:
        """In the worker.

        Raises:
            IntegrityError: The original is not what the entry was read from.
            StoreError: The disk is full or refuses.
            TemplateError: A template does not fit its form.
        """
        from formflow.archive.closing import close_bag

        return self.told(close_bag(worker_context.settings.folder("archive"), self.plan(worker_context)))

    def plan(self, worker_context: WorkerContext) -> Plan:
        """The bag that is to be made. Raises `TemplateError` as `run`."""
        from formflow.archive.copies import plan, plan_event
        from formflow.archive.number import archive_no

        form = worker_context.forms[self.entry.form]
        settings = worker_context.settings
        number = archive_no(self.entry, form.register, fonds=settings.fonds, office=settings.organisation)
        documents = self._documents(form, worker_context, number)
        root = settings.folder("archive")
        organisation = " ".join(filter(None, (settings.company, settings.department)))
        if self.event == REGISTERED:
            return plan(
                root,
                self.entry,
                archive_no=number,
                original=self.original,
                copy=self._copy(form, worker_context),
                documents=documents,
                sources=self.sources,
                title=form.title,
                organisation=organisation,
                rendition=_rendition(worker_context.settings),
                chain=self.chain,
            )
        return plan_event(
            root,
            self.entry,
            self.event,
            documents,
            archive_no=number,
            title=form.title,
            organisation=organisation,
        )

    def told(self, made: Archived) -> FinishResult:
        """What the archive mark of the bag will say."""
        return FinishResult(number=self.entry.number, event=self.event, path=made.path, seal=made.seal)

    def _documents(self, form: Form, worker_context: WorkerContext, number: str) -> dict[str, bytes]:
        """The documents that the form names for the event, by file name."""
        from formflow.documents.templates.context import Facts
        from formflow.documents.templates.opinions import Opinion
        from formflow.documents.templates.render import render_document, title_of
        from formflow.documents.templates.signature_pictures import signature_pictures

        opinions = tuple(
            Opinion(
                role=decision.role,
                decision=str(decision.decision),
                by=decision.by,
                on=decision.at.date(),
                opinion=decision.comment,
            )
            for decision in self.decisions
        )
        issued_on = self.decisions[-1].at.date() if self.decisions else None
        facts = Facts(
            archive_no=number,
            opinions=opinions,
            history=self.history,
            issued_on=issued_on,
            applied=self.applied,
            due_on=self.due_on,
            chain=self.chain,
            signatures=signature_pictures(
                worker_context.settings.folder("signatures"), {one.by for one in opinions}
            ),
        )
        folder = worker_context.settings.folder("templates")
        dropped: list[str] = []
        documents: dict[str, bytes] = {}
        for name in self._called_for(form, worker_context):
            content = render_document(
                folder / name, self.entry, form, worker_context.settings, facts=facts, dropped=dropped
            )
            title = f"{self.entry.number}-{title_of(content) or Path(name).stem}.docx"
            documents[title if title not in documents else f"{self.entry.number}-{name}"] = content
        if dropped:
            told = "".join(f"{text}\n" for text in dict.fromkeys(dropped))
            note = f"下列内容中的控制字符已略去 Control characters were left out of：\n{told}"
            documents["说明.txt"] = note.encode("utf-8", "replace")
        return documents

    def _called_for(self, form: Form, worker_context: WorkerContext) -> tuple[str, ...]:
        """The templates that the form names for the event, without those whose condition does not hold."""
        named = tuple(form.documents.get(self.event, ()))
        if not any(name in form.conditions for name in named):
            return named
        from formflow.model import Record
        from formflow.rules.calendar import open_calendar
        from formflow.rules.documents import documents_for
        from formflow.rules.facts import Facts

        entry = self.entry
        facts = Facts(
            receipt=entry.receipt,
            # The office's day of registration: the same entry calls for the same documents whenever they are made.
            today=entry.registered_at.date(),
            calendar=open_calendar(worker_context.settings),
            record=entry.record,
        )
        return documents_for(self.event, Record(form=entry.form, values=entry.values), form, facts)

    def _copy(self, form: Form, worker_context: WorkerContext) -> tuple[bytes, str] | None:
        """The copy that shows the number, and its suffix; None for a file that cannot show one, or that is shared."""
        from formflow.documents.stamps.stamp import stamp

        if not isinstance(self.original, Path):
            return None
        data, kind = searchable(self.original.read_bytes(), self.recognised, self.entry)
        made = stamp(
            data, kind, number=self.entry.number, cells=stamp_cells(self.entry, form, worker_context.settings)
        )
        return (made.data, made.suffix) if made.stamped else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishManyJob:
    """Make the files of many entries that refer to one shared bag, durable together."""

    jobs: tuple[FinishJob, ...]

    def run(self, worker_context: WorkerContext) -> tuple[FinishResult | FormflowError, ...]:
        """In the worker; what keeps one bag from being made stands in its place."""
        from formflow.archive.closing import close_bags

        plans: list[Plan] = []
        failed: dict[int, FormflowError] = {}
        for index, job in enumerate(self.jobs):
            try:
                plans.append(job.plan(worker_context))
            except FormflowError as error:
                failed[index] = error
        made = iter(close_bags(worker_context.settings.folder("archive"), plans))
        outcomes: list[FinishResult | FormflowError] = []
        for index, job in enumerate(self.jobs):
            outcome = failed[index] if index in failed else next(made)
            outcomes.append(outcome if isinstance(outcome, FormflowError) else job.told(outcome))
        return tuple(outcomes)


def stamp_cells(entry: Entry, form: Form, settings: Settings) -> StampCells | None:
    """What the 归档章 of an entry says; None for an office that only wants the number."""
    from formflow.documents.stamps.stamp import StampCells
    from formflow.documents.templates.context import RETENTIONS

    if settings.stamp != "archive":
        return None
    return StampCells(
        fonds=settings.fonds,
        year=str(entry.year),
        item=f"{entry.serial:04}",
        office=settings.organisation,
        retention=RETENTIONS.get(form.register.retention, form.register.retention),
    )


def searchable(data: bytes, recognised: Document | None, entry: Entry) -> tuple[bytes, Kind]:
    """A scan as a PDF with its text; anything else, and a scan that no PDF can be made of, as it is; and its kind."""
    from formflow.readers.sniff import Kind, sniff

    kind = sniff(data)
    if recognised is None or kind not in (Kind.IMAGE, Kind.PDF):
        return data, kind
    from formflow.documents.searchable import searchable_image, searchable_pdf

    try:
        if kind is Kind.PDF:
            return searchable_pdf(data, recognised), kind
        return searchable_image(data, recognised, at=entry.registered_at), Kind.PDF
    except (ImportError, ValueError, FormflowError):
        return data, kind


def _rendition(settings: Settings) -> str:
    """What a bag says of its PDF/A rendition, which is made later in a bag beside it."""
    from formflow.office.program import find_soffice

    if settings.renditions == "off":
        return "none, switched off in formflow.toml"
    if find_soffice() is None:
        return "none, LibreOffice is not installed"
    return "PDF/A-2b, in the bag .rendition beside this one"
