"""The steps of an approval: whose turn it is, what they may decide, how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select

from formflow.errors import Conflict, Forbidden, UsageError
from formflow.forms.spec import FieldType, Form, Step
from formflow.messages import Bilingual, listed
from formflow.messages import approvals as messages
from formflow.model import Entry, Outcome, StepDecision
from formflow.people.deciding import persons
from formflow.people.directory import folded
from formflow.store.decisions import Decision
from formflow.store.store import Store
from formflow.store.tables import archive_marks, decisions
from formflow.words import DECISIONS, EVENTS, OUTCOMES, ROLES, word

APPROVED, REJECTED, RETURNED = "approved", "rejected", "returned"

ENDS = {StepDecision.REJECT: REJECTED, StepDecision.RETURN: RETURNED}
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
    decision: StepDecision,
    *,
    by: str,
    at: datetime,
    role: str | None = None,
    comment: str = "",
    seen: int | None = None,
) -> Standing:
    """Take the next step of an entry's approval, in one transaction with its audit line.

    Args:
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
            raise Conflict(
                messages.STEP_JUST_DECIDED(
                    number=entry.number,
                    seen=seen + 1,
                    by=last.by,
                    index=index + 1,
                    role=word(ROLES, step.role),
                ),
                code="moved-on",
                remedy=messages.LOOK_DECIDE_ANEW(),
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
        raise Conflict(
            messages.NO_APPROVAL(title=Bilingual(form.title, form.id), number=entry.number),
            code="no-approval",
        )
    if store.register.void_of(entry.number, conn=conn) is not None:
        raise Conflict(messages.VOID_NOT_APPROVED(number=entry.number), code="void")
    now = standing(form, taken)
    if now.next is None:
        last = taken[-1]
        when = f"{last.at:%Y-%m-%d %H:%M}"
        raise Conflict(
            messages.APPROVAL_ENDED(
                number=entry.number,
                when=when,
                by=last.by,
                ended=word(EVENTS, now.event or APPROVED),
            ),
            code="already-decided",
        )
    return form.approval[now.next], now.next


def _allow(entry: Entry, form: Form, step: Step, decision: StepDecision, by: str, role: str | None) -> None:
    if role is not None and role != step.role:
        raise Forbidden(
            messages.ANOTHER_ROLES_TURN(
                number=entry.number, role=word(ROLES, step.role), other=word(ROLES, role)
            ),
            code="not-your-turn",
        )
    if decision not in step.decides:
        raise Forbidden(
            messages.ROLE_MAY_ONLY(
                role=word(ROLES, step.role),
                decides=listed(word(DECISIONS, decides) for decides in step.decides),
            ),
            code="not-allowed",
        )
    own = {
        folded(str(entry.values[field.id]))
        for field in form.fields
        if field.type is FieldType.PERSON and field.id in OWNERS and entry.values.get(field.id)
    }
    if persons(by) & own:
        raise Forbidden(messages.OWN_FORM(by=by, number=entry.number), code="own-form")


def _once(entry: Entry, step: Step, by: str, taken: Sequence[Decision]) -> None:
    """One person, one step of an entry, unless the form says otherwise."""
    earlier = next((one for one in taken if persons(one.by) & persons(by)), None)
    if earlier is not None and not step.again:
        raise Forbidden(
            messages.DECIDED_ALREADY(by=by, role=word(ROLES, earlier.role), number=entry.number),
            code="same-person",
            remedy=messages.LET_ANOTHER_DECIDE(),
        )


def _reasoned(entry: Entry, decision: StepDecision, comment: str) -> None:
    """What ends an approval, or goes against what the rules found, has its reason."""
    if comment.strip():
        return
    remedy = messages.GIVE_COMMENT()
    if decision in ENDS:
        raise UsageError(messages.NO_REASON(), code="no-reason", remedy=remedy)
    if entry.outcome in (Outcome.REFER, Outcome.REJECT):
        raise UsageError(
            messages.APPROVED_AGAINST_RULES(number=entry.number, found=word(OUTCOMES, entry.outcome.value)),
            code="no-reason",
            remedy=remedy,
        )


OWNERS = frozenset({"salesperson", "handler", "recorder", "applicant"})
"""Fields that say whose form it is."""
