"""Ticks: which of the printed options a person chose.

Boxes and ticks stand before or after their option; which it is shows from the whole group (`□质量 ☑服务`
begins with a box, `质量□ 服务☑` ends with one), and where it does not show, nothing is guessed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from formflow.messages import Bilingual
from formflow.messages import values as messages
from formflow.values.doubt import Doubt, doubt
from formflow.values.empty import is_ditto, is_empty, is_none
from formflow.values.folding import fold
from formflow.values.ticks import Token, find_tokens, prepared

__all__ = ["fold", "is_ditto", "is_empty", "is_none", "lacks_a_box", "read_choice", "read_choices"]

Options = Mapping[str, tuple[str, ...]]
"""Option id → the option's texts."""

_NOTE_WRITTEN = re.compile(r"[^\W_]")
_LINE_BREAK_WEIGHT = 8
"""Blanks that a line break counts for when a tick looks for its nearest option."""


def read_choice(text: str, options: Options) -> str | Doubt | None:
    """The id of the one option that is chosen; None where none is, a Doubt where two are."""
    chosen = read_choices(text, options)
    if chosen is None or isinstance(chosen, Doubt):
        return chosen
    if len(chosen) > 1:
        labels = "、".join(options[id][0] for id in chosen)
        return doubt("two-ticks", text, messages.SEVERAL_OPTIONS(labels=Bilingual(labels, ", ".join(chosen))))
    return chosen[0]


def read_choices(text: str, options: Options) -> list[str] | Doubt | None:
    """The ids of all options that are chosen, in the order of the form; None where none is.

    Without any mark an option's word, or its id, is the choice; all options in a row are a printed list
    that nobody ticked.
    """
    if not text.strip():
        return None
    group, tokens = _tokens(text, options)
    if not any(token.option for token in tokens) and is_empty(text):
        return None
    if not any(token.mark for token in tokens):
        chosen = _bare(group, tokens, options)
    elif any(token.option for token in tokens):
        chosen = _ticked(group, tokens)
    else:
        chosen = None if any(token.ticked for token in tokens) or len(tokens) > 1 else set()
    if chosen is None:
        return _unknown(text, options)
    return [id for id in options if id in chosen] or None


def lacks_a_box(text: str, options: Options) -> bool:
    """Whether fewer marks than options stand in a group that has marks: paper lost a box, and with it perhaps a tick."""
    _, tokens = _tokens(text, options)
    return 0 < sum(token.mark for token in tokens) < len({token.option for token in tokens if token.option})


def holds_a_mark(text: str, options: Options) -> bool:
    """Whether a box or a tick stands in a group of options."""
    return any(token.mark for token in _tokens(text, options)[1])


def _tokens(text: str, options: Options) -> tuple[str, Sequence[Token]]:
    """The text made ready, and the marks, options and other words in it."""
    known = tuple((id, tuple(texts)) for id, texts in options.items())
    group = prepared(text, known)
    return group, find_tokens(group, known)


def _bare(group: str, tokens: Sequence[Token], options: Options) -> set[str] | None:
    """The options written as words; None where other words stand with them."""
    if not tokens or any(not token.option for token in tokens):
        written = fold(group)
        return next(({id} for id in options if fold(id) == written), None)
    named = {token.option for token in tokens}
    return set() if len(named) > 1 and named == set(options) else named


def _ticked(group: str, tokens: Sequence[Token]) -> set[str] | None:
    """The options with a tick; None where a tick belongs to none, or to which one cannot be told."""
    ticks = [token for token in tokens if token.mark and token.ticked]
    if any(not token.crossed for token in ticks):
        # √ beside × : the cross says no. But ☒ beside √ may say either.
        if len({group[token.start : token.end] == "☒" for token in ticks if not token.crossed}) > 1:
            return None
        ticks = [token for token in ticks if not token.crossed]
    elif len(ticks) > 1:
        return None
    side = _side(group, [token for token in tokens if token.box or not token.mark])
    chosen: set[str] = set()
    for tick in ticks:
        owner = _owner_of_box(tokens, tick, side) if tick.box else _owner_of_tick(group, tokens, tick, side)
        if owner is None or not owner.option:
            return None
        chosen.add(owner.option)
    if not chosen and any(_NOTE_WRITTEN.search(token.note) for token in tokens):
        return None  # □其他：外贸 with nothing ticked: written, but was it meant?
    return chosen


def _side(group: str, tokens: Sequence[Token]) -> int:
    """1 where a box stands before its option, -1 where after, 0 where it cannot be told."""
    if not any(token.mark for token in tokens):
        return 0
    if tokens[0].mark != tokens[-1].mark:
        return 1 if tokens[0].mark else -1
    before = after = 0
    for left, right in itertools.pairwise(tokens):
        if left.mark and not right.mark:
            before += _gap(group, left, right)
        elif right.mark and not left.mark:
            after += _gap(group, left, right)
    return 0 if before == after else 1 if before < after else -1


def _gap(group: str, left: Token, right: Token) -> int:
    between = group[left.end : right.start]
    return len(between) + _LINE_BREAK_WEIGHT * between.count("\n")


def _owner_of_box(tokens: Sequence[Token], box: Token, side: int) -> Token | None:
    ordered = [token for token in tokens if token.box or not token.mark]
    at = _index(ordered, box) + side
    if side == 0 or not 0 <= at < len(ordered) or ordered[at].mark:
        return None
    return ordered[at]


def _owner_of_tick(group: str, tokens: Sequence[Token], tick: Token, side: int) -> Token | None:
    """The option that a tick without a box touches or stands nearer to, else as the boxes stand."""
    at = _index(tokens, tick)
    left = tokens[at - 1] if at else None
    right = tokens[at + 1] if at + 1 < len(tokens) else None
    if left is not None and left.mark and left.box and side == 1 and right is not None and not right.mark:
        return right  # □ √质量
    before = left if left is not None and not left.mark else None
    after = right if right is not None and not right.mark else None
    if before is None or after is None:
        only = before or after
        crowded = before is not None and right is not None and right.mark and right.start == tick.end
        # 质量√□服务: the tick touches the option and the next option's box alike.
        return None if crowded and before is not None and before.end == tick.start else only
    gaps = _gap(group, before, tick), _gap(group, tick, after)
    if gaps[0] != gaps[1]:
        return before if gaps[0] < gaps[1] else after
    return {1: after, -1: before}.get(side)


def _index(tokens: Sequence[Token], wanted: Token) -> int:
    return next(index for index, token in enumerate(tokens) if token is wanted)


def _unknown(text: str, options: Options) -> Doubt:
    labels = "、".join(texts[0] for texts in options.values() if texts)
    return doubt("unknown-option", text, messages.NO_OPTION(labels=labels))
