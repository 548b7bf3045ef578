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
from formflow.messages import NOTHING, Bilingual, listed
from formflow.messages import forms as messages

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
    seen: dict[Bilingual, Form] = {}
    for form in forms:
        claims = [messages.SERIES_CLAIM(series=form.register.series)]
        claims += [messages.TITLE_CLAIM(title=_folded(title)) for title in form.titles]
        for claim in claims:
            other = seen.setdefault(claim, form)
            if other is not form:
                problems.append(
                    Problem(
                        file=_file(form),
                        line=0,
                        message=messages.CLAIMED_TWICE(claim=claim, other=other.id),
                        remedy=messages.CHANGE_ONE(),
                    )
                )
    return problems


_Found = Iterator[tuple[tuple[str | int, ...], Bilingual, Bilingual]]


def _file(form: Form) -> str:
    return f"{form.path.parent.name}/{form.path.name}" if form.path else form.id


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _naming(form: Form) -> _Found:
    if form.path and form.path.stem != form.id:
        yield (
            ("form",),
            messages.FILE_NAME(form=form.id, file=form.path.name),
            messages.NAME_IT(form=form.id),
        )


def _fields(fields: tuple[Field, ...], path: tuple[str | int, ...]) -> _Found:
    if not fields:
        yield path, messages.NO_FIELDS(), NOTHING
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
                    messages.LABEL_TWICE(label=label, other=owners[0].id),
                    messages.REMOVE_FROM_ONE(),
                )
        if item.unit and item.type is not FieldType.MONEY:
            yield here, messages.UNIT_WITHOUT_MONEY(field=item.id, type=item.type), messages.MAKE_MONEY()
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
            messages.TOO_FEW_OPTIONS(field=item.id, type=item.type, count=len(item.options)),
            messages.ADD_OPTIONS(),
        )
    if item.type not in _CHOOSING and item.options:
        yield (
            path,
            messages.NO_CHOICE(field=item.id, type=item.type),
            messages.MAKE_CHOICE(),
        )
    claimed: dict[str, str] = {}
    for option, texts in item.options.items():
        if not texts:
            yield (
                (*path, "options", option),
                messages.OPTION_WITHOUT_TEXT(option=option),
                NOTHING,
            )
        for text in texts:
            other = claimed.setdefault(_folded(text), option)
            if other != option:
                yield (
                    (*path, "options", option),
                    messages.OPTION_TWICE(text=text, other=other),
                    messages.REMOVE_FROM_ONE(),
                )


def _columns(item: Field, path: tuple[str | int, ...]) -> _Found:
    if item.type is FieldType.ROWS:
        yield from _fields(item.fields, (*path, "fields"))
        for column in item.fields:
            if column.type is FieldType.ROWS:
                yield (*path, "fields", column.id), messages.TABLE_IN_TABLE(), NOTHING
    elif item.fields:
        yield path, messages.NO_ROWS(field=item.id, type=item.type), messages.MAKE_ROWS()


def _layout(form: Form) -> _Found:
    known = {item.id for item in form.fields}
    for key, names in (("head", form.head), ("identity", form.identity)):
        for n, name in enumerate(names):
            if name not in known:
                yield (key, n), messages.NO_SUCH_FIELD(key=key, name=name, form=form.id), nearest(name, known)
    if "log" in form.layouts and not form.identity:
        yield (
            ("layout",),
            messages.LOG_WITHOUT_IDENTITY(),
            messages.ADD_IDENTITY(),
        )
    if "log" not in form.layouts and form.head:
        yield ("layout",), messages.HEAD_WITHOUT_LOG(), messages.ADD_LOG()
    if "log" in form.layouts and form.rows_field:
        yield ("layout",), messages.LOG_WITH_ROWS(), NOTHING


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
                messages.PATTERN_PART(name=name),
                NOTHING,
            )
            return
    names = {name for _, name, _, _ in parts}
    if not {"year", "serial"} <= names:
        yield path, messages.PATTERN_NOT_UNIQUE(pattern=pattern), NOTHING


def _rules(form: Form, definition: Definition) -> _Found:
    seen: set[str] = set()
    for n, rule in enumerate(form.rules):
        if rule.id in seen:
            yield ("rules", n), messages.RULE_TWICE(rule=rule.id), messages.RENAME_ONE()
        seen.add(rule.id)
        if not rule.examples:
            yield (
                ("rules", n),
                messages.NO_EXAMPLES(rule=rule.id),
                NOTHING,
            )
        written = definition.data["rules"][n]["else"]
        last = written[-1] if isinstance(written, list) else written
        if "when" in last:
            yield (
                ("rules", n, "else"),
                messages.LAST_CASE_WHEN(),
                messages.REMOVE_WHEN(),
            )
        for m, case in enumerate(rule.cases):
            if not case.when:
                yield (
                    ("rules", n, "else", m),
                    messages.CASE_WITHOUT_WHEN(),
                    messages.ADD_WHEN(),
                )


def _documents(form: Form, definition: Definition) -> _Found:
    engines: dict[str, str] = {}
    for event, named in definition.data.get("documents", {}).items():
        for one in named if isinstance(named, list) else [named]:
            name, engine = (one, "") if isinstance(one, str) else (one["template"], one.get("engine", ""))
            if (known := engines.setdefault(name, engine or "compiled")) != (engine or "compiled"):
                yield (
                    ("documents", event),
                    messages.TWO_ENGINES(name=name, engine=engine or "compiled", known=known),
                    messages.NAME_ONE_ENGINE(),
                )
    for event in form.documents:
        if event not in EVENTS:
            yield (
                ("documents", event),
                messages.NO_SUCH_EVENT(event=event, known=listed(EVENTS)),
                nearest(event, EVENTS),
            )
