"""Whether a template fits its form: every problem at once, before any form arrives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from formflow.documents.package import read_members
from formflow.documents.templates.context import Facts, context_of
from formflow.documents.templates.dealings import Trade, TradeHistory
from formflow.documents.templates.display import Shown
from formflow.documents.templates.fonts import font_problems
from formflow.documents.templates.grammar import SHOWN
from formflow.documents.templates.names_used import Shape, unknown
from formflow.documents.templates.opinions import Opinion
from formflow.documents.templates.problem import NOWHERE, Problem
from formflow.documents.templates.render import engine_for
from formflow.errors import TemplateError
from formflow.forms.samples import sample_value
from formflow.forms.spec import Form
from formflow.messages import Bilingual
from formflow.messages import templates as messages
from formflow.model import Entry, Finding, Outcome, Receipt, Severity
from formflow.settings import Settings

_SHOWN: Shape = dict.fromkeys(SHOWN)


def check_template(path: Path, form: Form) -> list[Problem]:
    """Every problem of a template against the form it is for.

    Tags, syntax, unknown names with the nearest known one, and then whether a full and a blank record can be
    filled in. An empty list means that it fits.
    """
    try:
        template = engine_for(path, form).examine(path)
    except TemplateError as error:
        return [Problem(path.name, NOWHERE, error.message, error.remedy)]
    problems = [*template.problems, *font_problems(path.name, read_members(path.read_bytes()))]
    shape = shape_of(form)
    seen: set[tuple[str, object]] = set()
    called = Bilingual(form.title, form.id)
    for use in template.uses():
        wrong = None if use.optional else unknown(use.name, shape)
        if wrong and (use.name, use.place) not in seen:
            seen.add((use.name, use.place))
            problems.append(
                Problem(path.name, use.place, messages.IN_FORM(said=wrong[0], form=called), wrong[1])
            )
    if any(problem.fatal for problem in problems):
        return problems
    for full in (True, False):
        try:
            template.render(sample_context(form, full=full))
        except TemplateError as error:
            sample = messages.FULL_SAMPLE() if full else messages.EMPTY_SAMPLE()
            said = messages.NOT_FILLED_WITH(sample=sample, said=error.message)
            problems.append(Problem(path.name, NOWHERE, said, error.remedy))
            break
    return problems


def shape_of(form: Form) -> Shape:
    """What a template for this form can name."""
    return _shape(sample_context(form, full=True))


def sample_context(form: Form, *, full: bool) -> dict[str, Any]:
    """The context of a made-up entry, with every value there, or with none."""
    values = {field.id: sample_value(field) for field in form.fields} if full else {}
    finding = Finding(code="sample", severity=Severity.RETURN, message="示例说明", article="第二条")
    refused = replace(finding, severity=Severity.REJECT)
    findings = (finding, refused) if full else ()
    at = datetime(2026, 3, 6, 9, 30, tzinfo=UTC)
    receipt = Receipt(at=at, name="示例.docx", claimed_on=date(2026, 3, 5) if full else None)
    entry = Entry(
        series=form.register.series,
        year=2026,
        serial=1,
        number="示例号",
        form=form.id,
        values=values,
        findings=findings,
        outcome=Outcome.ACCEPT,
        registered_at=at,
        receipt=receipt,
        digest="0" * 64,
        submission="sample",
        record="sample",
    )
    facts = Facts()
    if full:
        opinions = tuple(
            Opinion(role=step.role, decision="approve", by="李明", on=date(2026, 3, 7))
            for step in form.approval
        )
        trade = Trade(on=date(2024, 1, 2), number="XS-1", product="纯苯", amount="100.00")
        history = TradeHistory(since=date(2023, 3, 5), until=date(2026, 3, 5), trades=(trade,))
        applied = {rule.id for rule in form.rules}
        facts = Facts(
            archive_no="示例档号",
            opinions=opinions,
            history=history,
            applied=applied,
            chain="0123456789abcdef" * 4,
            reference="示例通知",
            due_on=date(2026, 3, 13),
        )
    settings = Settings(workspace=Path(), company="示例公司", department="示例部门")
    return context_of(form, values, findings, receipt, settings, entry=entry, facts=facts)


def _shape(value: Any) -> Shape:
    if isinstance(value, Shown):
        return _SHOWN
    if isinstance(value, Mapping):
        return {name: _shape(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_shape(value[0]) if value else None]
    return {}
