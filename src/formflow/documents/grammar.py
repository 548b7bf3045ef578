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
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from formflow.documents.filters import FILTERS
from formflow.documents.problem import nearest
from formflow.documents.shown import Shown
from formflow.documents.tags import BLOCK, COMMENT, EXPRESSION

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
    *(nodes.Neg, nodes.Keyword),
)
_TOLD: dict[str, tuple[str, str]] = {
    "Call": ("a call ( … )", "use a filter instead, as in {{ amount|capital }}"),
    "Assign": ("{% set %}", "write the expression where it is needed"),
    "AssignBlock": ("{% set %}", "write the expression where it is needed"),
    "Macro": ("{% macro %}", "write the paragraphs out"),
    "CallBlock": ("{% call %}", "write the paragraphs out"),
    "Include": ("{% include %}", "copy the paragraphs into this template"),
    "Import": ("{% import %}", "use the filters that are built in"),
    "FromImport": ("{% from … import %}", "use the filters that are built in"),
    "Extends": ("{% extends %}", "copy the paragraphs into this template"),
    "Block": ("{% block %}", "write the paragraphs out"),
    "FilterBlock": ("{% filter %}", "put the filter behind each value"),
    "Dict": ("a { … } dictionary", "write {% if %} … {% elif %}"),
}
# What XML 1.0 does not allow, and what must not stand bare in a run: markup, line breaks, tabs.
_SPECIAL = re.compile("[&<>\"'\\x00-\\x1f\\x7f-\\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufddf\ufffe\uffff]")
_FORBIDDEN = re.compile(
    "[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\ud800-\udfff\ufdd0-\ufddf\ufffe\uffff]"
)
_BREAK = re.compile("\r\n|[\r\n\\x0b\\x0c\\x85\u2028\u2029]")
_BREAK_XML = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB_XML = '</w:t><w:tab/><w:t xml:space="preserve">'


@pass_context  # so that Jinja folds no constant into markup before it comes here
def finalize(_context: Context, value: Any) -> Any:
    """What is printed for a value: escaped, line breaks as Word's own, nothing that XML forbids.

    Raises:
        TypeError: The value is a list or a group of values, which cannot be printed.
    """
    if isinstance(value, Shown):
        text = value.text
    elif isinstance(value, str):
        text = str.__str__(value)
    elif value is None:
        return ""
    elif isinstance(value, bool):
        text = "是" if value else "否"
    elif isinstance(value, Mapping | list | tuple):
        raise TypeError("a list or group cannot be printed; loop over it or name one of its values")
    else:
        text = str(value)
    if _SPECIAL.search(text) is None:
        return Markup(text)  # noqa: S704 -- nothing in it to escape
    kept = _FORBIDDEN.sub("", text)
    dropped = DROPPED.get()
    if dropped is not None and kept != text:
        dropped.append(kept)
    marked = _BREAK.sub("\n", kept)
    return Markup(str(escape(marked)).replace("\n", _BREAK_XML).replace("\t", _TAB_XML))  # noqa: S704


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
        self.filters = dict(FILTERS)
        self.tests = {name: test for name, test in self.tests.items() if name in TESTS}
        self.globals = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A context value's attribute: a key of a group, a declared attribute of a value or of `loop`."""
        if isinstance(obj, Mapping):
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


def faults(tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
    """What the grammar does not allow, as (line, message, remedy)."""
    for node in tree.find_all(nodes.Node):
        kind = type(node).__name__
        if not isinstance(node, (*_ALLOWED, nodes.Name)):
            message, remedy = _TOLD.get(kind, (f"{kind}", "use names, filters, comparisons, if and for"))
            yield node.lineno, f"{message} is not allowed", remedy
        elif isinstance(node, nodes.For) and (node.recursive or node.test is not None):
            yield node.lineno, "a recursive or filtered loop is not allowed", "write {% if %} inside the loop"
        for name in _names_in(node):
            if name.startswith("_"):
                yield (
                    node.lineno,
                    f"name {name} begins with an underscore",
                    "use the names of the form's fields",
                )
        yield from _unknown_filter(node)


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


def _unknown_filter(node: nodes.Node) -> Iterator[tuple[int, str, str]]:
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        near = nearest(node.name, FILTERS) or f"there are {', '.join(sorted(FILTERS))}"
        yield node.lineno, f"no filter {node.name!r}", near
    elif isinstance(node, nodes.Test) and node.name not in TESTS:
        near = nearest(node.name, TESTS) or f"there are {', '.join(sorted(TESTS))}"
        yield node.lineno, f"no test {node.name!r}", near
