"""The marshmallow schemas of a definition: which keys there are and what each holds, without coercion."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema

from formflow.forms.problem import nearest
from formflow.forms.spec import FieldType
from formflow.messages import NOTHING, Bilingual, Message, listed, same
from formflow.messages import forms as messages
from formflow.model import Severity, StepDecision
from formflow.people.roles import DECIDING

MONEY_UNITS = ("元", "千元", "万元", "百万元", "亿元")
OUTCOMES = tuple(severity.value for severity in Severity)
EVENTS = ("registered", "approved", "rejected", "returned")
ENGINES = ("compiled", "docxtpl")
LAYOUTS = ("record", "log")
DECISIONS = tuple(decision.value for decision in StepDecision)
ROLES = DECIDING

_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_RULE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TEMPLATE = re.compile(r"[^/\\:*?\"<>|.~][^/\\:*?\"<>|]*\.docx")
_SERIES = re.compile(r"[A-Z][A-Z0-9]{0,11}")
_CLASS = re.compile(r"[A-Z0-9·]{1,12}")


class Fault(NamedTuple):
    """What is wrong with a value, as marshmallow carries it."""

    message: Bilingual
    remedy: Bilingual = NOTHING


def wrong(message: Bilingual, remedy: Bilingual = NOTHING) -> ValidationError:
    """The error that carries one fault."""
    return ValidationError([Fault(message, remedy)])


def said(value: Any) -> Bilingual:
    """The value as a message names it."""
    if value is None:
        return messages.NOTHING_THERE()
    if isinstance(value, bool):
        return messages.YES_NO(value=str(value).lower())
    if isinstance(value, Mapping):
        return messages.A_MAPPING()
    return messages.A_LIST() if isinstance(value, list) else same(repr(value))


def _lacking(expected: Bilingual) -> Any:
    """What marshmallow says of a value that is not there, or empty: in lists, for it fills in texts."""
    return {
        "required": [Fault(messages.MISSING(expected=expected))],
        "null": [Fault(messages.EMPTY(expected=expected))],
    }


class Value(fields.Field[Any]):
    """A value that is taken as it stands or refused; nothing is converted."""

    def __init__(
        self, expected: Bilingual, accepts: Callable[[Any], bool], *, required: bool = False
    ) -> None:
        super().__init__(
            required=required,
            allow_none=accepts(None),
            error_messages=_lacking(expected),
        )
        self.expected, self.accepts = expected, accepts

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:  # noqa: ARG002
        if not self.accepts(value):
            raise wrong(messages.WRONG(found=said(value), expected=self.expected))
        return value


class ListOf(fields.Field[Any]):
    """A list of values of one kind; a single one may stand without brackets where `single`."""

    def __init__(self, inner: fields.Field[Any], *, single: bool = False, least: int = 0) -> None:
        super().__init__(error_messages=_lacking(messages.A_LIST()))
        self.inner, self.single, self.least = inner, single, least

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, list):
            if not self.single:
                raise wrong(messages.WRONG(found=said(value), expected=messages.A_LIST()))
            return [self.inner.deserialize(value, attr, data, **kwargs)]
        if len(value) < self.least:
            raise wrong(messages.TOO_FEW(count=len(value), least=self.least))
        return _each(self.inner, dict(enumerate(value)), kwargs, into=list)


class MapOf(fields.Field[Any]):
    """A mapping whose keys a department chooses."""

    def __init__(self, inner: fields.Field[Any], *, keys: re.Pattern[str] | None = _ID, **how: Any) -> None:
        super().__init__(error_messages=_lacking(messages.A_MAPPING()), **how)
        self.inner, self.keys = inner, keys

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        if not isinstance(value, Mapping):
            raise wrong(messages.WRONG(found=said(value), expected=messages.A_MAPPING()))
        no_ids = {
            key: [Fault(messages.NO_ID())] for key in value if self.keys and not self.keys.fullmatch(key)
        }
        if no_ids:
            raise ValidationError(no_ids)
        return _each(self.inner, value, kwargs, into=dict)


def _each(inner: fields.Field[Any], items: Mapping[Any, Any], kwargs: Any, *, into: type) -> Any:
    good: dict[Any, Any] = {}
    faults: dict[Any, Any] = {}
    for key, item in items.items():
        try:
            good[key] = inner.deserialize(item, **kwargs)
        except ValidationError as error:
            faults[key] = error.messages
    if faults:
        raise ValidationError(faults)
    return good if into is dict else list(good.values())


class Keys(Schema):
    """A mapping with fixed keys; an unknown one is refused with the nearest known."""

    class Meta:
        unknown = EXCLUDE

    error_messages: Any = {"type": Fault(messages.NO_MAPPING(expected=messages.A_MAPPING()))}  # noqa: RUF012 - marshmallow's own name

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _known(self, data: Any, original: Any, **_: Any) -> None:  # noqa: ARG002
        if not isinstance(original, Mapping):
            return
        known = {item.data_key or name for name, item in self.fields.items()}
        unknown = {
            key: [Fault(messages.UNKNOWN_KEY(), nearest(key, known))] for key in original if key not in known
        }
        if unknown:
            raise ValidationError(unknown)


def text(
    expected: Message = messages.A_TEXT, pattern: re.Pattern[str] | None = None, *, required: bool = False
) -> Value:
    """A text with something in it, of the given shape."""

    def accepts(value: Any) -> bool:
        return (
            isinstance(value, str) and bool(value.strip()) and (not pattern or bool(pattern.fullmatch(value)))
        )

    return Value(expected(), accepts, required=required)


def one_of(*known: str, required: bool = False) -> Value:
    return Value(
        messages.ONE_OF(known=listed(known)),
        lambda value: isinstance(value, str) and value in known,
        required=required,
    )


def flag() -> Value:
    return Value(messages.TRUE_OR_FALSE(), lambda value: isinstance(value, bool))


def scalar() -> Value:
    """A text, number, yes/no or nothing: a department's own parameter."""
    return Value(messages.A_SCALAR(), lambda value: not isinstance(value, list | dict))


def anything() -> Value:
    return Value(messages.A_VALUE(), lambda _: True)


def texts(*, single: bool = False) -> ListOf:
    return ListOf(text(), single=single)


def nested(schema: Any, expected: Message = messages.A_MAPPING, *, required: bool = False) -> fields.Nested:
    """A mapping with the keys of a schema."""
    return fields.Nested(
        schema,
        required=required,
        error_messages=_lacking(expected()) | {"type": [Fault(messages.NO_MAPPING(expected=expected()))]},
    )


class FieldKeys(Keys):
    """One field."""

    label = text(messages.THE_LABEL, required=True)
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

    series = text(messages.SERIES, _SERIES, required=True)
    number = text(messages.NUMBER_PATTERN, required=True)
    retention = one_of("Y", "D30", "D10")
    category = Value(
        messages.CATEGORY(), lambda value: isinstance(value, str) and bool(_CLASS.fullmatch(value))
    )
    category.data_key = "class"


class ElseKeys(Keys):
    """What becomes of a record that does not keep the rule."""

    when = text(messages.AN_EXPRESSION)
    outcome = one_of(*OUTCOMES, required=True)
    message = text(messages.CHINESE_MESSAGE, required=True)
    english = text(messages.ENGLISH_MESSAGE)


class RuleKeys(Keys):
    """One rule."""

    id = text(messages.RULE_ID, _RULE_ID, required=True)
    article = text(messages.THE_ARTICLE, required=True)
    when = text(messages.AN_EXPRESSION)
    holds = text(messages.AN_EXPRESSION, required=True)
    otherwise = ListOf(nested(ElseKeys), single=True, least=1)
    otherwise.data_key, otherwise.required = "else", True
    otherwise.error_messages["required"] = [Fault(messages.MISSING(expected=messages.ELSE_CASE()))]  # noqa: RUF012
    shows = MapOf(text(messages.AN_EXPRESSION))
    examples = ListOf(MapOf(anything()), least=1)


class StepKeys(Keys):
    """One step of the approval."""

    role = one_of(*ROLES, required=True)
    decides = ListOf(one_of(*DECISIONS), single=True, least=1)
    shows = texts(single=True)
    again = flag()


class DocumentKeys(Keys):
    """A document of which more is said than its template."""

    template = text(messages.DOCX_NAME, _TEMPLATE, required=True)
    when = text(messages.AN_EXPRESSION)
    engine = one_of(*ENGINES)


class Document(fields.Field[Any]):
    """The name of a template, or a mapping that says more of it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, Mapping):
            return nested(DocumentKeys).deserialize(value, attr, data, **kwargs)
        return text(messages.DOCX_NAME, _TEMPLATE).deserialize(value, attr, data, **kwargs)


class DefinitionKeys(Keys):
    """A whole definition."""

    form = text(messages.FORM_ID, _ID, required=True)
    title = text(messages.THE_TITLE, required=True)
    also = texts()
    policy = text()
    notes = texts()
    layout = ListOf(one_of(*LAYOUTS), single=True, least=1)
    head = texts()
    identity = texts()
    register = nested(RegisterKeys, messages.REGISTER, required=True)
    parameters = MapOf(scalar())
    confidence = Value(messages.FRACTION(), lambda value: isinstance(value, int | float) and 0 <= value <= 1)
    fields_ = MapOf(nested(FieldKeys), data_key="fields", required=True)
    rules = ListOf(nested(RuleKeys))
    approval = ListOf(nested(StepKeys))
    documents = MapOf(ListOf(Document(), single=True))
