"""Formula fields of Word (EQ) in one line: a tick that a box is drawn around, a circled word, a fraction.

Word keeps no result of such a field, for it draws it anew each time; 带圈字符 and 合并字符 are written so.

Source: Microsoft, *Field codes: Eq (Equation) field*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from formflow.readers.packages.symbols import CIRCLE, SQUARE, TICKED, UNTICKED

_EQ = re.compile(r"\s*eq\b(?P<code>.*)", re.IGNORECASE | re.DOTALL)
_SWITCH = re.compile(r"\\\*\s*\w+")
_PIECE = re.compile(
    r"\\(?P<command>[a-z]{1,2})\s*\d*\s*|\\(?P<escaped>.)|(?P<mark>[(),;，])|(?P<text>[^\\(),;，]+)", re.I
)
_SQUARES = frozenset("□☐▢◻")
_CIRCLES = frozenset("○〇◯")
_TICKS = frozenset("√✓✔∨×✗✘╳✕☑☒")
_MAX_BRACKETS = 40


@dataclass(slots=True)
class _Node:
    """A command with its arguments, each a list of what stands in it."""

    command: str
    options: list[str] = field(default_factory=list)
    arguments: list[list[_Node | str]] = field(default_factory=list)


def drawn_by(code: str) -> str:
    """What Word draws for the code of a field, as text; empty for a field that is no formula.

    A tick in a square is a ticked box; another character in a square or a circle is followed by the combining mark
    that draws one around it (U+20DE, U+20DD).
    """
    found = _EQ.match(code)
    if found is None or code.count("(") > _MAX_BRACKETS:
        return ""
    pieces = list(_PIECE.finditer(_SWITCH.sub("", found["code"])))
    nodes, _ = _parsed(pieces, 0, 0)
    return _joined(nodes).strip()


def _parsed(pieces: list[re.Match[str]], at: int, depth: int) -> tuple[list[_Node | str], int]:
    """What stands from a place on, up to the mark that ends the argument it is in."""
    found: list[_Node | str] = []
    while at < len(pieces):
        piece = pieces[at]
        if piece["mark"] and depth:
            if piece["mark"] != "(":
                break
            inner, at = _parsed(
                pieces, at + 1, depth + 1
            )  # Brackets within an argument stand for themselves.
            found += ["(", *inner, ")"]
        elif piece["command"]:
            node = _Node(piece["command"].lower())
            while at + 1 < len(pieces) and pieces[at + 1]["command"]:
                at += 1
                node.options.append(pieces[at]["command"].lower())
            if at + 1 < len(pieces) and pieces[at + 1]["mark"] == "(":
                at += 1
                while at < len(pieces) and pieces[at]["mark"] != ")":
                    argument, at = _parsed(pieces, at + 1, depth + 1)
                    node.arguments.append(argument)
            found.append(node)
        else:
            found.append(piece["escaped"] or piece["text"] or piece["mark"] or "")
        at += 1
    return found, at


def _joined(nodes: list[_Node | str]) -> str:
    return "".join(node if isinstance(node, str) else _drawn(node) for node in nodes)


def _drawn(node: _Node) -> str:
    texts = [_joined(argument).strip() for argument in node.arguments]
    if node.command == "f" and len(texts) == 2:
        return "/".join(texts)
    if node.command == "r":
        return "√" + (texts[-1] if texts else "")
    if node.command == "x":
        return _around("□", "".join(texts))
    if node.command == "o":
        return _over(node, texts)
    if node.command in ("l", "a"):
        return ("," if node.command == "l" else " ").join(texts)
    return "".join(texts)


def _over(node: _Node, texts: list[str]) -> str:
    """Characters on top of each other: a shape and what it encloses; else a phonetic guide is left out."""
    shapes = [text for text in texts if text in _SQUARES | _CIRCLES]
    others = [text for text in texts if text not in shapes]
    if shapes:
        return _around(shapes[0], "".join(others))
    raised = [all(isinstance(one, _Node) and one.command == "s" for one in each) for each in node.arguments]
    if len(raised) == 2 and sum(raised) == 1:
        return texts[raised.index(False)]
    return "".join(texts)


def _around(shape: str, inside: str) -> str:
    square = shape in _SQUARES
    if square and (not inside or inside in _TICKS):
        return TICKED if inside else UNTICKED
    if len(inside) != 1:
        return inside or shape
    return inside + (SQUARE if square else CIRCLE)
