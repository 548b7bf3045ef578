"""The papers of docs/tutorial/paper.md, made from seeds: forms of other offices, blanks of ours, a stack of them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from tests.samples.generate import make_single
from tests.samples.pdf import to_pdf
from tests.samples.word import write_word
from tests.scans.degrade import grained, resized, skewed
from tests.scans.faces import reset
from tests.scans.generate import HAND, degraded, pages_of, written
from tests.scans.hand import written_form

from formflow.documents.blanks.make import make_blank
from formflow.documents.blanks.separator import separator_pdf
from formflow.pipeline.jobs.worker_context import WorkerContext

FOREIGN = {
    "scan": ("new_customer", "scan200", 10),
    "fax": ("fax_out", "faxstd", 18),
    "photo": ("complaint", "photo", 6),
    "pen": ("new_customer", HAND, 2),
}
"""Papers in layouts of other offices: form, what became of the page, seed."""

COMPLAINT = {
    "received_on": "2026-11-20",
    "channel": "phone",
    "customer_name": "佛山市宏达化工有限公司",
    "contact": "李明",
    "phone": "0757-83990012",
    "area": "珠三角片区",
    "product": "聚丙烯T30S",
    "quantity": {"amount": "12.5", "unit": "吨"},
    "category": "delivery",
    "description": "到货延误三天，影响生产。",
    "recorder": "吴晓燕",
}
CUSTOMER = {
    "applied_on": "2026-03-05",
    "salesperson": "李明",
    "area": "华南",
    "customer_name": "佛山市宏达化工有限公司",
    "billing_name": "佛山市宏达化工有限公司",
    "credit_code": "91440604MA4UQBQR6H",  # 91440604MA4UQ8QR6H as somebody copied it
    "phone": "0757-86123456",
    "first_trade_on": "2026-02-20",
    "development": "经老客户介绍",
    "evaluation": "信誉良好",
    "support_needed": "无",
}
SALESPEOPLE = ("李明", "王强", "陈静")


def papers(folder: Path, worker_context: WorkerContext) -> dict[str, Path]:
    """Make the papers in a folder, and give their files by name.

    Args:
        worker_context: Knows the forms whose blanks are issued.
    """
    jobs = []
    for name, (form, manner, seed) in FOREIGN.items():
        rng = Random(f"{form}/{manner}/{seed}")  # noqa: S311 - the same pages every time
        pages, *_ = written_form(form, rng) if manner == HAND else make_single(form, rng, "docx")
        path = folder / f"{name}.docx"
        write_word(pages, path, rng)
        reset(path, rng)
        jobs.append((path, path.with_suffix(".pdf")))
    to_pdf(jobs)
    for name, form, record in (("blank", "complaint", COMPLAINT), ("code", "new_customer", CUSTOMER)):
        (folder / f"{name}.pdf").write_bytes(make_blank(worker_context.forms[form], "pdf", records=[record]))
    manners = {name: manner for name, (_, manner, _) in FOREIGN.items()} | dict.fromkeys(
        ("blank", "code"), "scan200"
    )
    seeds = {name: f"{form}/{manner}/{seed}/paper" for name, (form, manner, seed) in FOREIGN.items()}
    made = {}
    for name, manner in manners.items():
        rng = Random(seeds.get(name, name))  # noqa: S311 - the same pages every time
        data, suffix = degraded(folder / f"{name}.pdf", manner, rng)
        made[name] = folder / f"{name}{suffix}"
        made[name].write_bytes(data)
    made["batch"] = folder / "batch.pdf"
    made["batch"].write_bytes(_batch(worker_context, folder))
    return made


def _batch(worker_context: WorkerContext, folder: Path) -> bytes:
    """Three copies of a form of two pages, as a feeder gives them.

    The second page of the first copy lies above its first, both with their empty backs; the third copy lacks a page.
    """
    rng = Random("batch")  # noqa: S311 - the same pages every time
    form = worker_context.forms["visit_plan"]
    one, two, three = (
        _scanned(make_blank(form, "pdf", records=[_plan(name)]), folder, rng) for name in SALESPEOPLE
    )
    (sheet,) = _scanned(separator_pdf(), folder, rng)
    back = _glass(np.full((3508, 2480), 255, np.uint8), rng)
    return written([one[1], back, one[0], back, sheet, *two, sheet, three[0]], "scan200")[0]


def _scanned(pdf: bytes, folder: Path, rng: Random) -> list[Any]:
    path = folder / "printed.pdf"
    path.write_bytes(pdf)
    return [_glass(page, rng) for page in pages_of(path)]


def _glass(page: Any, rng: Random) -> Any:
    """The page crooked and grainy, without the seal that `DEGRADATIONS` press on some."""
    return grained(resized(skewed(page, rng.uniform(-1, 1)), 200), 3, rng)


def _plan(salesperson: str) -> dict[str, Any]:
    shared = {"place": "深圳", "time": "9:00", "purpose": "拜访", "topic": "价格", "method": "乘车"}
    rows = [{"customer": f"{salesperson}化工{number}厂", **shared} for number in range(1, 12)]
    return {"date": "2026-03-05", "salesperson": salesperson, "rows": rows}
