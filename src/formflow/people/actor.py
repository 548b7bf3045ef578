"""Who acts, and what they may see: both frozen, made once for a command or a request."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from formflow.people.roles import Power, Role, powers

ALL_AREAS = "*"
"""The area of somebody who holds every area, and records that name none."""

_SUFFIXES = ("片区", "区域")


def area_key(text: str) -> str:
    """An area as it is compared: folded, without blanks and without 片区 behind it; `华南 片区` and `华南` are one."""
    folded = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    for suffix in _SUFFIXES:
        if folded.endswith(suffix) and folded != suffix:
            return folded.removesuffix(suffix)
    return folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who acts.

    Attributes:
        account: Id of the account.
        name: As papers print it; no two accounts that stand have the same.
        areas: Areas held, as they were written; `*` is all of them.
    """

    account: str
    name: str
    roles: frozenset[Role] = frozenset()
    areas: frozenset[str] = frozenset()

    @property
    def powers(self) -> frozenset[Power]:
        return powers(self.roles)

    def may(self, power: Power) -> bool:
        return power in self.powers


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What may be seen.

    Attributes:
        actor: Whose sight it is; None in a workspace without accounts, where everybody sees everything.
        grants: Numbers of other areas' entries that may be read now by consent.
    """

    actor: Actor | None = None
    grants: frozenset[str] = frozenset()
    _areas: frozenset[str] = field(init=False, repr=False, compare=False, default=frozenset())

    def __post_init__(self) -> None:
        if self.actor is not None and self.actor.may(Power.READ):
            object.__setattr__(self, "_areas", frozenset(map(area_key, self.actor.areas)))

    @property
    def everything(self) -> bool:
        """Whether nothing is hidden: every area is held, or a role reads all."""
        return self.actor is None or self.actor.may(Power.READ_ALL) or ALL_AREAS in self._areas

    @property
    def areas(self) -> frozenset[str]:
        """Areas whose records are seen, as `area_key` has them; empty for who reads no record at all."""
        return self._areas

    @property
    def numbers(self) -> frozenset[str]:
        """Numbers that are seen whatever their area."""
        reads = self.actor is not None and self.actor.may(Power.READ)
        return self.grants if reads else frozenset()

    def why(self, area: str, number: str) -> str | None:
        """Why an entry may be seen: `role`, `area` or `consent`; None where it may not.

        Args:
            area: As `area_key` has it; empty where the entry names none.
        """
        if self.actor is None or self.actor.may(Power.READ_ALL):
            return "role"
        if ALL_AREAS in self._areas or (area and area in self._areas):
            return "area"
        return "consent" if number in self.numbers else None


EVERYTHING = Sight()
"""The sight of a workspace without accounts, and of formflow itself."""
