"""python -m tests.samples.generate OUT_DIR --seed N --count K [--formats docx,xlsx,csv,pdf,acroform]

Writes K files and truth.jsonl in the corpus' truth format; the same seed gives the same files.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random

from . import halves, log_pages, logs, single, visits
from .delimited import write_csv
from .excel import write_excel
from .fill import Filling
from .fillable import truth_of, write_fillable
from .page import Page
from .pdf import to_pdf
from .sections import Manner
from .values import ABSENT
from .word import write_word

KINDS = [
    "new_customer",
    "new_customer",
    "complaint",
    "complaint",
    "fax_in",
    "fax_in",
    "fax_out",
    "fax_log",
    "visit_plan",
    "halves",
]
Made = tuple[list[Page], list[dict[str, object]], list[str], str]


def make_single(form: str, rng: Random, kind: str) -> Made:
    """Pages, records, head fields and the layout's name of one or several copies of a form."""
    filling = Filling.draw(form, rng, kind)
    manner = Manner.draw(rng, filling.labels, kind)
    fields = filling.fields()
    plan = single.layout(form, rng, fields)
    copies = rng.choice([1, 1, 1, 1, 1, 2, 3])
    if copies > 1 and plan["top"] == "header":
        plan["top"] = "line"  # A page header shows on the pages of all copies.
    pages, records = [], []
    for number in range(copies):
        row = filling.record(fields)
        pages.append(single.page(form, plan, manner, row, f"表{number + 1}" if copies > 1 else "Sheet1"))
        records.append(
            {"form": form, "values": {n: v.truth for n, v in row.items() if v.truth is not ABSENT}}
        )
    if rng.random() < 0.06:
        pages.append(single.page(form, plan, manner, filling.record(fields, empty=True), "空白表"))
    ticks = filling.ticks
    words = [
        str(plan["skeleton"]),
        manner.caption,
        str(plan["top"]),
        str(plan["approval"]),
        "word" if ticks.word else ticks.mark,
    ]
    return pages, records, [], "-".join([_short(form), *words])


def make_log(form: str, rng: Random, kind: str) -> Made:
    log = logs.Log.draw(form, rng, kind)
    rows = log.draw_rows(rng.randint(3, 22))
    words = [
        "two" if log.two_level else "one",
        "year" if "year" in log.head else "",
        log.merged,
        f"md{log.month_day}" if log.month_day is not None else "",
    ]
    return (
        [log_pages.page(log, rows)],
        log.records(rows),
        list(log.head),
        "-".join([_short(form) + "l", *filter(None, words)]),
    )


def make_visits(rng: Random, kind: str) -> Made:
    filling = Filling.draw("visit_plan", rng, kind)
    filling.controls = False
    manner = Manner.draw(rng, filling.labels, kind)
    filling.labels.numbering = ""
    head, rows = visits.draw(filling, rng)
    return [visits.page(filling, manner, head, rows)], [visits.record(head, rows)], [], "vp"


def _short(form: str) -> str:
    return "".join(word[0] for word in form.split("_")) if "_" in form else "cp"


def make_mixed(rng: Random, kind: str) -> Made:
    """Forms of two kinds in one file."""
    one, two = rng.sample(["new_customer", "complaint", "fax_out"], 2)
    pages, records, _, layout = make_single(one, rng, kind)
    more, others, _, other = make_single(two, rng, kind)
    for number, page in enumerate(pages + more):
        page.name = f"表{number + 1}"
    return pages + more, records + others, [], f"{layout}+{other}"


def stack(pages: list[Page]) -> list[Page]:
    """All pages one under another on the first sheet."""
    for page in pages[1:]:
        pages[0].para("")
        pages[0].blocks += page.blocks
    return pages[:1]


def make(form: str, rng: Random, kind: str) -> Made:
    if form == "visit_plan":
        return make_visits(rng, kind)
    if form == "halves":
        return halves.draw(rng, kind)
    if form in {"fax_in", "fax_log"}:
        return make_log("fax_in" if form == "fax_in" else "fax_out", rng, kind)
    return make_single(form, rng, kind)


def generate(out: Path, seed: int, count: int, formats: list[str]) -> Path:
    """Writes the files and gives the path of truth.jsonl."""
    out.mkdir(parents=True, exist_ok=True)
    lines: list[dict[str, object]] = []
    to_print: list[tuple[Path, Path]] = []
    for number in range(count):
        rng = Random(f"{seed}/{number}")
        kind = formats[number % len(formats)]
        if kind == "acroform":
            lines.append(_fillable(out / f"{seed}-{number:04}.pdf", rng))
            continue
        form = rng.choice(["fax_in", "fax_log", "fax_log", "halves"] if kind == "csv" else KINDS)
        base = kind if kind != "pdf" else rng.choice(["docx", "xlsx"])
        source = base if kind != "pdf" else "pdf"
        if kind in {"docx", "xlsx"} and rng.random() < 0.03:
            pages, records, head, layout = make_mixed(rng, source)
        else:
            pages, records, head, layout = make(form, rng, source)
        if base == "xlsx" and len(pages) > 1 and rng.random() < 0.3:
            pages = stack(pages)
            layout += "-stacked"
        path = out / f"{seed}-{number:04}.{kind}"
        written = path if kind != "pdf" else out / "print" / f"{seed}-{number:04}.{base}"
        written.parent.mkdir(exist_ok=True)
        if base == "csv":
            write_csv(pages, written, rng)
        elif base == "xlsx":
            dress(pages, rng)
            write_excel(pages, written, rng)
        else:
            write_word(pages, written, rng)
        if kind == "pdf":
            to_print.append((written, path))
        truth: dict[str, object] = {
            "file": path.name,
            "form": form_of(records),
            "format": kind,
            "layout": layout,
            "degradation": "",
            "records": records,
        }
        if head:
            truth["head"] = head
        lines.append(truth)
    to_pdf(to_print)
    target = out / "truth.jsonl"
    target.write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
    )
    return target


def form_of(records: list[dict[str, object]]) -> object:
    forms = {record["form"] for record in records}
    return forms.pop() if len(forms) == 1 else "mixed"


def _fillable(path: Path, rng: Random) -> dict[str, object]:
    form = rng.choice(["new_customer", "complaint", "fax_out"])
    record, layout = write_fillable(form, rng, path)
    records: list[dict[str, object]] = [{"form": form, "values": truth_of(record)}]
    return {
        "file": path.name,
        "form": form,
        "format": "acroform",
        "layout": layout,
        "degradation": "",
        "records": records,
    }


def dress(pages: list[Page], rng: Random) -> None:
    """What only workbooks have: offset sheets, comments, instruction and hidden sheets."""
    for page in pages:
        if rng.random() < 0.2:
            page.offset = (rng.randint(0, 3), rng.randint(1, 2))
        if rng.random() < 0.15:
            page.comments["A1"] = "客户名称：请与营业执照一致（此为批注，不是内容）"
    if rng.random() < 0.15:
        note = Page(name="填写说明")
        note.para("填写说明", align="center", bold=True)
        note.para("1、客户名称须填写全称；2、日期请填写实际日期；3、电话请注明区号。")
        pages.insert(rng.choice([0, len(pages)]), note)
    if rng.random() < 0.12:
        old = Page(name="参数", state="hidden")
        old.para("客户名称：旧客户有限公司")
        old.para("片区：华南  华北  西南")
        pages.append(old)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--formats", default="docx,xlsx,csv,pdf")
    given = parser.parse_args()
    print(generate(given.out, given.seed, given.count, given.formats.split(",")))


if __name__ == "__main__":
    main()
