"""Entry to document: a template filled with one entry's values, findings and approval steps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from formflow.documents.context import NO_FACTS, Facts, context_of
from formflow.documents.template import Template
from formflow.forms.spec import Form
from formflow.model import Entry, Finding, Receipt, Record
from formflow.settings import Settings


def render_document(
    template: Path,
    entry: Entry,
    form: Form,
    settings: Settings,
    *,
    facts: Facts = NO_FACTS,
    dropped: list[str] | None = None,
) -> bytes:
    """The document of a registered entry, as the bytes of a .docx; the same arguments give the same bytes.

    Args:
        template: The template's file; see `context` for what it can name.
        facts: 档号, approvals, trade history and the notice's day, where there are any.
        dropped: Receives each text that control characters were taken out of.
    Raises:
        TemplateError: The template is missing or wrong, or names something this document does not have.
    """
    context = context_of(
        form, entry.values, entry.findings, entry.receipt, settings, entry=entry, facts=facts
    )
    return Template.load(template).render(context, dropped=dropped)


def render_returned(
    template: Path,
    record: Record,
    findings: Sequence[Finding],
    form: Form,
    receipt: Receipt,
    settings: Settings,
    *,
    facts: Facts = NO_FACTS,
) -> bytes:
    """The notice for a form that goes back (补正): it has no number, only what is missing and where.

    Raises:
        TemplateError: As for `render_document`.
    """
    context = context_of(
        form, record.values, findings, receipt, settings, sources=record.sources, facts=facts
    )
    return Template.load(template).render(context)
