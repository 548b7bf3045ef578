"""A workspace's people as a list of acts, and a way to add to it as the store does."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from formflow.people.acts import Act, Kind
from formflow.people.changes import check
from formflow.people.directory import Directory, directory_of

NOW = datetime(2026, 3, 5, 7, 30, tzinfo=UTC)
TODAY = date(2026, 3, 5)


class Town:
    """People, and what they do."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self.on = TODAY

    @property
    def directory(self) -> Directory:
        return directory_of(self.acts)

    def do(self, kind: str, subject: str, by: str, **detail: object) -> Directory:
        act = Act(subject=subject, kind=Kind(kind), by=by, at=NOW, detail=detail)
        check(self.directory, act, on=self.on)
        self.acts.append(act)
        return self.directory

    def add(
        self, id: str, *roles: str, by: str = "@root", areas: tuple[str, ...] = (), **given: object
    ) -> None:
        held = {"roles": list(roles), "areas": list(areas), "department": "", "superior": ""}
        held |= {key: given.pop(key) for key in tuple(given) if key in held}
        told = {"name": id, "login": "", "sha256": "", "one_time": False, **given}
        self.do("add", id, by, **told, **held)
        if by.startswith("@"):
            self.do("assign", id, by, **held)

    def assign(self, id: str, *roles: str, by: str = "security", **given: object) -> None:
        held = {"roles": list(roles), "areas": [], "department": "", "superior": ""}
        self.do("assign", id, by, **{**held, **given})

    def settle(self) -> None:
        """End the setting up: an account acts."""
        self.do("password", "admin", "admin", sha256="")


@pytest.fixture
def town() -> Town:
    """An office whose setting up has ended."""
    town = Town()
    town.add("admin", "admin")
    town.add("security", "security")
    town.add("audit", "auditor")
    town.add("zhang", "salesperson", areas=("华南",), department="销售部", name="张三", login="zs")
    town.add("wang", "head", department="销售部", name="王总")
    town.add("li", "clerk", department="办公室", name="李明")
    town.settle()
    return town
