"""`formflow register`: the numbered entries."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.app import App
from formflow.cli.clock import clock_command
from formflow.cli.files import check_target
from formflow.cli.output import emit, finding_json, plain, say, show_findings, show_table
from formflow.cli.proof import ORIGINALS, SINCE, originals_report, tell_reports
from formflow.errors import UsageError

if TYPE_CHECKING:
    from formflow.forms.spec import Form
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
            one.entry.registered_at.date(),
            one.entry.form,
            _headline(app.forms.get(one.entry.form), one),
            one.entry.outcome.value,
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
    entry = store.register.find(number)
    if entry is None:
        raise UsageError(f"no entry {number}", code="no-such-number", remedy="see `formflow register list`")
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
    title = form.title if form else entry.form
    say(f"{entry.number}  {title}  {entry.outcome.value}  {entry.registered_at:%Y-%m-%d %H:%M}")
    late = f"  补登 {entry.receipt.on}" if entry.receipt.backdated else ""
    say(f"{entry.receipt.name}  {entry.receipt.at:%Y-%m-%d %H:%M}{late}")
    if void:
        say(app.voice(f"作废：{void.reason}（{void.by}）", f"void: {void.reason} ({void.by})"))
    labels = {field.id: field.label for field in form.fields} if form else {}
    rows = [(field, labels.get(field, ""), plain(value)) for field, value in entry.values.items()]
    columns = (("字段", "Field"), ("标签", "Label"), ("值", "Value"))
    show_table([app.voice(*column) for column in columns], rows)
    show_findings(app, entry.findings)
    for one in assessments:
        anew = app.voice("重新核对", "judged anew")
        say(f"    {one.at:%Y-%m-%d %H:%M} {anew} {one.by} {one.because} {one.outcome.value}")
        show_findings(app, one.findings)
    for d in decisions:
        say(f"    {d.at:%Y-%m-%d %H:%M} {d.role} {d.by} {d.decision} {d.comment}")
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
    void = app.store.register.void(number, reason=reason, by=app.person(by), at=app.clock())
    say(app.voice(f"{void.number} 已作废", f"{void.number} is void"))


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
    definition = app.forms.get(form) or next(
        (known for known in app.forms.values() if known.register.series == form), None
    )
    if definition is None:
        raise UsageError(f"no form {form!r}; known: {', '.join(app.forms)}", code="no-such-form")
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
    say(app.voice(f"{target}：{len(entries)} 件", f"{target}: {len(entries)} entries"))


def _whole_book(app: App, form: Form, year: int) -> list[Listed]:
    entries: list[Listed] = []
    after: str | None = None
    while page := app.store.register.list(
        series=form.register.series, year=year, form=form.id, limit=1000, after=after
    ):
        entries += page
        after = page[-1].entry.number
    return entries


def _headline(form: Form | None, one: Listed) -> str:
    """The first few values that say what an entry is about."""
    values = one.entry.values
    wanted = [field.id for field in form.required()] if form else list(values)
    texts = [plain(values[field]) for field in wanted if isinstance(values.get(field), str)]
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
