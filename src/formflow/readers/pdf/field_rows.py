"""Fields outside ruled tables: rows of labels and fields as the table that they are meant to be.

A fillable form without rulings says by alignment what belongs together. As a table, a field that is blank
stays a cell of its own, so that the label before it never takes the value of the next.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from formflow.model import Cell, Source, Table
from formflow.pages.grid import nearest, rulings
from formflow.readers.packages.symbols import TICKED, UNTICKED
from formflow.readers.pdf.lines import Item, TextLine, box_of, cluster, render
from formflow.readers.pdf.ruled_tables import doubts_about

_WIDE_GAP = 1.25
_LABEL_ABOVE = 16.0


@dataclass(slots=True, eq=False)
class Place:
    """A piece of a row: a label, a field, or buttons with their captions."""

    items: list[Item]
    is_field: bool = False
    is_buttons: bool = False

    @property
    def left(self) -> float:
        return self.items[0].x0

    @property
    def text(self) -> str:
        return render(self.items)


def is_button(item: Item) -> bool:
    """Whether a field is a box to tick."""
    return item.field and item.text in (TICKED, UNTICKED)


def split(line: TextLine) -> list[Place]:
    """The pieces of a row: text parted by wide gaps; each field for itself; a button with what follows it."""
    places: list[Place] = []
    for item in line.items:
        last = places[-1] if places else None
        if item.field:
            if is_button(item) and last is not None and last.is_buttons:
                last.items.append(item)
            else:
                places.append(Place([item], is_field=True, is_buttons=is_button(item)))
            continue
        if not item.text.strip():
            continue
        if last is not None and (last.is_buttons or not last.is_field):
            before = last.items[-1]
            near = item.x0 - before.x1 < _WIDE_GAP * max(item.size, 1.0)
            if near or (last.is_buttons and is_button(before)):
                last.items.append(item)
                continue
        places.append(Place([item]))
    return places


def gather(lines: Sequence[TextLine]) -> list[TextLine | list[list[Place]]]:
    """Lines in order, with runs of lines that hold fields gathered into the rows of a table.

    A line of labels right above a row of fields alone belongs to the table as well.
    """
    gathered: list[TextLine | list[list[Place]]] = []
    for line in lines:
        if not any(item.field for item in line.items):
            gathered.append(line)
            continue
        places = split(line)
        last = gathered[-1] if gathered else None
        if isinstance(last, list):
            last.append(places)
        elif (
            isinstance(last, TextLine)
            and all(place.is_field for place in places)
            and len(split(last)) > 1
            and line.box[1] - last.box[3] < _LABEL_ABOVE
        ):
            gathered[-1] = [split(last), places]
        else:
            gathered.append([places])
    return gathered


def as_table(rows: Sequence[Sequence[Place]], source: Source, doubtful: Collection[Item]) -> Table:
    """Rows of places as a grid whose columns begin where places begin; `doubtful` are buttons that disagree."""
    lefts = rulings(place.left for row in rows for place in row)
    cells = []
    for number, row in enumerate(rows):
        starts = [nearest(lefts, place.left) for place in row]
        for index, place in enumerate(row):
            # Two places that begin nearly together keep their order in columns of their own.
            if index and starts[index] <= starts[index - 1]:
                starts[index] = starts[index - 1] + 1
            column = starts[index]
            following = starts[index + 1] if index + 1 < len(row) else len(lefts)
            cells.append(
                Cell(
                    row=number,
                    column=column,
                    text=place.text.strip(),
                    source=Source(
                        part=source.part,
                        ref=f"{source.ref} R{number + 1}C{column + 1}",
                        box=box_of(place.items),
                    ),
                    column_span=max(following - column, 1),
                    problem="checkbox-disagrees" if any(item in doubtful for item in place.items) else "",
                    doubts=doubts_about(place.text, place.items),
                )
            )
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    return Table(rows=len(rows), columns=columns, cells=tuple(cells), source=source)


def lines_and_tables(items: Sequence[Item]) -> list[TextLine | list[list[Place]]]:
    """What lies outside ruled tables, from top to bottom."""
    return gather(cluster(items))
