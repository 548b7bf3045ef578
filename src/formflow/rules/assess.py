"""The company's written rules over one record: findings, what applied, what was looked at; pure."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from formflow.errors import CalendarError, FormflowError, HistoryError
from formflow.forms.spec import Form, Rule
from formflow.messages import Bilingual
from formflow.messages import rules as messages
from formflow.model import Finding, Record, Severity
from formflow.rules.facts import Facts
from formflow.rules.functions import shown
from formflow.rules.language import ExpressionError, compile
from formflow.rules.scope import Scope, scope_of

RULE_ERROR = "rule-error"
"""Code of the finding for a rule that could not be evaluated."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says of a record.

    Attributes:
        answer: `holds`, `skip` where it does not apply, or the outcome that it gives.
    """

    answer: str
    finding: Finding | None = None


def assess(record: Record, form: Form, facts: Facts) -> tuple[Finding, ...]:
    """What the form's rules find in a record, in the order of the rules.

    A rule that looks at a field which is blank does not apply, unless it asks with `has(…)`; nor does one
    that looks at a written 无, unless it asks or compares with null. A day that the calendar does not cover is referred (待确认); a rule that
    cannot be evaluated is referred too, never passed over.
    """
    try:
        scope = scope_of(record, form, facts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return (_rule_error(form.rules[0], error),) if form.rules else ()
    verdicts = (judge(rule, scope) for rule in form.rules)
    return tuple(verdict.finding for verdict in verdicts if verdict.finding is not None)


def judge(rule: Rule, scope: Scope) -> Verdict:
    """What one rule says."""
    try:
        if not _applies(rule, scope):
            return Verdict("skip")
        if _truth(rule.holds, scope):
            return Verdict("holds")
        outcome, message, english = _case(rule, scope)
    except (CalendarError, HistoryError) as error:
        return Verdict("refer", _unsure(rule, error))
    except FormflowError as error:
        return Verdict("refer", _rule_error(rule, error))
    finding = Finding(
        code=rule.id,
        severity=Severity(outcome),
        message=fill(message, _shows(rule, scope, message, chinese=True)),
        english=fill(english, _shows(rule, scope, english, chinese=False)),
        field=_field(rule),
        article=rule.article,
    )
    return Verdict(outcome, finding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a rule looked at when it counted a customer's transactions.

    Attributes:
        since, before: The period; `before` is no longer in it.
        trades: Those it found, as the rule sees them: `date`, `name`, `amount`, `sample`, `code`.
        doubt: Why nothing can be said although nothing was found, in Chinese; empty where something can.
    """

    since: date
    before: date
    trades: tuple[Mapping[str, Any], ...] = ()
    doubt: str = ""


def applied(record: Record, form: Form, facts: Facts) -> frozenset[str]:
    """Ids of the rules that apply to a record; one that cannot be asked does, and has its finding."""
    try:
        scope = scope_of(record, form, facts)
    except (ValueError, KeyError, TypeError, AttributeError):
        return frozenset()
    found = set()
    for rule in form.rules:
        try:
            applies = _applies(rule, scope)
        except FormflowError:
            applies = True
        if applies:
            found.add(rule.id)
    return frozenset(found)


def looked_at(record: Record, form: Form, facts: Facts) -> Look | None:
    """The period and the transactions that the form's rules count for a record; None where none of them counts any.

    It is the rules that are run, so that a document shows what they counted and nothing else.
    """
    looks: list[Look] = []
    try:
        scope = scope_of(record, form, facts)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    count = scope.functions["trades_of"]

    def noted(customer: Any, since: Any = None, before: Any = None) -> Any:
        if since is None or before is None:
            return count(customer, since, before)
        period = Look(since=since.date(), before=before.date())
        try:
            found = count(customer, since, before)
        except HistoryError as error:
            looks.append(replace(period, doubt=error.chinese))
            raise
        looks.append(replace(period, trades=tuple(found)))
        return found

    watched = replace(scope, functions={**scope.functions, "trades_of": noted})
    for rule in form.rules:
        if "trades_of" in rule.holds:
            judge(rule, watched)
        if looks:
            return looks[0]
    return None


def truth(expression: str, record: Record, form: Form, facts: Facts) -> bool:
    """Whether a condition of the definition holds for a record; not where a field it needs is not there.

    Raises:
        ExpressionError: It cannot be evaluated.
        CalendarError: The calendar does not cover a day it asks for.
    """
    scope = scope_of(record, form, facts)
    return _has_all(expression, scope) and _truth(expression, scope)


def fill(message: str, shows: Mapping[str, str]) -> str:
    """The message with its placeholders filled in; unknown ones stay empty."""
    parts = string.Formatter().parse(message)
    return "".join(text + ("" if name is None else shows.get(name, "—")) for text, name, _, _ in parts)


def placeholders(message: str) -> Iterable[str]:
    """The names in braces.

    Raises:
        ValueError: The braces do not match.
    """
    return [name for _, name, _, _ in string.Formatter().parse(message) if name is not None]


def _applies(rule: Rule, scope: Scope) -> bool:
    if rule.when and not (_has_all(rule.when, scope) and _truth(rule.when, scope)):
        return False
    return _has_all(rule.holds, scope)


def _has_all(source: str, scope: Scope) -> bool:
    """Whether every field that the expression takes for granted has a value; in `values` a 无 is one."""
    found = [m for m in compile(source).mentions.members if m.variable in ("record", "values", "written")]
    guards = {(m.member, m.guard) for m in found}
    for mention in found:
        values = scope.variables[mention.variable]
        if (mention.member, "has") in guards:
            continue
        if mention.member not in values:
            return False
        null_will_do = mention.variable == "values" or (mention.member, "null") in guards
        if values[mention.member] is None and not null_will_do:
            return False
    return True


def _truth(source: str, scope: Scope) -> bool:
    value = _value(source, scope)
    if not isinstance(value, bool):
        raise ExpressionError(messages.EXPRESSION_GIVES(source=source, value=shown(value)), code=RULE_ERROR)
    return value


def _value(source: str, scope: Scope) -> Any:
    return compile(source).evaluate(scope.variables, scope.functions)


def _case(rule: Rule, scope: Scope) -> tuple[str, str, str]:
    for case in rule.cases:
        if _has_all(case.when, scope) and _truth(case.when, scope):
            return case.outcome, case.message, case.english
    return rule.outcome, rule.message, rule.english


def _shows(rule: Rule, scope: Scope, message: str, *, chinese: bool) -> dict[str, str]:
    """The placeholders of a message: `shows` first, then fields, parameters, `received` and `today`.

    Days are written as the message's language writes them, by `text(…)` too.
    """
    say = partial(shown, chinese=chinese)
    scope = replace(scope, functions={**scope.functions, "text": say})
    variables = scope.variables
    known = {**variables["parameters"], **variables["record"]}
    known |= {"received": variables["receipt"]["on"], "today": variables["today"]}
    shows: dict[str, str] = {}
    for name in placeholders(message):
        if name in rule.shows:
            shows[name] = _show(rule.shows[name], scope, say, chinese=chinese)
        elif name in known:
            shows[name] = say(known[name])
    return shows


def _show(source: str, scope: Scope, say: Callable[[Any], str], *, chinese: bool) -> str:
    try:
        return say(_value(source, scope)) if _has_all(source, scope) else "—"
    except FormflowError as error:
        # The finding stands; only a part of its explanation cannot be given.
        return f"（{error.chinese}）" if chinese else f"({error.english})"


def _field(rule: Rule) -> str | None:
    """The field that the rule looks at first."""
    mentions: Iterator[str] = (
        mention.member
        for mention in compile(rule.holds).mentions.members
        if mention.variable in ("record", "values", "written")
    )
    return next(mentions, None)


def _unsure(rule: Rule, error: CalendarError | HistoryError) -> Finding:
    said = messages.NOT_CONFIRMED(said=error.said)
    return Finding.of(rule.id, Severity.REFER, said, article=rule.article)


def _rule_error(rule: Rule, error: Exception) -> Finding:
    said = messages.NOT_JUDGED(
        rule=Bilingual(f"“{rule.article}”", f"rule {rule.id}"), error=Bilingual("", f": {error}")
    )
    return Finding.of(RULE_ERROR, Severity.REFER, said, article=rule.article)
