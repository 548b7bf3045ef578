"""Files that wait for a person and hold no record: strangers, forms nobody filled in, signed papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formflow.errors import Bilingual, UsageError
from formflow.pipeline.results import WAITS
from formflow.store import audit
from formflow.store.originals import Submission, SubmissionState

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from formflow.pipeline.context import Context
    from formflow.store.store import Store


def waiting_file(id: str, store: Store, conn: Connection | None = None) -> Submission | None:
    """The submission of that id where it waits as a file without records; None for everything else."""
    submission = store.submissions.get(id, conn=conn)
    if submission is None or submission.state is not SubmissionState.REVIEW:
        return None
    return submission if submission.error_code in WAITS else None


def discard_file(id: str, context: Context, *, by: str, why: str = "") -> None:
    """A person says that a file is not wanted: an empty form, a misprint. It stays among the originals.

    Raises:
        UsageError: No such file waits, or somebody else has settled it meanwhile.
    """
    at = context.clock()
    with context.write_order.turn(""), context.store.database.begin() as conn:
        submission = waiting_file(id, context.store, conn)
        if submission is None:
            raise UsageError(
                Bilingual(f"没有待处理的文件 {id}", f"no file waits under {id}"),
                code="no-such-record",
                remedy=Bilingual("请查看 formflow review list", "see `formflow review list`"),
            )
        payload = {"by": by, "why": why, "was": submission.error_code}
        audit.append(conn, "file-discarded", id, payload, at=at)
        context.store.submissions.set_state(id, SubmissionState.DONE, at=at, conn=conn)
