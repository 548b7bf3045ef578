"""A log's page: head lines, column headings, rows and what stands between them."""

from __future__ import annotations

from dataclasses import replace

from . import decoys
from .logs import DITTO, WIDTHS, Log
from .page import Cell, Page, flatten, plain
from .values import ABSENT, Value


def widths(log: Log) -> dict[str, int]:
    return {name: WIDTHS.get(name, 3) for name in log.fields}


def header(log: Log) -> list[list[Cell]]:
    """One or two rows of column headings."""
    size = widths(log)
    labels = log.filling.labels

    def heading(name: str, rows: int = 1) -> Cell:
        return Cell(labels.content(name, colon=False), size[name], rows=rows, align="center", bold=True)

    deep = 2 if log.two_level else 1
    top: list[Cell] = [Cell(plain("序号"), 2, rows=deep, align="center", bold=True)] if log.numbered else []
    below: list[Cell] = []
    for caption, names in log.columns:
        if not log.two_level or not caption:
            top += [heading(name, deep) for name in names]
            continue
        top.append(Cell(plain(caption), sum(size[n] for n in names), align="center", bold=True))
        below += [heading(name) for name in names]
    top += [Cell(plain(extra), 3, rows=deep, align="center", bold=True) for extra in log.extras]
    return [top, below] if log.two_level else [top]


def body(log: Log, rows: list[dict[str, Value]]) -> tuple[list[list[Cell]], list[int]]:
    """The rows with what stands between them: months, repeated headings, totals, blank rows; and the hidden ones."""
    rng, size = log.rng, widths(log)
    total = 2 * log.numbered + sum(size.values()) + 3 * len(log.extras)
    first = "received_at" if log.form == "fax_in" else "sent_at"
    out: list[list[Cell]] = []
    hidden: list[int] = []
    month = ""
    for number, row in enumerate(rows, 1):
        truth = str(row[first].truth)[5:7] if first in row and row[first].truth is not ABSENT else ""
        if log.months and truth and truth != month and all(v.content != () for v in row.values()):
            month = truth
            out.append([Cell(plain(f"{int(month)}月份"), total, align="center", bold=True)])
        if (
            log.repeat
            and number > 1
            and number % log.repeat == 1
            and all(v.content != () for v in row.values())
        ):
            out += header(log)
        cells = [Cell(plain(str(number)), 2, align="center", native=number)] if log.numbered else []
        for name in log.fields:
            cell = _value(log, rows, number - 1, name, size[name])
            if cell:
                cells.append(cell)
        cells += [Cell(plain(rng.choice(["", "", "√", "12"])), 3) for _ in log.extras]
        out.append(cells)
        if log.hides and not log.merged and rng.random() < 0.2 and not _refers(log, rows[number:]):
            hidden.append(len(out))
            spare = log.filling.record(log.fields)
            out.append(
                cells[: log.numbered]
                + [Cell(spare[n].content, size[n]) for n in log.fields]
                + [Cell(((),), 3) for _ in log.extras]
            )
    if log.totals and "pages" in log.fields and not log.merged:
        out.append(_total(log, rows, size))
    for _ in range(rng.choice([0, 0, 2, 4])):
        out.append(
            [Cell(((),), 2)] * log.numbered
            + [Cell(((),), size[f]) for f in log.fields]
            + [Cell(((),), 3) for _ in log.extras]
        )
    if log.kind != "csv" and rng.random() < 0.15:
        out.append(
            [
                Cell(
                    plain(rng.choice(["以下空白", "注：本页登记完毕，以上内容核对无误。"])),
                    total,
                    align="center",
                )
            ]
        )
    return out, hidden


def _refers(log: Log, rest: list[dict[str, Value]]) -> bool:
    """Whether the next row points at the row above it."""
    return bool(rest) and any(flatten(v.content) in DITTO for v in rest[0].values())


def _value(log: Log, rows: list[dict[str, Value]], index: int, name: str, width: int) -> Cell | None:
    value = rows[index][name]
    if value.content == ():
        return None
    deep = 1
    while index + deep < len(rows) and rows[index + deep][name].content == ():
        deep += 1
    native = value.native if value.truth not in (ABSENT, None) and log.rng.random() < log.natives else None
    return Cell(
        value.content, width, rows=deep, align="center", native=native, number_format=value.number_format
    )


def _total(log: Log, rows: list[dict[str, Value]], size: dict[str, int]) -> list[Cell]:
    pages = sum(int(str(r["pages"].truth)) for r in rows if isinstance(r["pages"].truth, int))
    word = log.rng.choice(["合计", "小计", "本页合计", "合  计"])
    shown = dict.fromkeys(log.fields, "")
    shown["pages"] = str(pages)
    cells = [Cell(plain(word), 2, align="center")] if log.numbered else []
    if not log.numbered and log.fields[0] != "pages":
        shown[log.fields[0]] = word
    return (
        cells
        + [Cell(plain(shown[f]), size[f], align="center") for f in log.fields]
        + [Cell(((),), 3) for _ in log.extras]
    )


def _head_row(log: Log, total: int) -> list[Cell]:
    """The head as cells: label, value, label, value."""
    share = total // (2 * len(log.head_pairs))
    row = [Cell(plain(text), share) for pair in log.head_pairs for text in pair]
    return [*row[:-1], replace(row[-1], width=total - share * (len(row) - 1))]


def page(log: Log, rows: list[dict[str, Value]], name: str = "Sheet1") -> Page:
    rng = log.rng
    sheet = Page(name=name, landscape=True)
    decoys.letterhead(sheet, rng.choice(["", "", "", "company", "code"]), rng)
    grid: list[list[Cell]] = []
    shown = header(log)
    total = sum(c.width for c in shown[0])
    if log.head_cells or rng.random() < 0.3:
        grid.append([Cell(plain(log.title), total, align="center", bold=True)])
        if log.head_cells:
            grid.append(_head_row(log, total))
        elif log.head_line:
            grid.append([Cell(plain(log.head_line), total)])
    else:
        sheet.para(log.title, align="center", bold=True, size=16)
        if log.head_line:
            sheet.para(log.head_line, align=rng.choice(["left", "left", "right"]))
    before = len(grid) + len(shown)
    made, hidden = body(log, rows)
    heads = len(shown) if not grid else 0
    sheet.grid(grid + shown + made, header_rows=heads, hidden=tuple(before + n for n in hidden))
    if log.footer_clerk:
        sheet.para(log.footer_clerk, align=rng.choice(["left", "right"]))
    if rng.random() < 0.2:
        sheet.para(rng.choice(decoys.NOTES[log.form]), size=9)
    return sheet
