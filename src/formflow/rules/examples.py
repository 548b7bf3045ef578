"""The examples beside a rule: what they say as a record and facts, and what the rule answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from formflow.forms.spec import Example, Form, Rule
from formflow.model import Receipt, Record
from formflow.rules.assess import Verdict, judge
from formflow.rules.calendar import Calendar
from formflow.rules.facts import Earlier, Facts, KnownPast, Trade
from formflow.rules.scope import scope_of

ANSWERS = ("holds", "skip", "note", "return", "refer", "reject")
FACTS = frozenset(
    "received claimed today history history_since history_until earlier taken parameters".split()
)
"""Keys of an example beside `given` and `expect`."""

OWN = "this record"
"""Id of an example's record; `taken: {number: own}` gives it a number."""

_DEFAULT_DAY = "2026-03-09"


def run(example: Example, rule: Rule, form: Form, calendar: Calendar) -> Verdict:
    """What the rule answers to the example.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: The example is not written as it should be.
    """
    if not isinstance(example.given, Mapping):
        raise TypeError(f"given is {example.given!r}; expected a mapping of values by field")
    record = Record(form=form.id, values=dict(example.given))
    return judge(rule, scope_of(record, _with_parameters(form, example), facts_of(example, form, calendar)))


def facts_of(example: Example, form: Form, calendar: Calendar) -> Facts:
    """The facts that an example states; what it leaves out is unremarkable.

    `received` (a day or a time), `claimed`, `today`; `history`: trades with date, amount, name, sample, code,
    and `history_since`, `history_until`; `earlier`: entries with form, number, on, outcome, values;
    `taken`: number → `own`, `other` or `void`.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: A fact is not written as it should be.
    """
    facts = example.facts
    received = _moment(str(facts.get("received", _DEFAULT_DAY)))
    receipt = Receipt(at=received, name="example", claimed_on=_day(facts.get("claimed")))
    holders = {"own": OWN, "other": "another record", "void": ""}
    entries: dict[str, tuple[Earlier, ...]] = {}
    for number, entry in enumerate(facts.get("earlier", ()), start=1):
        of = entry.get("form", form.id)
        entries[of] = (*entries.get(of, ()), _earlier(entry, number))
    past = KnownPast(
        trades=tuple(_trade(trade) for trade in facts.get("history", ())),
        since=_day(facts.get("history_since")),
        until=_day(facts.get("history_until")),
        entries=entries,
        holders={number: holders[holder] for number, holder in facts.get("taken", {}).items()},
    )
    today = _day(facts.get("today")) or received.date()
    return Facts(receipt=receipt, today=today, calendar=calendar, past=past, record=OWN)


def _with_parameters(form: Form, example: Example) -> Form:
    changed: Mapping[str, Any] = example.facts.get("parameters", {})
    if unknown := changed.keys() - form.parameters.keys():
        raise KeyError(sorted(unknown)[0])
    return replace(form, parameters={**form.parameters, **changed})


def _trade(data: Mapping[str, Any]) -> Trade:
    amount = data.get("amount")
    return Trade(
        on=date.fromisoformat(data["date"]),
        name=data.get("name", ""),
        amount=None if amount is None else str(amount),
        sample=bool(data.get("sample", False)),
        credit_code=data.get("code"),
    )


def _earlier(data: Mapping[str, Any], number: int) -> Earlier:
    return Earlier(
        number=str(data.get("number", number)),
        on=date.fromisoformat(data.get("on", _DEFAULT_DAY)),
        outcome=data.get("outcome", "accept"),
        values=data.get("values", {}),
    )


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _moment(text: str) -> datetime:
    if "T" in text:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    return datetime.combine(date.fromisoformat(text), time(12), tzinfo=UTC)
