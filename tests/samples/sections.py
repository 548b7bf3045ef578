"""Ways to set a group of fields: pairs in a table, label above value, one cell for both, lines, numbered items."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .fill import DATES, LONG, SIGNED
from .labels import Labels
from .marks import OPTIONS
from .page import (
    Cell,
    Content,
    Control,
    Page,
    Picture,
    Tab,
    Text,
    flatten,
    join,
    plain,
    underlined,
)
from .values import ABSENT, Value

WIDE = {"customer_name", "billing_name", "address", "recipient_org", "subject"} | set(OPTIONS) | LONG
Record = dict[str, Value]


@dataclass(frozen=True)
class Manner:
    """What stays the same through one file."""

    rng: Random
    labels: Labels
    kind: str
    per_row: int = 2
    caption: str = "left"
    day_cells: bool = False
    label_first: bool = True
    line_style: str = "plain"
    bold_labels: bool = False
    cell_sdt: bool = False
    long_below: bool = False
    """The labels of long texts stand in a row of their own above them."""
    upright: bool = False
    """The labels of long texts run down, a character a line."""

    @classmethod
    def draw(cls, rng: Random, labels: Labels, kind: str) -> Manner:
        return cls(
            rng, labels, kind,
            per_row=rng.choice([1, 2, 2, 2, 3, 3]),
            caption=rng.choice(["left", "row", "none"]),
            day_cells=rng.random() < 0.12,
            line_style=rng.choice(["plain", "underlined", "blanks", "tabs"]),
            bold_labels=rng.random() < 0.3,
            cell_sdt=rng.random() < 0.3,
            long_below=rng.random() < 0.15,
            upright=rng.random() < 0.15,
        )  # fmt: skip


def value_cell(manner: Manner, name: str, value: Value, width: int) -> Cell:
    sdt = (
        manner.cell_sdt
        and manner.kind == "docx"
        and value.truth is not ABSENT
        and name not in OPTIONS
        and name not in SIGNED
    )
    typed = not any(isinstance(x, Control) for line in value.content for x in line)
    native = (
        value.native
        if manner.kind == "xlsx" and typed and value.truth is not ABSENT and manner.rng.random() < 0.6
        else None
    )
    return Cell(value.content, width, native=native, number_format=value.number_format, sdt=sdt and typed)


def label_cell(manner: Manner, name: str, width: int, *, colon: bool | None = None) -> Cell:
    if manner.upright and name in LONG and manner.kind != "csv":
        word = manner.labels.words[name]
        return Cell(plain("\n".join(word)), width, align="center", bold=manner.bold_labels)
    return Cell(manner.labels.content(name, colon=colon), width, align="center", bold=manner.bold_labels)


def pairs(manner: Manner, names: list[str], record: Record, width: int) -> list[list[Cell]]:
    """Label left, value right; long ones take a row of their own."""
    rows: list[list[Cell]] = []
    waiting: list[str] = []

    def flush() -> None:
        if waiting:
            rows.append(_pair_row(manner, waiting, record, width))
            waiting.clear()

    for name in names:
        if name in WIDE or manner.per_row == 1 or (name in SIGNED and manner.rng.random() < 0.6):
            flush()
            if name in LONG and manner.long_below:
                rows.append([Cell(manner.labels.content(name), width, bold=manner.bold_labels)])
                rows.append([value_cell(manner, name, record[name], width)])
                continue
            rows.append(_pair_row(manner, [name], record, width))
            continue
        waiting.append(name)
        if len(waiting) == manner.per_row:
            flush()
    flush()
    return rows


def _pair_row(manner: Manner, names: list[str], record: Record, width: int) -> list[Cell]:
    wanted = max(len(names), min(manner.per_row, 2))
    share = width // wanted
    head = max(3, min(5, share * 2 // 5))
    cells: list[Cell] = []
    for index, name in enumerate(names):
        last = index == len(names) - 1
        room = (width - share * index if last else share) - head
        cells.append(label_cell(manner, name, head))
        if name in DATES and manner.day_cells and room >= 7:
            cells += day_cells(record[name], room)
        else:
            cells.append(value_cell(manner, name, record[name], room))
    return cells


def day_cells(value: Value, width: int) -> list[Cell]:
    """年, 月 and 日 printed, each number in a cell of its own before its word."""
    parts = [int(p) for p in str(value.truth).split("-")] if value.truth is not ABSENT else []
    texts = [str(p) for p in parts] if parts else ["", "", ""]
    cells: list[Cell] = []
    for text, word, room in zip(texts, "年月日", (2, 1, 1), strict=True):
        last = width - 6 if word == "日" else 1
        native = int(text) if text else None
        cells += [Cell(plain(text), room, align="center", native=native), Cell(plain(word), last)]
    return cells


def one_cell(manner: Manner, names: list[str], record: Record, width: int) -> list[list[Cell]]:
    """Label and value share a cell: 客户名称：XXX."""
    rows: list[list[Cell]] = []
    waiting: list[Cell] = []
    per_row = max(2, manner.per_row)
    for name in names:
        content = _together(manner, name, record[name], below=name in LONG and manner.rng.random() < 0.6)
        if name in WIDE:
            if waiting:
                rows.append(_fill(waiting, width))
                waiting = []
            rows.append([Cell(content, width)])
            continue
        waiting.append(Cell(content, width // per_row))
        if len(waiting) == per_row:
            rows.append(_fill(waiting, width))
            waiting = []
    if waiting:
        rows.append(_fill(waiting, width))
    return rows


def block(manner: Manner, names: list[str], record: Record, width: int) -> list[list[Cell]]:
    """Several fields in one cell, a line each."""
    rows: list[list[Cell]] = []
    short = [n for n in names if n not in LONG]
    for start in range(0, len(short), 4):
        parts = [_together(manner, n, record[n]) for n in short[start : start + 4]]
        newline = plain("\n")
        rows.append([Cell(join(*[x for part in parts for x in (part, newline)][:-1]), width)])
    rows += [[Cell(_together(manner, n, record[n], below=True), width)] for n in names if n in LONG]
    return rows


def _fill(cells: list[Cell], width: int) -> list[Cell]:
    rest = width - sum(c.width for c in cells[:-1])
    last = cells[-1]
    return [
        *cells[:-1],
        Cell(last.content, rest, align=last.align, native=last.native, number_format=last.number_format),
    ]


def _together(manner: Manner, name: str, value: Value, *, below: bool = False) -> Content:
    return join(
        manner.labels.text(name, colon=True, plain_dress=True).replace("\n", " "),
        "\n" if below else "",
        value.content,
    )


def stacked(manner: Manner, names: list[str], record: Record, width: int) -> list[list[Cell]]:
    """A row of labels over a row of values."""
    rows: list[list[Cell]] = []
    columns = manner.rng.choice([3, 4]) if width >= 20 else 3
    small = [n for n in names if n not in LONG and n not in OPTIONS]
    for start in range(0, len(small), columns):
        chunk = small[start : start + columns]
        share = width // len(chunk)
        rows.append(_fill([label_cell(manner, n, share, colon=False) for n in chunk], width))
        rows.append(_fill([value_cell(manner, n, record[n], share) for n in chunk], width))
    for name in [n for n in names if n in LONG or n in OPTIONS]:
        if manner.rng.random() < 0.5:
            rows += [
                [label_cell(manner, name, width, colon=False)],
                [value_cell(manner, name, record[name], width)],
            ]
        else:
            rows.append([label_cell(manner, name, 5), value_cell(manner, name, record[name], width - 5)])
    return rows


def lines(manner: Manner, names: list[str], record: Record, page: Page, *, align: str = "left") -> None:
    """No table: several pairs on a line, long ones on lines of their own."""
    waiting: list[Content] = []
    per_line = manner.rng.choice([2, 2, 3])
    for name in names:
        alone = name in WIDE or name in SIGNED
        if alone and waiting:
            _line(manner, waiting, page, align)
            waiting = []
        content = _on_line(manner, name, record[name])
        if alone:
            for line in content:
                page.para((line,))
            continue
        waiting.append(content)
        if len(waiting) == per_line:
            _line(manner, waiting, page, align)
            waiting = []
    if waiting:
        _line(manner, waiting, page, align)


def _line(manner: Manner, parts: list[Content], page: Page, align: str) -> None:
    tabs = manner.line_style == "tabs" and manner.kind == "docx"
    gap: Content = ((Tab(),),) if tabs else plain(manner.rng.choice(["      ", "    ", "　　　"]))
    page.para(join(*[x for part in parts for x in (part, gap)][:-1]), align=align)


def _on_line(manner: Manner, name: str, value: Value) -> Content:
    label = manner.labels.text(name, colon=True, plain_dress=True).replace("\n", " ")
    if name in LONG:
        return join(label, manner.rng.choice(["", "\n"]), value.content)
    if (
        name in SIGNED
        or name in OPTIONS
        or any(isinstance(x, Picture | Control) for line in value.content for x in line)
    ):
        return join(label, value.content)
    written = flatten(value.content)
    if manner.line_style == "underlined" and manner.kind == "docx":
        shown = underlined(join(" ", value.content, " ")) if written else ((Text(" " * 12, underline=True),),)
        return join(label, shown)
    if manner.line_style == "blanks":
        side = "_" * manner.rng.randint(1, 4)
        return join(label, side, value.content, side) if written.strip("_") else join(label, "_" * 10)
    return join(label, value.content if written else "            ")
