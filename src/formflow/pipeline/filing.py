"""The files of entries: made after the entry stands, marked once they are durable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from formflow.archive.names import safe_name
from formflow.errors import CalendarError, FormflowError, StoreError
from formflow.forms.schema import validate
from formflow.messages import pipeline as messages
from formflow.model import Entry, Record, RecordState
from formflow.pipeline.context import Context
from formflow.pipeline.corrections import corrected, is_accepted
from formflow.pipeline.evidence import applied_to, history_of
from formflow.pipeline.jobs.finish import FinishJob, FinishManyJob
from formflow.pipeline.jobs.notify import EVENT as BACK
from formflow.pipeline.jobs.notify import NoticeJob, write_durably
from formflow.pipeline.sharing import shared_by
from formflow.readers.scanned import READER as SCAN
from formflow.store.archives import REGISTERED, ArchiveMark

if TYPE_CHECKING:
    from concurrent.futures import Future

    from formflow.archive.shared import Shared
    from formflow.pipeline.jobs.finish import FinishResult
    from formflow.pipeline.jobs.read import ReadRecord
    from formflow.pipeline.settling import Settlement
    from formflow.rules.calendar import Calendar
    from formflow.store.originals import Submission

AT_ONCE = 256
"""Bags handed out before the first is waited for: a log of ten thousand rows must not fill the pipes."""
TOGETHER = 64
"""Bags of a log's rows made by one job."""


@dataclass(frozen=True, slots=True)
class Filed:
    """Bags that are whole: folder below the archive by number, and marks still to be written."""

    paths: Mapping[str, str]
    marks: tuple[ArchiveMark, ...] = ()


def file_entries(
    numbers: Sequence[str],
    context: Context,
    entries: Mapping[str, Entry],
    judged: Mapping[str, ReadRecord],
) -> Filed:
    """Make what is not yet marked.

    Every bag that can be made is made and marked before the first failure is raised.

    Returns:
        Folders below the archive, and the marks of the last batch, which go into the transaction that ends
        the submission: one commit less for every form.
    Raises:
        FormflowError: A bag could not be made; the entry stands and the sweep tries again.
    """
    wanted = _entries(numbers, entries, context)
    paths = _standing(wanted, context, judged)
    wanted = [entry for entry in wanted if entry.number not in paths]
    marks: list[ArchiveMark] = []
    failure: FormflowError | None = None
    shared: dict[str, Shared | FormflowError] = {}
    for submission in dict.fromkeys(entry.submission for entry in wanted):
        shared |= shared_by([entry for entry in wanted if entry.submission == submission], context)
    for start in range(0, len(wanted), AT_ONCE):
        jobs: list[FinishJob] = []
        batch = wanted[start : start + AT_ONCE]
        chains = context.store.audit.hashes("entered", [entry.number for entry in batch])
        for entry in batch:
            held = shared.get(entry.number)
            if isinstance(held, FormflowError):
                failure = failure or held
                continue
            jobs.append(_job(entry, held, chains.get(entry.number, ""), context, judged))
        futures = _handed_out(jobs, context)
        _mark(marks, context)
        marks = []
        for made in _outcomes(futures):
            if isinstance(made, FormflowError):
                failure = failure or made
                continue
            paths[made.number] = made.path
            marks.append(mark_of(made, context))
    if failure is not None:
        _mark(marks, context)
        raise failure
    return Filed(paths, tuple(marks))


def _handed_out(
    jobs: Sequence[FinishJob], context: Context
) -> list[Future[FinishResult] | Future[tuple[FinishResult | FormflowError, ...]]]:
    """Bags with files of their own one by one, those that refer to a shared bag many at a time."""
    light = [job for job in jobs if not isinstance(job.original, Path)]
    futures: list[Future[FinishResult] | Future[tuple[FinishResult | FormflowError, ...]]] = [
        context.workers.finish(job) for job in jobs if isinstance(job.original, Path)
    ]
    for start in range(0, len(light), TOGETHER):
        many = FinishManyJob(jobs=tuple(light[start : start + TOGETHER]))
        futures.append(context.workers.finish_many(many))
    return futures


def _outcomes(
    futures: Sequence[Future[FinishResult] | Future[tuple[FinishResult | FormflowError, ...]]],
) -> Iterator[FinishResult | FormflowError]:
    for future in futures:
        try:
            made = future.result()
        except FormflowError as error:
            yield error
            continue
        if isinstance(made, tuple):
            yield from made
        else:
            yield made


def mark_of(made: FinishResult, context: Context) -> ArchiveMark:
    """The mark that says a bag is whole and durable."""
    return ArchiveMark(
        number=made.number, event=made.event, path=made.path, manifest=made.seal, at=context.clock()
    )


def file_unmade(context: Context) -> None:
    """Make and mark every bag that is missing."""
    numbers = context.store.archives.unmade()
    if numbers:
        _mark(file_entries(numbers, context, {}, {}).marks, context)


def _mark(marks: Sequence[ArchiveMark], context: Context) -> None:
    if marks:
        with context.write_order.turn(""), context.store.database.begin() as conn:
            context.store.archives.mark(marks, conn=conn)


def _entries(numbers: Sequence[str], at_hand: Mapping[str, Entry], context: Context) -> list[Entry]:
    known = {**context.store.register.several([n for n in numbers if n not in at_hand]), **at_hand}
    for number in numbers:
        if number not in known:
            raise StoreError(messages.NO_ENTRY(number=number), code="no-such-number")
    return [known[number] for number in numbers]


def _standing(entries: Sequence[Entry], context: Context, judged: Mapping[str, ReadRecord]) -> dict[str, str]:
    """Where the bags lie that are marked already, by number; those just judged have none."""
    earlier = [entry.number for entry in entries if entry.record not in judged]
    marks = context.store.archives.marks(earlier)
    return {number: found[0].path for number, found in marks.items()}


def _job(
    entry: Entry, shared: Shared | None, chain: str, context: Context, judged: Mapping[str, ReadRecord]
) -> FinishJob:
    """The job that makes an entry's bag."""
    store = context.store
    fresh = judged.get(entry.record)
    record = fresh.record if fresh is not None else record_of(entry, context)
    return FinishJob(
        entry=entry,
        original=shared or store.objects.path(entry.digest),
        sources=record.sources if record else {},
        **_evidence(entry, record, REGISTERED, context),
        chain=chain,
        recognised=None if shared else store.readings.get(entry.digest, SCAN),
    )


def _evidence(entry: Entry, record: Record | None, event: str, context: Context) -> dict[str, Any]:
    """What the documents of an event say of the rules; nothing where there is no document."""
    if record is None or not context.forms[entry.form].documents.get(event):
        return {}
    own = replace(record, values=entry.values)
    assessed = context.store.assessments.of(entry.number) if event != REGISTERED else ()
    at = assessed[-1].at if assessed else entry.registered_at
    return {"applied": applied_to(entry, own, context, at=at), "history": history_of(entry, own, context)}


def record_of(entry: Entry, context: Context) -> Record | None:
    """The record an entry was made of, told again from the stores."""
    stored = context.store.records.get(entry.record)
    if stored is None:
        return None
    form = context.forms[entry.form]
    reviews = context.store.reviews.of(stored.id)
    return validate(corrected(stored.candidate, reviews, form), form, as_written=is_accepted(reviews))[0]


def write_notices(submission: Submission, settlement: Settlement, context: Context) -> list[str]:
    """Write a notice for every record that goes back; where they lie.

    They lie in the folder `returned`, named after the file; the id keeps files of one name apart.
    """
    home = context.settings.folder("returned") / submission.receipt.folder
    back = [
        settlement.judged[record.id]
        for record in settlement.records
        if record.state is RecordState.RETURNED and record.id in settlement.judged
    ]
    futures = []
    today = context.clock().date()
    for index, judged in enumerate(back):
        suffix = f"-{index + 1}" if len(back) > 1 else ""
        stem = submission.receipt.name.rpartition(".")[0] or submission.receipt.name
        futures.append(
            context.workers.notify(
                NoticeJob(
                    record=judged.record,
                    findings=judged.findings,
                    receipt=submission.receipt,
                    target=home / safe_name(f"{stem}{suffix}.补正通知书-{submission.id[-4:]}"),
                    issued_on=today,
                    due_on=due_on(today, context.settings.complete_days, context.calendar),
                    reference=f"{submission.id}{suffix}",
                )
            )
        )
    return [path for future in futures for path in future.result()]


def due_on(issued: date, days: int, calendar: Calendar) -> date | None:
    """The day by which a form that goes back is to be completed, moved off days off; None where the office sets none.

    Args:
        days: How long its sender has (`complete_days` of the settings).
    """
    if days <= 0:
        return None
    last = issued + timedelta(days=days)
    try:
        return calendar.working_day_from(last)
    except CalendarError:
        return last


def file_event(entry: Entry, event: str, context: Context) -> str | None:
    """Make the documents of an approval that has ended; None where the form names none.

    Raises:
        FormflowError: They could not be made; the decision stands and the sweep tries again.
    """
    if not context.forms[entry.form].documents.get(event):
        return None
    entry = context.store.assessments.as_it_stands(entry)
    decisions = context.store.decisions.of(entry.number)
    job = FinishJob(
        entry=entry,
        original=context.store.objects.path(entry.digest),
        event=event,
        decisions=decisions,
        due_on=due_on(decisions[-1].at.date(), context.settings.complete_days, context.calendar)
        if decisions
        else None,
        **_evidence(entry, record_of(entry, context), event, context),
        chain=context.store.audit.hashes("decided", [entry.number]).get(entry.number, ""),
    )
    made = context.workers.finish(job).result()
    if event == BACK:
        _hand_back(entry, made.path, context)
    _mark([mark_of(made, context)], context)
    return made.path


def _hand_back(entry: Entry, path: str, context: Context) -> None:
    """Lay the notices of an entry that an approver sent back where its sender finds them, as those of other forms.

    Raises:
        StoreError: The disk is full or refuses.
    """
    home = context.settings.folder("returned") / entry.receipt.folder
    try:
        for notice in sorted(
            (context.settings.folder("archive") / path / "data" / "documents").glob("*.docx")
        ):
            write_durably(home / notice.name, notice.read_bytes())
    except OSError as error:
        raise StoreError(
            messages.NOTICES_NOT_WRITABLE(home=home, error=error),
            code="unreachable",
            remedy=messages.CHECK_DISK_AND_PERMISSIONS(),
        ) from error
