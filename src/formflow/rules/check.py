"""What is wrong with the rules of a definition: before any form arrives, every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from formflow.errors import FormflowError
from formflow.forms.problem import Problem, nearest
from formflow.forms.samples import sample_value
from formflow.forms.spec import Example, Form, Rule
from formflow.messages import NOTHING, Bilingual, listed, same
from formflow.messages import rules as messages
from formflow.model import Record
from formflow.rules.assess import placeholders
from formflow.rules.calendar import Calendar
from formflow.rules.examples import ANSWERS, FACTS, facts_of, run
from formflow.rules.functions import NAMES
from formflow.rules.language import STANDARD, Expression, ExpressionError, compile
from formflow.rules.scope import MEMBERS, VARIABLES, scope_of

_Found = tuple[Bilingual, Bilingual]
"""Message and remedy."""


def check_rules(form: Form, calendar: Calendar) -> list[Problem]:
    """Every problem of a form's rules and of the conditions of its documents.

    Expressions that do not compile, unknown variables, functions, fields, parameters and placeholders with
    the nearest known name, types that do not fit, and examples whose rule answers otherwise than expected.
    """
    file = f"{form.path.parent.name}/{form.path.name}" if form.path else form.id
    problems: list[Problem] = []

    def tell(line: int, where: Callable[[Bilingual], Bilingual], found: Iterable[_Found]) -> None:
        problems.extend(
            Problem(file=file, line=line, message=where(said), remedy=remedy) for said, remedy in found
        )

    for rule in form.rules:
        found = [*_expressions(rule, form), *_messages(rule, form)]
        if not found:
            found = list(_types(rule, form, calendar))
        tell(rule.line, lambda said, id=rule.id: messages.RULE(rule=id, said=said), found)  # type: ignore[misc]
        for example in () if found else rule.examples:
            answers = _example(example, rule, form, calendar)
            tell(example.line, lambda said, id=rule.id: messages.EXAMPLE(rule=id, said=said), answers)  # type: ignore[misc]
    for template, condition in form.conditions.items():
        found = list(_expression("when", condition, form))
        tell(0, lambda said, name=template: messages.DOCUMENT(template=name, said=said), found)  # type: ignore[misc]
    return problems


def _sources(rule: Rule) -> Iterator[tuple[str, str]]:
    if rule.when:
        yield "when", rule.when
    yield "holds", rule.holds
    for number, case in enumerate(rule.cases, start=1):
        yield f"else {number}", case.when
    for name, source in rule.shows.items():
        yield f"shows.{name}", source


def _expressions(rule: Rule, form: Form) -> Iterator[_Found]:
    for place, source in _sources(rule):
        yield from _expression(place, source, form)


def _expression(place: str, source: str, form: Form) -> Iterator[_Found]:
    try:
        expression = compile(source)
    except ExpressionError as error:
        yield messages.AT(place=place, said=error.message), error.remedy
        return
    for said, remedy in (*_names(expression), *_members(expression, form)):
        yield messages.AT(place=place, said=said), remedy


def _names(expression: Expression) -> Iterator[_Found]:
    for name in sorted(expression.variables - VARIABLES):
        known = listed(sorted(VARIABLES))
        yield messages.NO_VARIABLE(name=name, known=known), nearest(name, VARIABLES)
    for name in sorted(expression.functions - NAMES - STANDARD):
        yield messages.NO_FUNCTION(name=name), nearest(name, NAMES | STANDARD)
    for name in sorted(expression.mentions.bound & VARIABLES):
        yield messages.LOOP_VARIABLE_TAKEN(name=name), messages.USE_ANOTHER_NAME()
    for name in sorted(expression.mentions.loose & {"record", "values", "written", "parameters"}):
        yield messages.COMPUTED_NAME(name=name), messages.NAME_THE_FIELD()


def _members(expression: Expression, form: Form) -> Iterator[_Found]:
    known = _known(form)
    for mention in expression.mentions.members:
        names = known.get(mention.variable)
        if names is None or mention.member in names:
            continue
        name = f"{mention.variable}.{mention.member}"
        if mention.variable == "parameters":
            there = listed(sorted(names)) or messages.NONE()
            said = messages.NO_PARAMETER(name=name, form=form.id, known=there)
        else:
            said = messages.NO_FIELD(name=name, form=form.id)
        yield said, nearest(mention.member, names)


def _known(form: Form) -> dict[str, frozenset[str]]:
    fields = frozenset(field.id for field in form.fields)
    by_name = dict.fromkeys(("record", "values", "written"), fields)
    by_row = {
        f"{name}.{table.id}[]": frozenset(column.id for column in table.fields)
        for name in ("record", "values")
        for table in form.tables
    }
    return {**MEMBERS, **by_name, **by_row, "parameters": frozenset(form.parameters)}


def _messages(rule: Rule, form: Form) -> Iterator[_Found]:
    known = {"received", "today", *rule.shows, *form.parameters, *(field.id for field in form.fields)}
    texts = [(case.message, case.english) for case in rule.cases] + [(rule.message, rule.english)]
    used: set[str] = set()
    for text in (text for pair in texts for text in pair):
        try:
            names = set(placeholders(text))
        except ValueError as error:
            yield messages.BRACES(text=text, error=error), messages.DOUBLE_BRACES()
            continue
        used |= names
        for name in sorted(names - known):
            yield messages.NO_PLACEHOLDER(name=name), nearest(name, known)
    for name in sorted(rule.shows.keys() - used):
        yield messages.SHOWN_NOWHERE(name=name), messages.REMOVE_IT()


def _types(rule: Rule, form: Form, calendar: Calendar) -> Iterator[_Found]:
    """What does not fit, found by evaluating every expression over a full sample."""
    record = Record(form=form.id, values={field.id: sample_value(field) for field in form.fields})
    facts = {"history_since": "2020-01-01", "history_until": "2026-03-01"}
    sample = Example(given={}, facts=facts, expect="holds")
    scope = scope_of(record, form, facts_of(sample, form, calendar))
    for place, source in _sources(rule):
        expression = compile(source)
        if any(
            m.variable == "parameters" and form.parameters[m.member] is None
            for m in expression.mentions.members
        ):
            continue
        try:
            value = expression.evaluate(scope.variables, scope.functions)
        except ExpressionError as error:
            yield messages.AT(place=place, said=messages.NOT_EVALUATED(said=error.message)), NOTHING
        except FormflowError:
            continue
        else:
            if not place.startswith("shows.") and not isinstance(value, bool):
                yield messages.AT(place=place, said=messages.GIVES(value=repr(value))), NOTHING


def _example(example: Example, rule: Rule, form: Form, calendar: Calendar) -> Iterator[_Found]:
    wrong = [
        *_unknown(example.given, (field.id for field in form.fields), "given"),
        *_unknown(example.facts, FACTS, ""),
    ]
    if example.expect not in ANSWERS:
        found = same(example.expect) or messages.NOTHING_WRITTEN()
        wrong.append((messages.UNKNOWN_EXPECTATION(found=found, known=listed(ANSWERS)), NOTHING))
    yield from wrong
    if wrong:
        return
    try:
        verdict = run(example, rule, form, calendar)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield messages.NOT_WELL_WRITTEN(error=error), messages.SEE_REFERENCE()
        return
    if verdict.answer != example.expect:
        said = messages.BRACKETED(said=verdict.finding.message) if verdict.finding else NOTHING
        answer = messages.OTHER_ANSWER(expected=example.expect, found=verdict.answer, said=said)
        yield answer, messages.MEND_RULE()


def _unknown(given: Mapping[str, Any], known: Iterable[str], place: str) -> Iterator[_Found]:
    names = set(known)
    for name in given:
        if name not in names:
            yield messages.NOT_KNOWN(name=f"{place + '.' if place else ''}{name}"), nearest(name, names)
