"""What a worker process keeps between jobs: settings, and the forms compiled once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from formflow.settings import Settings

if TYPE_CHECKING:
    from formflow.extraction.labels.index import Forms
    from formflow.extraction.labels.learned import Learned
    from formflow.forms.spec import Form
    from formflow.limits import Limits
    from formflow.recognition.engine import Recogniser
    from formflow.recognition.layouts.match import KnownPage
    from formflow.values.blankcode import BlankCode


class WorkerContext:
    """What one worker process keeps between jobs.

    Args:
        settings: The workspace's settings.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._forms: Mapping[str, Form] | None = None
        self._issued: dict[tuple[str, str, str, int], Sequence[KnownPage]] = {}
        self._known: tuple[Learned, Forms] | None = None

    @property
    def limits(self) -> Limits:
        """What one file may cost."""
        return self.settings.limits

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
        return self.knowing(())

    def knowing(self, learned: Learned) -> Forms:
        """The same with learned labels; indexed anew only when others have been learned."""
        if self._known is None or self._known[0] != learned:
            from formflow.extraction.labels.index import Forms
            from formflow.extraction.labels.learned import taught

            self._known = (learned, Forms(taught(self.forms, learned)))
        return self._known[1]

    @cached_property
    def recogniser(self) -> Recogniser:
        """The models that read pixels, loaded once; what they take is no file's memory."""
        from formflow.readers.sandbox import loading

        with loading():
            from formflow.recognition.engine import Recogniser

            return Recogniser(threads=1)

    @cached_property
    def layouts(self) -> Sequence[KnownPage]:
        """The empty pages by which filled paper is known."""
        from formflow.readers.sandbox import loading
        from formflow.recognition.layouts.files import load_layouts

        with loading():
            return load_layouts(self.settings.folder("layouts"))

    def issued(self, code: str) -> Sequence[KnownPage]:
        """The empty pages of the PDF blank that a printed code names, drawn anew from the form's definition.

        No pages where the code is not a blank's, or of a version that the definition no longer gives.
        """
        from formflow.values.blankcode import parse_blank_code

        blank = parse_blank_code(code)
        if blank is None or blank.rendition != "pdf":
            return ()
        place = (blank.form, blank.version, blank.kind, blank.pages)
        if place not in self._issued:
            self._issued[place] = self._draw(blank)
        return self._issued[place]

    def _draw(self, code: BlankCode) -> Sequence[KnownPage]:
        from formflow.documents.blanks.make import make_blank
        from formflow.forms.layout import issued_as
        from formflow.readers.sandbox import loading
        from formflow.recognition.layouts.register import register_pages

        form = self.forms.get(code.form)
        issued = issued_as(form, code.version) if form is not None else None
        if form is None or issued is None or issued.kind != code.kind:
            return ()
        with loading():
            empty = make_blank(
                form,
                "pdf",
                kind=code.kind,
                pages=code.pages,
                company=self.settings.company,
                revision=issued.revision,
            )
            return register_pages(empty, form.id, "issued", lambda: self.recogniser)

    def set_forms(self, forms: Mapping[str, Form]) -> None:
        """Take the forms as the parent has loaded them: all work by the same definitions."""
        self._forms, self._known, self._issued = forms, None, {}

    def preload(self, modules: Sequence[str]) -> None:
        """Import modules before the first job, so that no job waits for them."""
        for module in modules:
            import_module(module)

    def apply_limits(self, parent: int, seconds: float | None = None) -> None:
        """Put this process under the sandbox's limits for one more job, which may take that long."""
        from formflow.readers.sandbox import apply_limits

        apply_limits(self.limits, parent=parent, seconds=seconds)
