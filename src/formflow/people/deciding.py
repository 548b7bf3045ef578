"""In whose name a step of an approval is decided: one's own, or that of somebody whom one stands in for."""

from __future__ import annotations

import re
from datetime import date

from formflow import words
from formflow.errors import Forbidden
from formflow.messages import people as messages
from formflow.people.directory import Account, Directory, folded
from formflow.people.roles import said

_STOOD_IN = re.compile(r"(.+)（代(.+)）")


def in_place_of(name: str, giver: str) -> str:
    """How a decision names somebody who stood in: `张三（代李四）`."""
    return f"{name}（代{giver}）"


def persons(by: str) -> frozenset[str]:
    """The persons that a decision names, as names are compared: one, or who stood in and for whom."""
    match = _STOOD_IN.fullmatch(by.strip())
    return frozenset(map(folded, match.groups() if match else (by,)))


def name_for(directory: Directory, account: Account, role: str, *, number: str, form: str, on: date) -> str:
    """The name under which an account decides a step.

    Args:
        role: Of the step.
        number, form: Of the entry.
        on: The day at the office.
    Raises:
        Forbidden: It holds another role, and stands in for nobody who holds this one.
    """
    if role in account.roles:
        return account.name
    for giver in directory.stands_in_for(account, on, form):
        if role in giver.roles:
            return in_place_of(account.name, giver.name)
    raise Forbidden(
        messages.NOT_THE_STEP(
            number=number, step=words.word(words.ROLES, role), name=account.name, roles=said(account.roles)
        ),
        code="not-your-role",
    )
