"""Checking a template against its form, as a job for a worker: a template is written by people too."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formflow.documents.templates.problem import Problem
    from formflow.forms.spec import Form
    from formflow.pipeline.jobs.worker_context import WorkerContext


@dataclass(frozen=True, slots=True)
class CheckJob:
    """Every problem of the template at `path` against the form it is for."""

    path: Path
    form: Form

    def run(self, _bench: WorkerContext) -> list[Problem]:
        """Fill it with samples, among others."""
        from formflow.documents.templates.check import check_template

        return check_template(self.path, self.form)
