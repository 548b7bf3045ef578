"""Tables that run over pages: the next page's rows go on in the table they belong to."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from formflow.model import Box, Control, Picture
from formflow.pages.split_rows import Verdict, begins_again, begins_with_rows
from formflow.readers.pdf.cut import SAME_SIDE, look
from formflow.readers.pdf.field_rows import Place
from formflow.readers.pdf.lines import TextLine, render
from formflow.readers.pdf.ruled_tables import Frame, Ruled, nearest

_LOW, _HIGH, _FOOT = 0.6, 0.35, 0.9
"""Parts of a page's height: a table that goes on ends below the first and begins again above the second; what
stands below the third is a footer."""
_PAGE_NUMBER = re.compile(
    r"[\s\-—–·.]*(?:第?\s*\d+\s*页?|page\s*\d+)(?:\s*[/,，、共of]+\s*(?:共|第)?\s*\d+\s*页?)?[\s\-—–·.]*",
    re.IGNORECASE,
)

_NUMBERS, _SAME_HEIGHT, _SPILT = re.compile(r"(?<!\d)\d{1,2}(?!\d)"), 3.0, 24.0
"""Points: between the heights of one line on two pages, and from a table up to what one of its fields has no room for."""

Entry = Ruled | TextLine | list[list[Place]]


@dataclass(slots=True)
class Sheet:
    """A page with its entries from top to bottom, before they become blocks.

    Attributes:
        across: What is printed across the page, with its place.
    """

    name: str
    size: tuple[float, float]
    entries: list[Entry] = field(default_factory=list)
    controls: tuple[Control, ...] = ()
    pictures: tuple[Picture, ...] = ()
    across: dict[str, Box] = field(default_factory=dict)


def join_tables(sheets: Sequence[Sheet]) -> None:
    """Move rows that go on to the table they belong to, however many pages it takes."""
    open_table: Ruled | None = None
    home: Sheet | None = None
    before: Sheet | None = None
    repeated = _repeated(sheets)
    opened = False
    for sheet in sheets:
        first, spilt, headed = _first_table(sheet, repeated)
        known, opened = opened, opened or _has_own_head(sheet, repeated)
        if before is not None:
            carried = home is not None and _is_carried(before, home, repeated)
            last = open_table if carried else _last_table(before, repeated)
            owner = home if last is open_table and home is not None else before
            if (
                first is not None
                and last is not None
                and _bottom(last, before) > _LOW * before.size[1]
                and first.box[1] < _HIGH * sheet.size[1]
                and _same_sides(last, first)
                and not begins_again(_texts(last), _texts(first))
                and (
                    known
                    or not headed
                    or (_is_a_list(owner) and begins_with_rows(_texts(last), _texts(first)))
                )
            ):
                for line, frame in spilt:
                    frame.items.extend(line.items)
                    sheet.entries.remove(line)
                joined = _joined(last, first, sheet.name)
                owner.entries[owner.entries.index(last)] = joined
                sheet.entries.remove(first)
                open_table, home = joined, owner
                before = sheet
                continue
        open_table, home, before = None, None, sheet


def _repeated(sheets: Sequence[Sheet]) -> set[int]:
    """The lines, by `id`, that stand at one height on several pages, whatever page number is in them: what an office has
    printed at the head and the foot of its paper.
    """
    found: dict[str, list[tuple[int, TextLine]]] = {}
    for number, sheet in enumerate(sheets):
        for entry in sheet.entries:
            if isinstance(entry, TextLine):
                found.setdefault(_NUMBERS.sub("0", render(entry.items).strip()), []).append((number, entry))
    return {
        id(line)
        for alike in found.values()
        for number, line in alike
        if any(number != page and abs(line.box[1] - other.box[1]) <= _SAME_HEIGHT for page, other in alike)
    }


def _has_own_head(sheet: Sheet, repeated: Container[int]) -> bool:
    """Whether a line stands above a page's first table that no other page has: there a form begins.

    Where all of them come again, as a title does, each page may be a form of its own.
    """
    for entry in sheet.entries:
        if not isinstance(entry, TextLine):
            return False
        if id(entry) not in repeated and not _is_page_number(entry):
            return True
    return False


def _is_carried(sheet: Sheet, home: Sheet, repeated: Container[int]) -> bool:
    """Whether nothing but its head and its foot stands on a page besides the rows that it gave away."""
    return sheet is not home and all(_is_furniture(entry, sheet, repeated) for entry in sheet.entries)


def _bottom(table: Ruled, sheet: Sheet) -> float:
    last = max(table.frames, key=lambda frame: frame.box[3])
    return (last.page_box or last.box)[3] if last.page in ("", sheet.name) else 0.0


def _first_table(
    sheet: Sheet, repeated: Container[int]
) -> tuple[Ruled | None, Sequence[tuple[TextLine, Frame]], bool]:
    """The table that a page begins with, the lines above it that belong into fields of its first row, and whether others
    stand above it.
    """
    above: list[TextLine] = []
    headed = False
    for entry in sheet.entries:
        if isinstance(entry, Ruled):
            spilt = [(line, frame) for line in above if (frame := _spilt_from(entry, line)) is not None]
            return (entry, spilt, headed) if len(spilt) == len(above) else (None, (), False)
        if not isinstance(entry, TextLine):
            break
        if _is_page_number(entry):
            continue
        if id(entry) in repeated:
            headed = True
        else:
            above.append(entry)
    return None, (), False


def _spilt_from(table: Ruled, line: TextLine) -> Frame | None:
    """The blank field of a table's first row above which a line stands that it has no room for.

    A field over several rows that a page break cut has its text in the middle of all of them, which may lie off the page.
    """
    left, top, right, _ = line.box
    for frame in table.frames:
        if frame.row == 0 and frame.is_empty and frame.box[0] - 1 <= left and right <= frame.box[2] + 1:
            return frame if frame.box[1] - _SPILT <= top else None
    return None


def _last_table(sheet: Sheet, repeated: Container[int]) -> Ruled | None:
    """The table that a page ends with; what stands in its foot does not count."""
    for entry in reversed(sheet.entries):
        if isinstance(entry, Ruled):
            return entry
        if not _is_furniture(entry, sheet, repeated):
            return None
    return None


def _is_furniture(entry: Entry, sheet: Sheet, repeated: Container[int]) -> bool:
    if not isinstance(entry, TextLine):
        return False
    return id(entry) in repeated or entry.box[1] > _FOOT * sheet.size[1] or _is_page_number(entry)


def _is_page_number(line: TextLine) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(render(line.items).strip()))


def _is_a_list(sheet: Sheet) -> bool:
    """Whether one table is all that a page holds; a form in sections has several, of which the last is not the first."""
    return sum(not isinstance(entry, TextLine) for entry in sheet.entries) == 1


def _texts(table: Ruled) -> Mapping[tuple[int, int], str]:
    return {(frame.row, frame.column): render(frame.items).strip() for frame in table.frames}


def _same_sides(upper: Ruled, lower: Ruled) -> bool:
    """Whether two tables are equally wide, and the rulings of one are found in the other."""
    if abs(upper.xs[0] - lower.xs[0]) > SAME_SIDE or abs(upper.xs[-1] - lower.xs[-1]) > SAME_SIDE:
        return False
    fewer, more = sorted((upper.xs, lower.xs), key=len)
    return all(abs(more[nearest(more, x)] - x) <= SAME_SIDE for x in fewer)


def _joined(upper: Ruled, lower: Ruled, page: str) -> Ruled:
    """One table of both, the lower one set below the upper one, without the headings that it repeats."""
    dx = upper.xs[0] - lower.xs[0]
    found = look(upper, lower)
    cut, head = found.verdict is Verdict.CUT, found.headings
    top = lower.ys[head]
    height = lower.ys[head + 1] - top if cut else 0.0
    moved: dict[int, Frame] = {}
    boxes: list[Box] = []
    grown: dict[int, Box] = {id(frame): frame.box for frame in upper.frames}
    for frame in sorted(lower.frames, key=lambda frame: (frame.row, frame.column)):
        if frame.row < head:
            continue
        above = found.goes_on.get(id(frame))
        # The cut row's second half takes no room of its own: what follows moves up by its height.
        dy = upper.ys[-1] - top - (0.0 if above is not None and frame.row == head else height)
        for item in frame.items:
            item.x0, item.x1 = item.x0 + dx, item.x1 + dx
            item.top, item.bottom = item.top + dy, item.bottom + dy
        bottom = frame.box[3] + upper.ys[-1] - top - height
        if above is not None:
            if above.is_empty and not frame.is_empty:
                above.page, above.page_box = frame.page or page, frame.page_box or frame.box
            above.items.extend(frame.items)
            above.pictures.extend(frame.pictures)
            above.problem = above.problem or frame.problem
            a = grown[id(above)]
            grown[id(above)] = (a[0], a[1], a[2], max(a[3], bottom))
            continue
        moved[len(boxes)] = frame
        boxes.append((frame.box[0] + dx, frame.box[1] + dy, frame.box[2] + dx, bottom))
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
    target.is_open, target.page, target.page_box, target.is_split = frame.is_open, page, box, frame.is_split
