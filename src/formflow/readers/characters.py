"""What every reader's text goes through: radicals become characters, and what nobody sees is taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from formflow.model import Block, Cell, Control, Line, Part, Table
from formflow.readers.radicals import PLAIN
from formflow.values.folding import SHAPES, UNSEEN

_BREAKS = "\u000b\u000c\r\u0085\u2028\u2029"
_LOOKALIKES = "\u2e80-\u2fd5\uf900-\ufadf\ufb00-\ufb06\ud800-\udfff\U0002f800-\U0002fa1f"
_ODD = re.compile(f"[{UNSEEN}{SHAPES}{_BREAKS}{_LOOKALIKES}]")
_UNSEEN = re.compile(f"[{UNSEEN}]")
_DROPPED = re.compile(f"[{UNSEEN}{SHAPES}]")
_PLAIN = {**PLAIN, **dict.fromkeys(map(ord, _BREAKS), "\n")}


def cleaned(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts with plain text; `Part.cleaned` names the places where characters that nobody sees were taken out.

    Radicals, ligatures and compatibility ideographs become the characters they look like, every kind of line end
    `\\n`, half a surrogate pair the replacement character.
    """
    return tuple(_part(part) if _is_odd(part) else part for part in parts)


def _is_odd(part: Part) -> bool:
    # One search over everything: a large sheet has a hundred thousand texts, and hardly any part has one that is odd.
    return bool(_ODD.search("".join(_texts(part.blocks, part.controls))))


def _texts(blocks: Iterable[Block], controls: Iterable[Control] = ()) -> Iterator[str]:
    for control in controls:
        yield control.value
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
            continue
        for cell in block.cells:
            yield cell.text
            if cell.tables:
                yield from _texts(cell.tables)


def _part(part: Part) -> Part:
    places: list[str] = []
    controls = tuple(_control(control, places) for control in part.controls)
    blocks = tuple(
        _line(block, places) if isinstance(block, Line) else _table(block, places) for block in part.blocks
    )
    return replace(part, blocks=blocks, controls=controls, cleaned=tuple(dict.fromkeys(places)))


def _control(control: Control, places: list[str]) -> Control:
    if not _ODD.search(control.value):
        return control
    text, _ = _plain(control.value, places, control.source.ref)
    return replace(control, value=text)


def _table(table: Table, places: list[str]) -> Table:
    return replace(table, cells=tuple(_cell(cell, places) for cell in table.cells))


def _cell(cell: Cell, places: list[str]) -> Cell:
    if cell.tables:
        cell = replace(cell, tables=tuple(_table(table, places) for table in cell.tables))
    if not _ODD.search(cell.text):
        return cell
    text, moved = _plain(cell.text, places, cell.source.ref)
    return replace(
        cell,
        text=text,
        underlined=_ranges(cell.underlined, moved),
        character_confidence=_by_character(cell.character_confidence, moved, len(text)),
    )


def _line(line: Line, places: list[str]) -> Line:
    if not _ODD.search(line.text):
        return line
    text, moved = _plain(line.text, places, line.source.ref)
    return replace(
        line,
        text=text,
        underlined=_ranges(line.underlined, moved),
        character_confidence=_by_character(line.character_confidence, moved, len(text)),
    )


_Moved = Callable[[int], int]


def _plain(text: str, places: list[str], ref: str) -> tuple[str, _Moved]:
    """The text as it is kept, and where each place of the old text lies in it."""
    if _UNSEEN.search(text):
        places.append(ref)
    starts, kept = [], ""
    for place, character in enumerate(text):
        starts.append(len(kept))
        if not (_DROPPED.match(character) or text[place : place + 2] == "\r\n"):
            kept += character.translate(_PLAIN)
    starts.append(len(kept))
    return kept, lambda place: starts[min(place, len(starts) - 1)]


def _ranges(ranges: tuple[tuple[int, int], ...], moved: _Moved) -> tuple[tuple[int, int], ...]:
    found = ((moved(start), moved(end)) for start, end in ranges)
    return tuple((start, end) for start, end in found if start < end)


def _by_character(confidence: tuple[float, ...], moved: _Moved, length: int) -> tuple[float, ...]:
    """The confidence of each character that is left."""
    kept = [1.0] * length if confidence else []
    for place, value in enumerate(confidence):
        for at in range(moved(place), moved(place + 1)):
            kept[at] = value
    return tuple(kept)
