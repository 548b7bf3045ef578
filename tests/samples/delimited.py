"""Log pages as CSV, in the encodings and with the separators offices export."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from random import Random

from .page import Grid, Page, flatten


def rows_of(page: Page) -> list[list[str]]:
    """The page's rows as texts; a merged cell's text stands in its first place."""
    out: list[list[str]] = []
    for block in page.blocks:
        if not isinstance(block, Grid):
            out.append([flatten(block.content)])
            continue
        edges = block.edges()
        table = [[""] * (len(edges) - 1) for _ in block.rows]
        for number, left, cell in block.places():
            table[number][edges.index(left)] = flatten(cell.content)
        out += table
    width = max(len(r) for r in out)
    return [r + [""] * (width - len(r)) for r in out]


def write_csv(pages: list[Page], path: Path, rng: Random) -> None:
    buffer = io.StringIO()
    writer = csv.writer(
        buffer,
        delimiter=rng.choice([",", ",", ",", ";", "\t"]),
        lineterminator=rng.choice(["\r\n", "\n"]),
        quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    )
    for page in pages:
        writer.writerows(rows_of(page))
    path.write_bytes(buffer.getvalue().encode(rng.choice(["utf-8", "utf-8-sig", "gb18030", "gb18030"])))
