"""`formflow doctor`: whether this machine and workspace are fit for work."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from formflow.cli.app import App
from formflow.cli.output import tell
from formflow.documents.templates.signature_pictures import signature_faults
from formflow.errors import CalendarError, FormflowError
from formflow.intake.inbox import unreadable
from formflow.messages import cli as messages
from formflow.messages import people
from formflow.office.program import find_soffice
from formflow.pipeline.quarantine import waiting
from formflow.pipeline.queues import counts, late
from formflow.pipeline.undeletable import Staying
from formflow.private import is_open_to_others
from formflow.rules.calendar import open_calendar

LITTLE_SPACE = 1_000_000_000
"""Free bytes below which the disk is said to be nearly full."""

MOST_TOLD = 10
"""Things in the inbox that are named one by one."""

MARKS = {"ok": "✓", "note": "·", "bad": "✗"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `ok`, `note` or `bad`, and what to say of it."""

    state: str
    name: str
    told: str


@click.command("doctor")
@click.pass_obj
def doctor_command(app: App) -> int:
    """Look at workspace, database, calendar, disk, fonts and clock; exit 1 if something needs mending.

    \b
    Example:
      formflow doctor
    """
    bad = False
    for look in (
        _workspace,
        _forms,
        _signatures,
        _database,
        _numbers,
        _accounts,
        _waiting,
        _inbox,
        _folders,
        _privacy,
        _disk,
        _calendar,
        _clock,
        _programs,
    ):
        for check in _guarded(app, look):
            bad = bad or check.state == "bad"
            told = {"check": check.name, "state": check.state, "told": check.told}
            tell(app, told, f"{MARKS[check.state]} {check.name}: {check.told}")
    return 1 if bad else 0


def _guarded(app: App, look: Callable[[App], Iterator[Check]]) -> list[Check]:
    """What a look finds; one that fails is a finding too, and the others still follow."""
    try:
        return list(look(app))
    except FormflowError as error:
        return [Check("bad", look.__name__.strip("_"), app.voice.error(error))]


def _workspace(app: App) -> Iterator[Check]:
    yield Check("ok", app.voice(messages.WORKSPACE()), str(app.settings.workspace))


def _forms(app: App) -> Iterator[Check]:
    told = app.voice(messages.COUNT_OF_FORMS(count=len(app.forms)))
    yield Check("ok", app.voice(messages.FORMS()), f"{told}: {', '.join(app.forms)}")


def _signatures(app: App) -> Iterator[Check]:
    for error in signature_faults(app.settings.folder("signatures")):
        yield Check("bad", app.voice(messages.SIGNATURES()), app.voice.error(error))


def _database(app: App) -> Iterator[Check]:
    app.store.database.check()
    yield Check("ok", app.voice(messages.DATABASE()), str(app.store.database.url))


def _numbers(app: App) -> Iterator[Check]:
    """Whether register, archive and audit agree, so that no number can be given twice."""
    app.store.guard.check()
    yield Check("ok", app.voice(messages.NUMBERS()), app.voice(messages.AGREE_ARCHIVE()))


def _accounts(app: App) -> Iterator[Check]:
    """Whether people are who they say, or anybody may be anybody."""
    name, directory = app.voice(messages.ACCOUNTS()), app.store.people.directory()
    count = len(directory.standing)
    if not directory.accounts:
        yield Check("note", name, app.voice(people.ANYBODY()))
    elif directory.opener:
        said = people.SETTING_UP(count=count, login=directory.opener.removeprefix("@"))
        yield Check("note", name, app.voice(said))
    else:
        yield Check("ok", name, app.voice(people.ACCOUNTS(count=count)))


def _waiting(app: App) -> Iterator[Check]:
    todo = counts(app.store)
    told = ", ".join(f"{state} {count}" for state, count in todo.submissions.items()) or "0"
    yield Check("ok", app.voice(messages.SUBMISSIONS()), told)
    if todo.unmade:
        yield Check(
            "note",
            app.voice(messages.ARCHIVE_COPIES_MADE()),
            app.voice(messages.RUN_RETRY(unmade=todo.unmade)),
        )
    days, calendar = app.settings.complete_days, open_calendar(app.settings)
    overdue = late(app.store, app.forms, calendar, days=days, today=app.clock().date())
    if overdue:
        names = ", ".join(f"{one.view.receipt.name} ({one.due_on})" for one in overdue[:5])
        yield Check("note", app.voice(messages.NOT_COMPLETED_IN_TIME()), f"{len(overdue)}: {names}")
    failed = waiting(app.settings.folder("inbox"))
    if failed:
        names = ", ".join(path.name for path in failed[:5])
        yield Check("note", app.voice(messages.UNREADABLE_FILES()), f"{len(failed)}: {names}")


def _inbox(app: App) -> Iterator[Check]:
    """What lies in the inbox and is not taken, or is taken and stays."""
    folder = app.settings.folder("inbox")
    odd = [(path, app.voice.error(error)) for path, error in unreadable(folder)]
    stay = app.voice(messages.NOT_REMOVED())
    odd += [(path, stay) for path in Staying(app.settings.workspace).paths()]
    name = app.voice(messages.LEFT_INBOX())
    for path, told in odd[:MOST_TOLD]:
        yield Check(
            "note", name, f"{path.relative_to(folder) if path.is_relative_to(folder) else path}: {told}"
        )
    if len(odd) > MOST_TOLD:
        more = len(odd) - MOST_TOLD
        yield Check("note", name, app.voice(messages.MORE(more=more)))


def _folders(app: App) -> Iterator[Check]:
    for name in ("inbox", "archive", "storage", "returned"):
        folder = app.settings.folder(name)
        near = _existing(folder)
        if os.access(near, os.W_OK | os.X_OK):
            yield Check("ok", name, str(folder))
        else:
            yield Check("bad", name, app.voice(messages.NOT_WRITABLE(near=near)))


def _privacy(app: App) -> Iterator[Check]:
    """Whether other users of the machine can read what holds personal data."""
    database = app.store.database.url.database if app.store.database.is_sqlite else None
    places = [app.settings.workspace / "var", app.settings.folder("storage")]
    if database:
        places.append(Path(database))
    # What lies in a folder of the workspace that nobody else may enter is as private as the folder.
    home = app.settings.workspace
    seen = [
        place
        for place in places
        if is_open_to_others(place)
        and not any(_closed(above) for above in place.parents if above.is_relative_to(home))
    ]
    name = app.voice(messages.DATA_FILES())
    if seen:
        shown = " ".join(str(place) for place in seen)
        yield Check(
            "note",
            name,
            app.voice(messages.OTHERS_CAN_READ(shown=shown)),
        )
    else:
        yield Check("ok", name, app.voice(messages.OWNER_ALONE()))


def _closed(folder: Path) -> bool:
    return folder.is_dir() and not is_open_to_others(folder)


def _disk(app: App) -> Iterator[Check]:
    for name in ("archive", "storage"):
        free = shutil.disk_usage(_existing(app.settings.folder(name))).free
        state = "bad" if free < LITTLE_SPACE else "ok"
        yield Check(state, app.voice(messages.FREE_DISK(name=name)), f"{free / 1e9:.1f} GB")


def _calendar(app: App) -> Iterator[Check]:
    calendar = open_calendar(app.settings)
    this = app.clock().year
    for year in (this, this + 1):
        name = app.voice(messages.WORKING_DAYS(year=year))
        try:
            calendar.is_working(date(year, 12, 31))
        except CalendarError as error:
            state = "bad" if year == this else "note"
            yield Check(state, name, app.voice.error(error))
        else:
            yield Check("ok", name, app.voice(messages.KNOWN()))


def _clock(app: App) -> Iterator[Check]:
    """A clock that is behind the last audit line would date receipts wrongly."""
    now = app.clock()
    newest = max(
        (one.entry.registered_at for one in app.store.register.list(limit=1, newest_first=True)),
        default=None,
    )
    name = app.voice(messages.CLOCK())
    if newest is not None and newest > now:
        yield Check(
            "bad",
            name,
            app.voice(messages.BEFORE_LAST_ENTRY(now=now, newest=newest)),
        )
    else:
        yield Check("ok", name, f"{now:%Y-%m-%d %H:%M %Z}")


def _programs(app: App) -> Iterator[Check]:
    """What other programs and fonts add: formats that are read by way of them, and printing."""
    office = find_soffice()
    told = str(office) if office else app.voice(messages.NO_OFFICE())
    yield Check("ok" if office else "note", "LibreOffice", told)
    fonts = _chinese_fonts()
    told = fonts or app.voice(messages.NO_CHINESE_FONT())
    yield Check("ok" if fonts else "note", app.voice(messages.CHINESE_FONT()), told)


def _chinese_fonts() -> str:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
    wanted = ("noto", "wqy", "simsun", "simhei", "uming", "ukai", "droid", "sourcehan", "fandol")
    for folder in folders:
        for path in folder.rglob("*.*t?") if folder.is_dir() else ():
            if any(name in path.name.lower() for name in wanted) and (
                "cjk" in path.name.lower() or "noto" not in path.name.lower()
            ):
                return str(path)
    return ""


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((place for place in (folder, *folder.parents) if place.exists()), Path("/"))
