"""`formflow backup` and `formflow restore`: a workspace in one file, and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formflow.cli.app import App
from formflow.cli.output import say, tell
from formflow.cli.proof import tell_report
from formflow.cli.told import told_time
from formflow.errors import IntegrityError, UsageError
from formflow.messages import cli as messages
from formflow.store.columns import storable

if TYPE_CHECKING:
    from formflow.settings import Folder, Settings

_SETTINGS = "formflow.toml"
_FOLDERS: tuple[Folder, ...] = ("schemas", "templates", "layouts", "signatures", "returned")
"""Folders by the names of their settings."""
_RESTORED: tuple[Folder, ...] = ("archive", "inbox", *_FOLDERS)
_FAILED = "inbox/.failed"
_LOG = "var/log"


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def backup_command(app: App, file: Path) -> int:
    """Write the whole workspace to FILE while others work.

    In it are database, originals, archive copies, forms, templates, layouts, signatures, settings, notices of what went
    back, files that could not be read, and the logs; not what still waits in the inbox. Exit 5 if an archive copy was missing; the rest is in FILE all the same.

    \b
    Example:
      formflow backup /media/usb/formflow-2026-03-31.zip
    """
    from formflow.store.backup import backup

    settings = app.settings
    made = backup(
        app.store.database,
        app.store.objects,
        file,
        at=app.clock(),
        archive=settings.folder("archive"),
        definitions=dict(_definitions(settings)),
    )
    tell(
        app,
        {
            "file": str(made.path),
            "entries": made.entries,
            "originals": made.originals,
            "bags": made.bags,
            "lost": list(made.lost),
        },
        app.voice(
            messages.BACKED_UP(path=made.path, entries=made.entries, originals=made.originals, bags=made.bags)
        ),
    )
    return _tell_lost(app, made.lost)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def restore_command(app: App, file: Path) -> int:
    """Lay out the workspace that FILE holds, where none is yet, and verify it; exit 5 if it is not whole.

    The workspace is the folder given with --workspace, else the current one. Forms, templates and settings that
    are there already stay as they are.

    \b
    Example:
      formflow --workspace office restore /media/usb/formflow-2026-03-31.zip
    """
    from formflow.archive.verify import verify_archive
    from formflow.store.backup import peek, restore

    home = app.target
    home.mkdir(parents=True, exist_ok=True)
    if not (home / _SETTINGS).exists():
        (home / _SETTINGS).write_bytes(peek(file, _SETTINGS) or b"")
    settings = app.settings
    prefix = "sqlite:///"
    if not settings.database_url.startswith(prefix):
        raise UsageError(messages.RESTORE_INTO_SQLITE(), code="not-sqlite")
    for name in ("inbox", "returned"):
        settings.folder(name).mkdir(parents=True, exist_ok=True)

    folders = {name: settings.folder(name) for name in _RESTORED}

    def place(name: str) -> Path | None:
        top, _, rest = name.partition("/")
        if top in folders:
            return folders[top] / rest
        return None if name == _SETTINGS else home / name

    restored = restore(
        file,
        database=Path(settings.database_url.removeprefix(prefix)),
        originals=settings.folder("storage"),
        place=place,
    )
    reports = (
        app.store.register.verify(),
        verify_archive(settings.folder("archive"), app.store),
    )
    when = told_time(app, restored.at)
    tell(
        app,
        {
            "workspace": str(home),
            "at": restored.at.isoformat(),
            "entries": restored.entries,
            "originals": restored.originals,
            "bags": restored.bags,
            "lost": list(restored.lost),
        },
        app.voice(
            messages.RESTORED(
                home=home,
                when=when,
                entries=restored.entries,
                originals=restored.originals,
                bags=restored.bags,
            )
        ),
    )
    for report in reports:
        tell_report(app, report)
    whole = all(report.ok for report in reports)
    return 0 if whole and not restored.lost else IntegrityError.exit_code


def _definitions(settings: Settings) -> Iterator[tuple[str, Path]]:
    """What the workspace is beside database, originals and archive, by its name in the backup."""
    yield _SETTINGS, settings.workspace / _SETTINGS
    places: dict[str, Path] = {name: settings.folder(name) for name in _FOLDERS}
    places |= {_FAILED: settings.folder("inbox") / ".failed", _LOG: settings.workspace / _LOG}
    for name, folder in places.items():
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.is_symlink() and not file.name.startswith((".", "~$")):
                # A name from elsewhere may hold bytes that are no text, and signs that part folders on other machines.
                inside = storable(file.relative_to(folder).as_posix()).replace("\\", "＼")
                yield f"{name}/{inside}", file
    calendar = settings.workspace / settings.calendar
    if settings.calendar and calendar.is_file() and calendar.is_relative_to(settings.workspace):
        yield calendar.relative_to(settings.workspace).as_posix(), calendar


def _tell_lost(app: App, lost: tuple[str, ...]) -> int:
    for path in lost:
        say(
            app.voice(messages.ARCHIVE_COPY_GONE(path=path)),
            err=True,
        )
    return IntegrityError.exit_code if lost else 0
