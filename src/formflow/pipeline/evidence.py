"""What a document may say of the rules: which of them applied to an entry, and what they counted."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from formflow.documents.templates.dealings import Trade, TradeHistory
from formflow.model import Entry, Record
from formflow.pipeline.facts import StoredPast
from formflow.rules.assess import applied, looked_at
from formflow.rules.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from formflow.pipeline.context import Context


def applied_to(entry: Entry, record: Record, context: Context, *, at: datetime) -> frozenset[str]:
    """Ids of the rules that applied when they were asked at that time: what had been imported by then counts, not more."""
    with _facts(entry, context, imported_by=at) as facts:
        return applied(record, context.forms[entry.form], facts)


def history_of(entry: Entry, record: Record, context: Context) -> TradeHistory | None:
    """The customer's transactions as the form's own rules count them, where its approval shows them.

    The period, the names and what is no dealing are the rule's; so is what counts as covered. None where the form
    shows no history, or no rule counts any for this record.
    """
    form = context.forms[entry.form]
    if not any("history" in step.shows for step in form.approval):
        return None
    with _facts(entry, context) as facts:
        look = looked_at(record, form, facts)
        since, until = facts.past.history_since(), facts.past.history_until()
    if look is None:
        return None
    trades = (
        Trade(
            on=trade["date"].date(),
            amount="" if trade["amount"] is None else f"{trade['amount']:.2f}",
            sample=trade["sample"],
        )
        for trade in look.trades
    )
    return TradeHistory(
        since=look.since,
        until=look.before - timedelta(days=1),
        loaded_since=since,
        loaded_until=until,
        doubt=look.doubt,
        trades=tuple(trades),
    )


@contextmanager
def _facts(entry: Entry, context: Context, *, imported_by: datetime | None = None) -> Iterator[Facts]:
    """The facts of an entry's assessment, made again."""
    with context.store.database.read() as conn:
        yield Facts(
            receipt=entry.receipt,
            today=entry.registered_at.date(),
            calendar=context.calendar,
            past=StoredPast(context.store, conn, entry.record, imported_by=imported_by),
            record=entry.record,
        )
