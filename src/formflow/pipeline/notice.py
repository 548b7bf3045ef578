"""The notice job: what tells a sender what is missing, in a worker process."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.model import Finding, Receipt, Record

if TYPE_CHECKING:
    from formflow.forms.spec import Form
    from formflow.pipeline.bench import Bench

EVENT = "returned"
"""The key of a form's `documents` under which its notice for completion stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeJob:
    """Write the notice (补正通知书) for a record that goes back.

    Attributes:
        target: Path of the notice without a suffix; what is there is replaced.
    """

    record: Record
    findings: tuple[Finding, ...]
    receipt: Receipt
    target: Path

    def run(self, bench: Bench) -> list[str]:
        """In the worker: the paths written, the template's documents or else plain text.

        Raises:
            TemplateError: The template does not fit its form.
            OSError: The disk is full or refuses.
        """
        form = bench.forms[self.record.form]
        written = []
        for index, template in enumerate(form.documents.get(EVENT, ())):
            from formflow.documents.render import render_returned

            content = render_returned(
                bench.settings.folder("templates") / template,
                self.record,
                self.findings,
                form,
                self.receipt,
                bench.settings,
            )
            path = self.target.with_name(f"{self.target.name}{f'-{index + 1}' if index else ''}.docx")
            written.append(_write(path, content))
        if not written:
            text = self._plain(form).encode("utf-8-sig")
            written.append(_write(self.target.with_name(f"{self.target.name}.txt"), text))
        return written

    def _plain(self, form: Form) -> str:
        lines = [f"补正通知书：{form.title}", f"文件：{self.receipt.name}", f"收到：{self.receipt.on}", ""]
        lines += [f"- {finding.message}" for finding in self.findings]
        return "\n".join([*lines, "", "请补正后重新提交。", ""])


def _write(path: Path, content: bytes) -> str:
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
