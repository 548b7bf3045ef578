"""`advance()`: the one function that moves a submission on.

It looks at what the stores hold and does the next thing; doing it twice does it once. Effects come in one
order, original → entry → files, so that a crash anywhere leaves work to redo and never a gap or a loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from formflow.errors import FormflowError, MachineError, NotFound, ReadError, StoreError
from formflow.forms.schema import validate
from formflow.messages import pipeline as messages
from formflow.model import Candidate, RecordState
from formflow.pipeline.container_members import failure_of, take_members
from formflow.pipeline.context import Context
from formflow.pipeline.corrections import corrected, is_accepted
from formflow.pipeline.filing import file_entries, write_notices
from formflow.pipeline.jobs.read import ReadJob, ReadRecord, ReadResult
from formflow.pipeline.learning import learned_labels
from formflow.pipeline.quarantine import clear, set_aside
from formflow.pipeline.results import NO_FORM, UNFILLED, Result, result_of, with_archives
from formflow.pipeline.settling import FINAL, Settlement, settle
from formflow.pipeline.signed_documents import seen_on
from formflow.readers.containers.unpack import NeedsUnpacking
from formflow.store.archives import ArchiveMark
from formflow.store.originals import Submission, SubmissionState

if TYPE_CHECKING:
    from formflow.store.records import StoredRecord


MOST_ATTEMPTS = 5
"""How often the workers that read a file may all be killed before the file is refused after all."""


def advance(submission_id: str, context: Context, *, hint: str | None = None) -> Result:
    """Move a submission on as far as it goes without a person.

    Args:
        hint: Id of the form that a person says it is; default: what was said at receipt.
    Raises:
        UsageError: There is no such submission.
        StoreError: Disk or database refuse; the submission stays as it is and can be advanced again.
        FormflowError: Files of an entry could not be made; the entry stands and the sweep tries again.
    """
    with context.store.database.read() as conn:
        submission = context.store.submissions.get(submission_id, conn=conn)
        held = context.store.records.of(submission_id, conn=conn)
    if submission is None:
        raise NotFound(messages.NO_SUBMISSION(submission_id=submission_id), code="no-such-submission")
    if submission.state is not SubmissionState.RECEIVED:
        return result_of(submission, context.store)
    reading: ReadResult | None = None
    if held:
        items = _again(held, context)
    else:
        try:
            reading = read_original(submission, context, hint)
        except NeedsUnpacking:
            return _unfold(submission, context)
        except MachineError as error:
            return _fail(submission, _worn_out(submission, error, context), context)
        except ReadError as error:
            return _fail(submission, error, context)
        if reading.papers:
            code, detail = seen_on(reading.papers, context)
            return _close(submission, SubmissionState.REVIEW, context, error_code=code, error_detail=detail)
        items = reading.items
        if not items:
            return _close(
                submission,
                SubmissionState.REVIEW,
                context,
                error_code=UNFILLED if reading.unfilled else NO_FORM,
                error_detail=" ".join(reading.unfilled) or None,
            )
    settlement = settle(submission, items, reading, context)
    if settlement is None:  # another process was faster
        return advance(submission_id, context)
    return _finish(submission, settlement, context)


def read_original(submission: Submission, context: Context, hint: str | None) -> ReadResult:
    """Read the kept original of a submission.

    Raises:
        NeedsUnpacking: It holds other files.
        MachineError: The machine lets no work be done.
        StoreError: The kept original cannot be read.
        ReadError: The file cannot be read.
    """
    job = ReadJob(
        path=context.store.objects.path(submission.digest),
        name=submission.receipt.name,
        hint=hint or submission.hint,
        ordered=hint is not None or _is_order(submission),
        keep=True,
        received=submission.receipt.at.strftime("%Y-%m-%dT%H:%M"),
        learned=learned_labels(context.store),
    )
    try:
        return context.workers.read(job).result()
    except ReadError as error:
        if error.code != "unreadable":
            raise
        # The kept original, that is, and no longer the file that somebody handed in.
        raise StoreError(
            messages.ORIGINAL_UNREADABLE(detail=error.detail),
            code="unreachable",
            remedy=messages.CHECK_DISK_AND_RIGHTS(),
        ) from error


def _worn_out(submission: Submission, error: MachineError, context: Context) -> ReadError:
    """A reading that was killed once too often: then the file is refused, since it may be the cause.

    Raises:
        MachineError: It has not been that often, or no worker was killed over it; the submission stays received.
    """
    if error.code != "killed":
        raise error
    with context.write_order.turn(submission.id), context.store.database.begin() as conn:
        attempts = context.store.submissions.count_killed(submission.id, conn=conn)
    if attempts % MOST_ATTEMPTS:
        raise error
    return ReadError("crashed", error.message.english)


def _is_order(submission: Submission) -> bool:
    """Whether somebody has said which form it is, rather than that it lay in the folder of one."""
    return submission.hint is not None and submission.hint not in submission.receipt.folder.split("/")


def _unfold(submission: Submission, context: Context) -> Result:
    """A container: its files are taken in, it rests, and each of them is moved on by itself.

    It has failed only where it cannot be opened, or holds what nobody can take out of it.
    """
    try:
        taken = take_members(submission, context)
    except MachineError as error:
        return _fail(submission, _worn_out(submission, error, context), context)
    except ReadError as error:
        return _fail(submission, error, context)
    if taken.lost:
        closed = _fail(submission, failure_of(taken.lost), context)
    elif taken.submissions:
        closed = _close(submission, SubmissionState.DONE, context, read_back=False)
        _clear(submission, context)
    else:
        return _close(submission, SubmissionState.REVIEW, context, error_code=NO_FORM)
    return replace(
        closed, members=tuple((name, _advance_member(member, context)) for name, member in taken.submissions)
    )


def _advance_member(member: Submission, context: Context) -> Result:
    """Move a member on; files of its entry that could not be made do not keep the others waiting."""
    try:
        return advance(member.id, context)
    except StoreError:
        raise
    except FormflowError as error:
        return replace(result_of(member, context.store), error=error)


def _again(held: tuple[StoredRecord, ...], context: Context) -> tuple[ReadRecord, ...]:
    """Records that were read before, with what persons have corrected since."""
    items = []
    said = context.store.reviews.of_submission(held[0].submission)
    for record in held:
        form = context.forms[record.form]
        reviews = said.get(record.id, ())
        candidate: Candidate = corrected(record.candidate, reviews, form) if reviews else record.candidate
        if record.state in FINAL:
            candidate = record.candidate
        validated, findings = validate(candidate, form, as_written=is_accepted(reviews))
        items.append(ReadRecord(candidate, validated, findings))
    return tuple(items)


def _fail(submission: Submission, error: ReadError, context: Context) -> Result:
    """Set the file aside where people see it, then say so in the database."""
    if submission.receipt.way == "inbox":
        set_aside(
            context.settings.folder("inbox"),
            context.store.objects.path(submission.digest),
            submission.receipt.name,
            submission.receipt.folder,
            error,
            at=context.clock(),
        )
    return _close(
        submission, SubmissionState.FAILED, context, error_code=error.code, error_detail=error.detail
    )


def set_aside_again(result: Result, name: str, folder: str, context: Context) -> None:
    """The same unreadable bytes came under another name: that name gets its reason too."""
    receipt = result.submission.receipt
    if isinstance(result.error, ReadError) and (name, folder) != (receipt.name, receipt.folder):
        set_aside(
            context.settings.folder("inbox"),
            context.store.objects.path(result.submission.digest),
            name,
            folder,
            result.error,
            at=context.clock(),
        )


def _finish(submission: Submission, settlement: Settlement, context: Context) -> Result:
    """Make the files of what was settled, then let the submission rest."""
    numbers = [record.number for record in settlement.records if record.state is RecordState.REGISTERED]
    filed = file_entries(
        [number for number in numbers if number], context, settlement.entries, settlement.judged
    )
    write_notices(submission, settlement, context)
    _clear(submission, context)
    result = _close(submission, settlement.state, context, marks=filed.marks, read_back=False)
    return replace(result, records=with_archives(settlement.records, filed.paths))


def _clear(submission: Submission, context: Context) -> None:
    """What has been read is no longer in quarantine."""
    if submission.receipt.way == "inbox":
        clear(
            context.settings.folder("inbox"),
            context.store.objects.path(submission.digest),
            submission.receipt.name,
            submission.receipt.folder,
        )


def _close(
    submission: Submission,
    state: SubmissionState,
    context: Context,
    *,
    error_code: str | None = None,
    error_detail: str | None = None,
    marks: Sequence[ArchiveMark] = (),
    read_back: bool = True,
) -> Result:
    with context.write_order.turn(submission.id), context.store.database.begin() as conn:
        context.store.archives.mark(marks, conn=conn)
        context.store.submissions.set_state(
            submission.id,
            state,
            at=context.clock(),
            error_code=error_code,
            error_detail=error_detail,
            conn=conn,
        )
    closed = replace(submission, state=state, error_code=error_code, error_detail=error_detail)
    if read_back:
        return result_of(closed, context.store)
    return Result(submission=closed, status=state.value)
