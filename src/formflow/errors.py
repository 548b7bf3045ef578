"""What can go wrong with a run. Wrong paper is not here: that is a `Finding`, a value a person settles.

Every error says what is so, what was expected and what to do next, and owns the exit code of the
command that meets it.
"""

from __future__ import annotations

from typing import ClassVar

from formflow.messages import NOTHING, Bilingual, clauses
from formflow.messages.readers import READ_ERRORS


class FormflowError(Exception):
    """Base of every error that formflow raises on purpose.

    Args:
        message: What is so and what was expected, for a person: what a `formflow.messages.Message` gives.
        code: A short, stable word for machines (`encrypted`, `no-such-form`).
        remedy: What to do next, likewise; may be empty when the message says it.

    Attributes:
        message, remedy: As given.
        said: Both.
        chinese: The same in Chinese.
        english: The same in English; this is what `str()` gives.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: Bilingual, *, code: str = "error", remedy: Bilingual = NOTHING) -> None:
        self.code = code
        self.message, self.remedy = message, remedy
        self.said = clauses(message, remedy)
        self.chinese, self.english = self.said
        super().__init__(self.english)


class UsageError(FormflowError):
    """What was asked for cannot be done as it was asked: the command line, or a request, is wrong."""

    exit_code = 2


class NotFound(UsageError):
    """There is nothing under the name that was given."""


class Conflict(UsageError):
    """The state of what was asked for does not allow it: it is settled, taken, void or under way."""


class Forbidden(UsageError):
    """Whoever asks may not do this: it is another's turn, their own form, or they have decided already."""


class ConfigurationError(FormflowError):
    """formflow.toml, a form definition or a template is wrong."""

    exit_code = 3


class SchemaError(ConfigurationError):
    """A form definition is wrong; carries every problem found, not only the first."""


class TemplateError(ConfigurationError):
    """An output template is wrong, or does not fit the form it belongs to."""


class CalendarError(FormflowError):
    """The working-day calendar does not cover a day that was asked for."""

    exit_code = 3


class HistoryError(FormflowError):
    """The list of past transactions has a row about this customer that could not be read."""

    exit_code = 3


class StoreError(FormflowError):
    """The database or the storage cannot be reached, or refuses."""

    exit_code = 6


class MachineError(StoreError):
    """The machine has run out of something, or has ended what works: no file is to blame.

    What was taken in stays received and is tried again. Codes: `machine`; `killed` where workers were ended over one file.
    """


class IntegrityError(FormflowError):
    """A register, chain or archive is not what it was."""

    exit_code = 5


class ReadError(FormflowError):
    """A file that cannot be read.

    Args:
        code: A key of `formflow.messages.readers.READ_ERRORS`.
        detail: What exactly was met, for the log (`zip member word/document.xml: 2 GB`).
    """

    exit_code = 4

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(READ_ERRORS[code](), code=code)
        self.detail = detail

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str]]:
        return (type(self), (self.code, self.detail))
