"""One page: glyphs and fields are shared out to the cells of its tables; the rest is lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage

from formflow.model import (
    Block,
    Box,
    Control,
    ControlKind,
    DoubtReason,
    Doubts,
    Line,
    Part,
    PartKind,
    Picture,
    PictureKind,
    Source,
)
from formflow.readers.pdf.content import draw
from formflow.readers.pdf.coordinates import View, view_of
from formflow.readers.pdf.drawn import Drawn, turn_of
from formflow.readers.pdf.field_rows import Place, as_table, lines_and_tables
from formflow.readers.pdf.form_fields import Parents, Widget, struck, widgets
from formflow.readers.pdf.lines import Item, TextLine, is_readable, items_of, render
from formflow.readers.pdf.overprint import taken_apart, text_across
from formflow.readers.pdf.ruled_tables import Printed, Ruled, doubts_about, rounded
from formflow.readers.pdf.rulings import Rulings
from formflow.readers.pdf.unruled import set_tables
from formflow.readers.pdf.viewer import Viewer
from formflow.readers.pdf.visibility import seen
from formflow.readers.pdf.wrap import broken_numbers

_BACKGROUND = 0.6
"""Pictures that cover more than this part of the page are its background (a scan), not something set on it."""
_FEW = 60
"""Glyphs on a scan that are the machine's own line (sender, time, page), not the form's text."""
_THIN = 2.0

Entry = Ruled | TextLine | list[list[Place]]


class PageReader:
    """Reads pages of one document.

    Args:
        off: Object ids of the layers that are switched off.
        parents: What fields inherit from, where they do not say so themselves.
        deadline: On the clock of this process's processor time.
        viewer: To look at pages with.

    Attributes:
        printed: How the cells of all pages were set.
    """

    def __init__(
        self,
        fonts: PDFResourceManager,
        off: Collection[int],
        parents: Parents,
        deadline: float,
        viewer: Viewer,
    ) -> None:
        self._fonts, self._off, self._parents, self._deadline = fonts, off, parents, deadline
        self.viewer = viewer
        self.printed = Printed()

    def part(self, raw: PDFPage, number: int) -> Part:
        """A page; one whose text cannot be trusted (a scan, glyphs without meaning) has no blocks.

        Args:
            number: Of the page, from 1.
        Raises:
            ReadError: `timeout`, `too-large`.
        """
        view = view_of(raw)
        drawn = draw(raw, self._fonts, self._off, self._deadline)
        if turn := turn_of(drawn):
            raw.rotate = (raw.rotate + turn) % 360
            view = view_of(raw)
            drawn = draw(raw, self._fonts, self._off, self._deadline)
        return _Page(raw, view, drawn, self, number, turn).part()

    def widgets(self, raw: PDFPage, view: View) -> list[Widget]:
        """What the page's annotations show."""
        return list(widgets(raw.annots, view, self._parents, self._off))


class _Page:
    def __init__(
        self, raw: PDFPage, view: View, drawn: Drawn, reader: PageReader, number: int, turn: int
    ) -> None:
        self._raw, self._view, self._drawn, self._reader = raw, view, drawn, reader
        self._number, self._turn, self._name = number, turn, f"page {number}"
        self._size = (round(view.width, 2), round(view.height, 2))
        self._doubtful: set[Item] = set()

    def part(self) -> Part:
        found = self._reader.widgets(self._raw, self._view)
        fields = [widget for widget in found if widget.kind not in ("ink", "stamp")]
        pictures, background = self._pictures(found)
        items, across = taken_apart(items_of(seen(self._drawn, self._look), self._view))
        hiding = [cover.region.box for cover in self._drawn.hiding]
        rulings = Rulings(self._drawn.layout, self._view, hiding)
        if not is_readable(items) or (background and sum(not item.text.isspace() for item in items) < _FEW):
            items = []
        part = Part(name=self._name, kind=PartKind.PAGE, blocks=(), size=self._size, pictures=tuple(pictures))
        filled = any(widget.text.strip() for widget in fields)
        if not items and not (filled and not background):
            return part
        items = _not_struck(items, rulings.level(), struck(self._raw.annots, self._view))
        tables = rulings.tables() if items else []
        outside = self._share(items, tables)
        outside.extend(self._share_fields(fields, tables, items))
        loose = self._share_pictures(pictures, tables)
        rest = set_tables(lines_and_tables(outside), rulings.level())
        return replace(
            part,
            blocks=tuple(self._blocks(sorted([*tables, *rest], key=_top), text_across(across))),
            controls=tuple(self._control(widget) for widget in fields if widget.kind != "note"),
            pictures=tuple(loose),
        )

    def _blocks(self, entries: Sequence[Entry], across: Mapping[str, Box]) -> Iterator[Block]:
        """Tables, tables of fields and lines from top to bottom; last what is printed across the page."""
        broken = broken_numbers([entry for entry in entries if isinstance(entry, TextLine)])
        lines = tables = 0
        for entry in entries:
            if not isinstance(entry, TextLine):
                tables += 1
                source = Source(part=self._name, ref=f"table {tables}")
                if isinstance(entry, Ruled):
                    yield entry.table(replace(source, box=rounded(entry.box)), self._reader.printed)
                else:
                    yield as_table(entry, source, self._doubtful)
            elif text := render(entry.items).strip():
                lines += 1
                split = (DoubtReason.SPLIT_NUMBER,) if id(entry) in broken else ()
                yield self._line(lines, text, entry.box, doubts_about(text, entry.items, split))
        for number, (text, box) in enumerate(across.items(), start=lines + 1):
            yield self._line(number, text, box, ())

    def _line(self, number: int, text: str, box: Box, doubts: Doubts) -> Line:
        source = Source(part=self._name, ref=f"line {number}", box=box)
        return Line(text=text, source=source, doubts=doubts)

    def _look(self, boxes: Sequence[Box]) -> Sequence[bool] | None:
        """Whether anything shows at some places of the page."""
        shown = [self._view.drawn(box) for box in boxes]
        return self._reader.viewer.look(
            self._number - 1, self._turn, (self._view.width, self._view.height), shown
        )

    def _control(self, widget: Widget) -> Control:
        source = Source(part=self._name, ref=f"control:{widget.name}", box=widget.box)
        return Control(
            name=widget.name,
            title=widget.title,
            kind=ControlKind(widget.kind),
            value=widget.text,
            source=source,
        )

    def _pictures(self, found: Sequence[Widget]) -> tuple[list[Picture], bool]:
        """Pictures set on the page; and whether others cover it, as a scan does."""
        page = self._view.width * self._view.height
        pictures: list[Picture] = []
        covered = 0.0
        for image in self._drawn.images:
            box = self._view.drawn(image.box)
            width = min(box[2], self._view.width) - max(box[0], 0.0)
            height = min(box[3], self._view.height) - max(box[1], 0.0)
            area = max(width, 0.0) * max(height, 0.0)
            if not area > 0:
                continue
            if area > _BACKGROUND * page or (area > 0.05 * page and width > 0.9 * self._view.width):
                # A scan comes whole or in strips from side to side.
                covered += area if image.opaque else 0.0
                continue
            pictures.append(Picture(source=Source(part=self._name, ref="picture", box=box)))
        for widget in found:
            if widget.kind in ("ink", "stamp", "signature"):
                source = Source(part=self._name, ref=widget.kind, box=widget.box)
                pictures.append(Picture(source=source, kind=PictureKind(widget.kind)))
        return pictures, covered > _BACKGROUND * page

    def _share(self, items: Sequence[Item], tables: Sequence[Ruled]) -> list[Item]:
        """Put glyphs into the cells they lie in; the rest is returned."""
        if not tables:
            return list(items)
        outside: list[Item] = []
        for item in items:
            x, y = (item.x0 + item.x1) / 2, item.middle
            frame = next((frame for table in tables if (frame := table.at(x, y)) is not None), None)
            (outside if frame is None else frame.items).append(item)
        return outside

    def _share_fields(
        self, fields: Sequence[Widget], tables: Sequence[Ruled], items: Sequence[Item]
    ) -> list[Item]:
        outside = []
        for widget in fields:
            text = "" if _is_printed(widget, items) else widget.text.strip("\n")
            x0, top, x1, bottom = widget.box
            size = min(bottom - top, 12.0) or 1.0
            item = Item(x0, top, x1, bottom, text, size, field=True)
            frame = next(
                (frame for table in tables if (frame := table.at((x0 + x1) / 2, item.middle)) is not None),
                None,
            )
            if frame is None:
                outside.append(item)
                if widget.disagrees:
                    self._doubtful.add(item)
            else:
                if text:
                    frame.items.append(item)
                if widget.disagrees:
                    frame.problem = "checkbox-disagrees"
        return outside

    def _share_pictures(self, pictures: Sequence[Picture], tables: Sequence[Ruled]) -> list[Picture]:
        loose: list[Picture] = []
        for picture in pictures:
            x0, top, x1, bottom = picture.source.box or (0.0, 0.0, 0.0, 0.0)
            x, y = (x0 + x1) / 2, (top + bottom) / 2
            frame = next((frame for table in tables if (frame := table.at(x, y)) is not None), None)
            (loose if frame is None else frame.pictures).append(picture)
        return loose


def _top(entry: Entry) -> float:
    if isinstance(entry, (TextLine, Ruled)):
        return entry.box[1]
    return min(item.top for place in entry[0] for item in place.items)


def _not_struck(items: Sequence[Item], level: Sequence[Box], marked: Sequence[Box]) -> list[Item]:
    """The glyphs without those that a line as long as they are is drawn through, or that an annotation strikes."""
    if not level and not marked:
        return list(items)
    heights = [box[1] for box in level]
    struck_out: set[int] = set()
    by_line: dict[int, list[Item]] = {}
    for item in items:
        if not item.upright or item.text.isspace():
            continue
        reach = 0.18 * item.size
        for number in range(bisect_left(heights, item.middle - reach), len(level)):
            box = level[number]
            if box[1] > item.middle + reach:
                break
            if box[3] - box[1] <= _THIN and box[0] - 1 <= (item.x0 + item.x1) / 2 <= box[2] + 1:
                by_line.setdefault(number, []).append(item)
        if any(b[0] <= (item.x0 + item.x1) / 2 <= b[2] and b[1] <= item.middle <= b[3] for b in marked):
            struck_out.add(id(item))
    for number, under in by_line.items():
        box = level[number]
        left, right = min(item.x0 for item in under), max(item.x1 for item in under)
        slack = max(item.size for item in under)
        # A ruling of a table that text runs into is longer than the text.
        if box[0] >= left - slack and box[2] <= right + slack:
            struck_out.update(map(id, under))
    return [item for item in items if id(item) not in struck_out]


def _is_printed(widget: Widget, items: Sequence[Item]) -> bool:
    """Whether the page itself already shows a field's value where the field is."""
    wanted = "".join(widget.text.split())
    if not wanted:
        return False
    x0, top, x1, bottom = widget.box
    inside = [
        item.text
        for item in items
        if x0 <= (item.x0 + item.x1) / 2 <= x1 and top <= item.middle <= bottom and item.text.strip()
    ]
    return sorted("".join(inside)) == sorted(wanted)
