"""The marshmallow schemas of a definition: which keys there are and what each holds, without coercion."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema

from formflow import words
from formflow.forms.problem import nearest
from formflow.forms.spec import FieldType

MONEY_UNITS = ("元", "千元", "万元", "百万元", "亿元")
OUTCOMES = ("note", "return", "refer", "reject")
EVENTS = ("registered", "approved", "rejected", "returned")
ENGINES = ("compiled", "docxtpl")
LAYOUTS = ("record", "log")
DECISIONS = ("approve", "return", "reject")
ROLES = tuple(words.ROLES)

_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_RULE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TEMPLATE = re.compile(r"[^/\\:*?\"<>|.~][^/\\:*?\"<>|]*\.docx")
_SERIES = re.compile(r"[A-Z][A-Z0-9]{0,11}")
_CLASS = re.compile(r"[A-Z0-9·]{1,12}")


def said(value: Any) -> str:
    """The value as a message names it."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"{str(value).lower()}, a yes/no value"
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, list) else repr(value)


class Value(fields.Field[Any]):
    """A value that is taken as it stands or refused; nothing is converted."""

    def __init__(self, expected: str, accepts: Callable[[Any], bool], *, required: bool = False) -> None:
        super().__init__(
            required=required,
            allow_none=accepts(None),
            error_messages={
                # In lists, for marshmallow would take braces in a text for placeholders of its own.
                "required": [f"is missing; expected {expected}"],
                "null": [f"is empty; expected {expected}"],
            },
        )
        self.expected, self.accepts = expected, accepts

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:  # noqa: ARG002
        if not self.accepts(value):
            raise ValidationError(f"is {said(value)}; expected {self.expected}")
        return value


class ListOf(fields.Field[Any]):
    """A list of values of one kind; a single one may stand without brackets where `single`."""

    def __init__(self, inner: fields.Field[Any], *, single: bool = False, least: int = 0) -> None:
        super().__init__(error_messages={"null": "is empty; expected a list"})
        self.inner, self.single, self.least = inner, single, least

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, list):
            if not self.single:
                raise ValidationError(f"is {said(value)}; expected a list")
            return [self.inner.deserialize(value, attr, data, **kwargs)]
        if len(value) < self.least:
            raise ValidationError(f"has {len(value)} items; expected at least {self.least}")
        return _each(self.inner, dict(enumerate(value)), kwargs, into=list)


class MapOf(fields.Field[Any]):
    """A mapping whose keys a department chooses."""

    def __init__(self, inner: fields.Field[Any], *, keys: re.Pattern[str] | None = _ID, **how: Any) -> None:
        super().__init__(
            error_messages={
                "null": "is empty; expected a mapping",
                "required": "is missing; expected a mapping",
            },
            **how,
        )
        self.inner, self.keys = inner, keys

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        if not isinstance(value, Mapping):
            raise ValidationError(f"is {said(value)}; expected a mapping")
        wrong = {
            key: ["is no id; expected small letters, digits and _ (customer_name)"]
            for key in value
            if self.keys and not self.keys.fullmatch(key)
        }
        if wrong:
            raise ValidationError(wrong)
        return _each(self.inner, value, kwargs, into=dict)


def _each(inner: fields.Field[Any], items: Mapping[Any, Any], kwargs: Any, *, into: type) -> Any:
    good: dict[Any, Any] = {}
    wrong: dict[Any, Any] = {}
    for key, item in items.items():
        try:
            good[key] = inner.deserialize(item, **kwargs)
        except ValidationError as error:
            wrong[key] = error.messages
    if wrong:
        raise ValidationError(wrong)
    return good if into is dict else list(good.values())


class Keys(Schema):
    """A mapping with fixed keys; an unknown one is refused with the nearest known."""

    class Meta:
        unknown = EXCLUDE

    error_messages = {"type": "is no mapping; expected a mapping"}  # noqa: RUF012 - marshmallow's own name

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _known(self, data: Any, original: Any, **_: Any) -> None:  # noqa: ARG002
        if not isinstance(original, Mapping):
            return
        known = {item.data_key or name for name, item in self.fields.items()}
        wrong = {
            key: ["; ".join(filter(None, ("is no key that is known here", nearest(key, known))))]
            for key in original
            if key not in known
        }
        if wrong:
            raise ValidationError(wrong)


def text(
    expected: str = "a text", pattern: re.Pattern[str] | None = None, *, required: bool = False
) -> Value:
    """A text with something in it, of the given shape."""

    def accepts(value: Any) -> bool:
        return (
            isinstance(value, str) and bool(value.strip()) and (not pattern or bool(pattern.fullmatch(value)))
        )

    return Value(expected, accepts, required=required)


def one_of(*known: str, required: bool = False) -> Value:
    return Value(
        "one of " + ", ".join(known),
        lambda value: isinstance(value, str) and value in known,
        required=required,
    )


def flag() -> Value:
    return Value("true or false", lambda value: isinstance(value, bool))


def scalar() -> Value:
    """A text, number, yes/no or nothing: a department's own parameter."""
    return Value("a text, a number, true, false or null", lambda value: not isinstance(value, list | dict))


def anything() -> Value:
    return Value("a value", lambda _: True)


def texts(*, single: bool = False) -> ListOf:
    return ListOf(text(), single=single)


def nested(schema: Any, expected: str = "a mapping", *, required: bool = False) -> fields.Nested:
    """A mapping with the keys of a schema."""
    return fields.Nested(
        schema,
        required=required,
        error_messages={
            "required": [f"is missing; expected {expected}"],
            "null": [f"is empty; expected {expected}"],
            "type": [f"is no mapping; expected {expected}"],
        },
    )


class FieldKeys(Keys):
    """One field."""

    label = text("the label that stands on the form", required=True)
    also = texts()
    type = one_of(*FieldType, required=True)
    required = flag()
    future = flag()
    unit = one_of(*MONEY_UNITS)
    options = MapOf(texts(single=True))
    not_under = texts(single=True)
    fields_ = MapOf(nested(lambda: FieldKeys()), data_key="fields")


class RegisterKeys(Keys):
    """The book."""

    series = text("capital letters and digits (XKH)", _SERIES, required=True)
    number = text("a pattern ({series}-{year}-{serial:04})", required=True)
    retention = one_of("Y", "D30", "D10")
    category = Value(
        "the 门类 in capital letters and digits (WS)",
        lambda value: isinstance(value, str) and bool(_CLASS.fullmatch(value)),
    )
    category.data_key = "class"


class ElseKeys(Keys):
    """What becomes of a record that does not keep the rule."""

    when = text("an expression")
    outcome = one_of(*OUTCOMES, required=True)
    message = text("the message in Chinese", required=True)
    english = text("the message in English")


class RuleKeys(Keys):
    """One rule."""

    id = text("small letters, digits and - (nc-within-one-month)", _RULE_ID, required=True)
    article = text("where the rule is written, with its words", required=True)
    when = text("an expression")
    holds = text("an expression", required=True)
    otherwise = ListOf(nested(ElseKeys), single=True, least=1)
    otherwise.data_key, otherwise.required = "else", True
    otherwise.error_messages["required"] = ["is missing; expected {outcome: …, message: …}"]  # noqa: RUF012
    shows = MapOf(text("an expression"))
    examples = ListOf(MapOf(anything()), least=1)


class StepKeys(Keys):
    """One step of the approval."""

    role = one_of(*ROLES, required=True)
    decides = ListOf(one_of(*DECISIONS), single=True, least=1)
    shows = texts(single=True)
    again = flag()


class DocumentKeys(Keys):
    """A document of which more is said than its template."""

    template = text("the name of a .docx file", _TEMPLATE, required=True)
    when = text("an expression")
    engine = one_of(*ENGINES)


class Document(fields.Field[Any]):
    """The name of a template, or a mapping that says more of it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, Mapping):
            return nested(DocumentKeys).deserialize(value, attr, data, **kwargs)
        return text("the name of a .docx file", _TEMPLATE).deserialize(value, attr, data, **kwargs)


class DefinitionKeys(Keys):
    """A whole definition."""

    form = text("the id that the file is named by", _ID, required=True)
    title = text("the title that stands on the form", required=True)
    also = texts()
    policy = text()
    notes = texts()
    layout = ListOf(one_of(*LAYOUTS), single=True, least=1)
    head = texts()
    identity = texts()
    register = nested(RegisterKeys, "{series: …, number: …}", required=True)
    parameters = MapOf(scalar())
    confidence = Value(
        "a number from 0 to 1", lambda value: isinstance(value, int | float) and 0 <= value <= 1
    )
    fields_ = MapOf(nested(FieldKeys), data_key="fields", required=True)
    rules = ListOf(nested(RuleKeys))
    approval = ListOf(nested(StepKeys))
    documents = MapOf(ListOf(Document(), single=True))
