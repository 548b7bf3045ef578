"""What the pipeline and the stores tell, as JSON.

`archive` is the folder of the archive as the settings name it: bags are told with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from formflow.contract.values import (
    Line,
    Say,
    entry_json,
    error_json,
    finding_json,
    reading_json,
    unclaimed_json,
)
from formflow.pipeline.corrections import readings_in

if TYPE_CHECKING:
    from pathlib import Path

    from formflow.errors import FormflowError, ReadError
    from formflow.model import Entry
    from formflow.pipeline.jobs.read import ReadRecord, ReadResult
    from formflow.pipeline.queues import EntryView, RecordView, WaitingFile
    from formflow.pipeline.reassessing import Reassessed
    from formflow.pipeline.rereading import Reread
    from formflow.pipeline.results import Result
    from formflow.store.aliases import Alias
    from formflow.store.assessments import Assessment
    from formflow.store.decisions import Decision
    from formflow.store.entries import Void
    from formflow.store.history import Batch
    from formflow.store.originals import Submission
    from formflow.store.records import SettledRecord
    from formflow.store.report import Report


def read_record_json(read: ReadRecord, say: Say, *, unclaimed: bool = False) -> Line:
    """A record as it was read, before rules and register."""
    left = [unclaimed_json(text) for text in read.candidate.unclaimed]
    return {
        "form": read.record.form,
        "values": dict(read.record.values),
        "sources": {field: reading_json(reading) for field, reading in read.record.sources.items()},
        "findings": [finding_json(finding, say) for finding in read.findings],
        **({"unclaimed": left} if unclaimed else {}),
    }


def read_file_json(
    file: Path,
    result: ReadResult | None,
    error: FormflowError | None,
    unread: Sequence[tuple[str, ReadError]],
    say: Say,
    *,
    unclaimed: bool = False,
) -> Line:
    """What a file holds; `members` only where files in it could not be read."""
    members = [{"name": name, "error": error_json(lost, say)} for name, lost in unread]
    records = [read_record_json(read, say, unclaimed=unclaimed) for read in result.items] if result else []
    return {
        "file": str(file),
        "media_type": result.media_type if result else None,
        "error": error_json(error, say),
        "records": records,
        **({"members": members} if members else {}),
    }


def settled_record_json(record: SettledRecord, say: Say, archive: str) -> Line:
    """What became of a record."""
    return {
        "form": record.form,
        "number": record.number,
        "outcome": record.outcome.value if record.outcome else None,
        "findings": [finding_json(finding, say) for finding in record.findings],
        "archive": f"{archive}/{record.archive}" if record.archive else None,
        "record": record.id,
        "state": record.state.value,
    }


def file_json(
    file: str,
    submission: Submission | None,
    status: str,
    error: FormflowError | None,
    result: Result | None,
    say: Say,
    archive: str,
) -> Line:
    """What became of a file that was handed in."""
    return {
        "file": file,
        "submission": submission.id if submission else None,
        "status": status,
        "error": error_json(error, say),
        "records": [settled_record_json(record, say, archive) for record in result.records] if result else [],
    }


def reread_json(done: Reread, say: Say, archive: str) -> Line:
    """What became of a file that was to be read anew."""
    return {
        "submission": done.result.submission.id,
        "file": done.result.submission.receipt.name,
        "status": done.result.status,
        "before": done.before,
        "after": done.after,
        "changed": [
            {"record": one.record, "field": one.field, "before": one.before, "after": one.after}
            for one in done.changed
        ],
        "kept": error_json(done.kept, say),
        "records": [settled_record_json(record, say, archive) for record in done.result.records],
    }


def record_json(view: RecordView, say: Say) -> Line:
    """A record that waits, or waited, for a person."""
    record = view.record
    return {
        "record": record.id,
        "submission": record.submission,
        "file": view.receipt.name,
        "form": record.form,
        "state": record.state.value,
        "number": record.number,
        "position": record.candidate.position,
        "texts": {name: reading.text for name, reading in readings_in(record.candidate)},
        "corrections": dict(view.corrections),
        "findings": [finding_json(finding, say) for finding in record.findings],
    }


def waiting_file_json(waiting: WaitingFile) -> Line:
    """A file that waits and holds no record; `unfilled` and `papers` only where there are any."""
    return {
        "record": waiting.submission.id,
        "file": waiting.submission.receipt.name,
        "form": None,
        "waits": waiting.submission.error_code,
        "findings": [],
        **({"unfilled": list(waiting.unfilled)} if waiting.unfilled else {}),
        **({"papers": list(waiting.papers)} if waiting.papers else {}),
    }


def listed_json(entry: Entry, void: Void | None, say: Say) -> Line:
    """A line of the register."""
    return entry_json(entry, say, _annulled(void) if void else None)


def entry_view_json(view: EntryView, say: Say, archive: str) -> Line:
    """An entry whole: with its archive copies, decisions and later assessments."""
    return {
        **listed_json(view.entry, view.void, say),
        "archive": [f"{archive}/{mark.path}" for mark in view.marks],
        "decisions": [decision_json(decision) for decision in view.decisions],
        "assessments": [assessment_json(one, say) for one in view.assessments],
    }


def decision_json(decision: Decision) -> Line:
    """What one step of an approval decided."""
    return {
        "role": decision.role,
        "decision": decision.decision,
        "by": decision.by,
        "at": decision.at.isoformat(),
        "comment": decision.comment,
    }


def assessment_json(assessment: Assessment, say: Say) -> Line:
    """What the rules said of an entry later."""
    return {
        "outcome": assessment.outcome.value,
        "because": assessment.because,
        "by": assessment.by,
        "at": assessment.at.isoformat(),
        "findings": [finding_json(finding, say) for finding in assessment.findings],
    }


def reassessed_json(changed: Reassessed, say: Say) -> Line:
    """An entry that was judged anew and of which the rules now say something else."""
    return {
        "number": changed.number,
        "before": changed.before.value,
        "after": changed.after.value,
        "findings": [finding_json(finding, say) for finding in changed.findings],
    }


def void_json(void: Void) -> Line:
    """How an entry became void."""
    return {"number": void.number, **_annulled(void)}


def _annulled(void: Void) -> Line:
    return {"reason": void.reason, "by": void.by, "at": void.at.isoformat()}


def alias_json(alias: Alias) -> Line:
    """A label that was learned."""
    return {
        "form": alias.form,
        "field": alias.field,
        "label": alias.label,
        "by": alias.by,
        "at": alias.at.isoformat(),
    }


def batch_json(batch: Batch) -> Line:
    """A list of past transactions that was loaded."""
    return {
        "file": batch.name,
        "rows": batch.rows,
        "from": batch.covers_from.isoformat(),
        "to": batch.covers_to.isoformat(),
        "at": batch.imported_at.isoformat(),
    }


def verification_json(report: Report, say: Say) -> Line:
    """What a verification found."""
    return {
        "subject": report.subject,
        "ok": report.ok,
        "checked": report.checked,
        "voids": report.voids,
        "unmade": report.unmade,
        "problems": [{"code": p.code, "subject": p.subject, "message": say(p.said)} for p in report.problems],
        "more": report.more,
        "head": report.head,
    }
