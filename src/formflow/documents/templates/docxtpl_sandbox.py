"""The Jinja that docxtpl's templates run in: calls and `{% set %}`, but nothing outside the template and its context.

Jinja's sandbox keeps underscores and Python's internals away. This one goes further: attributes are looked up on plain
values only, so that no library object can be walked; no other file is loaded; nothing is drawn by chance, so that the
same context gives the same bytes; what grows beyond bounds is an error. The job's clock bounds the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NoReturn

from docxtpl import RichText, RichTextParagraph
from jinja2 import StrictUndefined, Undefined, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from formflow.documents.templates.display import Shown
from formflow.documents.templates.filters import FILTERS, NEVER
from formflow.documents.templates.grammar import SHOWN, note_dropped
from formflow.documents.templates.media import Picture
from formflow.documents.templates.problem import Unfillable
from formflow.documents.templates.rich import Symbol, allowed, one_kind_of_break
from formflow.messages import Bilingual
from formflow.messages import templates as messages

MOST_CHARACTERS = 50_000_000
"""Of a filled part, and of a text that an expression makes."""
_MOST_BITS = 10_000
"""Of a whole number that a power makes."""
_PLAIN = frozenset(("builtins", "markupsafe", "jinja2.runtime", "jinja2.utils"))
"""Modules whose types a template may ask for attributes."""
_BRACES = re.compile(r"(?<=[{%}])_(?=[{%}])")
_LONGEST_PROPERTY = 255
"""Characters that Word keeps of a property of the file."""
_FILES = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
_ESCAPING = (nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)


def clean(text: Any) -> str:
    """The text of a value as docxtpl takes it: line ends of one kind, nothing that XML forbids."""
    told = str(text)
    kept = allowed(told)
    note_dropped(told, kept)
    return one_kind_of_break(kept)


def with_braces(xml: str) -> str:
    """XML in which `{_{` stays as it is: docxtpl takes it for braces that are to be printed, in values too."""
    return _BRACES.sub("&#95;", xml)


class Sandbox(SandboxedEnvironment):
    """Jinja for one document.

    Args:
        functions: What templates may call beside Jinja's own, by name.
        picture: The WordprocessingML of a picture in the part that is being filled.
    """

    intercepted_binops = frozenset(("*", "**"))

    def __init__(
        self, functions: Mapping[str, Callable[..., Any]], picture: Callable[[Picture | Symbol], Markup]
    ) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=self._printed, cache_size=0)
        self.filters |= FILTERS
        for name in NEVER:
            del self.filters[name]
        del self.globals["lipsum"]
        self.globals |= functions
        self.source = ""
        self._picture = picture

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Any:
        """The template of a text, which stays in `source` so that its lines can be told."""
        self.source = source
        return super().from_string(source, *args, **kwargs)

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """The pieces in one text.

        Raises:
            ValueError: They grow beyond bounds.
        """
        kept: list[str] = []
        room = MOST_CHARACTERS
        for piece in pieces:
            room -= len(piece)
            if room < 0:
                raise Unfillable(messages.TOO_LARGE(most=MOST_CHARACTERS))
            kept.append(piece)
        return "".join(kept)

    def handle_exception(self, source: str | None = None) -> NoReturn:  # noqa: ARG002
        """Leave the error as it is: its frames tell the line of the template."""
        raise

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        known = type(obj).__module__ in _PLAIN or (
            isinstance(obj, RichText | RichTextParagraph) and attr == "add"
        )
        return known and super().is_safe_attribute(obj, attr, value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute: a key of a group before any method of its name; of a value also the methods of its text."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, Shown):
            return getattr(obj, attribute) if attribute in SHOWN else super().getattr(obj.text, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Shown):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A product or a power, where it stays within bounds."""
        sized, by = (left, right) if hasattr(left, "__len__") else (right, left)
        if operator == "*" and hasattr(sized, "__len__") and isinstance(by, int):
            large = len(sized) * by > MOST_CHARACTERS
        else:
            large = operator == "**" and all(isinstance(one, int) for one in (left, right))
            large = large and left.bit_length() * right > _MOST_BITS
        if large:
            raise Unfillable(messages.SUM_TOO_LARGE())
        return super().call_binop(context, operator, left, right)

    def plain(self) -> SandboxedEnvironment:
        """The same for the properties of the file, which are no XML: docxtpl sets them as texts."""

        @pass_context
        def text(_context: Context, value: Any) -> Any:
            printed = self._text(value)
            if isinstance(printed, Undefined):
                return printed
            if type(printed) is str:
                return printed.replace("\a", " ").replace("\f", " ")
            raise Unfillable(messages.NOT_IN_PROPERTIES())

        made = self.overlay(autoescape=False, finalize=text)
        made.concat = lambda pieces: self.concat(pieces)[:_LONGEST_PROPERTY]  # type: ignore[method-assign]
        return made

    @pass_context  # so that Jinja folds no constant into markup before it comes here
    def _printed(self, _context: Context, value: Any) -> Any:
        printed = self._text(value)
        if type(printed) is str and _BRACES.search(printed):
            return Markup(with_braces(escape(printed)))  # noqa: S704 -- escaped
        return printed

    def _text(self, value: Any) -> Any:
        """What is printed for a value: a text, or what is markup already."""
        if isinstance(value, Undefined) or hasattr(value, "__html__"):
            return value
        if isinstance(value, Picture | Symbol):
            return self._picture(value)
        if value is None or isinstance(value, bool):
            return "" if value is None else "是" if value else "否"
        if not isinstance(value, str | int | float | Shown):
            raise Unfillable(messages.OBJECT_PRINTED())
        return clean(value)


class CleanRichText(RichText):  # type: ignore[misc]
    """docxtpl's RichText, for values that may hold anything."""

    xml: str

    def add(self, text: Any, *arguments: Any, **look: Any) -> None:
        looks = {name: _attribute(value) for name, value in look.items()}
        super().add(text if isinstance(text, RichText) else clean(text), *map(_attribute, arguments), **looks)
        self.xml = with_braces(self.xml)


class CleanRichTextParagraph(RichTextParagraph):  # type: ignore[misc]
    """docxtpl's RichTextParagraph, likewise."""

    def add(self, text: Any, parastyle: Any = None) -> None:
        super().add(text if isinstance(text, RichText) else CleanRichText(text), _attribute(parastyle))


def _attribute(value: Any) -> Any:
    return escape(clean(value)) if isinstance(value, str | Shown) else value


def bound_names(tree: nodes.Template) -> Iterator[str]:
    """The names that a template defines itself, with `{% set %}`, `{% with %}`, `{% macro %}` and their like."""
    for node in tree.find_all((nodes.Assign, nodes.AssignBlock, nodes.With, nodes.Macro, nodes.CallBlock)):
        if isinstance(node, nodes.Macro):
            yield from (node.name, "caller", "varargs", "kwargs")
        yield from (name.name for name in node.find_all(nodes.Name) if name.ctx != "load")


def refused(tree: nodes.Template) -> Iterator[tuple[int, str, Bilingual, Bilingual]]:
    """What even the sandbox does not run, as (line, a word that stands there, message, remedy)."""
    for node in tree.find_all(nodes.Node):
        if isinstance(node, _FILES):
            yield node.lineno, "", messages.OTHER_FILES(), messages.USE_SUBDOC()
        elif isinstance(node, _ESCAPING):
            yield node.lineno, "autoescape", messages.ALWAYS_ESCAPED(), messages.TAKE_AUTOESCAPE_OUT()
        elif isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Name):
            argument = getattr(node, "arg", None)
            name = (
                getattr(node, "attr", None) or getattr(node, "name", None) or getattr(argument, "value", "")
            )
            if isinstance(name, str) and name.startswith("_" if not isinstance(node, nodes.Name) else "__"):
                yield (
                    node.lineno,
                    name,
                    messages.BEGINS_WITH_UNDERSCORE(name=name),
                    messages.USE_FIELD_NAMES(),
                )
