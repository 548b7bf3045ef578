"""An empty form and filled copies of it, printed: what a layout is registered from, and what comes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from tests.samples import single
from tests.samples.fill import Filling
from tests.samples.pdf import to_pdf
from tests.samples.sections import Manner
from tests.samples.values import ABSENT
from tests.samples.word import write_word


def print_pairs(
    out: Path, seed: int, copies: int = 2
) -> list[tuple[str, Path, list[tuple[Path, dict[str, Any]]]]]:
    """For each form its id, the empty PDF, and filled PDFs with their true values."""
    rng = Random(seed)
    out.mkdir(parents=True, exist_ok=True)
    made, jobs = [], []
    for form in ("new_customer", "complaint", "fax_out"):
        filling = Filling.draw(form, rng, "docx")
        filling.controls = False
        filling.ticks = replace(filling.ticks, word=False)
        manner = Manner.draw(rng, filling.labels, "docx")
        fields = filling.fields()
        plan = {**single.layout(form, rng, fields), "skeleton": "table"}
        rows = [filling.record(fields, empty=True)] + [filling.record(fields) for _ in range(copies)]
        papers = []
        for number, row in enumerate(rows):
            docx = out / f"{form}-{seed}-{number}.docx"
            write_word([single.page(form, plan, manner, row, "表")], docx, rng)
            jobs.append((docx, docx.with_suffix(".pdf")))
            papers.append(
                (docx.with_suffix(".pdf"), {n: v.truth for n, v in row.items() if v.truth is not ABSENT})
            )
        made.append((form, papers[0][0], papers[1:]))
    to_pdf(jobs)
    return made
