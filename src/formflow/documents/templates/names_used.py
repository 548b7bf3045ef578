"""The names a template uses, and whether a form's context holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes

from formflow.documents.templates.problem import NOWHERE, Place, nearest
from formflow.messages import Bilingual, listed
from formflow.messages import templates as messages

Shape = Mapping[str, "Shape"] | list["Shape"] | None
"""What a context holds: a group of names, a list with one item's shape, or None for anything at all."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a name.

    Attributes:
        name: Dotted, from the context's top (`entry.number`); a loop's variable is resolved to `findings[].article`.
        optional: It passes through `optional`, or a test asks whether it is defined.
        line: Line of the Jinja source.
    """

    name: str
    line: int
    optional: bool = False
    place: Place = NOWHERE


def uses(tree: nodes.Template, bound: Iterable[str] = ()) -> Iterator[Use]:
    """Every name used, in order; `loop` and its like are left out.

    Args:
        bound: Names that the template or its engine defines.
    """
    yield from _walk(tree, dict.fromkeys(bound, ""), optional=False)


def unknown(name: str, shape: Shape) -> tuple[Bilingual, Bilingual] | None:
    """What is wrong with a dotted name against a context's shape, with a remedy; None where it is known."""
    known: list[str] = []
    walked = ""
    for step in name.replace("[]", ".[]").split("."):
        if shape is None:
            return None
        if step == "[]":
            if not isinstance(shape, list):
                return messages.NO_LIST(name=walked), messages.NAME_A_LIST()
            shape = shape[0]
            continue
        if isinstance(shape, list) or step not in shape:
            known = [] if isinstance(shape, list) else list(shape)
            there = messages.THERE_ARE(known=listed(known[:12])) if known else messages.LOOP_OVER_IT()
            said = messages.NO_FIELD_IN(name=step, group=walked) if walked else messages.NO_FIELD(name=step)
            return said, nearest(step, known) or there
        shape = shape[step]
        walked = f"{walked}.{step}" if walked else step
    return None


def _walk(node: nodes.Node, scope: Mapping[str, str], *, optional: bool) -> Iterator[Use]:
    if isinstance(node, nodes.For):
        yield from _walk(node.iter, scope, optional=False)
        inner = dict(scope) | {"loop": ""}
        source = _dotted(node.iter, scope)
        for target in (
            node.target.find_all(nodes.Name) if not isinstance(node.target, nodes.Name) else [node.target]
        ):
            inner[target.name] = f"{source}[]" if source and isinstance(node.target, nodes.Name) else ""
        for child in (*([node.test] if node.test is not None else []), *node.body):
            yield from _walk(child, inner, optional=False)
        for child in node.else_:
            yield from _walk(child, scope, optional=False)
        return
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
        # A method is none of the context's names.
        for child in (node.node.node, *node.args, *node.kwargs):
            yield from _walk(child, scope, optional=optional)
        return
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        name = _dotted(node, scope)
        if name is not None:
            if name:
                yield Use(name, node.lineno, optional)
            return
    if isinstance(node, nodes.Filter) and node.name in ("optional", "可空", "default", "d"):
        optional = True
    if isinstance(node, nodes.Test) and node.name in ("defined", "undefined"):
        optional = True
    for child in node.iter_child_nodes():
        yield from _walk(child, scope, optional=optional)


def _dotted(node: nodes.Node, scope: Mapping[str, str]) -> str | None:
    """The dotted name of an expression; empty for what a loop binds without a source, None for no plain name."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if (
        isinstance(node, nodes.Filter)
        and node.name
        in ("lines", "optional", "可空", "items", "dictsort", "list", "reverse", "sort", "unique")
        and node.node is not None
    ):
        return ""
    if isinstance(node, nodes.Getattr):
        step = node.attr
    elif (
        isinstance(node, nodes.Getitem)
        and isinstance(node.arg, nodes.Const)
        and isinstance(node.arg.value, str)
    ):
        step = node.arg.value
    else:
        return None
    base = _dotted(node.node, scope)
    return base if not base else f"{base}.{step}"
