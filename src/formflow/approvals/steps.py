"""The steps of an approval: whose turn it is, what they may decide, how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select

from formflow.errors import Bilingual, UsageError
from formflow.forms.spec import FieldType, Form, Step
from formflow.model import Entry, Outcome
from formflow.store.decisions import Decision
from formflow.store.store import Store
from formflow.store.tables import archive_marks, decisions
from formflow.values.choices import fold

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
    seen: int | None = None,
) -> Standing:
    """Take the next step of an entry's approval, in one transaction with its audit line.

    Args:
        decision: `approve`, `return` or `reject`.
        by: Who decides; nobody decides on their own form, nor twice on one entry unless the form says so.
        role: Who they are; None means whoever's turn it is.
        seen: The step that the person saw, from 0; where the approval has moved on, nothing is decided.
    Raises:
        UsageError: The form has no approval, it has ended or moved on, it is another's turn, the step may not
            decide so, a reason is missing, it is the person's own form, or they have decided on it already.
    """
    with store.database.begin() as conn:
        taken = store.decisions.of(entry.number, conn=conn)
        step, index = _step(store, entry, form, taken, conn)
        if seen is not None and seen != index:
            last = taken[-1]
            raise UsageError(
                Bilingual(
                    f"{entry.number} 的第 {seen + 1} 步刚由 {last.by} 决定，现在是第 {index + 1} 步（{step.role}）",
                    f"step {seen + 1} of {entry.number} was just decided by {last.by}; now it is step {index + 1}"
                    f" ({step.role})",
                ),
                code="moved-on",
                remedy=Bilingual("请查看后重新决定", "look at it and decide anew"),
            )
        _allow(entry, form, step, decision, by, role)
        _once(entry, step, by, taken)
        _reasoned(entry, decision, comment)
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
        raise UsageError(
            Bilingual(
                f"{form.title}不设审批（{entry.number}）", f"{form.id} has no approval ({entry.number})"
            ),
            code="no-approval",
        )
    if store.register.void_of(entry.number, conn=conn) is not None:
        raise UsageError(
            Bilingual(f"{entry.number} 已作废，不能审批", f"{entry.number} is void and cannot be approved"),
            code="void",
        )
    now = standing(form, taken)
    if now.next is None:
        last = taken[-1]
        when = f"{last.at:%Y-%m-%d %H:%M}"
        raise UsageError(
            Bilingual(
                f"{entry.number} 的审批已于 {when} 由 {last.by} 结束（{ENDED[now.event or APPROVED]}）",
                f"the approval of {entry.number} was ended by {last.by} at {when} ({now.event})",
            ),
            code="already-decided",
        )
    return form.approval[now.next], now.next


def _allow(entry: Entry, form: Form, step: Step, decision: str, by: str, role: str | None) -> None:
    if role is not None and role != step.role:
        raise UsageError(
            Bilingual(
                f"{entry.number} 现在轮到 {step.role}，不是 {role}",
                f"it is {step.role}'s turn at {entry.number}, not {role}'s",
            ),
            code="not-your-turn",
        )
    if decision not in step.decides:
        raise UsageError(
            Bilingual(
                f"{step.role} 这一步只能：{'、'.join(step.decides)}",
                f"{step.role} may only: {', '.join(step.decides)}",
            ),
            code="not-allowed",
        )
    own = {
        fold(str(entry.values[field.id]))
        for field in form.fields
        if field.type is FieldType.PERSON and field.id in OWNERS and entry.values.get(field.id)
    }
    if fold(by) in own:
        raise UsageError(
            Bilingual(
                f"{by} 不能审批本人提交的 {entry.number}",
                f"{by} cannot decide on {entry.number}, their own form",
            ),
            code="own-form",
        )


def _once(entry: Entry, step: Step, by: str, taken: Sequence[Decision]) -> None:
    """One person, one step of an entry, unless the form says otherwise."""
    earlier = next((one for one in taken if fold(one.by) == fold(by)), None)
    if earlier is not None and not step.again:
        raise UsageError(
            Bilingual(
                f"{by} 已作为 {earlier.role} 审批过 {entry.number}，每人只能审批一步",
                f"{by} has decided on {entry.number} already, as {earlier.role}: one person, one step",
            ),
            code="same-person",
            remedy=Bilingual(
                "请由另一人审批；确需一人兼任时在表单的 approval 该步写 again: true",
                "let another person decide; where one holds both posts, write again: true at the form's step",
            ),
        )


def _reasoned(entry: Entry, decision: str, comment: str) -> None:
    """What ends an approval, or goes against what the rules found, has its reason."""
    if comment.strip():
        return
    remedy = Bilingual("请用 --comment 写明", "give it with --comment")
    if decision in ENDS:
        raise UsageError(
            Bilingual("退回或不予批准须写明理由", "to return or reject needs a reason"),
            code="no-reason",
            remedy=remedy,
        )
    if entry.outcome in (Outcome.REFER, Outcome.REJECT):
        raise UsageError(
            Bilingual(
                f"{entry.number} 的核对结果为“{_FOUND[entry.outcome]}”，批准须写明理由",
                f"the rules say {entry.outcome.value} of {entry.number}; to approve it all the same needs a reason",
            ),
            code="no-reason",
            remedy=remedy,
        )


_FOUND = {Outcome.REFER: "须人工核查", Outcome.REJECT: "不符合规定"}
ENDED = {APPROVED: "已批准", REJECTED: "不予批准", RETURNED: "已退回"}


OWNERS = frozenset({"salesperson", "handler", "recorder", "applicant"})
"""Fields that say whose form it is."""
