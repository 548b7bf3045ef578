"""Signed papers that come back: held for a person, then linked to their entry; they never take a number.

What waits is the submission itself, with what was seen on the paper as its detail. A person who confirms it closes a
bag beside the entry's own, `SERIAL.signed-SUBMISSION/`, with the scan and what was seen; its archive mark is the link.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from formflow.archive.copies import build_event
from formflow.archive.number import archive_no
from formflow.errors import NotFound
from formflow.messages import pipeline as messages
from formflow.model import Entry
from formflow.pipeline.context import Context
from formflow.pipeline.results import RETURNED_PAPER, UNKNOWN_PAPER
from formflow.store import audit
from formflow.store.archives import SIGNED, ArchiveMark
from formflow.store.originals import Submission, SubmissionState

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from formflow.approvals.signed_documents import ReturnedPaper


def seen_on(papers: Sequence[ReturnedPaper], context: Context) -> tuple[str, str]:
    """Code and detail with which a submission of papers waits.

    Returns:
        The code, and the detail as JSON: a list of `number` (None where there is no such entry), `code`, `pages`
        and `places` (`label`, `inked`, `text`, `part`, `seal`).
    """
    told = []
    for paper in papers:
        entry = _entry_of(paper, context)
        told.append(
            {
                "number": entry.number if entry else None,
                "code": str(paper.code),
                "pages": list(paper.parts),
                "places": [asdict(place) for place in paper.places],
            }
        )
    known = all(paper["number"] for paper in told)
    return RETURNED_PAPER if known else UNKNOWN_PAPER, json.dumps(told, ensure_ascii=False)


def waiting_papers(submission: Submission) -> list[dict[str, Any]]:
    """What was seen on the papers of a submission; empty where it is none."""
    if submission.error_code not in (RETURNED_PAPER, UNKNOWN_PAPER):
        return []
    return list(json.loads(submission.error_detail or "[]"))


def confirm_paper(submission_id: str, context: Context, *, by: str, why: str = "") -> list[str]:
    """A person confirms that the papers belong to their entries; where their bags lie below the archive.

    Raises:
        UsageError: No such paper waits, or it names an entry that is not in the register.
        StoreError: The disk is full or refuses; the paper goes on waiting.
    """
    submission = _waiting(submission_id, context)
    if submission.error_code == UNKNOWN_PAPER:
        raise NotFound(
            messages.FOREIGN_NUMBER(submission_id=submission_id),
            code="no-such-number",
            remedy=messages.CHECK_OTHER_WORKSPACE(),
        )
    at = context.clock()
    settings = context.settings
    scan = context.store.objects.path(submission.digest).read_bytes()
    organisation = " ".join(filter(None, (settings.company, settings.department)))
    marks = []
    for paper in waiting_papers(submission):
        entry = context.store.register.find(paper["number"])
        assert entry is not None  # noqa: S101 - entries are never deleted
        form = context.forms[entry.form]
        # The moment is not among the bytes: a crash before the mark leaves a bag that is found again as it is.
        seen = {**paper, "submission": submission.id, "received_at": submission.receipt.at.isoformat()}
        made = build_event(
            settings.folder("archive"),
            entry,
            f"{SIGNED}-{submission.id}",
            {
                submission.receipt.name: scan,
                "paper.json": f"{json.dumps(seen, ensure_ascii=False, indent=1)}\n".encode(
                    "utf-8", "replace"
                ),
            },
            archive_no=archive_no(entry, form.register, fonds=settings.fonds, office=settings.organisation),
            title=form.title,
            organisation=organisation,
        )
        marks.append(
            ArchiveMark(
                number=entry.number,
                event=f"{SIGNED}-{submission.id}",
                path=made.path,
                manifest=made.seal,
                at=at,
            )
        )
    with context.write_order.turn(""), context.store.database.begin() as conn:
        _waiting(submission_id, context, conn)  # whoever else settled it while its bag was made was first
        context.store.archives.mark(marks, conn=conn)
        for mark in marks:
            payload = {"submission": submission.id, "seal": mark.manifest, "by": by, "why": why}
            audit.append(conn, "signed", mark.number, payload, at=at)
        context.store.submissions.set_state(submission.id, SubmissionState.DONE, at=at, conn=conn)
    return [mark.path for mark in marks]


def _waiting(submission_id: str, context: Context, conn: Connection | None = None) -> Submission:
    submission = context.store.submissions.get(submission_id, conn=conn)
    if submission is None or submission.state is not SubmissionState.REVIEW or not waiting_papers(submission):
        raise NotFound(
            messages.NO_SIGNED_DOCUMENT_WAITS(submission_id=submission_id),
            code="no-such-record",
            remedy=messages.SEE_REVIEW_LIST(),
        )
    return submission


def _entry_of(paper: ReturnedPaper, context: Context) -> Entry | None:
    """The entry that a code names, by series, year and serial."""
    code = paper.code
    form = next((form for form in context.forms.values() if form.register.series == code.series), None)
    if form is None:
        return None
    number = form.register.number.format(series=code.series, year=code.year, serial=code.serial)
    entry = context.store.register.find(number)
    return entry if entry is not None and (entry.year, entry.serial) == (code.year, code.serial) else None
