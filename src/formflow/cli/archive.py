"""`formflow archive`: the numbered copies."""

from __future__ import annotations

from pathlib import Path

import click

from formflow.archive.examination import NATURES, PASSED, RESULTS, Examination, examine
from formflow.archive.export import copy_bags
from formflow.archive.handover import hand_over
from formflow.archive.renditions import render_some
from formflow.archive.report import report_docx, report_json, report_template
from formflow.archive.verify import verify_archive
from formflow.cli.app import App
from formflow.cli.output import emit, say, tell
from formflow.cli.proof import ORIGINALS, SINCE, originals_report, tell_reports, with_head
from formflow.contract.views import verification_json
from formflow.errors import IntegrityError, UsageError
from formflow.messages import cli as messages
from formflow.office.converter import Converter


@click.group("archive")
def archive_command() -> None:
    """Verify archive copies, hand them over, make their PDF/A renditions.

    \b
    Example:
      formflow archive verify
    """


@archive_command.command("verify")
@click.option("--series", help="Only this book.")
@click.option("--year", type=int, help="Only this year.")
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    help="Also examine the four properties of DA/T 70 (四性检测) and write the report: FILE.docx or FILE.json.",
)
@SINCE
@ORIGINALS
@click.pass_obj
def verify_command(
    app: App, series: str | None, year: int | None, report: Path | None, since: str | None, originals: bool
) -> int:
    """Check every bag against its manifests, its entry and the other way round; exit 5 if one differs.

    \b
    Example:
      formflow archive verify --series XKH --year 2026
      formflow archive verify --year 2026 --report 四性检测报告.docx
    """
    if report is None:
        found = verify_archive(app.settings.folder("archive"), app.store, series=series, year=year)
        return tell_reports(app, [with_head(app, found, since), *originals_report(app, wanted=originals)])
    if report.suffix.lower() not in (".docx", ".json"):
        raise UsageError(messages.REPORT_SUFFIX(report=report), code="no-such-format")
    examination = _examine(app, series, year)
    written = report_json(examination)
    if report.suffix.lower() == ".docx":
        written = report_docx(examination, report_template(app.settings), app.settings)
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_bytes(written)
    *others, last = examination.reports
    reports = [*others, with_head(app, last, since), *originals_report(app, wanted=originals)]
    if app.json:
        sound = examination.ok and all(made.ok for made in reports)
        emit(
            {
                **examination.as_json(),
                "file": str(report),
                "reports": [verification_json(r, app.voice) for r in reports],
            }
        )
        return 0 if sound else IntegrityError.exit_code
    status = tell_reports(app, reports)
    _tell(app, examination)
    say(str(report))
    return status if examination.ok else IntegrityError.exit_code


@archive_command.command("export")
@click.argument("numbers", metavar="[NUMBER...]", nargs=-1)
@click.option("--year", type=int, help="Hand over this year: bags, 归档文件目录 and 四性检测报告.")
@click.option("--series", help="With --year: only this book.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder to write to; with --year also a FILE.zip.",
)
@click.pass_obj
def export_command(
    app: App, numbers: tuple[str, ...], year: int | None, series: str | None, output: Path
) -> int:
    """Copy the bags of entries, or hand over a whole year; everything is read back and proved after writing.

    \b
    Example:
      formflow archive export XKH-2026-0001 XKH-2026-0002 -o /media/usb/2026
      formflow archive export --year 2026 -o /media/usb/移交2026.zip
    """
    if bool(numbers) == (year is not None) or (series and year is None):
        raise UsageError(messages.NUMBERS_OR_YEAR(), code="no-such-choice")
    if year is None:
        found = [app.entry(number) for number in numbers]
        for entry in found:
            app.note_read(entry.number, "archive", entry=entry)
        known = [entry.number for entry in found]
        for number, folder in copy_bags(app.settings.folder("archive"), app.store, known, output):
            tell(app, {"number": number, "folder": str(folder)}, str(folder))
        return 0
    app.note_read(f"{series or '*'}-{year}", "archive")
    examination = _examine(app, series, year)
    made = hand_over(
        app.settings.folder("archive"),
        app.store,
        app.forms,
        app.settings,
        examination,
        output,
        template=report_template(app.settings),
        year=year,
        series=series,
    )
    if not app.json:
        _tell(app, examination)
    tell(
        app,
        {**examination.as_json(), "file": str(made.path), "entries": made.entries, "bags": made.bags},
        app.voice(messages.HANDED_OVER(path=made.path, entries=made.entries, bags=made.bags)),
    )
    return 0 if examination.ok else IntegrityError.exit_code


@archive_command.command("render")
@click.option("--series", help="Only this book.")
@click.option("--year", type=int, help="Only this year.")
@click.option("--limit", type=click.IntRange(1), help="At most so many bags.")
@click.pass_obj
def render_command(app: App, series: str | None, year: int | None, limit: int | None) -> None:
    """Make the PDF/A renditions that are missing, by LibreOffice; `formflow run` does so when it is idle.

    \b
    Example:
      formflow archive render --year 2026
    """
    done = 0
    with Converter() as converter:
        while limit is None or done < limit:
            room = None if limit is None else limit - done
            made = render_some(
                app.store,
                app.forms,
                app.settings,
                converter,
                app.clock(),
                most=room,
                series=series,
                year=year,
            )
            if not made:
                break
            done += made
    told = app.voice(messages.RENDITIONS_MADE(done=done))
    tell(app, {"rendered": done}, told)


def _examine(app: App, series: str | None, year: int | None) -> Examination:
    root = app.settings.folder("archive")
    return examine(root, app.store, app.forms, at=app.clock(), series=series, year=year)


def _tell(app: App, examination: Examination) -> None:
    """The checks that did not pass, and those that were not made, one a line."""
    for check in examination.checks:
        if check.result != PASSED:
            nature, name = app.voice(NATURES[check.nature]), app.voice(check.name)
            told = app.voice(check.told)
            say(f"  {nature} · {name}: {app.voice(RESULTS[check.result])} {told}".rstrip(), err=True)
