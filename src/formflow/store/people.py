"""Accounts, consents to read, proxies and passwords of a database: acts that are only added, each with its audit line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from formflow.errors import UsageError
from formflow.messages import people as messages
from formflow.model import Json
from formflow.people.acts import Act, Kind
from formflow.people.changes import check, check_whole
from formflow.people.directory import Account, Directory, directory_of
from formflow.people.secrets import is_password
from formflow.store import audit
from formflow.store.columns import canonical, storable
from formflow.store.database import Database
from formflow.store.tables import passwords, people_acts

DONE = "people"
"""Kind of the audit lines."""

_ALL = select(people_acts).order_by(people_acts.c.seq)
_ANY = select(people_acts.c.seq).limit(1)
_LAST = select(func.max(people_acts.c.seq))
_COUNT = select(func.count()).where(people_acts.c.kind == bindparam("kind"))
_INSERT = insert(people_acts)
_HASH = select(passwords.c.hash).where(passwords.c.account == bindparam("account"))
_FORGET = delete(passwords).where(passwords.c.account == bindparam("key"))
_KEEP = insert(passwords)
_NUMBERED = {Kind.ASK: "R", Kind.STAND_IN: "P"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account that is to be made, and what is asked for it.

    Attributes:
        hash: Its password as it is kept (`secrets.hash_password`).
        one_time: The password is for one use.
    """

    id: str
    name: str
    login: str
    roles: tuple[str, ...]
    areas: tuple[str, ...]
    department: str
    superior: str
    hash: str
    one_time: bool


class People:
    """The people of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def any(self, *, conn: Connection | None = None) -> bool:
        """Whether the workspace has accounts."""
        with self._database.read(conn) as conn:
            return conn.execute(_ANY).scalar() is not None

    def directory(self, *, conn: Connection | None = None) -> Directory:
        """Everybody as they are now."""
        with self._database.read(conn) as conn:
            return directory_of(acts_of(conn))

    def acts(self, *, conn: Connection | None = None) -> tuple[Act, ...]:
        """Everything that was done, in order."""
        with self._database.read(conn) as conn:
            return acts_of(conn)

    def do(
        self,
        kind: Kind,
        subject: str | None,
        detail: Mapping[str, Json],
        *,
        by: str,
        at: datetime,
        conn: Connection | None = None,
    ) -> Act:
        """Do an act where it is allowed, with its audit line.

        Args:
            subject: None for a request or a proxy, which get an id of their own.
            at: By the office's clock; its day is the day of deadlines.
        Raises:
            UsageError: It is not allowed (see `people.changes`).
        """
        with self._database.begin(conn) as conn:
            if subject is None:
                nth = (conn.execute(_COUNT, {"kind": kind.value}).scalar() or 0) + 1
                subject = f"{_NUMBERED[kind]}-{nth:04}"
            act = Act(subject=storable(subject), kind=kind, by=storable(by), at=at, detail=_clean(detail))
            check(self.directory(conn=conn), act, on=at.date())
            _write(conn, (act,))
        return act

    def add(
        self,
        accounts: Sequence[NewAccount],
        *,
        by: str,
        at: datetime,
        assign: bool = False,
        conn: Connection | None = None,
    ) -> None:
        """Make accounts with their passwords.

        Args:
            assign: Give the roles at once that are asked for, as whoever sets a workspace up may.
        Raises:
            UsageError: It is not allowed, or the workspace would have no administrator or security officer.
        """
        with self._database.begin(conn) as conn:
            for new in accounts:
                asked = {
                    "roles": list(new.roles),
                    "areas": list(new.areas),
                    "department": new.department,
                    "superior": new.superior,
                }
                mark = {"one_time": new.one_time, "sha256": _digest(new.hash)}
                self.do(
                    Kind.ADD,
                    new.id,
                    {"name": new.name, "login": new.login, **asked, **mark},
                    by=by,
                    at=at,
                    conn=conn,
                )
                conn.execute(_KEEP, {"account": storable(new.id), "hash": new.hash})
                if assign:
                    self.do(Kind.ASSIGN, new.id, asked, by=by, at=at, conn=conn)
            check_whole(self.directory(conn=conn))

    def retire(
        self, account: str, *, reason: str, by: str, at: datetime, conn: Connection | None = None
    ) -> None:
        """End an account: its password is forgotten, its tokens hold no more, its id is never used again."""
        with self._database.begin(conn) as conn:
            self.do(Kind.RETIRE, account, {"reason": reason}, by=by, at=at, conn=conn)
            conn.execute(_FORGET, {"key": account})

    def set_password(
        self, kind: Kind, account: str, hash: str, *, by: str, at: datetime, conn: Connection | None = None
    ) -> None:
        """Set the password of an account: its owner's own (`PASSWORD`), or one for one use (`RESET`)."""
        with self._database.begin(conn) as conn:
            self.do(kind, account, {"sha256": _digest(hash)}, by=by, at=at, conn=conn)
            conn.execute(_FORGET, {"key": account})
            conn.execute(_KEEP, {"account": account, "hash": hash})

    def prove(self, account: str, password: str, *, conn: Connection | None = None) -> Account:
        """The account whose password this is.

        Raises:
            UsageError: `wrong-password`: there is no such account, or it has another password; told alike.
        """
        with self._database.read(conn) as conn:
            found = self.directory(conn=conn).named(account)
            kept = None if found is None else conn.execute(_HASH, {"account": found.id}).scalar()
        if not is_password(kept, password) or found is None:
            raise UsageError(messages.WRONG_PASSWORD(), code="wrong-password")
        return found


def acts_of(conn: Connection) -> tuple[Act, ...]:
    """Everything that was done, in order."""
    return tuple(_act(row) for row in conn.execute(_ALL))


def password_digests(acts: Sequence[Act]) -> dict[str, str]:
    """The digest of the password that every account has now, by the acts."""
    found: dict[str, str] = {}
    for act in acts:
        if act.kind in (Kind.ADD, Kind.PASSWORD, Kind.RESET):
            found[act.subject] = str(act.detail.get("sha256"))
        elif act.kind is Kind.RETIRE:
            found.pop(act.subject, None)
    return found


def act_payload(row: Mapping[str, Any]) -> dict[str, Json]:
    """What the audit line of an act says."""
    return {"act": row["kind"], "by": row["by"], "detail": json.loads(row["detail"])}


def _write(conn: Connection, acts: Sequence[Act]) -> None:
    seq = conn.execute(_LAST).scalar() or 0
    for act in acts:
        seq += 1
        values = {
            "seq": seq,
            "subject": act.subject,
            "kind": act.kind.value,
            "detail": canonical(act.detail),
            "by": act.by,
            "at": act.at,
        }
        conn.execute(_INSERT, values)
        audit.append(conn, DONE, act.subject, act_payload(values), at=act.at)


def _act(row: Any) -> Act:
    return Act(subject=row.subject, kind=Kind(row.kind), by=row.by, at=row.at, detail=json.loads(row.detail))


def _clean(detail: Mapping[str, Json]) -> dict[str, Json]:
    cleaned: dict[str, Json] = json.loads(canonical({**detail}))
    for key, value in cleaned.items():
        if isinstance(value, str):
            cleaned[key] = value.strip()
    return cleaned


def _digest(hash: str) -> str:
    return sha256(hash.encode()).hexdigest()
