"""What every command gets: where the workspace is, and the rooms, each opened when it is first used."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.cli.voice import Translator, choose_language
from formflow.errors import FormflowError, UsageError
from formflow.messages import people

if TYPE_CHECKING:
    from datetime import datetime

    from formflow.engine.local import LocalEngine
    from formflow.forms.spec import Form
    from formflow.model import Entry
    from formflow.people.actor import Sight
    from formflow.people.directory import Account
    from formflow.settings import Settings
    from formflow.store.store import Store


class App:
    """The application as a command sees it."""

    def __init__(self, workspace: str | None = None, language: str | None = None) -> None:
        """Take what the command line says before it is parsed; the options set it anew."""
        named = workspace or os.environ.get("FORMFLOW_WORKSPACE")
        self.workspace = Path(named) if named else None
        """As `--workspace` says, if it does."""
        self.json = False
        """Whether `--json` was given, before the command or behind it."""
        self._language = language

    @cached_property
    def settings(self) -> Settings:
        return self._load()

    def _load(self) -> Settings:
        from formflow.settings import find_workspace, load_settings

        return load_settings(self.workspace or find_workspace(Path.cwd()))

    @property
    def target(self) -> Path:
        """The folder in which a workspace is to be laid out: as `--workspace` says, else the current one."""
        return self.workspace or Path.cwd()

    @property
    def voice(self) -> Translator:
        settled = "settings" in self.__dict__
        return Translator(
            choose_language(self._language, self.settings.language if settled else self._setting)
        )

    @cached_property
    def _setting(self) -> str:
        """The workspace's language where its settings are not loaded yet, or cannot be: what a usage error is told in."""
        if self._language or os.environ.get("FORMFLOW_LANG"):
            return ""
        try:
            return self._load().language
        except FormflowError:
            return ""

    @cached_property
    def store(self) -> Store:
        from formflow.pipeline.context import open_store

        return open_store(self.settings)

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        from formflow.forms.load import load_forms

        return load_forms(self.settings.folder("schemas"))

    @cached_property
    def clock(self) -> Callable[[], datetime]:
        from formflow.pipeline.context import office_clock

        return office_clock(self.settings)

    def form(self, name: str) -> Form:
        """The form that a name means: an id, a title, a series.

        Raises:
            UsageError: There is none.
        """
        from formflow.forms.named import form_named

        return form_named(self.forms, name)

    def entry(self, number: str) -> Entry:
        """The entry whose number a person typed.

        Raises:
            NotFound: There is none.
        """
        from formflow.pipeline.queues import entry_named

        return entry_named(number, self.store, sight=self.sight)

    def engine(self) -> LocalEngine:
        """A new engine, to be closed; it moves submissions on."""
        from formflow.engine.local import LocalEngine

        return LocalEngine(self.settings)

    @cached_property
    def visitor(self) -> Account | None:
        """Whoever acts; None in a workspace without accounts, and for a user of the machine who has none."""
        from formflow.cli.acting import acting

        if not self.store.people.any():
            return None
        return acting(self.store.people.directory(), self.clock().date())

    @cached_property
    def account(self) -> Account | None:
        """Whoever acts; None in a workspace without accounts.

        Raises:
            UsageError: There are accounts, and the user of the machine has none and no token.
        """
        from formflow.cli.acting import nobody

        if self.visitor is None and self.store.people.any():
            raise nobody()
        return self.visitor

    @cached_property
    def sight(self) -> Sight:
        """What whoever acts may see; everything in a workspace without accounts."""
        from formflow.people.actor import EVERYTHING

        if self.account is None:
            return EVERYTHING
        return self.store.people.directory().sight(self.account, self.clock().date())

    def note_read(self, subject: str, what: str, *, entry: Entry | None = None) -> None:
        """Write down that somebody reads a record, before it is shown; nothing in a workspace without accounts.

        Args:
            subject: Number of the entry, id of the record, or the book.
            what: As in `store.reads.Read`.
            entry: By which it is said why it may be read; None where a role allows it.
        """
        if self.account is not None:
            from formflow.pipeline.queues import why_seen
            from formflow.store.reads import Read

            why = "role" if entry is None else why_seen(entry, self.sight) or ""
            self.store.reads.note(
                Read(subject=subject, what=what, account=self.account.id, why=why, at=self.clock())
            )

    @property
    def somebody(self) -> Account:
        """Whoever acts, where only an account can.

        Raises:
            UsageError: There are no accounts, or this is nobody's.
        """
        if self.account is None:
            raise UsageError(people.NO_ACCOUNTS(), code="no-accounts", remedy=people.NO_ACCOUNTS_REMEDY())
        return self.account

    def person(self, by: str | None) -> str:
        """By what name a command acts (see `acting.person`)."""
        from formflow.cli.acting import person

        return person(self.account, by)
