"""Form definitions from YAML: strict, frozen, with every problem at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from formflow.errors import SchemaError
from formflow.forms.check import check_form, check_forms
from formflow.forms.definition import DefinitionKeys, Fault
from formflow.forms.problem import Problem, schema_error
from formflow.forms.source import Definition, Path_, read_definition
from formflow.forms.spec import Case, Example, Field, FieldType, Form, Register, Rule, Step
from formflow.messages import Bilingual, lines, same
from formflow.messages import forms as messages
from formflow.model import StepDecision

_FOLD = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \n]+(?=[\u3000-\u9fff\uff00-\uffef])")
"""Blanks between two Chinese characters or signs."""


def load_forms(folder: Path) -> dict[str, Form]:
    """Every definition in a folder (`*.yaml`), by form id, in order of id.

    Raises:
        SchemaError: The folder is not there, or a definition is wrong; names every problem of every file.
    """
    if not folder.is_dir():
        raise SchemaError(
            messages.FOLDER_MISSING(folder=folder),
            code="no-schemas",
            remedy=messages.LAY_OUT_OR_SET_SCHEMAS(),
        )
    forms: list[Form] = []
    found: list[Bilingual] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            forms.append(load_form(path))
        except SchemaError as error:
            found.append(error.message)
    found.extend(problem.said for problem in check_forms(forms))
    if found:
        raise SchemaError(lines(found), code="bad-schema")
    return {form.id: form for form in forms}


def load_form(path: Path) -> Form:
    """The definition in a file.

    Raises:
        SchemaError: The definition is wrong; the message has one line for every problem:
            `schemas/x.yaml:12: what is so; what was expected; remedy`.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SchemaError(messages.UNREADABLE(path=path, reason=error.strerror), code="no-schema") from error
    definition = read_definition(path, content)
    version = hashlib.sha256(content).hexdigest()[:12]
    problems = [*definition.problems, *_wrong_keys(definition)]
    if problems:
        raise schema_error(problems)
    form = _form(definition, path, version)
    problems = check_form(form, definition)
    if problems:
        raise schema_error(problems)
    return form


def _wrong_keys(definition: Definition) -> Iterator[Problem]:
    if not isinstance(definition.data, Mapping):
        yield Problem(file=definition.file, line=1, message=messages.NO_DEFINITION())
        return
    for path, fault in _flat(DefinitionKeys().validate(definition.data), ()):
        name = same(".".join(map(str, path))) or messages.WHOLE_DEFINITION()
        message = messages.NAMED(name=name, said=fault.message)
        line = definition.line(path)
        yield Problem(file=definition.file, line=line, message=message, remedy=fault.remedy)


def _flat(faults: Any, path: Path_) -> Iterator[tuple[Path_, Fault]]:
    if isinstance(faults, Mapping):
        for key, inner in faults.items():
            yield from _flat(inner, path if key == "_schema" else (*path, key))
    else:
        for fault in faults:
            yield path, fault


def _form(definition: Definition, path: Path, version: str) -> Form:
    data: dict[str, Any] = definition.data
    documents, told = _documents(data.get("documents", {}))
    return Form(
        id=data["form"],
        title=data["title"],
        also=tuple(data.get("also", ())),
        policy=data.get("policy", ""),
        notes=tuple(_unfolded(note) for note in data.get("notes", ())),
        layouts=_several(data.get("layout", "record")),
        head=tuple(data.get("head", ())),
        identity=tuple(data.get("identity", ())),
        register=Register(
            series=data["register"]["series"],
            number=data["register"]["number"],
            retention=data["register"].get("retention", "D10"),
            category=data["register"].get("class", "WS"),
        ),
        parameters=data.get("parameters", {}),
        confidence=data.get("confidence"),
        fields=_fields(definition, data["fields"], ("fields",)),
        rules=tuple(_rule(definition, rule, ("rules", n)) for n, rule in enumerate(data.get("rules", ()))),
        approval=tuple(_step(step) for step in data.get("approval", ())),
        documents=documents,
        conditions=told["when"],
        engines=told["engine"],
        path=path,
        version=version,
    )


def _fields(definition: Definition, data: Mapping[str, Any], path: Path_) -> tuple[Field, ...]:
    return tuple(
        Field(
            id=id,
            label=item["label"],
            type=FieldType(item["type"]),
            also=tuple(item.get("also", ())),
            required=item.get("required", False),
            future=item.get("future", False),
            options={option: _several(texts) for option, texts in item.get("options", {}).items()},
            unit=item.get("unit", ""),
            not_under=_several(item.get("not_under", ())),
            fields=_fields(definition, item.get("fields", {}), (*path, id, "fields")),
            line=definition.line((*path, id)),
        )
        for id, item in data.items()
    )


def _rule(definition: Definition, data: Mapping[str, Any], path: Path_) -> Rule:
    cases = data["else"] if isinstance(data["else"], list) else [data["else"]]
    *before, last = (
        Case(
            when=case.get("when", ""),
            outcome=case["outcome"],
            message=_unfolded(case["message"]),
            english=case.get("english", ""),
            line=definition.line((*path, "else", n)),
        )
        for n, case in enumerate(cases)
    )
    return Rule(
        id=data["id"],
        article=data["article"],
        when=data.get("when", ""),
        holds=data["holds"],
        outcome=last.outcome,
        message=last.message,
        english=last.english,
        cases=tuple(before),
        shows=data.get("shows", {}),
        examples=tuple(
            Example(
                given=example.get("given", {}),
                facts={key: value for key, value in example.items() if key not in ("given", "expect")},
                expect=example.get("expect", ""),
                line=definition.line((*path, "examples", n)),
            )
            for n, example in enumerate(data.get("examples", ()))
        ),
        line=definition.line(path),
    )


def _unfolded(text: str) -> str:
    """Chinese without the blanks that YAML puts where it folds a line."""
    return _FOLD.sub("", text)


def _step(data: Mapping[str, Any]) -> Step:
    shows, again = _several(data.get("shows", ())), bool(data.get("again", False))
    return (
        Step(
            role=data["role"],
            decides=tuple(map(StepDecision, _several(data["decides"]))),
            shows=shows,
            again=again,
        )
        if "decides" in data
        else Step(role=data["role"], shows=shows, again=again)
    )


def _documents(data: Mapping[str, Any]) -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, str]]]:
    """The templates of each event, and what is said of each template: `when`, `engine`."""
    names: dict[str, tuple[str, ...]] = {}
    told: dict[str, dict[str, str]] = {"when": {}, "engine": {}}
    for event, listed in data.items():
        documents = listed if isinstance(listed, list) else [listed]
        named = [one if isinstance(one, Mapping) else {"template": one} for one in documents]
        names[event] = tuple(one["template"] for one in named)
        for key, values in told.items():
            values |= {one["template"]: one[key] for one in named if key in one}
    return names, told


def _several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
