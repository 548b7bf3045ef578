"""What was referred for want of history is judged anew when the history comes, and the change is told.

Only rules that ask the history are asked again: all others were judged on the facts of their day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from formflow.model import Entry, Finding, Outcome, Severity
from formflow.pipeline.context import Context
from formflow.pipeline.facts import Gatherer
from formflow.pipeline.filing import record_of
from formflow.rules.assess import judge
from formflow.rules.decide import decide
from formflow.rules.language import compile
from formflow.rules.scope import scope_of
from formflow.store.assessments import Assessment

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from formflow.forms.spec import Form, Rule

HISTORY = frozenset({"trades_of", "history_since", "history_until"})
"""Functions that ask the list of past transactions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassessed:
    """An entry of which the rules say something else now."""

    number: str
    before: Outcome
    after: Outcome
    findings: tuple[Finding, ...]


def reassess(context: Context, *, because: str, by: str) -> tuple[Reassessed, ...]:
    """Ask again the rules that lacked history, of every standing entry, in one transaction.

    Args:
        because: What has come (`sales.csv`).
        by: Who brought it.
    """
    store, at = context.store, context.clock()
    forms = {id: rules for id, form in context.forms.items() if (rules := _history_rules(form))}
    changed: list[Reassessed] = []
    with context.write_order.turn(""), store.database.begin() as conn:
        found = [entry for id in sorted(forms) for entry in store.register.unaccepted(id, conn=conn)]
        for entry in found:
            now = store.assessments.as_it_stands(entry, conn=conn)
            findings = _anew(now, forms[entry.form], context, conn, at)
            if findings is None or findings == now.findings:
                continue
            made = Assessment(
                number=entry.number,
                findings=findings,
                outcome=decide(findings),
                because=because,
                by=by,
                at=at,
            )
            store.assessments.add(made, conn=conn)
            changed.append(
                Reassessed(
                    number=entry.number, before=now.outcome, after=made.outcome, findings=made.findings
                )
            )
    return tuple(changed)


def _history_rules(form: Form) -> tuple[Rule, ...]:
    return tuple(rule for rule in form.rules if compile(rule.holds).functions & HISTORY)


def _anew(
    entry: Entry, rules: tuple[Rule, ...], context: Context, conn: Connection, at: datetime
) -> tuple[Finding, ...] | None:
    """The findings of an entry with those rules asked again; None where none of them had referred it."""
    ids = {rule.id for rule in rules}
    if not any(finding.code in ids and finding.severity is Severity.REFER for finding in entry.findings):
        return None
    submission = context.store.submissions.get(entry.submission, conn=conn)
    record = record_of(entry, context)
    if submission is None or record is None:
        return None
    form = context.forms[entry.form]
    scope = scope_of(
        record, form, Gatherer(context.store, context.calendar, conn, submission, at).facts(entry.record)
    )
    verdicts = [judge(rule, scope).finding for rule in rules]
    kept = tuple(finding for finding in entry.findings if finding.code not in ids)
    return (*kept, *(finding for finding in verdicts if finding is not None))
