"""A definition's YAML as plain data with line numbers, read strictly.

YAML 1.2: `NO`, `off` and `2026-01-31` are texts. What YAML versions read differently (`012`, `1e3`, `0x1F`)
is refused rather than guessed, as are duplicate keys, anchors, aliases, tags and second documents.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from formflow.forms.problem import Problem, schema_error
from formflow.messages import NOTHING, Bilingual
from formflow.messages import forms as messages

MAX_BYTES = 256_000
MAX_DEPTH = 16

Path_ = tuple[str | int, ...]
"""Keys and indexes that lead from the top to a value."""

_NULL = re.compile(r"|~|null|Null|NULL")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,17})\.\d{1,9}")
_UNSURE = re.compile(
    r"[-+]?(?:0[0-7_]*[0-9_]|0[xob][0-9a-f_]+|\d[\d_]*|[\d_]*\.?[\d_]+(?:e[-+]?\d+)?|\d[\d_]*\.|\.inf|\.nan)",
    re.I,
)


@dataclass(slots=True)
class Definition:
    """A definition as plain data.

    Attributes:
        data: Mappings, lists, texts, numbers, booleans and nulls.
        lines: Where each value begins, from 1.
        file: Folder and name, as problems name it.
    """

    file: str
    data: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path_) -> int:
        """The line of a value, or of the nearest thing around it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, line: int, message: Bilingual, remedy: Bilingual = NOTHING) -> None:
        self.problems.append(Problem(file=self.file, line=line, message=message, remedy=remedy))


def read_definition(path: Path, content: bytes) -> Definition:
    """The definition in a file's bytes; what is wrong stands in its `problems`.

    Raises:
        SchemaError: It is no YAML at all, so nothing can be said about the rest of it.
    """
    definition = Definition(file=f"{path.parent.name}/{path.name}" if path.parent.name else path.name)
    if len(content) > MAX_BYTES:
        _refuse(definition, 0, messages.TOO_LARGE(size=len(content), most=MAX_BYTES))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        _refuse(definition, line, messages.NOT_UTF8(), messages.SAVE_AS_UTF8())
    try:
        _build(definition, text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        _refuse(definition, line, messages.NOT_YAML(reason=error.problem or error.context))
    except YAMLError as error:
        _refuse(definition, 0, messages.NOT_YAML(reason=str(error).splitlines()[0]))
    return definition


def _refuse(definition: Definition, line: int, message: Bilingual, remedy: Bilingual = NOTHING) -> None:
    definition.fault(line, message, remedy)
    raise schema_error(definition.problems)


@dataclass(slots=True)
class _Open:
    """A mapping or list that has begun and not yet ended."""

    value: dict[str, Any] | list[Any]
    path: Path_
    key: str | None = None
    waiting: bool = False


def _build(definition: Definition, text: str) -> None:
    stack: list[_Open] = []
    documents = 0
    for event in YAML(typ="safe", pure=True).parse(io.StringIO(text)):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                _refuse(definition, line, messages.SECOND_DOCUMENT())
            if event.version not in (None, (1, 2)):
                _refuse(definition, line, messages.OTHER_YAML())
        elif isinstance(event, AliasEvent):
            _refuse(definition, line, messages.ALIAS(name=event.anchor), messages.WRITE_OUT())
        elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
            if event.anchor:
                _refuse(definition, line, messages.ANCHOR(name=event.anchor), messages.WRITE_OUT())
            if event.tag and event.tag != "!":
                _refuse(definition, line, messages.TAG(name=event.tag), messages.LEAVE_OUT())
            if len(stack) >= MAX_DEPTH:
                _refuse(definition, line, messages.TOO_DEEP(most=MAX_DEPTH))
            _place(definition, stack, event, line)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            stack.pop()
    if documents == 0:
        _refuse(definition, 0, messages.EMPTY_FILE())


def _place(
    definition: Definition,
    stack: list[_Open],
    event: ScalarEvent | MappingStartEvent | SequenceStartEvent,
    line: int,
) -> None:
    holder = stack[-1] if stack else None
    if holder is not None and isinstance(holder.value, dict) and not holder.waiting:
        _take_key(definition, holder, event, line)
        return
    value: Any
    if isinstance(event, ScalarEvent):
        value = _scalar(definition, event, line)
    else:
        value = {} if isinstance(event, MappingStartEvent) else []
    path: Path_ = ()
    if holder is not None:
        if isinstance(holder.value, list):
            path = (*holder.path, len(holder.value))
            holder.value.append(value)
        else:
            key = holder.key or ""
            path = (*holder.path, key)
            line = definition.lines.get(path, line)
            if key in holder.value:
                definition.fault(line, messages.KEY_TWICE(key=key), messages.REMOVE_ONE())
            holder.value[key] = value
            holder.waiting = False
    else:
        definition.data = value
    definition.lines[path] = line
    if not isinstance(event, ScalarEvent):
        stack.append(_Open(value, path))


def _take_key(
    definition: Definition,
    holder: _Open,
    event: ScalarEvent | MappingStartEvent | SequenceStartEvent,
    line: int,
) -> None:
    if not isinstance(event, ScalarEvent):
        _refuse(definition, line, messages.KEY_NO_WORD())
        return
    key = _scalar(definition, event, line)
    if not isinstance(key, str):
        definition.fault(
            line, messages.KEY_NO_TEXT(key=event.value or "null"), messages.PUT_IN_QUOTES(text=event.value)
        )
        key = event.value
    holder.key, holder.waiting = key, True
    definition.lines[(*holder.path, key)] = line


def _scalar(definition: Definition, event: ScalarEvent, line: int) -> Any:
    text: str = event.value
    if event.style:
        return text
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
        return bool(_TRUE.fullmatch(text))
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _UNSURE.fullmatch(text):
        definition.fault(line, messages.READ_DIFFERENTLY(text=text), messages.QUOTE_A_TEXT(text=text))
    return text
