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
from formflow.cli.output import emit, finding_json, plain, say, show_findings, show_table, tell
from formflow.cli.proof import ORIGINALS, SINCE, originals_report, tell_reports
from formflow.cli.told import told_form, told_label, told_time, told_value, told_word

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
            emit(_json(app, one))
        return
    while page := tuple(itertools.islice(listed, _PAGE)):
        _show_page(app, page)
        shown += len(page)
    if not shown:
        _show_page(app, ())
    more = app.store.register.count(**asked) - shown if shown == limit else 0
    if more > 0:
        told = f"以上为最近登记的 {shown} 件，另有 {more} 件，用 --limit 增加"
        say(app.voice(told, f"the newest {shown}; {more} more, see --limit"), err=True)


def _show_page(app: App, listed: Sequence[Listed]) -> None:
    rows = [
        (
            one.entry.number,
            told_time(app, one.entry.registered_at).partition(" ")[0],
            told_form(app, one.entry.form),
            _headline(app, one),
            told_word(app, words.OUTCOMES, one.entry.outcome.value),
            app.voice("作废", "void") if one.void else one.corrected_by or "",
        )
        for one in listed
    ]
    struck = [index for index, one in enumerate(listed) if one.void]
    columns = (
        ("编号", "Number"),
        ("登记日期", "Entered"),
        ("表单", "Form"),
        ("内容", "What"),
        ("结论", "Outcome"),
        ("状态", "State"),
    )
    show_table([app.voice(*column) for column in columns], rows, struck=struck)


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
    from formflow.store.entries import Listed

    store = app.store
    entry = app.entry(number)
    number = entry.number
    void = store.register.void_of(number)
    marks = store.archives.of(number)
    decisions = store.decisions.of(number)
    assessments = store.assessments.of(number)
    if as_json:
        told = _json(app, Listed(entry=entry, void=void))
        told["archive"] = [f"{app.settings.archive}/{mark.path}" for mark in marks]
        told["decisions"] = [
            {"role": d.role, "decision": d.decision, "by": d.by, "at": d.at.isoformat(), "comment": d.comment}
            for d in decisions
        ]
        told["assessments"] = [
            {
                "outcome": one.outcome.value,
                "because": one.because,
                "by": one.by,
                "at": one.at.isoformat(),
                "findings": [finding_json(app, finding) for finding in one.findings],
            }
            for one in assessments
        ]
        emit(told)
        return
    form = app.forms.get(entry.form)
    outcome = told_word(app, words.OUTCOMES, entry.outcome.value)
    say(f"{entry.number}  {told_form(app, entry.form)}  {outcome}  {told_time(app, entry.registered_at)}")
    late = app.voice("补登", "claimed for")
    late = f"  {late} {entry.receipt.on}" if entry.receipt.backdated else ""
    say(f"{entry.receipt.name}  {told_time(app, entry.receipt.at)}{late}")
    if void:
        say(app.voice(f"作废：{void.reason}（{void.by}）", f"void: {void.reason} ({void.by})"))
    columns = (("标签", "Label"), ("值", "Value"), ("字段", "Field"))
    show_table([app.voice(*column) for column in columns], _values(app, form, entry.values))
    show_findings(app, entry.findings)
    for one in assessments:
        anew = app.voice("重新核对", "judged anew")
        outcome = told_word(app, words.OUTCOMES, one.outcome.value)
        say(f"    {told_time(app, one.at)} {anew} {one.by} {one.because} {outcome}")
        show_findings(app, one.findings)
    for d in decisions:
        role, decision = told_word(app, words.ROLES, d.role), told_word(app, words.DECISIONS, d.decision)
        say(f"    {told_time(app, d.at)} {role} {d.by} {decision} {d.comment}".rstrip())
    for mark in marks:
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
        {"number": void.number, "reason": void.reason, "by": void.by, "at": void.at.isoformat()},
        app.voice(f"{void.number} 已作废", f"{void.number} is void"),
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
    from formflow.documents.ledger import ledger_csv, ledger_xlsx

    of = year or app.clock().year
    target = output or Path(f"{definition.register.series}-{of}.xlsx")
    check_target(target, force=force)
    entries = _whole_book(app, definition, of)
    decided = app.store.decisions.of_many([one.entry.number for one in entries])
    if target.suffix.lower() == ".csv":
        target.write_bytes(ledger_csv(entries, definition, app.settings, decided=decided))
    else:
        target.write_bytes(ledger_xlsx(entries, definition, app.settings, year=of, decided=decided))
    tell(
        app,
        {"file": str(target), "form": definition.id, "year": of, "entries": len(entries)},
        app.voice(f"{target}：{len(entries)} 件", f"{target}: {len(entries)} entries"),
    )


def _values(app: App, form: Form | None, values: Mapping[str, Json]) -> list[tuple[str, str, str]]:
    """Label, value and id of every field, in the order of the form; what the form no longer has comes last."""
    fields = [field for field in form.fields if field.id in values] if form else []
    rows = [(told_label(app, field), told_value(app, field, values), field.id) for field in fields]
    known = {field.id for field in fields}
    return [*rows, *(("", plain(value), id) for id, value in values.items() if id not in known)]


def _whole_book(app: App, form: Form, year: int) -> list[Listed]:
    entries: list[Listed] = []
    after: str | None = None
    while page := app.store.register.list(
        series=form.register.series, year=year, form=form.id, limit=1000, after=after
    ):
        entries += page
        after = page[-1].entry.number
    return entries


def _headline(app: App, one: Listed) -> str:
    """The first few values that say what an entry is about."""
    values = one.entry.values
    form = app.forms.get(one.entry.form)
    fields = [field for field in form.required() if isinstance(values.get(field.id), str)] if form else []
    texts = [told_value(app, field, values) for field in fields]
    return "  ".join(texts[:4])[:60]


def _json(app: App, one: Listed) -> dict[str, Any]:
    entry = one.entry
    return {
        "number": entry.number,
        "series": entry.series,
        "year": entry.year,
        "serial": entry.serial,
        "form": entry.form,
        "outcome": entry.outcome.value,
        "registered_at": entry.registered_at.isoformat(),
        "received_at": entry.receipt.at.isoformat(),
        "claimed_on": entry.receipt.claimed_on.isoformat() if entry.receipt.claimed_on else None,
        "file": entry.receipt.name,
        "digest": entry.digest,
        "submission": entry.submission,
        "record": entry.record,
        "values": dict(entry.values),
        "findings": [finding_json(app, finding) for finding in entry.findings],
        "void": {"reason": one.void.reason, "by": one.void.by, "at": one.void.at.isoformat()}
        if one.void
        else None,
        "corrects": entry.corrects,
    }
