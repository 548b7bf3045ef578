"""`formflow archive`: the numbered copies."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from formflow.cli.app import App
from formflow.errors import IntegrityError, UsageError


@click.group("archive")
def archive_command() -> None:
    """Verify and export archive copies.

    \b
    Example:
      formflow archive verify
    """


@archive_command.command("verify")
@click.option("--series", help="Only this book.")
@click.option("--year", type=int, help="Only this year.")
@click.pass_obj
def verify_command(app: App, series: str | None, year: int | None) -> int:
    """Check every bag against its manifests, its entry and the other way round; exit 5 if one differs.

    \b
    Example:
      formflow archive verify --series XKH --year 2026
    """
    from formflow.archive.verify import verify_archive

    report = verify_archive(app.settings.folder("archive"), app.store, series=series, year=year)
    click.echo(report.summary(app.voice.language))
    return 0 if report.ok else IntegrityError.exit_code


@archive_command.command("export")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder to copy the bags to."
)
@click.pass_obj
def export_command(app: App, numbers: tuple[str, ...], output: Path) -> None:
    """Copy the bags of entries elsewhere, each proved whole before and after.

    \b
    Example:
      formflow archive export XKH-2026-0001 XKH-2026-0002 -o /media/usb/2026
    """
    from formflow.archive.bag import bag_faults

    root = app.settings.folder("archive")
    for number in numbers:
        marks = app.store.archives.of(number)
        if not marks:
            raise UsageError(f"no archive copy of {number}", code="no-such-number")
        for mark in marks:
            target = output / mark.path
            if target.exists():
                raise UsageError(f"{target} is there already; nothing was overwritten", code="exists")
            faults = bag_faults(root / mark.path)
            if not faults:
                shutil.copytree(root / mark.path, target)
                faults = bag_faults(target)
            if faults:
                raise IntegrityError(f"{mark.path}: {'; '.join(faults[:3])}", code="bag-damaged")
            click.echo(str(target))
