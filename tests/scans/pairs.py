"""An empty form and filled copies of it, printed: what a layout is registered from, and what comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pdfplumber
from tests.samples import single
from tests.samples.fill import Filling
from tests.samples.page import Grid, Page
from tests.samples.pdf import to_pdf
from tests.samples.sections import Manner
from tests.samples.values import ABSENT
from tests.samples.word import write_word

from .faces import reset
from .generate import HAND, degraded
from .hand import by_pen

FORMS = ("new_customer", "complaint", "fax_out")
_ROW = 760
"""Least height of a row in twentieths of a point: two lines of text, so that few values make it taller."""


def generate_pairs(out: Path, seed: int, copies: int, degradations: list[str]) -> Path:
    """Write for each form an empty PDF (`FORM-SEED.pdf`) and degraded filled copies, and give the path of truth.jsonl.

    A value that needs more room than its row has makes that copy another layout, as it does in an office; such copies
    are left out.
    """
    printed = out / "printed"
    printed.mkdir(parents=True, exist_ok=True)
    jobs: list[tuple[Path, Path]] = []
    lines: list[dict[str, Any]] = []
    for number, form in enumerate(FORMS):
        rng = Random(f"{seed}/{form}")
        filling = Filling.draw(form, rng, "docx")
        filling.controls = False
        while filling.ticks.word or filling.ticks.mark in {"w14", "sym", "sym2", "legacy"}:
            filling.ticks = type(filling.ticks).draw(rng, "xlsx")
        # What stands in a content control is set in no ink of its own, so nobody could write it by pen.
        manner = replace(Manner.draw(rng, filling.labels, "docx"), cell_sdt=False)
        fields = filling.fields()
        plan = {**single.layout(form, rng, fields), "skeleton": rng.choice(["table", "table", "sections"])}
        style, face = rng.getrandbits(32), rng.getrandbits(32)
        for copy in range(copies + 1):
            name = degradations[(number * copies + copy) % len(degradations)] if copy else ""
            row = filling.record(fields, empty=not copy)
            truth = {n: v.truth for n, v in row.items() if v.truth is not ABSENT}
            if name == HAND:
                row = {n: by_pen(n, value) for n, value in row.items()}
            docx = printed / f"{form}-{seed}-{copy}.docx"
            write_word([_roomy(single.page(form, plan, manner, row, "表"))], docx, Random(style))
            reset(docx, Random(face))
            jobs.append((docx, docx.with_suffix(".pdf") if copy else out / f"{form}-{seed}.pdf"))
            if copy:
                line = {"file": docx.stem, "form": form, "format": "scan", "layout": str(plan["skeleton"])}
                records = [{"form": form, "values": truth}]
                lines.append({**line, "degradation": name, "records": records})
    to_pdf(jobs)
    ruled = {form: _ruled(out / f"{form}-{seed}.pdf") for form in FORMS}
    lines = [line for line in lines if _ruled(printed / f"{line['file']}.pdf") == ruled[line["form"]]]
    for line in lines:
        pdf = printed / f"{line['file']}.pdf"
        data, suffix = degraded(pdf, line["degradation"], Random(f"{seed}/{pdf.stem}/paper"))
        line["file"] = f"{line['file']}-{line['degradation']}{suffix}"
        (out / line["file"]).write_bytes(data)
    path = out / "truth.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def _roomy(page: Page) -> Page:
    """The page with rows that have room for a second line of text."""
    page.blocks = [_tall(block) if isinstance(block, Grid) else block for block in page.blocks]
    return page


def _tall(grid: Grid) -> Grid:
    return replace(
        grid,
        rows=tuple(
            tuple(
                replace(cell, height=max(cell.height, _ROW), inner=cell.inner and _tall(cell.inner))
                for cell in row
            )
            for row in grid.rows
        ),
    )


def _ruled(pdf: Path) -> list[list[tuple[int, int]]]:
    """Where the cells of a printed form are, in points, page by page."""
    with pdfplumber.open(pdf) as printed:
        return [
            sorted({(round(cell[0]), round(cell[1])) for table in page.find_tables() for cell in table.cells})
            for page in printed.pages
        ]
