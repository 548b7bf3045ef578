"""What is wrong with the structure of a definition: names that lead nowhere, labels that clash.

The rules' expressions and examples are checked in `formflow.rules.check`.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator

from formflow.forms.definition import EVENTS
from formflow.forms.problem import Problem, nearest
from formflow.forms.source import Definition
from formflow.forms.spec import Field, FieldType, Form

_NUMBER_PARTS = ("series", "year", "serial")
_WIDTH = re.compile(r"(?:0[1-9])?d?")
_CHOOSING = (FieldType.CHOICE, FieldType.CHOICES)


def check_form(form: Form, definition: Definition) -> list[Problem]:
    """Every problem in the structure of one definition."""
    found = [
        *_naming(form),
        *_fields(form.fields, ("fields",)),
        *_layout(form),
        *_numbering(form),
        *_rules(form, definition),
        *_documents(form, definition),
    ]
    return [
        Problem(file=definition.file, line=definition.line(path), message=message, remedy=remedy)
        for path, message, remedy in found
    ]


def check_forms(forms: Iterable[Form]) -> list[Problem]:
    """Every clash between definitions: one id, one series, one title for one form."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str], Form] = {}
    for form in forms:
        claims = [("series", form.register.series), *(("title", _folded(title)) for title in form.titles)]
        for claim in claims:
            other = seen.setdefault(claim, form)
            if other is not form:
                problems.append(
                    Problem(
                        file=_file(form),
                        line=0,
                        message=f"{claim[0]} {claim[1]} is that of form {other.id} too; it belongs to one form",
                        remedy="change one of them",
                    )
                )
    return problems


_Found = Iterator[tuple[tuple[str | int, ...], str, str]]


def _file(form: Form) -> str:
    return f"{form.path.parent.name}/{form.path.name}" if form.path else form.id


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _naming(form: Form) -> _Found:
    if form.path and form.path.stem != form.id:
        yield (
            ("form",),
            f"form {form.id} in a file named {form.path.name}; a definition is named by its form",
            f"name it {form.id}.yaml",
        )


def _fields(fields: tuple[Field, ...], path: tuple[str | int, ...]) -> _Found:
    if not fields:
        yield path, "no fields; a form has at least one", ""
    claimed: dict[str, list[Field]] = {}
    for item in fields:
        here = (*path, item.id)
        for label in item.labels if item.type is not FieldType.ROWS else ():
            owners = claimed.setdefault(_folded(label), [])
            if item not in owners:
                owners.append(item)
            if len(owners) > 1 and not _is_period(owners, label):
                yield (
                    here,
                    f"label {label} is that of {owners[0].id} too; a label belongs to one field, or to the two days of a period",
                    "remove it from one",
                )
        if item.unit and item.type is not FieldType.MONEY:
            yield here, f"{item.id} has a unit but is of type {item.type}", "make it money or remove the unit"
        yield from _options(item, here)
        yield from _columns(item, here)


def _is_period(owners: list[Field], label: str) -> bool:
    """Whether fields that share a label, which is neither's printed one, are the two days of a period: 起止时间."""
    return len(owners) == 2 and all(
        item.type is FieldType.DATE and _folded(item.label) != _folded(label) for item in owners
    )


def _options(item: Field, path: tuple[str | int, ...]) -> _Found:
    if item.type in _CHOOSING and len(item.options) < 2:
        yield (
            path,
            f"{item.id} is a {item.type} with {len(item.options)} options; expected at least 2",
            "add `options`",
        )
    if item.type not in _CHOOSING and item.options:
        yield (
            path,
            f"{item.id} has options but is of type {item.type}",
            "make it a choice or remove the options",
        )
    claimed: dict[str, str] = {}
    for option, texts in item.options.items():
        if not texts:
            yield (
                (*path, "options", option),
                f"option {option} has no text; expected what stands on the form",
                "",
            )
        for text in texts:
            other = claimed.setdefault(_folded(text), option)
            if other != option:
                yield (
                    (*path, "options", option),
                    f"text {text} is that of option {other} too",
                    "remove it from one",
                )


def _columns(item: Field, path: tuple[str | int, ...]) -> _Found:
    if item.type is FieldType.ROWS:
        yield from _fields(item.fields, (*path, "fields"))
        for column in item.fields:
            if column.type is FieldType.ROWS:
                yield (*path, "fields", column.id), "a table inside a table; columns are single values", ""
    elif item.fields:
        yield path, f"{item.id} has fields but is of type {item.type}; only rows has columns", "make it rows"


def _layout(form: Form) -> _Found:
    known = {item.id for item in form.fields}
    for key, names in (("head", form.head), ("identity", form.identity)):
        for n, name in enumerate(names):
            if name not in known:
                yield (key, n), f"{key} names {name}, which is no field of {form.id}", nearest(name, known)
    if "log" in form.layouts and not form.identity:
        yield (
            ("layout",),
            "a log without `identity`; expected the fields a row is recognised by",
            "add `identity`",
        )
    if "log" not in form.layouts and form.head:
        yield ("layout",), "`head` belongs to a log", "add log to `layout` or remove it"
    if "log" in form.layouts and form.rows_field:
        yield ("layout",), "a log with a field of type rows; a row of a log has no table of its own", ""


def _numbering(form: Form) -> _Found:
    path = ("register", "number")
    pattern = form.register.number
    try:
        parts = [part for part in string.Formatter().parse(pattern) if part[1] is not None]
    except ValueError:
        parts = []
    for _, name, width, conversion in parts:
        plain = not width if name == "series" else _WIDTH.fullmatch(width or "")
        if name not in _NUMBER_PARTS or conversion or not plain:
            yield (
                path,
                f"{{{name}}} in the pattern; expected {{series}}, {{year}}, {{serial}} or {{serial:04}}",
                "",
            )
            return
    names = {name for _, name, _, _ in parts}
    if not {"year", "serial"} <= names:
        yield path, f"{pattern} gives two records one number; expected {{year}} and {{serial}} in it", ""


def _rules(form: Form, definition: Definition) -> _Found:
    seen: set[str] = set()
    for n, rule in enumerate(form.rules):
        if rule.id in seen:
            yield ("rules", n), f"a second rule {rule.id}; ids are unique", "rename one"
        seen.add(rule.id)
        if not rule.examples:
            yield (
                ("rules", n),
                f"rule {rule.id} has no examples; expected one where it holds and one where not",
                "",
            )
        written = definition.data["rules"][n]["else"]
        last = written[-1] if isinstance(written, list) else written
        if "when" in last:
            yield (
                ("rules", n, "else"),
                "the last case has a `when`; expected one for all the rest",
                "remove its `when`",
            )
        for m, case in enumerate(rule.cases):
            if not case.when:
                yield (
                    ("rules", n, "else", m),
                    "no `when`; only the last case stands without one",
                    "add `when`",
                )


def _documents(form: Form, definition: Definition) -> _Found:
    engines: dict[str, str] = {}
    for event, listed in definition.data.get("documents", {}).items():
        for one in listed if isinstance(listed, list) else [listed]:
            name, engine = (one, "") if isinstance(one, str) else (one["template"], one.get("engine", ""))
            if (known := engines.setdefault(name, engine or "compiled")) != (engine or "compiled"):
                yield (
                    ("documents", event),
                    f"{name} is filled by {engine or 'compiled'} here and by {known} above",
                    "name one engine for it",
                )
    for event in form.documents:
        if event not in EVENTS:
            yield (
                ("documents", event),
                f"event {event}; expected one of {', '.join(EVENTS)}",
                nearest(event, EVENTS),
            )
