"""Tables that run over pages: the next page's rows go on in the table they belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from formflow.model import Box, Control, Picture
from formflow.readers.pdf_forms import Place
from formflow.readers.pdf_tables import Frame, Ruled, nearest
from formflow.readers.pdf_text import TextLine, render

_SAME_SIDE = 4.0
_LOW, _HIGH, _FOOT = 0.6, 0.35, 0.9
"""Parts of a page's height: a table that goes on ends below the first and begins again above the second; what
stands below the third is a footer."""
_PAGE_NUMBER = re.compile(
    r"[\s\-—–·.]*(?:第?\s*\d+\s*页?|page\s*\d+)(?:\s*[/,，、共of]+\s*(?:共|第)?\s*\d+\s*页?)?[\s\-—–·.]*",
    re.IGNORECASE,
)

Entry = Ruled | TextLine | list[list[Place]]


@dataclass(slots=True)
class Sheet:
    """A page with its entries from top to bottom, before they become blocks."""

    name: str
    size: tuple[float, float]
    entries: list[Entry] = field(default_factory=list)
    controls: tuple[Control, ...] = ()
    pictures: tuple[Picture, ...] = ()


def join_tables(sheets: Sequence[Sheet]) -> None:
    """Move rows that go on to the table they belong to, however many pages it takes."""
    open_table: Ruled | None = None
    home: Sheet | None = None
    before: Sheet | None = None
    for sheet in sheets:
        first = _first_table(sheet)
        if before is not None:
            last = open_table if home is not None and _is_carried(before, home) else _last_table(before)
            owner = home if last is open_table and home is not None else before
            if (
                first is not None
                and last is not None
                and _bottom(last, before) > _LOW * before.size[1]
                and first.box[1] < _HIGH * sheet.size[1]
                and _same_sides(last, first)
            ):
                joined = _joined(last, first, sheet.name)
                owner.entries[owner.entries.index(last)] = joined
                sheet.entries.remove(first)
                open_table, home = joined, owner
                before = sheet
                continue
        open_table, home, before = None, None, sheet


def _is_carried(sheet: Sheet, home: Sheet) -> bool:
    """Whether nothing but a footer stands on a page below the rows that it gave away."""
    return sheet is not home and all(_is_furniture(entry, sheet) for entry in sheet.entries)


def _bottom(table: Ruled, sheet: Sheet) -> float:
    last = max(table.frames, key=lambda frame: frame.box[3])
    return (last.page_box or last.box)[3] if last.page in ("", sheet.name) else 0.0


def _first_table(sheet: Sheet) -> Ruled | None:
    """The table that a page begins with."""
    for entry in sheet.entries:
        if isinstance(entry, Ruled):
            return entry
        if not (isinstance(entry, TextLine) and _PAGE_NUMBER.fullmatch(render(entry.items).strip())):
            return None
    return None


def _last_table(sheet: Sheet) -> Ruled | None:
    """The table that a page ends with; what stands in its foot does not count."""
    for entry in reversed(sheet.entries):
        if isinstance(entry, Ruled):
            return entry
        if not _is_furniture(entry, sheet):
            return None
    return None


def _is_furniture(entry: Entry, sheet: Sheet) -> bool:
    if not isinstance(entry, TextLine):
        return False
    return entry.box[1] > _FOOT * sheet.size[1] or bool(_PAGE_NUMBER.fullmatch(render(entry.items).strip()))


def _same_sides(upper: Ruled, lower: Ruled) -> bool:
    """Whether two tables are equally wide, and the rulings of one are found in the other."""
    if abs(upper.xs[0] - lower.xs[0]) > _SAME_SIDE or abs(upper.xs[-1] - lower.xs[-1]) > _SAME_SIDE:
        return False
    fewer, more = sorted((upper.xs, lower.xs), key=len)
    return all(abs(more[nearest(more, x)] - x) <= _SAME_SIDE for x in fewer)


def _joined(upper: Ruled, lower: Ruled, page: str) -> Ruled:
    """One table of both, the lower one set below the upper one."""
    dx, dy = upper.xs[0] - lower.xs[0], upper.ys[-1] - lower.ys[0]
    lower_frames = sorted(lower.frames, key=lambda frame: (frame.row, frame.column))
    cut = _cut_through(upper, lower)
    moved: dict[int, Frame] = {}
    boxes: list[Box] = []
    grown: dict[int, Box] = {id(frame): frame.box for frame in upper.frames}
    for frame in lower_frames:
        for item in frame.items:
            item.x0, item.x1 = item.x0 + dx, item.x1 + dx
            item.top, item.bottom = item.top + dy, item.bottom + dy
        box = (frame.box[0] + dx, frame.box[1] + dy, frame.box[2] + dx, frame.box[3] + dy)
        above = _goes_on(frame, upper, cut)
        if above is not None:
            above.items.extend(frame.items)
            above.pictures.extend(frame.pictures)
            above.problem = above.problem or frame.problem
            if not cut:
                a = grown[id(above)]
                grown[id(above)] = (a[0], a[1], a[2], box[3])
            continue
        moved[len(boxes)] = frame
        boxes.append(box)
    if cut:
        # The cut row's second half holds nothing of its own: what follows moves up by its height.
        height = lower.ys[1] - lower.ys[0]
        boxes = [(b[0], b[1] - height, b[2], b[3] - height) for b in boxes]
    joined = Ruled([*grown.values(), *boxes])
    by_box = {frame.box: frame for frame in joined.frames}
    for frame in upper.frames:
        _take(by_box.get(grown[id(frame)]), frame, frame.page, frame.page_box or frame.box)
    for number, frame in moved.items():
        _take(by_box.get(boxes[number]), frame, frame.page or page, frame.page_box or frame.box)
    return joined


def _take(target: Frame | None, frame: Frame, page: str, box: Box) -> None:
    if target is None:
        return
    target.items, target.pictures, target.problem = frame.items, frame.pictures, frame.problem
    target.is_open, target.page, target.page_box = frame.is_open, page, box


def _goes_on(frame: Frame, upper: Ruled, cut: bool) -> Frame | None:
    """The cell on the page before that a page break cut this one off, or None."""
    if frame.row != 0:
        return None
    above = upper.at((frame.box[0] + frame.box[2]) / 2, upper.ys[-1] - 0.1)
    if above is None:
        return None
    same = abs(above.box[0] - frame.box[0]) <= _SAME_SIDE and abs(above.box[2] - frame.box[2]) <= _SAME_SIDE
    return above if same and (cut or (frame.is_open and above.is_open)) else None


def _cut_through(upper: Ruled, lower: Ruled) -> bool:
    """Whether a page break cut a row: its second half has no label, and text only below text."""
    first = lower.in_row(0)
    last = upper.in_row(upper.rows - 1)
    if len(first) != len(last) or any(frame.row_span != 1 for frame in first) or len(first) < 2:
        return False
    if any(
        abs(a.box[0] - b.box[0]) > _SAME_SIDE or abs(a.box[2] - b.box[2]) > _SAME_SIDE
        for a, b in zip(last, first, strict=True)
    ):
        return False
    if not first[0].is_blank or last[0].is_blank or any(a.is_open for a in first):
        return False
    filled = [(a, b) for a, b in zip(last, first, strict=True) if not b.is_blank]
    return 0 < len(filled) <= max(1, len(first) // 2) and not any(a.is_blank for a, _ in filled)
