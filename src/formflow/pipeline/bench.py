"""What a worker process keeps between jobs: settings, and the forms compiled once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from formflow.settings import Settings

if TYPE_CHECKING:
    from formflow.extraction.identify import Forms
    from formflow.forms.spec import Form
    from formflow.readers.limits import Limits


class Bench:
    """The work bench of one worker.

    Args:
        settings: The workspace's settings.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._forms: Mapping[str, Form] | None = None
        self._known: Forms | None = None

    @cached_property
    def limits(self) -> Limits:
        """What one file may cost."""
        from formflow.readers.limits import Limits

        return Limits(**asdict(self.settings.limits))

    @property
    def forms(self) -> Mapping[str, Form]:
        """Every form of the workspace, by id; as the parent knows them, else loaded here."""
        if self._forms is None:
            from formflow.forms.load import load_forms

            self._forms = load_forms(self.settings.folder("schemas"))
        return self._forms

    @property
    def known(self) -> Forms:
        """The forms with their labels and titles indexed, once for all files."""
        if self._known is None:
            from formflow.extraction.identify import Forms

            self._known = Forms(self.forms)
        return self._known

    def brief(self, forms: Mapping[str, Form]) -> None:
        """Take the forms as the parent has loaded them: all work by the same definitions."""
        self._forms, self._known = forms, None

    def preload(self, modules: Sequence[str]) -> None:
        """Import modules before the first job, so that no job waits for them."""
        for module in modules:
            import_module(module)

    def confine(self, parent: int) -> None:
        """Put this process under the sandbox's limits for one more job."""
        from formflow.readers.sandbox import apply_limits

        apply_limits(self.limits, parent=parent)
