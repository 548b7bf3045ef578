"""What each command needs of the account that runs it, where there are accounts: one table, every command in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from formflow.people.roles import Power

if TYPE_CHECKING:
    from formflow.cli.app import App

FREE = None
"""Shows no record and decides nothing, or looks after itself (accounts, consents, proxies)."""

NEEDS: Mapping[str, Power | None] = {
    "init": FREE,
    "check": FREE,
    "extract": FREE,
    "process": Power.TAKE_IN,
    "run": FREE,
    "watch": FREE,
    "blank": FREE,
    "layout add": FREE,
    "layout list": FREE,
    "layout remove": FREE,
    "reread": Power.SETTLE,
    "review list": Power.READ_ALL,
    "review show": Power.READ_ALL,
    "review crop": Power.READ_ALL,
    "review labels": Power.READ_ALL,
    "review set": Power.SETTLE,
    "review accept": Power.SETTLE,
    "review return": Power.SETTLE,
    "review discard": Power.SETTLE,
    "review learn": Power.SETTLE,
    "review forget": Power.SETTLE,
    "register list": Power.READ_ALL,
    "register show": Power.READ,
    "register export": Power.READ_ALL,
    "register void": Power.KEEP,
    "register clock": Power.OPERATE,
    "register verify": FREE,
    "archive export": Power.READ_ALL,  # the bag of a row holds the whole log, other areas' rows with it
    "archive render": FREE,
    "archive verify": FREE,
    "history import": Power.KEEP,
    "history list": Power.READ_ALL,
    "approve": Power.DECIDE,
    "return": Power.DECIDE,
    "reject": Power.DECIDE,
    "user add": FREE,
    "user assign": FREE,
    "user list": FREE,
    "user retire": FREE,
    "user reset": FREE,
    "user password": FREE,
    "user token": FREE,
    "grant ask": FREE,
    "grant consent": FREE,
    "grant refuse": FREE,
    "grant recall": FREE,
    "grant list": FREE,
    "grant reads": FREE,
    "proxy give": FREE,
    "proxy end": FREE,
    "proxy list": FREE,
    "backup": Power.OPERATE,
    "restore": FREE,
    "doctor": FREE,
}
"""Command path → the power without which it is refused."""

SERVICE = frozenset({"process"})
"""Commands that a user of the machine without an account may run, as the service that takes files in."""


def permit(app: App, path: str) -> None:
    """See that whoever runs a command may.

    Raises:
        UsageError: `forbidden`, or there are accounts and this is nobody's.
    """
    from formflow.people.changes import check_power

    power = NEEDS[path]
    if power is None:
        return
    account = app.visitor if path in SERVICE else app.account
    if account is not None:
        check_power(account, power)
