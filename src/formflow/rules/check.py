"""What is wrong with the rules of a definition: before any form arrives, every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from formflow.errors import FormflowError
from formflow.forms.problem import Problem, nearest
from formflow.forms.samples import sample_value
from formflow.forms.spec import Example, Form, Rule
from formflow.model import Record
from formflow.rules.assess import placeholders
from formflow.rules.calendar import Calendar
from formflow.rules.examples import ANSWERS, FACTS, facts_of, run
from formflow.rules.functions import NAMES
from formflow.rules.language import STANDARD, Expression, ExpressionError, compile
from formflow.rules.scope import MEMBERS, VARIABLES, scope_of

_Found = tuple[str, str]
"""Message and remedy."""


def check_rules(form: Form, calendar: Calendar) -> list[Problem]:
    """Every problem of a form's rules and of the conditions of its documents.

    Expressions that do not compile, unknown variables, functions, fields, parameters and placeholders with
    the nearest known name, types that do not fit, and examples whose rule answers otherwise than expected.
    """
    file = f"{form.path.parent.name}/{form.path.name}" if form.path else form.id
    problems: list[Problem] = []
    for rule in form.rules:
        found = [*_expressions(rule, form), *_messages(rule, form)]
        if not found:
            found = list(_types(rule, form, calendar))
        problems.extend(
            _problem(file, rule.line, f"rule {rule.id}, {text}", remedy) for text, remedy in found
        )
        if not found:
            problems.extend(
                _problem(file, example.line, f"rule {rule.id}, example: {text}", remedy)
                for example in rule.examples
                for text, remedy in _example(example, rule, form, calendar)
            )
    for template, condition in form.conditions.items():
        problems.extend(
            _problem(file, 0, f"documents, {template}, {text}", remedy)
            for text, remedy in _expression("when", condition, form)
        )
    return problems


def _problem(file: str, line: int, message: str, remedy: str) -> Problem:
    return Problem(file=file, line=line, message=message, remedy=remedy)


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
        yield f"{place}: {error.message}", error.remedy
        return
    for name in sorted(expression.variables - VARIABLES):
        yield (
            f"{place}: no variable {name}; expected {', '.join(sorted(VARIABLES))}",
            nearest(name, VARIABLES),
        )
    for name in sorted(expression.functions - NAMES - STANDARD):
        yield f"{place}: no function {name}", nearest(name, NAMES | STANDARD)
    for name in sorted(expression.mentions.bound & VARIABLES):
        yield f"{place}: a loop names its variable {name}, which is taken", "use another name, such as r"
    for name in sorted(expression.mentions.loose & {"record", "values", "written", "parameters"}):
        yield f"{place}: {name}[…] with a computed name; expected {name}.field", "name the field"
    yield from _members(place, expression, form)


def _members(place: str, expression: Expression, form: Form) -> Iterator[_Found]:
    known = _known(form)
    for mention in expression.mentions.members:
        names = known.get(mention.variable)
        if names is not None and mention.member not in names:
            what = "parameter" if mention.variable == "parameters" else "field"
            where = (
                f" of {form.id}"
                if what == "field"
                else f"; {form.id} has {', '.join(sorted(names)) or 'none'}"
            )
            yield (
                f"{place}: {mention.variable}.{mention.member} is no {what}{where}",
                nearest(mention.member, names),
            )


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
            yield f"message {text!r}: {error}; expected {{name}}", "write {{ and }} for plain braces"
            continue
        used |= names
        for name in sorted(names - known):
            yield f"message: no field or `shows` {{{name}}}", nearest(name, known)
    for name in sorted(rule.shows.keys() - used):
        yield f"shows.{name} stands in no message; expected {{{name}}} in one", "remove it"


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
            yield f"{place}: cannot be evaluated with a full sample: {error.message}", ""
        except FormflowError:
            continue
        else:
            if not place.startswith("shows.") and not isinstance(value, bool):
                yield f"{place}: gives {value!r}; expected true or false", ""


def _example(example: Example, rule: Rule, form: Form, calendar: Calendar) -> Iterator[_Found]:
    wrong = [
        *_unknown(example.given, (field.id for field in form.fields), "given"),
        *_unknown(example.facts, FACTS, ""),
    ]
    if example.expect not in ANSWERS:
        wrong.append((f"expect: {example.expect or 'nothing'}; expected one of {', '.join(ANSWERS)}", ""))
    yield from wrong
    if wrong:
        return
    try:
        verdict = run(example, rule, form, calendar)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield f"not written as it should be: {error}", "see the reference of rule examples"
        return
    if verdict.answer != example.expect:
        said = f" ({verdict.finding.message})" if verdict.finding else ""
        yield f"expected {example.expect}, got {verdict.answer}{said}", "mend the rule or the example"


def _unknown(given: Mapping[str, Any], known: Iterable[str], place: str) -> Iterator[_Found]:
    names = set(known)
    for name in given:
        if name not in names:
            yield f"{place + '.' if place else ''}{name} is not known", nearest(name, names)
