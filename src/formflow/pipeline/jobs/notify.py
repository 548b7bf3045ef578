"""The notice job: what tells a sender what is missing, in a worker process."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.model import Finding, Receipt, Record

if TYPE_CHECKING:
    from formflow.forms.spec import Form
    from formflow.pipeline.jobs.worker_context import WorkerContext

EVENT = "returned"
"""The key of a form's `documents` under which its notice for completion stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeJob:
    """Write the notice (补正通知书) for a record that goes back.

    Attributes:
        target: Path of the notice without a suffix; what is there is replaced.
        issued_on: The day it is written.
        due_on: The day by which the form is to be completed; None where the office sets none.
        reference: By which the form is found again: it has no number.
    """

    record: Record
    findings: tuple[Finding, ...]
    receipt: Receipt
    target: Path
    issued_on: date
    due_on: date | None = None
    reference: str = ""

    def run(self, worker_context: WorkerContext) -> list[str]:
        """In the worker: the paths written, the template's documents or else plain text.

        Raises:
            TemplateError: The template does not fit its form.
            OSError: The disk is full or refuses.
        """
        form = worker_context.forms[self.record.form]
        written = []
        for index, template in enumerate(form.documents.get(EVENT, ())):
            from formflow.documents.templates.context import Facts
            from formflow.documents.templates.render import render_returned

            content = render_returned(
                worker_context.settings.folder("templates") / template,
                self.record,
                self.findings,
                form,
                self.receipt,
                worker_context.settings,
                facts=Facts(issued_on=self.issued_on, due_on=self.due_on, reference=self.reference),
            )
            path = self.target.with_name(f"{self.target.name}{f'-{index + 1}' if index else ''}.docx")
            written.append(write_durably(path, content))
        if not written:
            text = self._plain(form).encode("utf-8-sig")
            written.append(write_durably(self.target.with_name(f"{self.target.name}.txt"), text))
        return written

    def _plain(self, form: Form) -> str:
        from formflow.documents.templates.display import show_date

        lines = [f"补正通知书：{form.title}", f"查询号：{self.reference}", f"文件：{self.receipt.name}"]
        lines += [f"收到：{show_date(self.receipt.at.date())}"]
        if self.receipt.backdated:
            lines.append(f"补登：按 {show_date(self.receipt.on)} 收到计算")
        lines += ["", *(f"- {finding.message}" for finding in self.findings), ""]
        by = f"于 {show_date(self.due_on)} 前" if self.due_on else ""
        return "\n".join([*lines, f"请{by}补正后重新提交。", show_date(self.issued_on), ""])


def write_durably(path: Path, content: bytes) -> str:
    """Write a file that is whole whenever it is there; its path.

    Raises:
        OSError: The disk is full or refuses; nothing half-written stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temp.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temp.replace(path)
    finally:
        temp.unlink(missing_ok=True)
    return str(path)
