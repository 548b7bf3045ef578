"""Documents from one template, by docxtpl and by us, in processor time of one process.

The template is such as an office writes: a heading, a table of sixteen values, a table of rows, a remark, places to
sign. docxtpl does what its manual says: open, render with autoescape, save.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

AIMS = {5: 20, 100: 8}
"""Rows → how many times less processor time than docxtpl."""
AIM_A_SECOND = 1000
"""Documents of 5 rows a second on one core."""

_SECONDS = 1.5
"""Processor time spent on each measurement at least."""


def compare(home: Path) -> list[tuple[int, float, float]]:
    """(rows, seconds a document with docxtpl, seconds a document with us); the texts are checked to be the same."""
    from docxtpl import DocxTemplate
    from tests.unit.documents.visible import visible

    from formflow.documents.templates.template import Template

    home.mkdir(parents=True, exist_ok=True)
    path = home / "bench.docx"
    make_template(path)
    measured = []
    for rows in AIMS:
        context = make_context(rows)

        def theirs(context: dict[str, Any] = context) -> bytes:
            template = DocxTemplate(str(path))
            template.render(context, autoescape=True)
            out = io.BytesIO()
            template.save(out)
            return out.getvalue()

        def ours(context: dict[str, Any] = context) -> bytes:
            return Template.load(path).render(context)

        if visible(theirs()) != visible(ours()):
            raise SystemExit("the documents differ")
        # Turn and turn about, so that a slow moment of the machine falls on both.
        slow, fast = (
            min(times) for times in zip(*((_time(theirs), _time(ours)) for _ in range(3)), strict=True)
        )
        measured.append((rows, slow, fast))
    return measured


def lines(home: Path) -> list[str]:
    """The measurement as lines of the report."""
    told = []
    for rows, theirs, ours in compare(home):
        told.append(
            f"document, {rows:3d} rows   {1000 * theirs:7.2f} ms docxtpl, {1000 * ours:.3f} ms formflow:"
            f" 1/{theirs / ours:.0f}    aim ≤ 1/{AIMS[rows]}"
        )
        if rows == min(AIMS):
            told.append(f"documents a second   {1 / ours:7.0f}    aim ≥ {AIM_A_SECOND} on one core")
    return told


def make_template(path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading("审批单 {{ number }}", level=1)
    values = document.add_table(rows=8, cols=4)
    values.style = "Table Grid"
    for index, row in enumerate(values.rows):
        for side in (0, 1):
            row.cells[2 * side].text = f"第{2 * index + side + 1}项"
            row.cells[2 * side + 1].text = f"{{{{ v{2 * index + side} }}}}"
    table = document.add_table(rows=4, cols=5)
    table.style = "Table Grid"
    cells = ("{{ loop.index }}", "{{ r.on }}", "{{ r.name }}", "{{ r.quantity }}", "{{ r.amount }}")
    for cell, title in zip(table.rows[0].cells, ("序号", "日期", "品名", "数量", "金额"), strict=True):
        cell.text = title
    table.rows[1].cells[0].text = "{%tr for r in rows %}"
    for cell, text in zip(table.rows[2].cells, cells, strict=True):
        cell.text = text
    table.rows[3].cells[0].text = "{%tr endfor %}"
    document.add_paragraph("{% if remark %}备注：{{ remark }}{% endif %}")
    document.add_paragraph("签字：            日期：")
    document.sections[0].footer.paragraphs[0].text = "{{ number }}"
    document.save(str(path))


def make_context(rows: int) -> dict[str, Any]:
    goods = ("纯苯", "甲苯 & 二甲苯", "苯乙烯 <99.9%>")
    return {
        "number": "XKH-2026-0001",
        "remark": "按规定办理",
        **{f"v{index}": f"华南实业（深圳）有限公司 第{index}分公司" for index in range(16)},
        "rows": [
            {
                "on": f"2026-03-{index % 28 + 1:02}",
                "name": goods[index % 3],
                "quantity": index,
                "amount": "12,000.00",
            }
            for index in range(rows)
        ],
    }


def _time(make: Callable[[], bytes]) -> float:
    """Processor seconds a document."""
    count, began = 0, time.process_time()
    while (spent := time.process_time() - began) < _SECONDS or count < 5:
        make()
        count += 1
    return spent / count


def main() -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as home:
        print("\n".join(lines(Path(home))))


if __name__ == "__main__":
    main()
