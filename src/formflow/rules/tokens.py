"""What an expression mentions, read from its words: CEL's own analysis names variables but no members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MACROS = frozenset({"all", "exists", "exists_one", "map", "filter"})
"""Macros that bind a variable over a list."""

LISTED = 2_000
"""Elements that a list from elsewhere is taken to have."""

_TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*)
    |(?P<text>[rRbB]{0,2}(?:\"{3}.*?\"{3}|'{3}.*?'{3}))
    |(?P<raw>[bB]?[rR][bB]?(?:"[^"\n]*"|'[^'\n]*'))
    |(?P<string>[bB]?(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))
    |(?P<number>\d[\w.]*)
    |(?P<name>[A-Za-z_]\w*)
    |(?P<mark>==|!=|<=|>=|&&|\|\||.)""",
    re.VERBOSE | re.DOTALL,
)
_PLAIN = re.compile(r"""(["'])(\w*)\1""")


@dataclass(frozen=True, slots=True)
class Mention:
    """One member of a variable: `record.phone` or `record["phone"]`.

    Attributes:
        variable: `record`, or for a list's element the dotted list it runs over (`record.rows[]`).
        guard: `has` where it stands in `has(…)`, so that the expression copes without it; `null` where it is
            compared with null, so that the expression copes with a written 无; else empty.
    """

    variable: str
    member: str
    guard: str


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything an expression mentions.

    Attributes:
        loose: Variables indexed by something that is not a plain text, so nobody can say which member it is.
        bound: Variables that macros bind.
        loops: Macros one inside another, at most.
        growth: How many times as much as it is given the maps of the expression can make of it, at most.
    """

    members: tuple[Mention, ...]
    loose: frozenset[str]
    bound: frozenset[str]
    loops: int
    growth: int


def mentions(expression: str) -> Mentions:
    """What the expression mentions; the expression must be one that compiles."""
    tokens = [m[0] for m in _TOKEN.finditer(expression) if m.lastgroup != "skip"]
    lists = dict(_bindings(tokens))
    members: list[Mention] = []
    loose: set[str] = set()
    at = 0
    while at < len(tokens):
        if not _begins(tokens, at):
            at += 1
            continue
        variable = lists.get(tokens[at], tokens[at])
        member, end = _member(tokens, at + 1)
        if member is None:
            if _token(tokens, at + 1) == "[":
                loose.add(variable)
            at += 1
            continue
        members.append(Mention(variable, member, _guard(tokens, at, end)))
        at = end
    return Mentions(tuple(members), frozenset(loose), frozenset(lists), _loops(tokens), _growth(tokens))


def _token(tokens: list[str], at: int) -> str:
    return tokens[at] if 0 <= at < len(tokens) else ""


def _begins(tokens: list[str], at: int) -> bool:
    """Whether a variable stands here: a name that is no member and no function."""
    return (
        tokens[at].isidentifier()
        and tokens[at] not in ("true", "false", "null", "in")
        and _token(tokens, at - 1) != "."
        and _token(tokens, at + 1) in (".", "[")
    )


def _member(tokens: list[str], at: int) -> tuple[str | None, int]:
    """The member that `.name` or `["name"]` names and where it ends; None where it is a method or no plain text."""
    if _token(tokens, at) == "." and _token(tokens, at + 2) != "(":
        return _token(tokens, at + 1), at + 2
    plain = _PLAIN.fullmatch(_token(tokens, at + 1))
    if _token(tokens, at) == "[" and _token(tokens, at + 2) == "]" and plain:
        return plain[2], at + 3
    return None, at


def _guard(tokens: list[str], at: int, end: int) -> str:
    if _token(tokens, at - 2) == "has" and _token(tokens, at - 1) == "(":
        return "has"
    after, value = _token(tokens, end), _token(tokens, end + 1)
    before, other = _token(tokens, at - 1), _token(tokens, at - 2)
    compared = (after in ("==", "!=") and value == "null") or (before in ("==", "!=") and other == "null")
    return "null" if compared else ""


def _bindings(tokens: list[str]) -> Iterator[tuple[str, str]]:
    """Variable → the list it runs over (`record.rows[]`), for every macro."""
    for at, token in enumerate(tokens):
        if token in MACROS and _token(tokens, at - 1) == "." and _token(tokens, at + 1) == "(":
            over = tokens[max(at - 4, 0) : at - 1]
            known = len(over) == 3 and over[1] == "." and over[0] in ("record", "values", "written")
            yield _token(tokens, at + 2), f"{over[0]}.{over[2]}[]" if known else ""


def _loops(tokens: list[str]) -> int:
    """How deep macros stand inside macros' arguments."""
    deepest = 0
    inside: list[bool] = []
    for at, word in enumerate(tokens):
        if word == "(":
            inside.append(_token(tokens, at - 1) in MACROS and _token(tokens, at - 2) == ".")
            deepest = max(deepest, sum(inside))
        elif word == ")" and inside:
            inside.pop()
    return deepest


def _growth(tokens: list[str]) -> int:
    """The product of what each `map` can make of its list: one part longer for every `+`, and for every comma of a list, in it.

    What one of several maps makes is what the next one works on. There a list from elsewhere, put in for each element,
    makes a list of lists.
    """
    bodies = [
        _argument(tokens, at + 1)
        for at, word in enumerate(tokens)
        if word == "map" and _token(tokens, at - 1) == "." and _token(tokens, at + 1) == "("
    ]
    growth = 1
    for body in bodies:
        growth *= 1 + body.count("+") + (body.count(",") if "[" in body else 0)
        if len(bodies) > 1 and any(_may_be_list(body, at) for at in range(len(body))):
            growth *= LISTED
    return growth


def _argument(tokens: list[str], at: int) -> list[str]:
    """The tokens inside the brackets that open at `at`."""
    depth = 0
    for end in range(at, len(tokens)):
        depth += (tokens[end] == "(") - (tokens[end] == ")")
        if not depth:
            return tokens[at + 1 : end]
    return tokens[at + 1 :]


def _may_be_list(body: list[str], at: int) -> bool:
    """Whether a member of a variable, or what a function of ours gives, stands here."""
    named = body[at] in ("record", "values", "written", "parameters", "receipt")
    called = body[at] in ("trades_of", "earlier")
    return named or (called and _token(body, at + 1) == "(")
