"""Who acts at the command line of a workspace that has accounts: the owner of a token, else the user of the machine."""

from __future__ import annotations

import getpass
import os
from datetime import date
from typing import TYPE_CHECKING

from formflow.errors import Forbidden, UsageError
from formflow.messages import people as messages

if TYPE_CHECKING:
    from formflow.people.directory import Account, Directory

TOKEN = "FORMFLOW_TOKEN"  # noqa: S105 - the name of the variable


def machine_user() -> str:
    """The user of the machine, by the operating system; what the environment says of it counts for nothing."""
    try:
        import pwd  # not on Windows
    except ImportError:
        return os.getlogin()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def acting(directory: Directory, on: date) -> Account | None:
    """The account that acts; None where the user of the machine has none and no token is given.

    Args:
        on: The day at the office.
    Raises:
        UsageError: A token is given and does not hold.
    """
    token = os.environ.get(TOKEN, "").strip()
    if not token:
        return directory.of_login(machine_user())
    from formflow.people.secrets import digest

    account = directory.of_token(digest(token), on)
    if account is None:
        raise Forbidden(messages.BAD_TOKEN(), code="bad-token", remedy=messages.BAD_TOKEN_REMEDY())
    return account


def nobody() -> UsageError:
    """The error of a user of the machine who has no account."""
    return Forbidden(messages.WHO(login=machine_user()), code="no-account", remedy=messages.WHO_REMEDY())


def person(account: Account | None, by: str | None) -> str:
    """By what name a command acts: in a workspace with accounts one's own, and no other.

    Raises:
        UsageError: The name is somebody else's.
    """
    from formflow.people.directory import folded

    asked = by or os.environ.get("FORMFLOW_USER")
    if account is None:
        return asked or getpass.getuser()
    if asked and folded(asked) not in (folded(account.name), folded(account.id)):
        raise Forbidden(
            messages.NOT_YOURSELF(by=asked, name=account.name, account=account.id),
            code="not-yourself",
            remedy=messages.NOT_YOURSELF_REMEDY(by=asked),
        )
    return account.name
