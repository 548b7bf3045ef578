"""What a template may say: names, attributes, filters, tests, comparisons, if and for; no calls, no underscores.

Safe by grammar first: the syntax tree is walked and anything else refused before it is compiled. Beneath it lies
Jinja's immutable sandbox with autoescape, and attributes are looked up here, never on Python objects at large.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes, pass_context
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as JINJA_TESTS
from markupsafe import Markup

from formflow.documents.templates.display import Shown
from formflow.documents.templates.filters import FILTERS, NEVER, one_line
from formflow.documents.templates.media import MEDIA
from formflow.documents.templates.problem import Unfillable, nearest
from formflow.documents.templates.rich import INLINE, LOOK, RUNS, Blocks, text_xml
from formflow.documents.templates.tags import BLOCK, COMMENT, EXPRESSION
from formflow.messages import Bilingual, Message, listed, same
from formflow.messages import templates as messages

LOOP = frozenset(("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0"))
SHOWN = frozenset(("text", "value", "label", "boxes", "name", "on"))
TESTS = frozenset(
    "defined undefined none string number in even odd divisibleby true false"
    " eq ne lt gt le ge equalto == != < > <= >=".split()
)
DROPPED: ContextVar[list[str] | None] = ContextVar("dropped", default=None)
"""Collects the texts that control characters were taken out of, while a document is being filled."""

_ALLOWED: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name, nodes.Const),
    *(nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand),
    *(nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat, nodes.Tuple, nodes.List, nodes.Slice),
    *(nodes.Neg, nodes.Keyword, nodes.Pair),
)
_Fault = tuple[int, Bilingual, Bilingual]
"""Line, what is wrong, remedy."""
_NEITHER = frozenset(("Include", "Import", "FromImport", "Extends", "Block"))
"""What docxtpl's sandbox does not take either, or has no use for."""
_TOLD: dict[str, tuple[Bilingual, Message]] = {
    "Call": (messages.A_CALL(), messages.USE_FILTER),
    "Assign": (same("{% set %}"), messages.WRITE_EXPRESSION),
    "AssignBlock": (same("{% set %}"), messages.WRITE_EXPRESSION),
    "Macro": (same("{% macro %}"), messages.WRITE_PARAGRAPHS),
    "CallBlock": (same("{% call %}"), messages.WRITE_PARAGRAPHS),
    "Include": (same("{% include %}"), messages.COPY_PARAGRAPHS),
    "Import": (same("{% import %}"), messages.USE_BUILT_IN),
    "FromImport": (same("{% from … import %}"), messages.USE_BUILT_IN),
    "Extends": (same("{% extends %}"), messages.COPY_PARAGRAPHS),
    "Block": (same("{% block %}"), messages.WRITE_PARAGRAPHS),
    "FilterBlock": (same("{% filter %}"), messages.FILTER_EACH),
    "Dict": (messages.A_DICTIONARY(), messages.WRITE_IF),
}
# What XML 1.0 does not allow, and what must not stand bare in a run: markup, line breaks, tabs.
_SPECIAL = re.compile("[&<>\"'\\x00-\\x1f\\x7f-\\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufddf\ufffe\uffff]")
_MACHINERY = frozenset(("self", "super", "caller", "varargs", "kwargs"))
"""Names by which Jinja would hand out parts of itself."""
_MOST_RANGE = 1000
"""Numbers that a `range` may spell out."""
_MOST_PASSES = 10_000
"""Passes of loops inside one another that are written down in the template itself."""


class _Made(Markup):
    """WordprocessingML that this module made; markup that a context brings is text like any other."""


@pass_context  # so that Jinja folds no constant into markup before it comes here
def finalize(_context: Context, value: Any) -> Any:
    """What is printed for a value: escaped, line breaks as Word's own, nothing that XML forbids.

    Raises:
        Unfillable: The value is a list or a group of values, which cannot be printed.
    """
    if type(value) is str:
        text = value
    elif type(value) is _Made:
        return value
    elif isinstance(value, Shown):
        text = value.text
    elif isinstance(value, str):
        text = str.__str__(value)
    elif value is None:
        return ""
    elif isinstance(value, bool):
        text = "是" if value else "否"
    elif isinstance(value, Mapping | list | tuple):
        raise Unfillable(messages.LIST_PRINTED())
    else:
        if isinstance(value, INLINE):
            return _between_runs(value)
        if isinstance(value, Blocks):
            raise Unfillable(messages.WHOLE_PARAGRAPHS())
        text = str(own(value))
    if _SPECIAL.search(text) is None:
        return Markup(text)  # noqa: S704 -- nothing in it to escape
    xml, kept = text_xml(text)
    note_dropped(text, kept)
    media = MEDIA.get()
    if media is not None and ("\a" in text or "\f" in text):
        media.breaks = True
    return Markup(xml)  # noqa: S704 -- escaped by text_xml


def own(value: Any) -> Any:
    """The value, unless it is one of docxtpl's, which says WordprocessingML where a text is asked for."""
    if type(value).__module__.startswith("docxtpl."):
        raise Unfillable(messages.DOCXTPL_VALUE(kind=type(value).__name__))
    return value


def note_dropped(text: str, kept: str) -> None:
    """Remember a text that control characters were taken out of."""
    dropped = DROPPED.get()
    if dropped is not None and kept != text:
        dropped.append(kept)


def _between_runs(value: Any) -> Markup:
    """Runs of their own where a text stands: its run ends before them and goes on behind, with the same look."""
    media = MEDIA.get()
    if media is not None:
        media.rich = True
    reopened = f'<w:r>{LOOK}<w:t xml:space="preserve">'
    return Markup(f"{RUNS}</w:t></w:r>{value.runs()}{reopened}")  # noqa: S704 -- made of escaped text


def blocks(value: Any) -> _Made | None:
    """For `{{p value }}`: the paragraphs that stand in the tag's place; None for a value that is text."""
    if not isinstance(own(value), Blocks):
        return None
    media = MEDIA.get()
    if media is not None:
        media.rich = True
    return _Made(value.xml)


def field_argument(value: Any) -> str:
    """For a tag in a field code: one line, with quotes and backslashes as Word reads them there."""
    return one_line(value).replace("\\", "\\\\").replace('"', '\\"')


def span(value: Any) -> int:
    """For `{% colspan n %}`: how many columns; nothing and less than one merge nothing.

    Raises:
        Unfillable: It is no whole number.
    """
    text = str(value).strip() or "1"
    if not text.lstrip("-").isdecimal():
        raise Unfillable(messages.COLSPAN(text=text))
    return max(1, int(text))


INTERNAL = {"formflow_blocks": blocks, "formflow_field": field_argument, "formflow_span": span}
"""Filters that tags of a certain place bring along; no template names them."""


class Environment(ImmutableSandboxedEnvironment):
    """Jinja with our delimiters, our filters, and attributes of context values only."""

    def __init__(self) -> None:
        super().__init__(
            variable_start_string=EXPRESSION[0],
            variable_end_string=EXPRESSION[1],
            block_start_string=BLOCK[0],
            block_end_string=BLOCK[1],
            comment_start_string=COMMENT[0],
            comment_end_string=COMMENT[1],
            keep_trailing_newline=True,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=finalize,
            cache_size=0,
        )
        self.filters = {**FILTERS, **INTERNAL}
        self.tests = {name: test for name, test in self.tests.items() if name in TESTS}
        self.globals = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A context value's attribute: a key of a group, a declared attribute of a value or of `loop`."""
        if type(obj) is dict or isinstance(obj, Mapping):
            if attribute in obj:
                return obj[attribute]
        elif (isinstance(obj, Shown) and attribute in SHOWN) or (
            isinstance(obj, LoopContext) and attribute in LOOP
        ):
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Undefined):
            return obj[argument]
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        if isinstance(obj, list | tuple | str):
            try:
                return obj[argument]
            except (IndexError, TypeError):
                pass
        return self.undefined(obj=obj, name=argument)


def spell_out_ranges(tree: nodes.Template) -> None:
    """`for i in range(3)`, with plain numbers, as the list that it means: nothing is called when it is filled."""
    for loop in tree.find_all(nodes.For):
        call = loop.iter
        if not (
            isinstance(call, nodes.Call) and isinstance(call.node, nodes.Name) and call.node.name == "range"
        ):
            continue
        numbers = [arg.value for arg in call.args if isinstance(arg, nodes.Const)]
        plain = len(numbers) == len(call.args) and all(type(number) is int for number in numbers)
        if not plain or not 1 <= len(numbers) <= 3 or (len(numbers) == 3 and not numbers[2]):
            continue
        if call.kwargs or call.dyn_args or call.dyn_kwargs or len(range(*numbers)) > _MOST_RANGE:
            continue
        loop.iter = nodes.List([nodes.Const(number) for number in range(*numbers)], lineno=call.lineno)


def faults(tree: nodes.Template) -> Iterator[_Fault]:
    """What the grammar does not allow, as (line, message, remedy)."""
    yield from _in_loops(tree, passes=1, inside=False)
    for node in tree.find_all(nodes.Node):
        kind = type(node).__name__
        if not isinstance(node, (*_ALLOWED, nodes.Name)):
            what, cure = _TOLD.get(kind, (same(kind), messages.USE_PLAIN))
            remedy = cure() if kind in _NEITHER else messages.OR_DOCXTPL(remedy=cure())
            yield node.lineno, messages.NOT_ALLOWED(what=what), remedy
        elif isinstance(node, nodes.For) and node.recursive:
            remedy = messages.OR_DOCXTPL(remedy=messages.LOOP_INSIDE())
            yield node.lineno, messages.RECURSIVE_LOOP(), remedy
        if isinstance(node, nodes.Name) and node.name in _MACHINERY:
            yield node.lineno, messages.NOT_ALLOWED(what=node.name), messages.USE_FIELD_NAMES()
        for name in _names_in(node):
            if name.startswith("_"):
                yield node.lineno, messages.UNDERSCORE(name=name), messages.USE_FIELD_NAMES()
        yield from _unknown_filter(node)


def _in_loops(node: nodes.Node, *, passes: int, inside: bool) -> Iterator[_Fault]:
    """Loops over plain numbers and lists that multiply beyond bounds, and `loop` where there is none."""
    if isinstance(node, nodes.For):
        yield from _in_loops(node.iter, passes=passes, inside=inside)
        passes *= max(1, _length(node.iter))
        if passes > _MOST_PASSES:
            said = messages.TOO_MANY_PASSES(passes=passes, most=_MOST_PASSES)
            yield node.lineno, said, messages.LOOP_OVER_VALUES()
            return
        for child in (*([node.test] if node.test is not None else []), *node.body):
            yield from _in_loops(child, passes=passes, inside=True)
        for child in node.else_:
            yield from _in_loops(child, passes=passes, inside=inside)
        return
    if isinstance(node, nodes.Name) and node.name == "loop" and not inside:
        yield node.lineno, messages.NO_LOOP(), messages.PUT_INTO_LOOP()
    for child in node.iter_child_nodes():
        yield from _in_loops(child, passes=passes, inside=inside)


def _length(iterated: nodes.Node) -> int:
    """How many passes a loop is certain to make, as far as the template itself says it."""
    if isinstance(iterated, nodes.List | nodes.Tuple):
        return len(iterated.items)
    if isinstance(iterated, nodes.Const) and isinstance(iterated.value, str):
        return len(iterated.value)
    if isinstance(iterated, nodes.Filter) and iterated.node is not None:
        return _length(iterated.node)
    return 1


def _names_in(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Name):
        yield node.name
    elif isinstance(node, nodes.Getattr):
        yield node.attr
    elif (
        isinstance(node, nodes.Getitem)
        and isinstance(node.arg, nodes.Const)
        and isinstance(node.arg.value, str)
    ):
        yield node.arg.value


def _unknown_filter(node: nodes.Node) -> Iterator[_Fault]:
    if isinstance(node, nodes.Filter) and node.name not in FILTERS and node.name not in INTERNAL:
        near = nearest(node.name, FILTERS) or messages.THERE_ARE(known=listed(sorted(FILTERS)))
        near = messages.SET_DOCXTPL() if node.name in JINJA_FILTERS.keys() - NEVER else near
        yield node.lineno, messages.NO_FILTER(name=node.name), near
    elif isinstance(node, nodes.Test) and node.name not in TESTS:
        near = nearest(node.name, TESTS) or messages.THERE_ARE(known=listed(sorted(TESTS)))
        near = messages.SET_DOCXTPL() if node.name in JINJA_TESTS else near
        yield node.lineno, messages.NO_TEST(name=node.name), near
