"""`formflow register`: the numbered entries."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow import words
from formflow.cli.app import App
from formflow.cli.clock import clock_command
from formflow.cli.files import check_target
from formflow.cli.output import emit, plain, say, show_findings, show_table, tell
from formflow.cli.proof import ORIGINALS, SINCE, originals_report, tell_reports
from formflow.cli.told import told_form, told_label, told_time, told_value, told_word
from formflow.contract.views import entry_view_json, listed_json, void_json
from formflow.documents.ledger import ledger_csv, ledger_xlsx
from formflow.messages import cli as messages
from formflow.pipeline.queues import book, entry_view

if TYPE_CHECKING:
    from collections.abc import Mapping

    from formflow.forms.spec import Form
    from formflow.model import Json
    from formflow.store.entries import Listed


_PAGE = 400
"""Entries that are shown at once: a long list begins to appear before all of it has been read."""


@click.group("register")
def register_command() -> None:
    """List, show, void, export and verify the numbered entries.

    \b
    Example:
      formflow register list --series XKH --year 2026
      formflow register verify
    """


@register_command.command("list")
@click.option("--series", help="Only this book, such as XKH.")
@click.option("--year", type=int, help="Only this year.")
@click.option("--form", help="Only entries of this form.")
@click.option("--text", help="Looked for in number, file name and values.")
@click.option(
    "--limit", type=click.IntRange(1), default=200, show_default=True, help="At most so many, the newest."
)
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one an entry.")
@click.pass_obj
def list_command(
    app: App,
    series: str | None,
    year: int | None,
    form: str | None,
    text: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List entries of all books, the newest first; voids are struck through.

    \b
    Example:
      formflow register list --text 华南
    """
    form = app.form(form).id if form else None
    asked: dict[str, Any] = {"series": series, "year": year, "form": form, "text": text}
    listed = app.store.register.recent(**asked, limit=limit)
    shown = 0
    if as_json:
        for one in listed:
            emit(listed_json(one.entry, one.void, app.voice))
        return
    while page := tuple(itertools.islice(listed, _PAGE)):
        _show_page(app, page)
        shown += len(page)
    if not shown:
        _show_page(app, ())
    more = app.store.register.count(**asked) - shown if shown == limit else 0
    if more > 0:
        say(app.voice(messages.NEWEST_SHOWN(shown=shown, more=more)), err=True)


def _show_page(app: App, listed: Sequence[Listed]) -> None:
    rows = [
        (
            one.entry.number,
            told_time(app, one.entry.registered_at).partition(" ")[0],
            told_form(app, one.entry.form),
            _headline(app, one),
            told_word(app, words.OUTCOMES, one.entry.outcome.value),
            app.voice(messages.VOID()) if one.void else one.corrected_by or "",
        )
        for one in listed
    ]
    struck = [index for index, one in enumerate(listed) if one.void]
    columns = (
        messages.NUMBER(),
        messages.ENTERED(),
        messages.FORM(),
        messages.WHAT(),
        messages.OUTCOME(),
        messages.STATE(),
    )
    show_table(app, columns, rows, struck=struck)


@register_command.command("show")
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="As one JSON line.")
@click.pass_obj
def show_command(app: App, number: str, as_json: bool) -> None:
    """Show the entry NUMBER: values, findings, decisions, archive copies.

    \b
    Example:
      formflow register show XKH-2026-0001
    """
    view = entry_view(number, app.store, sight=app.sight)
    app.note_read(view.entry.number, "show", entry=view.entry)
    if as_json:
        emit(entry_view_json(view, app.voice, app.settings.archive))
        return
    entry, void = view.entry, view.void
    form = app.forms.get(entry.form)
    outcome = told_word(app, words.OUTCOMES, entry.outcome.value)
    say(f"{entry.number}  {told_form(app, entry.form)}  {outcome}  {told_time(app, entry.registered_at)}")
    late = app.voice(messages.CLAIMED())
    late = f"  {late} {entry.receipt.on}" if entry.receipt.backdated else ""
    say(f"{entry.receipt.name}  {told_time(app, entry.receipt.at)}{late}")
    if void:
        say(app.voice(messages.VOID_BECAUSE(reason=void.reason, by=void.by)))
    columns = (messages.LEARNED_LABEL(), messages.VALUE(), messages.FIELD())
    show_table(app, columns, _values(app, form, entry.values))
    show_findings(app, entry.findings)
    for one in view.assessments:
        anew = app.voice(messages.JUDGED_ANEW_HEADING())
        outcome = told_word(app, words.OUTCOMES, one.outcome.value)
        say(f"    {told_time(app, one.at)} {anew} {one.by} {one.because} {outcome}")
        show_findings(app, one.findings)
    for d in view.decisions:
        role, decision = told_word(app, words.ROLES, d.role), told_word(app, words.DECISIONS, d.decision)
        say(f"    {told_time(app, d.at)} {role} {d.by} {decision} {d.comment}".rstrip())
    for mark in view.marks:
        say(f"    {app.settings.archive}/{mark.path}")


@register_command.command("void")
@click.argument("number")
@click.option("--reason", required=True, help="Why; kept for ever.")
@click.option("--by", help="Who; default: whoever is logged in.")
@click.pass_obj
def void_command(app: App, number: str, reason: str, by: str | None) -> None:
    """Make the entry NUMBER void; it keeps its number.

    \b
    Example:
      formflow register void XKH-2026-0003 --reason "重复申请"
    """
    number = app.entry(number).number
    void = app.store.register.void(number, reason=reason, by=app.person(by), at=app.clock())
    tell(
        app,
        void_json(void),
        app.voice(messages.IS_VOID(number=void.number)),
    )


@register_command.command("verify")
@click.option("--series", help="Only this book.")
@click.option("--year", type=int, help="Only this year.")
@SINCE
@ORIGINALS
@click.pass_obj
def verify_command(app: App, series: str | None, year: int | None, since: str | None, originals: bool) -> int:
    """Check that every book has its numbers 1 to n once each and the audit chain is whole; exit 5 if not.

    \b
    Example:
      formflow register verify --series XKH --year 2026
      formflow register verify --since 3f9a0c1b2d4e
    """
    return tell_reports(
        app, [app.store.register.verify(series, year, since=since), *originals_report(app, wanted=originals)]
    )


register_command.add_command(clock_command)


@register_command.command("export")
@click.argument("form")
@click.option("--year", type=int, help="Default: this year.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Default: SERIES-YEAR.xlsx here.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@click.pass_obj
def export_command(app: App, form: str, year: int | None, output: Path | None, force: bool) -> None:
    """Write the book of FORM as a register sheet (登记簿); voids are struck through.

    \b
    Example:
      formflow register export fax_in --year 2026 -o 收传真登记簿.xlsx
    """
    definition = app.form(form)
    of = year or app.clock().year
    target = output or Path(f"{definition.register.series}-{of}.xlsx")
    check_target(target, force=force)
    made = book(app.store, definition, of)
    app.note_read(f"{definition.register.series}-{of}", "export")
    if target.suffix.lower() == ".csv":
        target.write_bytes(ledger_csv(made.lines, definition, app.settings, decided=made.decided))
    else:
        target.write_bytes(ledger_xlsx(made.lines, definition, app.settings, year=of, decided=made.decided))
    tell(
        app,
        {"file": str(target), "form": definition.id, "year": of, "entries": len(made.lines)},
        app.voice(messages.ENTRIES(target=target, count=len(made.lines))),
    )


def _values(app: App, form: Form | None, values: Mapping[str, Json]) -> list[tuple[str, str, str]]:
    """Label, value and id of every field, in the order of the form; what the form no longer has comes last."""
    fields = [field for field in form.fields if field.id in values] if form else []
    rows = [(told_label(app, field), told_value(app, field, values), field.id) for field in fields]
    known = {field.id for field in fields}
    return [*rows, *(("", plain(value), id) for id, value in values.items() if id not in known)]


def _headline(app: App, one: Listed) -> str:
    """The first few values that say what an entry is about."""
    values = one.entry.values
    form = app.forms.get(one.entry.form)
    fields = [field for field in form.required() if isinstance(values.get(field.id), str)] if form else []
    texts = [told_value(app, field, values) for field in fields]
    return "  ".join(texts[:4])[:60]
