"""Roles, what each may do, and the three officers who are kept apart (三员分立)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from formflow import words
from formflow.errors import UsageError
from formflow.messages import Bilingual, listed
from formflow.messages import people as messages


class Role(StrEnum):
    """Who takes part in the work; `words.ROLES` has their names."""

    SALESPERSON = "salesperson"
    CLERK = "clerk"
    SALES_MANAGER = "sales_manager"
    MARKET_BRANCH = "market_branch"
    LEADER = "leader"
    OFFICE = "office"
    HSE = "hse"
    HEAD = "head"
    AUDITOR = "auditor"
    SECURITY = "security"
    ADMIN = "admin"


class Power(StrEnum):
    """One thing that a role may allow.

    `READ` is the records of one's own areas, `READ_ALL` every record. `TAKE_IN` puts files on the way, `SETTLE` says
    what a doubtful record holds, `DECIDE` takes a step of an approval, `KEEP` is the keeping of register and archive:
    voids, exports, lists of transactions. `AUDIT` reads who read what. `ASK` asks for another area's record, `CONSENT`
    answers such a request, `STAND_IN` hands one's own items to somebody. `ASSIGN` gives roles, areas and departments,
    `ACCOUNTS` makes and retires accounts, `OPERATE` keeps the machine: clock, backup.
    """

    READ = "read"
    READ_ALL = "read_all"
    TAKE_IN = "take_in"
    SETTLE = "settle"
    DECIDE = "decide"
    KEEP = "keep"
    AUDIT = "audit"
    ASK = "ask"
    CONSENT = "consent"
    STAND_IN = "stand_in"
    ASSIGN = "assign"
    ACCOUNTS = "accounts"
    OPERATE = "operate"


_P = Power
_WORK = frozenset({_P.READ, _P.ASK, _P.STAND_IN})
"""What everybody may who works with records."""
_READS = frozenset({_P.READ, _P.READ_ALL})

MAY: Mapping[Role, frozenset[Power]] = {
    Role.SALESPERSON: _WORK | {_P.TAKE_IN, _P.DECIDE},
    Role.CLERK: _WORK | _READS | {_P.TAKE_IN, _P.SETTLE, _P.DECIDE, _P.KEEP},
    Role.SALES_MANAGER: _WORK | _READS | {_P.TAKE_IN, _P.DECIDE},
    Role.MARKET_BRANCH: _WORK | _READS | {_P.TAKE_IN, _P.DECIDE, _P.KEEP},
    Role.LEADER: _WORK | _READS | {_P.DECIDE},
    Role.OFFICE: _WORK | _READS | {_P.TAKE_IN, _P.SETTLE, _P.DECIDE, _P.KEEP},
    Role.HSE: _WORK | {_P.TAKE_IN, _P.DECIDE},
    Role.HEAD: _WORK | {_P.TAKE_IN, _P.DECIDE, _P.CONSENT},
    Role.AUDITOR: _READS | {_P.AUDIT},
    Role.SECURITY: frozenset({_P.ASSIGN, _P.CONSENT, _P.AUDIT}),
    Role.ADMIN: frozenset({_P.ACCOUNTS, _P.OPERATE}),
}
"""What each role may do; what is not here, nobody may."""

OFFICERS = frozenset({Role.AUDITOR, Role.SECURITY, Role.ADMIN})
"""The three who are kept apart: none of them holds any other role, so that each stays what it is."""

KEPT = (Role.ADMIN, Role.SECURITY)
"""Roles that a workspace with accounts is never without."""

DECIDING = tuple(role for role in Role if Power.DECIDE in MAY[role])
"""Roles that a form's approval may name."""


def powers(roles: Iterable[Role]) -> frozenset[Power]:
    """All that somebody may who holds these roles."""
    return frozenset(power for role in roles for power in MAY[role])


def said(roles: Iterable[Role]) -> Bilingual:
    """Roles by their names; without any, that there is none yet."""
    held = set(roles)
    return listed(words.word(words.ROLES, role) for role in Role if role in held) or messages.NO_ROLE()


def check_roles(roles: frozenset[Role]) -> None:
    """See that roles can be one person's.

    Raises:
        UsageError: An officer's role stands beside another role.
    """
    officer = next((role for role in Role if role in OFFICERS & roles), None)
    if officer is not None and len(roles) > 1:
        others = [role for role in Role if role in roles and role is not officer]
        raise UsageError(
            messages.APART(officer=said((officer,)), others=said(others)),
            code="roles-apart",
            remedy=messages.APART_REMEDY(),
        )
