"""Facts for the rules, gathered from the stores inside the transaction that registers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from formflow.forms.spec import Form
from formflow.model import Json, Outcome, RecordState, StepDecision
from formflow.rules.calendar import Calendar
from formflow.rules.facts import Earlier, Facts, Trade
from formflow.store.originals import Submission

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from formflow.pipeline.jobs.read import ReadRecord
    from formflow.store.store import Store

DECIDED: Mapping[StepDecision, Outcome] = {
    StepDecision.APPROVE: Outcome.ACCEPT,
    StepDecision.REJECT: Outcome.REJECT,
    StepDecision.RETURN: Outcome.RETURN,
}
"""What people decided, in the words of an outcome."""


class StoredPast:
    """What the stores tell the rules, as of one transaction.

    Args:
        record: Id of the record that is assessed; its own entry is no earlier one.
        beside: Records of the same submission that are about to be entered, by form.
        imported_by: Histories that were imported later do not count; None: all count.
    """

    def __init__(
        self,
        store: Store,
        conn: Connection,
        record: str = "",
        beside: Mapping[str, list[Earlier]] | None = None,
        imported_by: datetime | None = None,
    ) -> None:
        self._store = store
        self._conn = conn
        self._record = record
        self._beside = beside or {}
        self._imported_by = imported_by

    def trades_of(self, names: Sequence[str], credit_code: str | None) -> Sequence[Trade]:
        return self._store.history.trades_of(names, credit_code, conn=self._conn)

    def unread_trades(self, names: Sequence[str], credit_code: str | None) -> Sequence[str]:
        return self._store.history.unread_of(names, credit_code, conn=self._conn)

    def history_since(self) -> date | None:
        return self._stretch[0] if self._stretch else None

    def history_until(self) -> date | None:
        return self._stretch[1] if self._stretch else None

    def earlier_entries(self, form: str, field: str, value: str) -> Sequence[Earlier]:
        found = [
            Earlier(
                number=entry.number,
                on=entry.registered_at.date(),
                outcome=self._decided(entry.number, entry.outcome.value),
                values=entry.values,
            )
            for entry in self._store.register.holding(form, field, value, conn=self._conn)
            if entry.record != self._record
        ]
        beside = [earlier for earlier in self._beside.get(form, ()) if earlier.values.get(field) == value]
        return (*found, *beside)

    def number_holder(self, number: str) -> str | None:
        entry = self._store.register.find(number, conn=self._conn)
        if entry is None:
            return None
        return "" if self._store.register.void_of(number, conn=self._conn) else entry.record

    @cached_property
    def _stretch(self) -> tuple[date, date] | None:
        stretches = self._store.history.coverage(conn=self._conn, imported_by=self._imported_by)
        return stretches[-1] if stretches else None

    def _decided(self, number: str, outcome: str) -> str:
        """What people decided last, else what the rules said last."""
        decisions = self._store.decisions.of(number, conn=self._conn)
        if decisions:
            return DECIDED[decisions[-1].decision].value
        assessed = self._store.assessments.of(number, conn=self._conn)
        return assessed[-1].outcome.value if assessed else outcome


class Gatherer:
    """Gathers the facts for the records of one submission, one after the other."""

    def __init__(
        self, store: Store, calendar: Calendar, conn: Connection, submission: Submission, at: datetime
    ) -> None:
        self._store = store
        self._calendar = calendar
        self._conn = conn
        self._submission = submission
        self._at = at
        self._beside: dict[str, list[Earlier]] = {}

    def facts(self, id: str) -> Facts:
        """The facts for a record of that id."""
        return Facts(
            receipt=self._submission.receipt,
            today=self._at.date(),
            calendar=self._calendar,
            past=StoredPast(self._store, self._conn, id, self._beside),
            record=id,
        )

    def expect(self, judged: ReadRecord, form: Form) -> None:
        """A record that is about to be entered is an earlier one for those after it."""
        if judged.state is RecordState.REGISTERED and judged.outcome is not None:
            values: Mapping[str, Json] = judged.record.values
            self._beside.setdefault(form.id, []).append(
                Earlier(
                    number=f"（{self._submission.receipt.name}）",
                    on=self._at.date(),
                    outcome=judged.outcome.value,
                    values=values,
                )
            )
