"""Entry to document: a template filled with one entry's values, findings and approval steps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from formflow.documents.package import expand, read_members
from formflow.documents.templates.context import NO_FACTS, Facts, context_of
from formflow.documents.templates.template import Template
from formflow.forms.spec import Form
from formflow.model import Entry, Finding, Receipt, Record
from formflow.settings import Settings

if TYPE_CHECKING:
    from formflow.documents.templates.docxtpl_engine import DocxtplTemplate

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


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
    return engine_for(template, form).load(template).render(context, dropped=dropped)


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
    return engine_for(template, form).load(template).render(context)


def engine_for(template: Path, form: Form) -> type[Template | DocxtplTemplate]:
    """The engine by which a form has this template filled; docxtpl is loaded only where it is asked for."""
    if form.engines.get(template.name) != "docxtpl":
        return Template
    from formflow.documents.templates.docxtpl_engine import DocxtplTemplate  # for few templates

    return DocxtplTemplate


def title_of(content: bytes) -> str:
    """The title that a document gives itself among its properties, if it is a Chinese one; else nothing.

    A template that was made of another file often keeps that file's title in Latin letters, or Word's own.
    """
    core = next((member for member in read_members(content) if member.name == "docProps/core.xml"), None)
    if core is None:
        return ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    title = etree.fromstring(expand(core), parser).findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    return title.strip() if _CHINESE.search(title) else ""
