"""The steps of an approval: whose turn it is, what they may decide, how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select

from formflow.errors import UsageError
from formflow.forms.spec import FieldType, Form, Step
from formflow.model import Entry
from formflow.store.decisions import Decision
from formflow.store.store import Store
from formflow.store.tables import archive_marks, decisions
from formflow.values.marks import fold

APPROVED, REJECTED, RETURNED = "approved", "rejected", "returned"

ENDS = {"reject": REJECTED, "return": RETURNED}
"""Decisions that end an approval at once; it is approved when its last step approves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far an approval has got.

    Attributes:
        next: The step whose turn it is, from 0; None once it has ended.
        event: `approved`, `rejected` or `returned` once it has ended; else None.
    """

    next: int | None
    event: str | None


def standing(form: Form, taken: Sequence[Decision]) -> Standing:
    """How far the approval of an entry has got."""
    if taken and taken[-1].decision in ENDS:
        return Standing(next=None, event=ENDS[taken[-1].decision])
    if len(taken) >= len(form.approval):
        return Standing(next=None, event=APPROVED if form.approval else None)
    return Standing(next=len(taken), event=None)


def decide(
    store: Store,
    entry: Entry,
    form: Form,
    decision: str,
    *,
    by: str,
    at: datetime,
    role: str | None = None,
    comment: str = "",
) -> Standing:
    """Take the next step of an entry's approval, in one transaction with its audit line.

    Args:
        decision: `approve`, `return` or `reject`.
        by: Who decides; nobody decides on their own form.
        role: Who they are; None means whoever's turn it is.
    Raises:
        UsageError: The form has no approval, it has ended, it is another's turn, the step may not decide so,
            a reason is missing, or it is the person's own form.
    """
    with store.database.begin() as conn:
        taken = store.decisions.of(entry.number, conn=conn)
        step, index = _step(store, entry, form, taken, conn)
        _allow(entry, form, step, decision, by, role, comment)
        made = Decision(
            number=entry.number,
            step=index,
            role=step.role,
            decision=decision,
            by=by,
            at=at,
            comment=comment,
        )
        store.decisions.decide(made, conn=conn)
    return standing(form, (*taken, made))


def ended_without_files(store: Store) -> tuple[str, ...]:
    """Numbers of entries with decisions but without a bag of any later event: the sweep's work."""
    later = and_(
        archive_marks.c.number == decisions.c.number,
        archive_marks.c.event.in_((APPROVED, REJECTED, RETURNED)),
    )
    query = (
        select(decisions.c.number)
        .outerjoin(archive_marks, later)
        .where(archive_marks.c.number.is_(None))
        .distinct()
    )
    with store.database.read() as conn:
        return tuple(conn.execute(query).scalars())


def _step(
    store: Store, entry: Entry, form: Form, taken: Sequence[Decision], conn: Connection
) -> tuple[Step, int]:
    if not form.approval:
        raise UsageError(f"{form.title}不设审批（{entry.number}）", code="no-approval")
    if store.register.void_of(entry.number, conn=conn) is not None:
        raise UsageError(f"{entry.number} 已作废，不能审批", code="void")
    now = standing(form, taken)
    if now.next is None:
        last = taken[-1]
        raise UsageError(
            f"{entry.number} 的审批已于 {last.at:%Y-%m-%d %H:%M} 由 {last.by} 结束（{now.event}）",
            code="already-decided",
        )
    return form.approval[now.next], now.next


def _allow(
    entry: Entry, form: Form, step: Step, decision: str, by: str, role: str | None, comment: str
) -> None:
    if role is not None and role != step.role:
        raise UsageError(f"{entry.number} 现在轮到 {step.role}，不是 {role}", code="not-your-turn")
    if decision not in step.decides:
        allowed = "、".join(step.decides)
        raise UsageError(f"{step.role} 这一步只能：{allowed}", code="not-allowed")
    if decision in ENDS and not comment.strip():
        raise UsageError("退回或不予批准须写明理由", code="no-reason", remedy="请用 --comment 写明")
    own = {
        fold(str(entry.values[field.id]))
        for field in form.fields
        if field.type is FieldType.PERSON and field.id in OWNERS and entry.values.get(field.id)
    }
    if fold(by) in own:
        raise UsageError(f"{by} 不能审批本人提交的 {entry.number}", code="own-form")


OWNERS = frozenset({"salesperson", "handler", "recorder", "applicant"})
"""Fields that say whose form it is."""
