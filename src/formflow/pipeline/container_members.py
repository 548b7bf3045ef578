"""A container's files become submissions of their own, each as durable as if it had come by itself."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from formflow.errors import ReadError
from formflow.pipeline.context import Context
from formflow.pipeline.jobs.unpack import MemberFile, UnpackJob
from formflow.pipeline.receiving import hint_of
from formflow.pipeline.results import inside_of
from formflow.private import make_folder
from formflow.store import audit
from formflow.store.columns import storable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from formflow.store.originals import Submission


@dataclass(frozen=True, slots=True)
class Taken:
    """What came out of a container.

    Attributes:
        submissions: What its files became, in their order, each with its path inside.
        lost: The files that could not be taken out.
    """

    submissions: tuple[tuple[str, Submission], ...]
    lost: tuple[MemberFile, ...]


def take_members(submission: Submission, context: Context) -> Taken:
    """Unpack a container and take its files in.

    As with a file from the inbox, bytes are durable before the row that names them is committed. Doing it
    again after a crash finds what is there and adds what is missing.

    Raises:
        ReadError: The container cannot be unpacked.
        StoreError: Disk or database refuse.
    """
    folder = context.settings.workspace / "var" / "unpacked" / submission.id
    shutil.rmtree(folder, ignore_errors=True)
    make_folder(folder)
    try:
        job = UnpackJob(path=context.store.objects.path(submission.digest), folder=folder)
        members = context.workers.unpack(job).result()
        kept = []
        for member in members:
            if member.path is not None:
                size = member.path.stat().st_size
                kept.append((member.name, context.store.objects.put_file(member.path), size))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    forms = context.forms  # loaded before the transaction, in which nobody else can write
    with context.write_order.turn(submission.id), context.store.database.begin() as conn:
        there = {
            (child.digest, child.receipt.folder, child.receipt.name): child
            for child in context.store.submissions.members(submission.id, conn=conn)
        }
        taken = []
        for name, digest, size in kept:
            within, _, last = name.rpartition("/")
            place = "/".join(filter(None, (inside_of(submission), within)))
            taken.append(
                (
                    name,
                    there.get((digest, place, last))
                    or context.store.submissions.receive(
                        digest,
                        size,
                        replace(submission.receipt, name=last, folder=place),
                        hint=submission.hint or hint_of(within, forms),
                        parent=submission.id,
                        conn=conn,
                    ),
                )
            )
        _write_down(submission, members, context, conn)
    return Taken(tuple(taken), tuple(member for member in members if member.error is not None))


def failure_of(lost: Sequence[MemberFile]) -> ReadError:
    """Why a container counts as failed: files in it that nobody can take out."""
    told = "; ".join(f"{member.name}: {member.error.code if member.error else ''}" for member in lost)
    first = lost[0].error
    return ReadError(first.code if first else "corrupt", told[:2000])


def _write_down(
    submission: Submission, members: Sequence[MemberFile], context: Context, conn: Connection
) -> None:
    payload = {
        "members": [storable(member.name) for member in members if member.error is None],
        "lost": {storable(member.name): member.error.code for member in members if member.error is not None},
    }
    audit.append(conn, "unpacked", submission.id, payload, at=context.clock())
