"""Messages in Chinese or English."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from formflow.errors import FormflowError
from formflow.messages import Bilingual
from formflow.model import Finding


@dataclass(frozen=True, slots=True)
class Translator:
    """Speaks one of the two languages.

    Attributes:
        language: `zh` or `en`.
    """

    language: str

    def __call__(self, said: Bilingual) -> str:
        return said.chinese if self.language == "zh" else said.english

    def error(self, error: FormflowError) -> str:
        """The message of an error, with its remedy."""
        return self(error.said)

    def finding(self, finding: Finding) -> str:
        """The message of a finding."""
        return self(finding.said)


def choose_language(asked: str | None, setting: str = "", environ: Mapping[str, str] | None = None) -> str:
    """`zh` or `en`: as asked, else by `FORMFLOW_LANG`, by the workspace's setting, by the locale."""
    environ = os.environ if environ is None else environ
    chosen = asked or environ.get("FORMFLOW_LANG") or setting
    if chosen in ("zh", "en"):
        return chosen
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"
