"""What is done to accounts, consents and proxies: acts that are only ever added, from which all else follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from formflow.model import Json

MACHINE = "@"
"""Begins the name of a user of the machine who acts while nobody has taken up an account yet (`@root`)."""


class Kind(StrEnum):
    """What an act does. The subject is an account, a request to read (`R-…`) or a proxy (`P-…`)."""

    ADD = "add"
    ASSIGN = "assign"
    RETIRE = "retire"
    PASSWORD = "password"  # noqa: S105 - the name of an act
    RESET = "reset"
    TOKEN = "token"  # noqa: S105
    END_TOKEN = "end_token"  # noqa: S105
    ASK = "ask"
    CONSENT = "consent"
    REFUSE = "refuse"
    RECALL = "recall"
    STAND_IN = "stand_in"
    END_PROXY = "end_proxy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act.

    Attributes:
        by: Account that did it; while a workspace is set up `@` and the user of the machine.
        detail: What belongs to the kind, as the JSON contract writes it.
    """

    subject: str
    kind: Kind
    by: str
    at: datetime
    detail: Mapping[str, Json] = field(default_factory=dict)
