"""What every command gets: where the workspace is, and the rooms, each opened when it is first used."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.cli.voice import Voice, choose_language

if TYPE_CHECKING:
    from datetime import datetime

    from formflow.engine.local import LocalEngine
    from formflow.forms.spec import Form
    from formflow.settings import Settings
    from formflow.store.store import Store


class App:
    """The application as a command sees it."""

    def __init__(self) -> None:
        self._workspace: Path | None = None
        self._language: str | None = None

    def choose(self, workspace: Path | None, language: str | None) -> None:
        """Take the options of the command line: `--workspace` and `--lang`."""
        self._workspace = workspace
        self._language = language

    @cached_property
    def settings(self) -> Settings:
        from formflow.settings import find_workspace, load_settings

        return load_settings(self._workspace or find_workspace(Path.cwd()))

    @property
    def target(self) -> Path:
        """The folder in which a workspace is to be laid out: as `--workspace` says, else the current one."""
        return self._workspace or Path.cwd()

    @property
    def voice(self) -> Voice:
        from_settings = self.settings.language if "settings" in self.__dict__ else ""
        return Voice(choose_language(self._language, from_settings))

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

    def engine(self) -> LocalEngine:
        """A new engine, to be closed; it moves submissions on."""
        from formflow.engine.local import LocalEngine

        return LocalEngine(self.settings)

    def person(self, by: str | None) -> str:
        """Who is acting: as `--by` says, else whoever is logged in."""
        return by or os.environ.get("FORMFLOW_USER") or getpass.getuser()
