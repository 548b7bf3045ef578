"""CEL, the Common Expression Language, as the rules use it: bounded, with our functions, errors as ours.

An expression sees nothing but the variables and functions it is given: no files, clock, network or Python.
What it may cost is bounded by its length, by the depth of its loops, by what its maps can make of a list and by the size
of what it is given: the engine ends the whole process where memory runs out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cel

from formflow.errors import FormflowError
from formflow.messages import Bilingual, same
from formflow.messages import rules as messages
from formflow.rules.tokens import Mentions, mentions

MAX_LENGTH = 2_000
"""Characters of an expression."""
MAX_LOOPS = 1
"""Macros (`all`, `filter`, …) inside one another: 1 means none inside another."""
MAX_GROWTH = 100
"""How many times as much as it is given the maps of an expression may make of it."""
MAX_ITEMS = 2_000
"""Items of one list that an expression is given."""
MAX_TEXT = 200_000
"""Characters of one text that an expression is given."""

STANDARD = frozenset(
    "size matches contains startsWith endsWith string int uint double bytes timestamp duration type dyn has"
    " getFullYear getMonth getDate getDayOfMonth getDayOfWeek getDayOfYear getHours getMinutes getSeconds"
    " getMilliseconds all exists exists_one map filter min max".split()
)
"""Functions that CEL brings."""


class ExpressionError(FormflowError):
    """An expression is wrong, or cannot be evaluated with what it was given."""

    exit_code = 3


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A compiled expression.

    Attributes:
        variables, functions: The names it uses, without those its own macros bind.
        mentions: The members it uses (`record.phone`).
    """

    source: str
    variables: frozenset[str]
    functions: frozenset[str]
    mentions: Mentions
    _program: Any

    def evaluate(self, variables: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> Any:
        """What the expression gives.

        Args:
            variables: None, bool, int, float, str, timezone-aware datetime, and lists and mappings of these.
            functions: Called with values of these types.
        Raises:
            ExpressionError: It cannot be evaluated: a member is missing, types do not fit, a list is too long.
            FormflowError: What one of the functions raised, as it was raised.
        """
        for name in self.variables & variables.keys():
            _measure(variables[name], name)
        raised: list[BaseException] = []
        wrapped = {name: _caught(functions[name], raised) for name in self.functions & functions.keys()}
        seen = {name: variables[name] for name in self.variables & variables.keys()}
        try:
            result = self._program.execute(cel.Context(seen, wrapped))
        except (ValueError, TypeError, LookupError, RuntimeError, ArithmeticError) as error:
            if not raised:
                raise self._failed(_short(error)) from error
            result = None
        if raised:
            first = raised[0]
            if isinstance(first, FormflowError) and not isinstance(first, ExpressionError):
                raise first
            raise self._failed(
                first.message if isinstance(first, ExpressionError) else _short(first)
            ) from first
        return result

    def _failed(self, said: Bilingual) -> ExpressionError:
        return ExpressionError(messages.IN_EXPRESSION(source=self.source, said=said), code="rule-error")


@lru_cache(maxsize=2048)
def compile(source: str) -> Expression:
    """The expression, ready to be evaluated; compiled once a process.

    Raises:
        ExpressionError: It is no CEL, too long, loops inside a loop, or makes too much of its lists.
    """
    if len(source) > MAX_LENGTH:
        raise ExpressionError(messages.TOO_LONG(count=len(source), most=MAX_LENGTH), code="too-long")
    try:
        program = cel.compile(source)
    except ValueError as error:
        raise ExpressionError(
            messages.NO_EXPRESSION(source=source.strip(), error=_short(error)), code="syntax"
        ) from error
    found = mentions(source)
    if found.loops > MAX_LOOPS:
        raise ExpressionError(messages.LOOP_IN_LOOP(), code="too-deep")
    if found.growth > MAX_GROWTH:
        raise ExpressionError(
            messages.GROWS_TOO_MUCH(growth=found.growth, most=MAX_GROWTH),
            code="too-much",
            remedy=messages.SPLIT_IT(),
        )
    references = program.references()
    functions = {name for name in references["functions"] if name.isidentifier()}
    return Expression(
        source.strip(), frozenset(references["variables"]) - found.bound, frozenset(functions), found, program
    )


def _caught(function: Callable[..., Any], raised: list[BaseException]) -> Callable[..., Any]:
    """The function with its exceptions put aside: the engine would print them and lose their type."""

    def call(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except Exception as error:
            raised.append(error)
            return None

    return call


def _measure(value: Any, name: str) -> None:
    if isinstance(value, str) and len(value) > MAX_TEXT:
        raise ExpressionError(
            messages.TEXT_TOO_LONG(name=name, count=len(value), most=MAX_TEXT), code="too-large"
        )
    if isinstance(value, list):
        if len(value) > MAX_ITEMS:
            raise ExpressionError(
                messages.TOO_MANY_ITEMS(name=name, count=len(value), most=MAX_ITEMS), code="too-large"
            )
        for item in value:
            _measure(item, name)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _measure(item, f"{name}.{key}")


def _short(error: BaseException) -> Bilingual:
    if isinstance(error, KeyError):
        return messages.NO_VALUE(name=error.args[0])
    lines = [line for line in str(error).splitlines() if line.strip()]
    said = lines[0].removeprefix("Failed to parse expression ") if lines else type(error).__name__
    at = said.find("ERROR: <input>:")
    return same(said[at + len("ERROR: <input>:") :][:200] if at >= 0 else said[:200])
