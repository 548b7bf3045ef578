"""Two logs on one sheet: 收文 on the left and 发文 on the right, or one log in two halves."""

from __future__ import annotations

import itertools
from random import Random

from . import log_pages
from .logs import Log
from .page import Cell, Page, plain
from .values import Value


def draw(rng: Random, kind: str) -> tuple[list[Page], list[dict[str, object]], list[str], str]:
    """Pages, records in reading order, head fields and the layout's name."""
    left = _bare("fax_in" if rng.random() < 0.6 else "fax_out", rng, kind)
    same = rng.random() < 0.4
    right = left if same else _bare("fax_out" if left.form == "fax_in" else "fax_in", rng, kind)
    if not same:
        left.head, right.head = {}, {}
        left.month_day = right.month_day = None
    rows = left.draw_rows(rng.randint(2, 9)), right.draw_rows(rng.randint(2, 9))
    page, layout = _page(left, right, rows, rng, same=same)
    return [page], left.records(rows[0]) + right.records(rows[1]), list(left.head), layout


def _bare(form: str, rng: Random, kind: str) -> Log:
    """A log whose rows stand side by side with another's: no months between them, no sums, no merged days."""
    log = Log.draw(form, rng, kind)
    log.two_level = log.months = log.totals = log.hides = False
    log.merged, log.repeat, log.footer_clerk, log.numbered = "", 0, "", True
    log.columns = [("", [name]) for _, names in log.columns for name in names]
    if "clerk" in log.head and not any(log.head["clerk"] in pair for pair in log.head_pairs):
        del log.head["clerk"]
    return log


def _page(
    left: Log,
    right: Log,
    rows: tuple[list[dict[str, Value]], list[dict[str, Value]]],
    rng: Random,
    *,
    same: bool,
) -> tuple[Page, str]:
    gap = [Cell(((),), 1)] if rng.random() < 0.5 else []
    sides = [log_pages.header(log)[0] for log in (left, right)]
    widths = [sum(cell.width for cell in side) for side in sides]
    total = sum(widths) + len(gap)
    sheet = Page(landscape=True)
    grid: list[list[Cell]] = []
    if same:
        grid.append([Cell(plain(left.title), total, align="center", bold=True)])
        if left.head_line:
            grid.append([Cell(plain(left.head_line), total)])
        manner = "same"
    else:
        manner = rng.choice(["titles", "captions", "one"])
        captions = {
            "titles": (left.title, right.title),
            "captions": tuple("收文登记" if log.form == "fax_in" else "发文登记" for log in (left, right)),
        }.get(manner)
        if captions is None or rng.random() < 0.5:
            grid.append([Cell(plain("传真收发登记簿"), total, align="center", bold=True)])
        if captions is not None:
            over = [
                Cell(plain(text), width, align="center") for text, width in zip(captions, widths, strict=True)
            ]
            grid.append([over[0], *gap, over[1]])
    grid.append([*sides[0], *gap, *sides[1]])
    bodies = [_rows(log, one) for log, one in zip((left, right), rows, strict=True)]
    blanks = [[Cell(((),), cell.width) for cell in side] for side in sides]
    for first, second in itertools.zip_longest(*bodies):
        grid.append([*(first or blanks[0]), *gap, *(second or blanks[1])])
    sheet.grid(grid)
    return sheet, "-".join(["halves", manner, "gap" if gap else "tight"])


def _rows(log: Log, rows: list[dict[str, Value]]) -> list[list[Cell]]:
    made, _ = log_pages.body(log, rows)
    return made[: len(rows)]
